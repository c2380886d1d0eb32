"""The day that decides an agreement as an iCalendar event (RFC 5545): the last one for a notice, or its end.

One event per agreement and term: its UID never changes, its SEQUENCE is the edition of the dates, so that a
notice, a withdrawal or an amendment moves it. `METHOD:CANCEL` takes it away where no day is left to watch.
An acceptance goes to the organizer, the signed reply address, and says that the reminder was seen.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.mail.calendar import PRODUCT
from handlers.mail.compose import Calendar
from handlers.text.agreement.dates import LAST_DAY, NOTICE_DEADLINE, derived
from handlers.text.agreement.sight import Sight
from handlers.text.cards import library_name
from handlers.text.reader import Reader
from handlers.text.voice import Voice
from models.operations.outbox import Leased
from models.queries import agreements
from models.rules.renewal import derivation
from models.rules.vocabulary import NoticeKind

if TYPE_CHECKING:
    import icalendar

REMINDS_BEFORE = timedelta(days=7)
PUBLISHED = frozenset({NoticeKind.AGREEMENT})
"""What answers a question: the entry is shown and expects nothing (RFC 5546 §3.2.1)."""


async def entry(
    row: Leased, reader: Reader, agreement: int, *, organizer: str, attendee: str
) -> Calendar | None:
    """The entry that goes with a mail about an agreement; None where there never was a day to watch."""
    known = await agreements.facts(agreement, reader.now)
    own = reader.person.library if reader.person else row.facts.get("library")
    if known is None or own not in known.places:
        return None
    sight = Sight(facts=known, own=own or 0, now=reader.now)
    if row.kind in PUBLISHED:
        return made("PUBLISH", reader.voice, sight, organizer=organizer, attendee="")
    if _day(sight) is not None:
        return made("REQUEST", reader.voice, sight, organizer=organizer, attendee=attendee)
    if row.kind is NoticeKind.AGREEMENT_NEWS and sight.standing.in_force:
        return made("CANCEL", reader.voice, sight, organizer=organizer, attendee=attendee)
    return None


def _day(sight: Sight) -> date | None:
    """The day to watch now."""
    if not sight.standing.in_force:
        return None
    return sight.end or sight.open_deadline


def made(method: str, voice: Voice, sight: Sight, *, organizer: str, attendee: str) -> Calendar | None:
    """The calendar object; None where nothing can be shown."""
    running = sight.facts.term(sight.now)
    day = _day(sight) or (running.last_day_for_notice if running else None)
    if running is None or day is None:
        return None
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event = _event(voice, sight, day, number=running.number, host=organizer.rpartition("@")[2])
    event.add("dtstamp", sight.now)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("organizer", icalendar.vCalAddress(f"mailto:{organizer}"))
    if attendee:
        event.add("attendee", _guest(attendee))
    if method != "CANCEL":
        event.add_component(_alarm(voice, sight))
    calendar.add_component(event)
    return Calendar(method, calendar.to_ical().decode(), name="agreement.ics")


def _event(voice: Voice, sight: Sight, day: date, *, number: int, host: str) -> "icalendar.Event":
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"agreement-{sight.facts.id}-{number}@{host}")
    event.add("sequence", sight.facts.edition)
    event.add("dtstart", day)
    event.add("summary", _summary(voice, sight))
    event.add("description", _why(voice, sight))
    event.add("transp", "TRANSPARENT")
    return event


def _summary(voice: Voice, sight: Sight) -> str:
    what = LAST_DAY if sight.end is not None else NOTICE_DEADLINE
    return f"{voice.named(what)}: {library_name(voice, sight.partner)}"


def _why(voice: Voice, sight: Sight) -> str:
    running = sight.facts.term(sight.now)
    if sight.end is not None or running is None:
        return ""
    return derived(voice, derivation(sight.facts.duration, running))


def _guest(attendee: str) -> "icalendar.vCalAddress":
    import icalendar

    guest = icalendar.vCalAddress(f"mailto:{attendee}")
    guest.params.update({"PARTSTAT": "NEEDS-ACTION", "ROLE": "REQ-PARTICIPANT", "RSVP": "TRUE"})
    return guest


def _alarm(voice: Voice, sight: Sight) -> "icalendar.Alarm":
    import icalendar

    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(voice, sight))
    alarm.add("trigger", -REMINDS_BEFORE)
    return alarm
