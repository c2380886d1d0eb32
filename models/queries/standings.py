"""Where a request stands for the rules: its side, its standing, and what may be taken back."""

from datetime import datetime, timedelta

from models.rules import lifecycle
from models.rules.errors import NothingToUndo, Refusal, TooLate
from models.rules.lifecycle import Standing
from models.rules.vocabulary import Act, Flag, Side
from models.tables import Event, Request


def side_of(request: Request, library: int | None) -> Side | None:
    """On which side a library stands; None for no party."""
    return {request.requesting_id: Side.REQUESTING, request.supplying_id: Side.SUPPLYING}.get(library or 0)


def standing_of(request: Request) -> Standing:
    """The request as the lifecycle table sees it."""
    return Standing(
        stage=request.stage,
        service=request.service,
        flags=frozenset(Flag(flag) for flag in request.flags),
        resume=request.resume,
        reason=request.reason,
        pieces=request.dispatch.get("pieces"),
    )


async def latest(request: Request) -> Event:
    """The event that made the request's version: the first one under it; what follows is quiet."""
    event = await Event.filter(request_id=request.id, version=request.version).order_by("id").first()
    if event is None:
        raise LookupError(f"nothing made version {request.version} of request {request.id}")
    return event


async def undoable(request: Request, side: Side | None, now: datetime) -> Event:
    """The event that this side may take back now.

    Raises `NothingToUndo` when the last loud act is the other side's or stays, or when the other side has
    moved the request since; `TooLate` after 24 hours. What was recorded for the partner both may take back.
    """
    last = await latest(request)
    own = last.side is side or (last.for_partner and side is not None)
    if not own or last.act not in lifecycle.UNDOABLE or request.stage is not last.stage_to:
        raise NothingToUndo
    if now - last.at > timedelta(hours=lifecycle.UNDO_HOURS):
        raise TooLate(act=Act.UNDO, limit=lifecycle.UNDO_HOURS)
    return last


async def can_undo(row: Request, side: Side, now: datetime) -> bool:
    """Whether `undoable` finds something."""
    try:
        await undoable(row, side, now)
    except Refusal:
        return False
    return True
