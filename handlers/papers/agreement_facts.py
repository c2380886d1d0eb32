"""From an agreement as it stands to the facts of a letter: every day is reckoned by the rules."""

from dataclasses import replace
from datetime import date, datetime

from handlers.papers.facts import LetterFacts, Party, Signatory
from models.queries.agreements import AgreementFacts
from models.rules.papers import LetterKind
from models.rules.term import Amendment, Duration, Notice, Term, effect, term_on


def letter_facts(
    agreement: AgreementFacts, kind: LetterKind, *, sender: int, now: datetime
) -> LetterFacts | None:
    """A letter of the library `sender` as of now; None where no term runs, or no such notice does."""
    recipient = agreement.other(sender).id
    today = agreement.today(now, at=recipient)
    term = agreement.term(now)
    if term is None:
        return None
    facts = LetterFacts(
        kind=kind,
        sender=_party(agreement, sender, today),
        recipient=_party(agreement, recipient, today),
        signed_on=agreement.duration.signed_on,
        place=dict(agreement.place),
        last_day=term.last_day,
        notice=agreement.duration.notice,
        deadline=term.last_day_for_notice,
    )
    match kind:
        case LetterKind.NOTICE:
            return _notice(facts, agreement.duration, term, today)
        case LetterKind.WITHDRAWAL:
            return _withdrawal(facts, agreement, sender, now)
        case LetterKind.AMENDMENT:
            return _amendment(facts, agreement, today)


def _notice(facts: LetterFacts, duration: Duration, term: Term, today: date) -> LetterFacts:
    """In time it ends the term that runs; after the last day for that, as early as it can."""
    deadline = term.last_day_for_notice
    if deadline is not None and today <= deadline:
        return replace(facts, received=deadline, ends=term.last_day)
    return replace(facts, received=today, ends=effect(duration, Notice(today)).ends)


def _withdrawal(
    facts: LetterFacts, agreement: AgreementFacts, sender: int, now: datetime
) -> LetterFacts | None:
    running = agreement.running(now)
    if running is None or running.given_by != sender:
        return None
    return replace(facts, received=running.received_on, ends=agreement.end(now))


def _amendment(facts: LetterFacts, agreement: AgreementFacts, today: date) -> LetterFacts:
    """With the last day that is proposed, and the deadline that follows from it."""
    proposed = agreement.proposed()
    if proposed is None or proposed.last_day is None:
        return facts
    agreed = Amendment(today, proposed.last_day, by_both=True)
    duration = replace(agreement.duration, amendments=(*agreement.duration.amendments, agreed))
    amended = term_on(duration, today)
    deadline = amended.last_day_for_notice if amended else None
    return replace(facts, new_last_day=proposed.last_day, new_deadline=deadline)


def _party(agreement: AgreementFacts, library: int, today: date) -> Party:
    """The official name and address where they are set, else those of the library."""
    known = agreement.library(library)
    set_up = next((one for one in agreement.parties if one.library == library), None)
    return Party(
        names={**known.names, **(set_up.names if set_up else {})},
        addresses={**known.addresses, **(set_up.address if set_up else {})},
        contacts=" · ".join(set_up.contacts.values()) if set_up else "",
        signatory=signatory_of(agreement, library, today),
    )


def signatory_of(agreement: AgreementFacts, library: int, day: date) -> Signatory | None:
    """Who signs for a library on a day, as papers name them."""
    found = agreement.signatory(library, day)
    return Signatory(name=dict(found.names), post=dict(found.post)) if found else None
