"""The day of a plan's item as an iCalendar event (RFC 5545): told anew when it changes, taken back when it is
over.

One event per item and place; its SEQUENCE is the version of the item (RFC 5546 §2.1.4).
"""

from datetime import datetime, timedelta

import icalendar
from icalendar import vCalAddress

from handlers.mail.compose import Calendar
from handlers.text.citations import shortened
from handlers.text.cooperation import KINDS
from handlers.text.reader import Reader
from handlers.text.voice import Voice
from models.operations.outbox import Leased
from models.queries import plans
from models.queries.plans import ItemView
from models.rules.vocabulary import ItemStage

PRODUCT = "-//Abonement//Cooperation plan//EN"
STANDS = frozenset({ItemStage.ACCEPTED, ItemStage.PLANNED})
ENDS = frozenset({ItemStage.CANCELLED, ItemStage.POSTPONED, ItemStage.CARRIED})
REMINDS_BEFORE = timedelta(days=1)


async def item_date(row: Leased, reader: Reader, *, organizer: str) -> Calendar | None:
    """The calendar event that goes with the news of an item; None where no day is known, or none was."""
    event = await plans.event(row.facts["plan_event"], reader.person) if reader.person else None
    if event is None or event.item is None or reader.person is None:
        return None
    view = await plans.item(event.item, reader.person)
    method = _method(view) if view else None
    if view is None or method is None:
        return None
    entry = item_event(
        reader.voice, view, method=method, organizer=organizer, attendee=row.target, now=row.created_at
    )
    return Calendar(method, as_calendar([entry], method=method), name="plan.ics")


def _method(view: ItemView) -> str | None:
    """Whether the day is told or taken back."""
    if view.when is None or not view.when.is_day:
        return None
    if view.stage in STANDS:
        return "REQUEST"
    return "CANCEL" if view.stage in ENDS else None


def as_calendar(events: list[icalendar.Event], *, method: str) -> str:
    """A calendar object of these events."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content.decode()


def item_event(
    voice: Voice, view: ItemView, *, method: str, organizer: str, attendee: str, now: datetime
) -> icalendar.Event:
    """An item with a known day, as a whole day's event."""
    event = icalendar.Event()
    event.add("uid", f"plan-item-{view.id}@{organizer.rpartition('@')[2]}")
    event.add("sequence", view.version)
    event.add("dtstamp", now)
    if view.when is not None:
        event.add("dtstart", view.when.first)
        event.add("dtend", view.when.last + timedelta(days=1))
    event.add("summary", view.contents.title)
    event.add("description", _about(voice, view))
    if view.contents.place:
        event.add("location", view.contents.place)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    guest = vCalAddress(f"mailto:{attendee}")
    guest.params.update({"PARTSTAT": "NEEDS-ACTION", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
    event.add("attendee", guest)
    if method == "REQUEST":
        event.add_component(_alarm(view))
    return event


def _about(voice: Voice, view: ItemView) -> str:
    parts = (voice.named(KINDS[view.contents.kind]), view.contents.description, view.contents.link)
    return "\n".join(shortened(one, 500) for one in parts if one)


def _alarm(view: ItemView) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", view.contents.title)
    alarm.add("trigger", -REMINDS_BEFORE)
    return alarm
