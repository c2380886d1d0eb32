"""An exchange that goes on as a request follows it."""

from datetime import datetime
from typing import Any

from models.operations.gaps import matching
from models.rules.gaps.life import FOLLOWED, state_after
from models.rules.vocabulary import Act, ExchangeAct, ExchangeStage, Holding, ItemState
from models.tables import Event, Exchange, ExchangeEvent, GapItem, Request

UNMADE = frozenset({Act.CANNOT_RESEND})
"""Acts that end a request without what it asked for, although its stage says done."""


async def follow(request: Request, event: Event, now: datetime) -> None:
    """Move the exchange that goes on as this request to where the request stands now."""
    row = await Exchange.get_or_none(request_id=request.id)
    if row is None:
        return
    stage = ExchangeStage.CANCELLED if event.act in UNMADE else FOLLOWED[request.stage]
    if stage is row.stage:
        return
    await ExchangeEvent.create(
        exchange_id=row.id,
        act=ExchangeAct.FOLLOW,
        side=event.side,
        actor_id=event.actor_id,
        via=event.via,
        key=f"follow:{event.id}",
        stage_from=row.stage,
        stage_to=stage,
        way=row.way,
        version=row.version + 1,
        at=now,
    )
    await Exchange.filter(id=row.id).update(
        stage=stage, version=row.version + 1, updated_at=now, **moved_now(now)
    )
    row.stage = stage
    await settle(row, now)


def moved_now(now: datetime) -> dict[str, Any]:
    """The columns of an exchange that has come to a stage: its clock begins anew."""
    return {"moved_at": now, "look_at": now, "reminded": None}


async def settle(row: Exchange, now: datetime) -> None:
    """Let the lines of both lists say what the exchange made of them; one that was withdrawn stays so."""
    for item, holding in ((row.gap_id, Holding.MISSING), (row.spare_id, Holding.SPARE)):
        if item is None:
            continue
        line = await GapItem.get(id=item)
        if line.state is ItemState.WITHDRAWN:
            continue
        state = state_after(holding, row.stage, row.way)
        await GapItem.filter(id=item).update(state=state, version=line.version + 1, updated_at=now)
        if state is ItemState.OPEN and line.state is not ItemState.OPEN:
            # What came to the other lists while the line was promised was not held against it.
            await matching.look([item], now)
