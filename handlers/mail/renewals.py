"""What a mail says of an agreement: an answer to its renewal, that it was seen. Never a notice itself."""

from handlers.mail.addresses import Purpose
from handlers.mail.parse import MailKind
from handlers.mail.threading import Standing
from handlers.mail.visit import Taken, Visit
from models.operations import renewals
from models.operations.agreements import AgreementIntent
from models.queries import agreements
from models.queries.parties import PersonView
from models.rules.errors import NoAgreement, NoSuchAgreement, Refusal, WindowClosed
from models.rules.vocabulary import NoticeKind, RenewalAnswer, Say, Via

PLAIN = frozenset({"yes", "no"})
"""Words that answer nothing here: what can be answered is shown."""


async def accepted(visit: Visit) -> bool:
    """A calendar entry of an agreement was accepted: that is SEEN; False for any other entry."""
    token, person = visit.found.token, visit.found.person
    if token is None or person is None or token.purpose is not Purpose.RENEWAL:
        return False
    if visit.found.standing is Standing.SPEAKS:
        await renewals.see(token.ref, person.id, visit.now)
    return True


async def renewal_answered(visit: Visit, person: PersonView, agreement: int) -> Taken | None:
    """RENEW, TALK, NOTICE (the intent) or SEEN; None for what says something else."""
    reading = visit.reading
    if reading.kind is MailKind.COMMAND:
        return None
    if reading.act == "seen":
        await renewals.see(agreement, person.id, visit.now)
        visit.say(person, NoticeKind.SAY, {"say": Say.RENEWAL_SEEN})
        return Taken("seen", visit.slips)
    if reading.act in set(RenewalAnswer):
        return await _answer(visit, person, agreement, RenewalAnswer(reading.act))
    if reading.act in PLAIN or reading.unclear:
        visit.say(person, NoticeKind.AGREEMENT, {"agreement": agreement})
        return Taken("renewal", visit.slips)
    return None


async def _answer(visit: Visit, person: PersonView, agreement: int, said: RenewalAnswer) -> Taken:
    """The confirmation is the news that its author gets by mail."""
    intent = AgreementIntent(agreement=agreement, actor=person.id, via=Via.EMAIL, key=visit.key)
    try:
        known = await agreements.facts(agreement, visit.now)
        if known is None:
            raise NoSuchAgreement
        deadline = known.standing(visit.now).deadline
        if deadline is None:
            raise WindowClosed
        await renewals.answer(intent, deadline, said, visit.now)
    except Refusal as refusal:
        visit.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
        return Taken("refused", visit.slips)
    return Taken("renewal", visit.slips)


async def shown(visit: Visit, person: PersonView) -> None:
    """AGREEMENT: how it stands; of several agreements each in a mail of its own."""
    found = await agreements.facts_of(person.library or 0, visit.now)
    if not found:
        visit.say(person, NoticeKind.REFUSAL, {"refusal": NoAgreement().facts()})
    for known in found:
        once = f"{visit.key}:agreement:{known.id}"
        visit.say(person, NoticeKind.AGREEMENT, {"agreement": known.id}, dedupe=once)
