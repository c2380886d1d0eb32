"""A request in the place of another: fixed and sent again, a copy instead of a loan, another library."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.engines import transaction
from models.operations import drafts
from models.queries.requests import elsewhere
from models.queries.standings import side_of, standing_of
from models.rules import form, lifecycle
from models.rules.citation import missing
from models.rules.errors import NobodyElse, UnknownRequest
from models.rules.lifecycle import Details
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Act, Service
from models.tables import Draft, Library, Person, Reader, Request

FOLLOWING = frozenset({Act.FIX_AND_RESEND, Act.ASK_COPY, Act.ASK_ANOTHER})
"""Acts that are done by sending a new request, which then closes the old one."""

NOT_CARRIED = frozenset({"copyright", "our_number"})


async def follow(
    request_id: int, act: Act, person_id: int, now: datetime, *, edits: dict[str, Any] | None = None
) -> int:
    """Open a draft in the place of a request, or the one that was opened before; returns its number.

    `edits` are values that replace those of the old request. What is doubtful or still missing is asked.
    Raises `UnknownRequest`, `NotPossibleNow`, `OtherSide`, and `NobodyElse` where everybody was asked.
    """
    async with transaction():
        request = await Request.filter(id=request_id).select_for_update().get_or_none()
        person = await Person.get_or_none(id=person_id, left_at=None)
        side = side_of(request, person.library_id) if request and person else None
        if request is None or person is None or not may(Right.ACT, Standpoint(person.role, side)):
            raise UnknownRequest
        lifecycle.move(standing_of(request), act, side=side, details=Details())
        origin = f"{act}:{request.id}"
        known = await Draft.get_or_none(author_id=person.id, origin=origin)
        if known is not None:
            return await _again(known, edits, now)
        return await _open(request, act, person, edits=edits or {}, now=now)


async def _again(draft: Draft, edits: dict[str, Any] | None, now: datetime) -> int:
    draft.values = {**draft.values, **(edits or {})}
    draft.updated_at = now
    await draft.save()
    return draft.id


async def _open(request: Request, act: Act, person: Person, *, edits: dict[str, Any], now: datetime) -> int:
    values = {**_carried(request, await _today(person, now)), **edits}
    service = Service.COPY if act is Act.ASK_COPY else request.service
    reader = await Reader.get_or_none(request_id=request.id)
    return await drafts.start(
        person.id,
        service,
        now,
        values=values,
        supplying=await _whom(request, act),
        previous=request.id,
        step=_step(request, act, service, values=values, edits=edits),
        reader=reader.reference if reader else None,
        origin=f"{act}:{request.id}",
    )


def _carried(request: Request, today: date) -> dict[str, Any]:
    """What the new request takes over; a day that is over is not wished for again."""
    values = {name: value for name, value in request.values.items() if name not in NOT_CARRIED}
    if request.needed_by and request.needed_by <= today:
        values.pop("needed_by", None)
    return values


async def _today(person: Person, now: datetime) -> date:
    library = await Library.get(id=person.library_id)
    return now.astimezone(ZoneInfo(library.timezone)).date()


async def _whom(request: Request, act: Act) -> int:
    if act is not Act.ASK_ANOTHER:
        return request.supplying_id
    partner = await elsewhere(request)
    if partner is None:
        raise NobodyElse
    return partner.id


def _step(
    request: Request, act: Act, service: Service, *, values: dict[str, Any], edits: dict[str, Any]
) -> str | None:
    """The field that is asked first: what the answer doubted, or what the other service still needs."""
    lacking = missing(service, values)
    if lacking:
        return form.ALONE + lacking[0]
    doubtful = request.terms.get("field")
    asked = act is Act.FIX_AND_RESEND and doubtful in form.EDITABLE[service] and doubtful not in edits
    return form.ALONE + doubtful if asked else None
