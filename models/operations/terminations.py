"""Notices of termination: recorded, and withdrawn with the other side's consent. None is ever given here."""

from dataclasses import dataclass
from datetime import date, datetime

from models.engines import transaction
from models.operations.agreements import AgreementIntent, Entry, enter, note, refused
from models.queries.agreements import AgreementFacts, NoticeView
from models.rules import term
from models.rules.errors import OtherSidesWord, SettledMeanwhile
from models.rules.period import TermRefusalKind, TermRefusedError
from models.rules.term import Effect, Notice
from models.rules.vocabulary import AgreementAct
from models.tables import TerminationNotice


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """A notice as it is recorded: which library gave it, the day on which the other one received it."""

    given_by: int
    received_on: date
    named_end: date | None = None


def effect_of(known: AgreementFacts, new: NewNotice, now: datetime) -> Effect:
    """What the notice would do. Raises `TermRefused` for one that cannot be.

    Refused: before signing, in the future at the receiving library, after the agreement has ended.
    """
    receiving = known.other(new.given_by).id
    given = Notice(new.received_on, new.named_end)
    standing = [one.notice for one in known.notices if one.stands]
    try:
        if known.today(now) >= known.duration.signed_on and not known.standing(now).in_force:
            raise TermRefusedError(TermRefusalKind.AFTER_THE_END, known.ended_on)
        term.effects(known.duration, [*standing, given], today=known.today(now, at=receiving))
        return term.effect(known.duration, given)
    except TermRefusedError as error:
        raise refused(error) from error


async def record_notice(intent: AgreementIntent, new: NewNotice, now: datetime) -> int:
    """Record a notice and tell both sides at once; returns the event. Raises as `effect_of` does."""
    async with transaction():
        entry = await enter(intent, now)
        if entry.known is not None:
            return entry.known
        done = effect_of(entry.facts, new, now)
        row = await TerminationNotice.create(
            agreement_id=entry.facts.id,
            given_by_id=new.given_by,
            received_on=new.received_on,
            named_end=new.named_end,
            recorded_by_id=intent.actor,
            recorded_at=now,
        )
        details = {
            "notice": row.id,
            "given_by": new.given_by,
            "received_on": new.received_on,
            "named_end": new.named_end,
            "ends": done.ends,
        }
        return await note(entry, AgreementAct.RECORD_NOTICE, details, now=now, redates=True)


async def ask_withdrawal(intent: AgreementIntent, notice: int, now: datetime) -> int:
    """The library that gave a notice asks the other one to let it be withdrawn."""
    async with transaction():
        entry = await enter(intent, now)
        if entry.known is not None:
            return entry.known
        found = _standing(entry, notice)
        if entry.library != found.given_by:
            raise OtherSidesWord
        if found.asked_at is not None:
            raise SettledMeanwhile
        _refuse_after_the_end(entry, found, now)
        await TerminationNotice.filter(id=notice).update(asked_by_id=intent.actor, asked_at=now)
        return await note(entry, AgreementAct.ASK_WITHDRAWAL, {"notice": notice}, now=now)


async def answer_withdrawal(intent: AgreementIntent, notice: int, now: datetime, *, consents: bool) -> int:
    """The other side consents, and the notice is withdrawn from today; or it does not, and it stands."""
    async with transaction():
        entry = await enter(intent, now)
        if entry.known is not None:
            return entry.known
        found = _standing(entry, notice)
        if entry.library == found.given_by:
            raise OtherSidesWord
        if found.asked_at is None:
            raise SettledMeanwhile
        if not consents:
            await TerminationNotice.filter(id=notice).update(asked_by_id=None, asked_at=None)
            return await note(entry, AgreementAct.REFUSE_WITHDRAWAL, {"notice": notice}, now=now)
        day = _refuse_after_the_end(entry, found, now)
        await TerminationNotice.filter(id=notice).update(consented_by_id=intent.actor, withdrawn_on=day)
        details = {"notice": notice, "withdrawn_on": day}
        return await note(entry, AgreementAct.CONSENT_WITHDRAWAL, details, now=now, redates=True)


def _standing(entry: Entry, notice: int) -> NoticeView:
    found = next((one for one in entry.facts.notices if one.id == notice and one.stands), None)
    if found is None:
        raise SettledMeanwhile
    return found


def _refuse_after_the_end(entry: Entry, found: NoticeView, now: datetime) -> date:
    """The day from which the notice would be withdrawn; refused once the agreement is over."""
    day = entry.facts.today(now)
    notices = [one.notice for one in entry.facts.notices]
    try:
        term.withdraw(entry.facts.duration, notices, found.notice, day=day, other_side_consents=True)
    except TermRefusedError as error:
        raise refused(error) from error
    return day
