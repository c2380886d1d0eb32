"""What is possible, and what an act changes. Pure: refusals are raised as data."""

from dataclasses import dataclass, replace

from models.rules.errors import Missing, NotPossibleNow, OtherSide
from models.rules.lifecycle.details import Detail, Details
from models.rules.lifecycle.reasons import REASONS, fits
from models.rules.lifecycle.shape import Back, Row
from models.rules.lifecycle.standing import FINAL, Flags, Standing
from models.rules.lifecycle.table import ROWS
from models.rules.vocabulary import Act, Flag, Reason, Service, Side, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What an allowed act changes."""

    row: Row
    before: Standing
    after: Standing

    @property
    def raises_version(self) -> bool:
        """Opening, taking and comments leave the version as it is (rule 1)."""
        return not self.row.quiet


def possible(standing: Standing, side: Side | None) -> tuple[Row, ...]:
    """The rows that this side (None: the clock) may use now, in the table's order."""
    return tuple(row for row in ROWS if row.by is side and row.fits(standing))


def move(standing: Standing, act: Act, *, side: Side | None, details: Details) -> Move:
    """Apply one act.

    Raises `NotPossibleNow` where no side may do it at this stage, `OtherSide` where only the other one may,
    `Missing` where a detail is needed or does not belong to the act.
    """
    row = _row(standing, act, side)
    for need in row.needs:
        if not details.has(need):
            raise Missing(act=act, detail=need)
    _check_reason(act, details, standing.service)
    return Move(row=row, before=standing, after=_after(standing, row, details))


def _row(standing: Standing, act: Act, side: Side | None) -> Row:
    fitting = [row for row in ROWS if row.act is act and row.fits(standing)]
    own = next((row for row in fitting if row.by is side), None)
    if own is not None:
        return own
    if fitting and side is not None and fitting[0].by is not None:
        raise OtherSide(act=act, stage=standing.stage, side=fitting[0].by)
    raise NotPossibleNow(act=act, stage=standing.stage)


def _check_reason(act: Act, details: Details, service: Service) -> None:
    if act in REASONS and (details.reason not in REASONS[act] or not fits(details.reason, service)):
        raise Missing(act=act, detail=Detail.REASON)
    if details.reason is Reason.MUST_MEET_CONDITION and not (details.conditions or details.note):
        raise Missing(act=act, detail=Detail.CONDITIONS)


def _after(standing: Standing, row: Row, details: Details) -> Standing:
    flags = _counted((standing.flags - row.lowers) | row.raises, standing, row, details)
    stage = _next_stage(standing, row)
    return replace(
        standing,
        stage=stage,
        flags=flags,
        resume=_resume(standing, stage),
        service=_service(standing, row.act),
        reason=details.reason if row.act in REASONS else standing.reason,
    )


COUNTED = frozenset({Act.RECEIVE, Act.RECEIVE_DAMAGED, Act.SEND_BACK})
"""Acts that count pieces: a difference from what was dispatched is a flag that both sides see."""


def _counted(flags: Flags, standing: Standing, row: Row, details: Details) -> Flags:
    """The flags after what came with the act: files that are not the last ones, pieces that are not all."""
    if row.act is Act.DELIVER and details.more is not None:
        return flags | {Flag.MORE_TO_FOLLOW} if details.more else flags - {Flag.MORE_TO_FOLLOW}
    if row.act not in COUNTED or not (standing.pieces and details.pieces):
        return flags
    whole = details.pieces >= standing.pieces
    return flags - {Flag.INCOMPLETE} if whole else flags | {Flag.INCOMPLETE}


def _next_stage(standing: Standing, row: Row) -> Stage:
    if isinstance(row.to, Stage):
        return row.to
    if row.to is Back.RESUME and standing.resume is not None:
        return standing.resume
    if row.to is Back.RESUME:
        raise NotPossibleNow(act=row.act, stage=standing.stage)
    return standing.stage


def _resume(standing: Standing, stage: Stage) -> Stage | None:
    """Remember where to go back to on entering CANCEL_ASKED or an ended stage; forget it otherwise."""
    if stage is standing.stage:
        return standing.resume
    if stage is Stage.CANCEL_ASKED or stage in FINAL:
        return standing.resume if standing.stage is Stage.CANCEL_ASKED else standing.stage
    return None


def _service(standing: Standing, act: Act) -> Service:
    """Accepting "only as a copy" or "only as a loan" changes the service of the same request."""
    if act is Act.ACCEPT and standing.reason is Reason.SERVICE:
        return Service.COPY if standing.service is Service.LOAN else Service.LOAN
    return standing.service
