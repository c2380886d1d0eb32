"""The one way in for every change of a request: the change, its event and its notices in one transaction."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tortoise.exceptions import IntegrityError

from models.engines import sql, transaction
from models.engines.prepared import Prepared
from models.operations import cards, enclosures, habits, outbox, search, snapshots
from models.operations.concerned import slips_for
from models.operations.gaps import following, keeping
from models.operations.intents import Intent, Outcome
from models.queries.agreements import ending
from models.queries.files import LOOSE
from models.queries.grounds import Ground, ground
from models.queries.standings import latest, side_of, standing_of, undoable
from models.rules import lifecycle, searching
from models.rules.agreeing import agreed_before, needs_consent
from models.rules.effects import Before, Changes, Usual, effects, uncut
from models.rules.ending import RETURNS
from models.rules.errors import AgreementEnded, NotColleague, NotPossibleNow, Stale, TooLate, UnknownRequest
from models.rules.lifecycle import Details, Move, Standing, Tell
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Act, Flag, NoticeKind, Phrase, Role, Service, Side, Stage, StandingTerm
from models.tables import Agreement, Attachment, Event, Notice, Person, Request

LOCKED = Prepared(lambda number: Request.filter(id=number).select_for_update())
ACTOR = Prepared(lambda number: Person.filter(id=number))


async def act(intent: Intent, now: datetime) -> Outcome:
    """Do one act: event, change and notices together, or nothing.

    A known (via, key) changes nothing and returns the first outcome, marked as repeated. Raises a `Refusal`:
    `UnknownRequest` for somebody who is no party, `Stale` when the request moved on since `intent.seen`, and
    those of `lifecycle.move`.
    """
    try:
        async with transaction():
            return await _act(intent, now)
    except IntegrityError:
        known = await _known(intent)
        if known is None:
            raise
        return known


async def _act(intent: Intent, now: datetime) -> Outcome:
    # First the lock: who waited for it must see what the other one did under the same key.
    request = await _locked(intent.request)
    about = await ground(request.id, intent.via, intent.key)
    known = await _known(intent) if about.known else None
    if known is not None:
        return known
    actor = await ACTOR.first(intent.actor) if intent.actor else None
    side = _side(intent, request, actor)
    if intent.act is Act.UNDO:
        return await _undo(intent, request, about, side=side, now=now)
    return await _move(intent, request, actor, about=about, side=side, now=now)


async def _known(intent: Intent) -> Outcome | None:
    event = await Event.get_or_none(via=intent.via, key=intent.key).select_related("request")
    return _outcome(event.request, event, repeated=True) if event else None


async def _locked(request_id: int) -> Request:
    """The row, locked on PostgreSQL; on SQLite the transaction is the only writer already."""
    request = await LOCKED.first(request_id)
    if request is None:
        raise UnknownRequest
    return request


def _side(intent: Intent, request: Request, actor: Person | None) -> Side | None:
    if intent.actor is None:
        return None
    side = side_of(request, actor.library_id if actor else None)
    if actor is None or actor.left_at or not may(Right.ACT, Standpoint(actor.role, side)):
        raise UnknownRequest
    return side.other if side and intent.for_partner else side


async def _move(
    intent: Intent, request: Request, actor: Person | None, *, about: Ground, side: Side | None, now: datetime
) -> Outcome:
    standing = standing_of(request)
    row_is_quiet = _is_quiet(standing, intent.act, side)
    if not row_is_quiet:
        await _refuse_if_stale(intent, request)
    _refuse_if_too_late(intent.act, request, now)
    _refuse_after_the_end(intent, about)
    if intent.act is Act.CONDITIONS:
        intent = await _without_standing(intent, request, standing)
    try:
        move = lifecycle.move(standing, intent.act, side=side, details=intent.details)
    except NotPossibleNow:
        await _refuse_if_done_by_another(intent, request)
        raise
    await _refuse_stranger(intent, actor)
    agreed = intent.act is Act.CONDITIONS and agreed_before(
        intent.details, request.values.get("also", ()), request.service
    )
    if agreed:
        move = replace(move, row=replace(move.row, tells=Tell.NOBODY))
    before = replace(await _before(intent, request, actor, about=about, now=now), side=side)
    changes = effects(intent.act, intent.details, before)
    intent = _told_of_cut(intent, before, changes)
    outcome = await _write(intent, request, move, changes=changes, side=side, now=now, about=about)
    return await _agree(intent, request, outcome, about=about, now=now) if agreed else outcome


def _told_of_cut(intent: Intent, before: Before, changes: Changes) -> Intent:
    """A due date that was cut to the end of the agreement is recorded as it is, and as it was wished."""
    wished = uncut(intent.act, intent.details, before).get("due")
    if wished == changes.get("due"):
        return intent
    named = {"due": changes["due"]} if intent.details.due else {}
    return replace(intent, details=replace(intent.details, wished=wished, **named))


async def _last_day(
    intent: Intent, request: Request, actor: Person | None, *, about: Ground, now: datetime
) -> date | None:
    """The end of the agreement, unless a coordinator sets a later due date with a reason."""
    if not about.noticed:
        return None
    is_coordinator = actor is not None and actor.role is Role.COORDINATOR
    if intent.act is Act.CHANGE_DUE and is_coordinator and intent.details.note:
        return None
    return await ending(request.agreement_id, now)


def _refuse_after_the_end(intent: Intent, about: Ground) -> None:
    """Once the agreement is over, what is out comes home; the clock goes on with what it closes."""
    if about.ended_on is not None and intent.actor is not None and intent.act not in RETURNS:
        raise AgreementEnded(on=about.ended_on.isoformat())


async def _without_standing(intent: Intent, request: Request, standing: Standing) -> Intent:
    """Conditions that the agreement sets for every request need no consent: such an answer is a yes."""
    agreement = await Agreement.get(id=request.agreement_id)
    terms = [StandingTerm(one) for one in agreement.standing]
    if needs_consent(intent.details, terms):
        return intent
    offered = {row.act for row in lifecycle.possible(standing, Side.SUPPLYING)}
    act = Act.YES if Act.YES in offered else Act.WITHDRAW_CONDITIONS
    return replace(intent, act=act, details=Details())


async def _agree(
    intent: Intent, request: Request, offered: Outcome, *, about: Ground, now: datetime
) -> Outcome:
    """The offer lies within what the request named as acceptable: it counts as accepted, both are told."""
    accepting = Intent(
        request=request.id,
        act=Act.ACCEPT,
        actor=None,
        via=intent.via,
        key=f"also:{offered.event}",
        details=Details(phrase=Phrase.AGREED_BEFORE),
    )
    side = Side.REQUESTING
    move = lifecycle.move(standing_of(request), Act.ACCEPT, side=side, details=accepting.details)
    told = replace(move, row=replace(move.row, tells=Tell.BOTH))
    before = await _before(accepting, request, None, about=about, now=now)
    changes = effects(Act.ACCEPT, accepting.details, before)
    await _write(accepting, request, told, changes=changes, side=side, now=now, about=about)
    return replace(offered, version=request.version)


async def _refuse_if_done_by_another(intent: Intent, request: Request) -> None:
    """Of two people who do the same thing the second reads who was first, and when (rule 6)."""
    last = await Event.filter(request_id=request.id).exclude(act=Act.COMMENT).order_by("-id").first()
    if last is not None and last.act is intent.act and last.actor_id != intent.actor:
        raise await _stale(request, last)


async def _refuse_stranger(intent: Intent, actor: Person | None) -> None:
    """A request is handed over within a library, to somebody who reads what is sent to them."""
    colleague = intent.details.colleague
    if colleague is None:
        return
    library = actor.library_id if actor else None
    staff = Person.filter(id=colleague, library_id=library, left_at=None, is_mailbox=False)
    if not await staff.exists():
        raise NotColleague


def _is_quiet(standing: Standing, act: Act, side: Side | None) -> bool:
    return any(row.quiet for row in lifecycle.possible(standing, side) if row.act is act)


async def _refuse_if_stale(intent: Intent, request: Request) -> None:
    if intent.seen is None or intent.seen == request.version:
        return
    raise await _stale(request, await latest(request))


async def _stale(request: Request, last: Event) -> Stale:
    by = await Person.get_or_none(id=last.actor_id) if last.actor_id else None
    return Stale(number=request.number, act=last.act, by=by.name if by else "", at=last.at.isoformat())


def _refuse_if_too_late(act: Act, request: Request, now: datetime) -> None:
    days = lifecycle.REOPEN_DAYS
    if act is Act.REOPEN and request.ended_at and now - request.ended_at > timedelta(days=days):
        raise TooLate(act=act, limit=days)


async def _before(
    intent: Intent, request: Request, actor: Person | None, *, about: Ground, now: datetime
) -> Before:
    asked = await _asked_due(request)
    in_person = actor is not None and not actor.is_mailbox and not intent.for_partner
    return Before(
        today=about.today((actor and actor.library_id) or request.supplying_id, now),
        actor=intent.actor if in_person else request.taker_id,
        due=request.due,
        named_due=request.named_due,
        dispatch=request.dispatch,
        asked_due=asked,
        last_day=await _last_day(intent, request, actor, about=about, now=now),
        returns=request.service is Service.LOAN,
        usual=await habits.usual(request) if intent.act is Act.SHIP else Usual(),
    )


async def _asked_due(request: Request) -> Any:
    if Flag.RENEWAL_ASKED not in request.flags:
        return None
    asked = await Event.filter(request_id=request.id, act=Act.ASK_RENEWAL).order_by("-id").first()
    return Details.from_json(asked.details).due if asked else None


async def _write(
    intent: Intent,
    request: Request,
    move: Move,
    *,
    changes: Changes,
    side: Side | None,
    now: datetime,
    about: Ground,
) -> Outcome:
    version = request.version + int(move.raises_version)
    event = await _event(intent, request, version=version, stage=move.after.stage, side=side, now=now)
    columns = changes | _moved(request, move, version, now)
    if note := intent.details.note:
        columns["search_key"] = searching.extended(request.search_key, note)
        await search.learn(" ".join(searching.words_of(note)))
    await habits.note(request, intent.act, intent.details)
    former = _keeper(request, side)
    await _change(request, columns)
    if about.exchanged:
        await following.follow(request, event, now)
    if intent.act is Act.TO_GAP_LIST:
        await keeping.from_request(request, intent.actor, now)
    await _attach(intent, event)
    await tell(request, event, tells=move.row.tells, now=now, former=former, about=about)
    return _outcome(request, event)


def _moved(request: Request, move: Move, version: int, now: datetime) -> Changes:
    """What a move writes to the row, beside what the act itself changes."""
    before, after = move.before, move.after
    ends = after.stage in lifecycle.FINAL
    return {
        "stage": after.stage,
        "resume": after.resume,
        "service": after.service,
        "flags": sorted(after.flags),
        **seen_as(after),
        "version": version,
        "updated_at": now,
        "ended_at": (request.ended_at or now) if ends else None,
        "look_at": None if ends else now,
        **({"stage_since": now} if before.stage is not after.stage else {}),
        **({"turn_since": now} if lifecycle.turn(before) is not lifecycle.turn(after) else {}),
    }


def seen_as(standing: Standing) -> Changes:
    """The columns that keep for the lists what follows from where a request stands."""
    return {
        "waits_for": lifecycle.waits_for(standing),
        "group_requesting": lifecycle.group(standing, Side.REQUESTING),
        "group_supplying": lifecycle.group(standing, Side.SUPPLYING),
    }


def _keeper(request: Request, side: Side | None) -> int | None:
    """Who looks after the request on a side."""
    return {Side.REQUESTING: request.asker_id, Side.SUPPLYING: request.taker_id}.get(side) if side else None


async def _event(
    intent: Intent, request: Request, *, version: int, stage: Stage, side: Side | None, now: datetime
) -> Event:
    return await Event.create(
        request_id=request.id,
        act=intent.act,
        side=side,
        actor_id=intent.actor,
        signed_by=intent.signed_by,
        for_partner=intent.for_partner,
        via=intent.via,
        key=intent.key,
        stage_from=request.stage,
        stage_to=stage,
        version=version,
        details=intent.details.as_json(),
        language=intent.language,
        before=snapshots.of(request),
        removed=intent.removed,
        at=now,
    )


async def _change(request: Request, columns: Changes) -> None:
    """Write where the row is still what was seen; the lock makes anything else impossible."""
    if not await sql.execute(
        CHANGE.format(changed=sql.assigned(tuple(columns), 4)),
        [request.id, request.version, request.stage, *map(sql.stored, columns.values())],
    ):
        raise Stale(number=request.number, act=Act.OPEN, by="", at=request.updated_at.isoformat())
    request.update_from_dict(columns)


CHANGE = "UPDATE request SET {changed} WHERE id = $1 AND version = $2 AND stage = $3"


async def _attach(intent: Intent, event: Event) -> None:
    if intent.details.files:
        loose = Attachment.filter(id__in=intent.details.files, **LOOSE)
        await loose.update(event_id=event.id, since=event.at)


async def tell(
    request: Request,
    event: Event,
    *,
    tells: Tell,
    now: datetime,
    former: int | None = None,
    about: Ground | None = None,
) -> None:
    """Write the notices of an event, in the event's own transaction; open cards follow."""
    facts = {"request": request.id, "event": event.id, "version": request.version}
    slips = await slips_for(
        request, event, tells=tells, kind=NoticeKind.EVENT, facts=facts, now=now, former=former, about=about
    )
    files = await enclosures.slips_of(event, slips, now) if Details.from_json(event.details).files else []
    # Cards first: what is new stays the last thing that a chat shows.
    await cards.follow(event, now)
    await outbox.write([*slips, *files], now)


def _outcome(request: Request, event: Event, *, repeated: bool = False) -> Outcome:
    return Outcome(
        request=request.id,
        number=request.number,
        event=event.id,
        version=request.version,
        repeated=repeated,
    )


async def _undo(
    intent: Intent, request: Request, about: Ground, *, side: Side | None, now: datetime
) -> Outcome:
    """Restore what the last act of the own side changed; the partner gets a correction (rule 4)."""
    await _refuse_if_stale(intent, request)
    last = await undoable(request, side, now)
    columns = snapshots.restored(last.before)
    version, stage = request.version + 1, Stage(last.before["stage"])
    event = await _event(intent, request, version=version, stage=stage, side=side, now=now)
    if await Event.exists(request_id=request.id, act=Act.HAND_OVER, id__gt=last.id):
        # Who looks after the request was settled later, and is not what is taken back.
        columns["taker_id"] = request.taker_id
    moments = {"updated_at": now, "stage_since": now, "look_at": now}
    await _change(request, {**columns, **moments, "version": version})
    if about.exchanged:
        await following.follow(request, event, now)
    await _take_back(last)
    await tell(request, event, tells=Tell.PARTNER, now=now, about=about)
    return _outcome(request, event)


async def _take_back(event: Event) -> None:
    """Mark the event; its files are nobody's again, and those that have not left stay here."""
    await Event.filter(id=event.id).update(undone=True)
    await Attachment.filter(event_id=event.id).update(event_id=None)
    files = Notice.filter(kind=NoticeKind.FILE, status="pending", dedupe__startswith=f"file:{event.id}:")
    await files.update(status="skipped")
