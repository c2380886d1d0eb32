"""Drafts: what a person is still writing, and the moment it becomes a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from models.engines import transaction
from models.operations import files, requests, search
from models.operations.intents import Intent, Outcome
from models.queries.duplicates import asked_before
from models.queries.files import LOOSE
from models.queries.parties import agreement_between
from models.queries.standings import side_of, standing_of
from models.rules import citation, lifecycle, searching
from models.rules.errors import DraftGone, Missing, NoAgreement, NotAllowed
from models.rules.lifecycle import Details, Standing, Tell
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Act, Service, Side, Stage, Via
from models.tables import Attachment, Counter, Draft, Event, Library, OwnNumber, Person, Reader, Request

LONGEST_KEY = 120
COPYRIGHT_LINE = "2026-1"
"""Version of the copyright line that is accepted with sending; its words are in the catalogues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What to write into a draft; None leaves a thing as it is, an empty value removes a field."""

    values: dict[str, Any] | None = None
    service: Service | None = None
    supplying: int | None = None
    reader: str | None = None
    step: str | None = None


async def start(author: int, service: Service, now: datetime, *, values: dict[str, Any], **more: Any) -> int:
    """Open a draft and return its number. `more`: supplying, previous, step, reader, letter, origin."""
    draft = await Draft.create(
        author_id=author,
        service=service,
        values=values,
        supplying_id=more.get("supplying"),
        previous_id=more.get("previous"),
        origin=more.get("origin"),
        step=more.get("step"),
        reader=more.get("reader"),
        letter=more.get("letter"),
        created_at=now,
        updated_at=now,
    )
    return draft.id


async def started_by(origin: str, author: int) -> int | None:
    """The draft that a mail or message began, so that its second delivery begins no other."""
    row = await Draft.get_or_none(origin=origin, author_id=author)
    return row.id if row else None


async def change(draft_id: int, author: int, now: datetime, *, changes: Changes) -> None:
    """Write into an own draft; raises `DraftGone` when it was sent or deleted."""
    async with transaction():
        draft = await Draft.filter(id=draft_id, author_id=author).select_for_update().get_or_none()
        if draft is None:
            raise DraftGone
        merged = {**draft.values, **(changes.values or {})}
        draft.values = {name: value for name, value in merged.items() if value not in (None, "", [])}
        draft.service = changes.service or draft.service
        draft.supplying_id = changes.supplying or draft.supplying_id
        draft.reader = draft.reader if changes.reader is None else (changes.reader or None)
        draft.step = changes.step
        draft.updated_at = now
        await draft.save()


async def drop(draft_id: int, author: int) -> bool:
    """Delete an own draft and forget the files that waited with it; False when there was none."""
    async with transaction():
        draft = await Draft.filter(id=draft_id, author_id=author).select_for_update().get_or_none()
        if draft is None:
            return False
        await files.discard(_enclosed(draft))
        await draft.delete()
    return True


def _enclosed(draft: Draft) -> list[int]:
    """The loose attachments that came with the message."""
    return list((draft.letter or {}).get("files", ()))


async def submit(
    draft_id: int, *, author: int, via: Via, key: str, now: datetime, unless_asked: bool = False
) -> Outcome:
    """Make an own draft a request, numbered, told to the asked library, in one transaction.

    A repeated key returns the request it made. Raises `Missing` (a mandatory field), `NoAgreement` (nobody to
    ask), `DraftGone`, `NotAllowed`; with `unless_asked` also `AlreadyAsked`, and the draft stays.
    """
    try:
        async with transaction():
            return await _submit(
                draft_id, author=author, via=via, key=key, now=now, unless_asked=unless_asked
            )
    except IntegrityError:
        known = await _known(via, key)
        if known is None:
            raise
        return known


async def _known(via: Via, key: str) -> Outcome | None:
    event = await Event.get_or_none(via=via, key=key).select_related("request")
    if event is None:
        return None
    number, version = event.request.number, event.request.version
    return Outcome(request=event.request_id, number=number, event=event.id, version=version, repeated=True)


async def _submit(
    draft_id: int, *, author: int, via: Via, key: str, now: datetime, unless_asked: bool
) -> Outcome:
    # First the lock: who waited for it must see what the other one did under the same key.
    draft = await Draft.filter(id=draft_id, author_id=author).select_for_update().get_or_none()
    known = await _known(via, key)
    if known is not None:
        return known
    if draft is None:
        raise DraftGone
    person = await Person.get(id=author)
    if person.library_id is None or person.left_at or not may(Right.FILE, Standpoint(person.role)):
        raise NotAllowed
    _refuse_incomplete(draft)
    if unless_asked and (asked := await asked_before(draft, person.library_id, now)):
        raise asked
    request = await _request(draft, person, now)
    await search.enter(request)
    event = await _event(request, person, via=via, key=key, now=now, enclosed=_enclosed(draft))
    if draft.reader:
        await Reader.create(request_id=request.id, reference=draft.reader)
    if number := draft.values.get("our_number"):
        await OwnNumber.create(request_id=request.id, side=Side.REQUESTING, number=str(number))
        await search.name(request.id, request.requesting_id, str(number))
    await _end_previous(draft, person, via=via, key=key, now=now)
    await draft.delete()
    await requests.tell(request, event, tells=Tell.PARTNER, now=now)
    return Outcome(request=request.id, number=request.number, event=event.id, version=request.version)


def _refuse_incomplete(draft: Draft) -> None:
    missing = citation.missing(draft.service, draft.values)
    if missing:
        raise Missing(act=Act.SUBMIT, detail=missing[0])


async def _request(draft: Draft, person: Person, now: datetime) -> Request:
    library = await Library.get(id=person.library_id)
    if draft.supplying_id is None:
        raise NoAgreement
    agreement = await agreement_between(library.id, draft.supplying_id)
    if agreement is None:
        raise NoAgreement
    values = {**draft.values, "copyright": COPYRIGHT_LINE}
    values.pop("our_number", None)
    needed = values.get("needed_by")
    number = await _number(library, now)
    standing = Standing(stage=Stage.SENT, service=draft.service)
    return await Request.create(
        number=number,
        agreement_id=agreement,
        requesting_id=library.id,
        supplying_id=draft.supplying_id,
        asker_id=None if person.is_mailbox else person.id,
        previous_id=draft.previous_id,
        service=draft.service,
        stage=standing.stage,
        **requests.seen_as(standing),
        title=values["title"],
        values=values,
        search_key=searching.search_key(values, number=number, parties=(library.id, draft.supplying_id)),
        needed_by=date.fromisoformat(needed) if needed else None,
        urgent=bool(values.get("urgent")),
        turn_since=now,
        stage_since=now,
        look_at=now,
        created_at=now,
        updated_at=now,
    )


async def _number(library: Library, now: datetime) -> str:
    """`<code>-<year>-<running number>`, the year as the requesting library's calendar has it."""
    year = now.astimezone(ZoneInfo(library.timezone)).year
    await Counter.get_or_create(library_id=library.id, year=year)
    await Counter.filter(library_id=library.id, year=year).update(reached=F("reached") + 1)
    counter = await Counter.get(library_id=library.id, year=year)
    return f"{library.code}-{year}-{counter.reached:04d}"


async def _event(
    request: Request, person: Person, *, via: Via, key: str, now: datetime, enclosed: Sequence[int]
) -> Event:
    event = await Event.create(
        request_id=request.id,
        act=Act.SUBMIT,
        side=Side.REQUESTING,
        actor_id=person.id,
        via=via,
        key=key,
        stage_from=Stage.DRAFT,
        stage_to=Stage.SENT,
        version=request.version,
        details=Details(files=tuple(enclosed)).as_json(),
        before={},
        at=now,
    )
    await Attachment.filter(id__in=list(enclosed), **LOOSE).update(event_id=event.id, since=now)
    return event


async def _end_previous(draft: Draft, person: Person, *, via: Via, key: str, now: datetime) -> None:
    """A request sent in the place of another closes that one, where the table lets it."""
    if draft.previous_id is None:
        return
    previous = await Request.filter(id=draft.previous_id).select_for_update().get()
    rows = lifecycle.possible(standing_of(previous), side_of(previous, person.library_id))
    act = followed_by(draft, previous)
    if act not in {row.act for row in rows}:
        return
    follow = f"follow:{key}"[:LONGEST_KEY]
    intent = Intent(request=previous.id, act=act, actor=person.id, via=via, key=follow)
    await requests.act(intent, now)


def followed_by(draft: Draft, previous: Request) -> Act:
    """What the new request is to the old one: fixed, asked of another library, or a copy of it instead."""
    if draft.supplying_id != previous.supplying_id:
        return Act.ASK_ANOTHER
    return Act.FIX_AND_RESEND if previous.stage is Stage.RETRY else Act.ASK_COPY
