"""`docs/lifecycle.md`, from the table that moves requests."""

from collections.abc import Iterator

from handlers.text import labels
from models.rules import lifecycle
from models.rules.lifecycle import FINAL, REASONS, ROWS, UNDOABLE, Back, Row, Standing, Tell
from models.rules.vocabulary import Act, Flag, Service, Side, Stage
from tests.architecture.markdown import listed, paragraph, table

CLOCK = "clock"
NEXT = {
    None: "stays",
    Back.RESUME: "where it came from",
    Back.BEFORE: "as it was before the act",
}
EVERYWHERE = frozenset(Stage) - {Stage.DRAFT}
NOT_DRAWN = {Act.CLOSE, Act.REOPEN}


def lifecycle_page() -> str:
    """The page about the life of a request."""
    return "\n".join(_lifecycle_lines())


def _lifecycle_lines() -> Iterator[str]:
    yield from paragraph("# The life of a request")
    yield from paragraph("<!-- Generated from models/rules/lifecycle by `make docs`; do not edit. -->")
    yield from paragraph(
        "One row per request, shared by both libraries. What the tables below do not list is refused with",
        "a sentence that says why. Codes of statuses and reasons are those of ISO 18626.",
    )
    yield from _stages()
    yield from _diagram()
    yield from _acts_by_stage()
    yield from _everywhere()
    yield from _flags()
    yield from _reasons()
    yield from _undo()


def _stages() -> Iterator[str]:
    yield from paragraph("## Stages")
    head = ("Stage", "On the card", "ISO 18626 status", "Whose turn", "Group: requesting", "Group: supplying")
    yield from table(head, map(_stage, Stage))
    yield from paragraph(
        "A request whose cancellation is asked keeps the status of the stage before. A loan with the reader",
        "is `Overdue` or `Recalled` while that flag stands. A copy ends as `CopyCompleted`, a lost item as",
        "`CompletedWithoutReturn`.",
    )


def _stage(stage: Stage) -> tuple[str, ...]:
    now = Standing(stage=stage, service=Service.LOAN, resume=Stage.WILL_SUPPLY)
    return (
        f"`{stage}`",
        labels.STAGES[stage].text,
        lifecycle.status(now) or "",
        lifecycle.turn(now) or lifecycle.waits_for(now) or "",
        *(labels.GROUPS[lifecycle.group(now, side)].text for side in Side),
    )


def _diagram() -> Iterator[str]:
    yield from paragraph("## Diagram")
    yield from paragraph("Left out: closing, reopening, and the way back after a refused cancellation.")
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "  [*] --> draft"
    for (start, end), acts in _edges().items():
        yield f"  {start} --> {end}: {', '.join(acts)}"
    yield from (f"  {stage} --> [*]" for stage in Stage if stage in FINAL)
    yield "```"
    yield ""


def _edges() -> dict[tuple[Stage, Stage], list[str]]:
    edges: dict[tuple[Stage, Stage], list[str]] = {}
    for start in Stage:
        for row in ROWS:
            if start in row.at and isinstance(row.to, Stage) and row.to is not start and _is_drawn(row):
                acts = edges.setdefault((start, row.to), [])
                acts += [row.act] if row.act not in acts else []
    return edges


def _is_drawn(row: Row) -> bool:
    return row.act not in NOT_DRAWN


def _acts_by_stage() -> Iterator[str]:
    for stage in Stage:
        yield from paragraph(f"## {labels.STAGES[stage].text} (`{stage}`)")
        rows = [row for row in ROWS if stage in row.at and row.at != EVERYWHERE]
        yield from table(HEAD, map(_row, rows))


HEAD = ("Act", "Button", "By", "Service", "Next", "Needs", "Takes", "News to", "Flags")


def _everywhere() -> Iterator[str]:
    yield from paragraph("## Everywhere but in a draft")
    yield from table(HEAD, (_row(row) for row in ROWS if row.at == EVERYWHERE))


def _row(row: Row) -> tuple[str, ...]:
    return (
        f"`{row.act}`",
        labels.ACTS[row.act].text,
        row.by or CLOCK,
        "" if row.services == frozenset(Service) else ", ".join(sorted(row.services)),
        f"`{row.to}`" if isinstance(row.to, Stage) else NEXT[row.to],
        listed(row.needs),
        listed(row.takes),
        _told(row),
        _flag_changes(row),
    )


def _told(row: Row) -> str:
    if row.tells is Tell.PARTNER and row.by is not None:
        return row.by.other
    return "both" if row.tells is Tell.BOTH else "nobody"


def _flag_changes(row: Row) -> str:
    parts = (
        ("only with", row.when),
        ("not with", row.unless - row.raises),
        ("raises", row.raises),
        ("lowers", row.lowers),
    )
    return "; ".join(f"{what} {listed(sorted(flags))}" for what, flags in parts if flags)


def _flags() -> Iterator[str]:
    yield from paragraph("## Flags")
    yield from table(("Flag", "On the card", "Raised by", "Lowered by"), map(_flag, Flag))


def _flag(flag: Flag) -> tuple[str, ...]:
    raised = dict.fromkeys(row.act for row in ROWS if flag in row.raises)
    lowered = dict.fromkeys(row.act for row in ROWS if flag in row.lowers)
    return (f"`{flag}`", labels.FLAGS[flag].text, listed(raised), listed(lowered))


def _reasons() -> Iterator[str]:
    yield from paragraph("## Reasons")
    rows = (
        (f"`{act}`", f"`{reason}`", labels.REASONS[reason].text)
        for act, reasons in REASONS.items()
        for reason in labels.REASONS
        if reason in reasons
    )
    yield from table(("Answer", "Code", "In words"), rows)


def _undo() -> Iterator[str]:
    yield from paragraph("## Taking back and reopening")
    yield from paragraph(
        f"The side that acted last may take its act back for {lifecycle.UNDO_HOURS} hours, until the other",
        f"side has acted: {listed(act for act in Act if act in UNDOABLE)}.",
    )
    yield from paragraph(f"An ended request can be reopened by either side for {lifecycle.REOPEN_DAYS} days.")
