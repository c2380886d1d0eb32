"""Changes of an agreement (clause 5.2): proposed by one side, in force once the other has consented."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from models.engines import transaction
from models.operations.agreements import AgreementIntent, Entry, enter, note, refused
from models.queries.agreements import AgreementFacts, AmendmentView
from models.rules.errors import OtherSidesWord, ProposalOpen, SettledMeanwhile
from models.rules.period import Period, TermRefusalKind, TermRefusedError
from models.rules.term import Amendment, Duration, RenewalChange, Term, term_on, terms
from models.rules.vocabulary import AgreementAct, AmendmentState
from models.tables import Agreement, AgreementAmendment

NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A new last day of the running term, or settings: `renewal` (a period from the next term on; `none`: the
    running one is the last), `notice` (a period).
    """

    last_day: date | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


def effect_of(known: AgreementFacts, change: Change, now: datetime) -> Term:
    """The running term as it would be, agreed today. Raises `TermRefused` for what cannot be."""
    try:
        duration = changed(known.duration, change, known.today(now))
        running = term_on(duration, known.today(now))
        if running is None or not known.standing(now).in_force:
            raise TermRefusedError(TermRefusalKind.AFTER_THE_END, known.ended_on)
        following(known, change, now)  # refused here rather than where it is shown
        return running
    except TermRefusedError as error:
        raise refused(error) from error


def following(known: AgreementFacts, change: Change, now: datetime) -> Term | None:
    """The term after the running one as it would be, agreed today; None where none follows."""
    duration = changed(known.duration, change, known.today(now))
    running = term_on(duration, known.today(now))
    return next((one for one in terms(duration) if running and one.number == running.number + 1), None)


def changed(duration: Duration, change: Change, agreed_on: date) -> Duration:
    """The agreement's calendar with a change; raises `TermRefusedError`."""
    amendments = duration.amendments
    if change.last_day is not None:
        amendments = (*amendments, Amendment(agreed_on, change.last_day, by_both=True))
    settings: dict[str, Any] = _columns(duration, change, agreed_on)
    if "notice" in settings:
        settings["notice"] = Period.parse(settings["notice"])
    renewal = change.settings.get("renewal", NONE)
    if renewal != NONE:
        later = RenewalChange(agreed_on, Period.parse(renewal))
        settings["renewed"] = (*duration.renewed, later)
    return replace(duration, amendments=amendments, **settings)


def _columns(duration: Duration, change: Change, day: date) -> dict[str, Any]:
    """The columns of the agreement that change: one not renewed any more ends with the term of that day."""
    columns: dict[str, Any] = {}
    running = term_on(duration, day)
    if change.settings.get("renewal") == NONE and running is not None:
        columns["renewals"] = running.number - 1
    if notice := change.settings.get("notice"):
        columns["notice"] = notice
    return columns


async def propose(intent: AgreementIntent, change: Change, now: datetime) -> int:
    """Propose a change; an earlier proposal of the same side gives way to it. Returns the event.

    Raises `TermRefused`, and `ProposalOpen` while one of the other side waits.
    """
    async with transaction():
        entry = await enter(intent, now)
        if entry.known is not None:
            return entry.known
        effect_of(entry.facts, change, now)
        waiting = entry.facts.proposed()
        if waiting is not None and waiting.library != entry.library:
            raise ProposalOpen
        if waiting is not None:
            await _settle(waiting, AmendmentState.RETRACTED, intent.actor)
        row = await AgreementAmendment.create(
            agreement_id=entry.facts.id,
            library_id=entry.library,
            last_day=change.last_day,
            settings=dict(change.settings),
            state=AmendmentState.PROPOSED,
            proposed_by_id=intent.actor,
            proposed_at=now,
        )
        details = {"amendment": row.id, "last_day": change.last_day, "settings": dict(change.settings)}
        return await note(entry, AgreementAct.PROPOSE_AMENDMENT, details, now=now)


async def consent(intent: AgreementIntent, amendment: int, now: datetime) -> int:
    """The other side consents: the change holds from today, and everything is planned anew."""
    async with transaction():
        entry = await enter(intent, now)
        if entry.known is not None:
            return entry.known
        waiting = _waiting(entry, amendment)
        if waiting.library == entry.library:
            raise OtherSidesWord
        change = Change(last_day=waiting.last_day, settings=waiting.settings)
        effect_of(entry.facts, change, now)
        day = entry.facts.today(now)
        await _settle(waiting, AmendmentState.AGREED, intent.actor, agreed_on=day)
        if columns := _columns(entry.facts.duration, change, day):
            await Agreement.filter(id=entry.facts.id).update(**columns)
        details = {"amendment": amendment, "last_day": waiting.last_day, "agreed_on": day}
        return await note(entry, AgreementAct.CONSENT_AMENDMENT, details, now=now, redates=True)


async def turn_down(intent: AgreementIntent, amendment: int, now: datetime) -> int:
    """The other side declines, or the proposing side takes its proposal back."""
    async with transaction():
        entry = await enter(intent, now)
        if entry.known is not None:
            return entry.known
        waiting = _waiting(entry, amendment)
        own = waiting.library == entry.library
        await _settle(waiting, AmendmentState.RETRACTED if own else AmendmentState.DECLINED, intent.actor)
        act = AgreementAct.RETRACT_AMENDMENT if own else AgreementAct.DECLINE_AMENDMENT
        return await note(entry, act, {"amendment": amendment}, now=now)


def _waiting(entry: Entry, amendment: int) -> AmendmentView:
    waiting = entry.facts.proposed()
    if waiting is None or waiting.id != amendment:
        raise SettledMeanwhile
    return waiting


async def _settle(
    waiting: AmendmentView, state: AmendmentState, by: int, *, agreed_on: date | None = None
) -> None:
    rows = AgreementAmendment.filter(id=waiting.id)
    await rows.update(state=state, settled_by_id=by, agreed_on=agreed_on)
