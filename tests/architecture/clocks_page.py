"""`docs/clocks.md`, from the table of the clocks and their lengths."""

from collections.abc import Iterator
from dataclasses import fields

from handlers.text.reminders import HEADLINES
from models.rules.limits import Limits
from models.rules.reminders import ROWS, Row, Step
from tests.architecture.markdown import listed, paragraph, table

RECALLS = "reminder_1"
"""The recall repeats one step; the page shows it once."""


def clocks_page() -> str:
    """The page about what time does by itself."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield from paragraph("# The clocks")
    yield from paragraph("<!-- Generated from models/rules/reminders by `make docs`; do not edit. -->")
    yield from paragraph(
        "What watches a request, what it says on its day and to whom. Days are counted in the calendar of",
        "the library whose turn it is; announced closures stop the count. Each step happens once in a round;",
        "of several that are due, each person gets the latest. Reminders leave in working hours, 9 to 18.",
    )
    for row in ROWS:
        yield from _clock(row)
    yield from _lengths()


def _clock(row: Row) -> Iterator[str]:
    yield from paragraph(f"## `{row.clock}`")
    flags = "".join(
        f", {word} {listed(sorted(found))}"
        for word, found in (("with", row.when), ("not with", row.unless))
        if found
    )
    sides = sorted({row.side(stage) for stage in row.at})
    yield from paragraph(
        f"Watches {listed(sorted(row.at))}{flags}. Whose days: {', '.join(sides)}. Number {row.number} of the"
        " design.",
    )
    steps = [step for step in row.steps if not step.name.startswith("reminder_") or step.name == RECALLS]
    yield from table(("Step", "Says", "Reminds", "Offers", "Moves"), (_step(row, step) for step in steps))


def _step(row: Row, step: Step) -> tuple[str, ...]:
    headline = HEADLINES.get((row.clock, step.name))
    return (
        f"`{step.name}`",
        headline.text if headline else "",
        listed(step.whom),
        listed(step.offers),
        f"`{step.moves}`" if step.moves else "",
    )


def _lengths() -> Iterator[str]:
    yield from paragraph("## Lengths")
    yield from paragraph("Days, by the names under which an agreement settles others.")
    yield from table(("Name", "Default"), ((f"`{one.name}`", str(one.default)) for one in fields(Limits)))
