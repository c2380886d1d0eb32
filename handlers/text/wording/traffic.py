"""What concerns the desk itself: mail that was kept aside or did not arrive, invitations, fixed messages."""

from datetime import datetime

from handlers.text import (
    notices,
    says,
    stray,
)
from handlers.text.reader import Facts, Reader
from handlers.text.screens import Screen
from handlers.text.wording.shape import Wordings
from models.queries import parties, requests, traffic
from models.rules.vocabulary import NoticeKind, Say


async def _kept(facts: Facts) -> tuple[traffic.AsideView | None, str | None]:
    kept = await traffic.aside(facts["aside"])
    number = await requests.number_of(kept.request) if kept and kept.request else None
    return kept, number


async def _say(reader: Reader, facts: Facts) -> Screen | None:
    what = Say(facts["say"])
    if what not in says.PERSONAL:
        return says.say(reader.voice, what)
    if reader.person is None:
        return None
    library = await parties.library(reader.person.library) if reader.person.library else None
    return says.PERSONAL[what](reader.voice, reader.person, library)


async def _invitation(reader: Reader, facts: Facts) -> Screen | None:
    invited = await traffic.invitation(facts["invitation"])
    if invited is None or invited.used or invited.library is None:
        return None
    library = await parties.library(invited.library)
    return says.invitation(reader.voice, library, invited)


async def _aside(reader: Reader, facts: Facts) -> Screen | None:
    kept, number = await _kept(facts)
    return stray.aside_screen(reader.voice, kept, number) if kept else None


async def _was_it_you(reader: Reader, facts: Facts) -> Screen | None:
    kept, number = await _kept(facts)
    return stray.was_it_you(reader.voice, kept, number) if kept else None


async def _asides(reader: Reader, facts: Facts) -> Screen | None:
    since, until = (datetime.fromisoformat(facts[name]) for name in ("since", "until"))
    found = [
        one
        for one in await traffic.asides_between(since, until)
        if reader.person and await parties.watches(reader.person, one.request, one.person)
    ]
    return stray.digest(reader.voice, found) if found else None


async def _unstored(reader: Reader, facts: Facts) -> Screen | None:
    return stray.unstored(reader.voice, facts["box"], facts["count"])


async def _mail_flood(reader: Reader, facts: Facts) -> Screen | None:
    number = await requests.number_of(facts["request"]) if facts.get("request") else None
    return stray.flood(reader.voice, facts["address"], number)


async def _mail_trouble(reader: Reader, facts: Facts) -> Screen | None:
    since = reader.voice.moment(datetime.fromisoformat(facts["since"]), reader.zone)
    return notices.mail_trouble(reader.voice, since=since, waiting=facts["count"])


async def _mail_cap(reader: Reader, facts: Facts) -> Screen | None:
    return notices.mail_cap(reader.voice, left=facts["left"], cap=facts["cap"])


async def _undelivered(reader: Reader, facts: Facts) -> Screen | None:
    person = await parties.person(facts["person"])
    if person is None:
        return None
    refused = facts.get("of_content", False)
    return notices.undelivered(reader.voice, person, facts["address"], of_content=refused)


WORDINGS: Wordings = {
    NoticeKind.SAY: _say,
    NoticeKind.INVITATION: _invitation,
    NoticeKind.ASIDE: _aside,
    NoticeKind.WAS_IT_YOU: _was_it_you,
    NoticeKind.ASIDES: _asides,
    NoticeKind.UNSTORED: _unstored,
    NoticeKind.MAIL_FLOOD: _mail_flood,
    NoticeKind.MAIL_TROUBLE: _mail_trouble,
    NoticeKind.MAIL_CAP: _mail_cap,
    NoticeKind.UNDELIVERED: _undelivered,
}
