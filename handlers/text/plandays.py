"""The days of a plan's items as an iCalendar object (RFC 5545), for mails and to be taken from a chat.

One event per item: its UID never changes, and its SEQUENCE is the version of the item (RFC 5546 §2.1.4).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers.text.citations import shortened
from handlers.text.cooperation import KINDS
from handlers.text.screens import Document
from handlers.text.voice import Voice
from models.queries.plans import ItemView
from models.rules.vocabulary import ItemStage

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Abonement//Cooperation plan//EN"
STANDS = frozenset({ItemStage.ACCEPTED, ItemStage.PLANNED})
REMINDS_BEFORE = timedelta(days=1)
HOST = "abonement"
"""Where no mail address names the desk."""


def has_day(view: ItemView) -> bool:
    """Whether the item has a known day that still holds."""
    return view.stage in STANDS and view.when is not None and view.when.is_day


def calendar_file(voice: Voice, items: Sequence[ItemView], now: datetime) -> Document | None:
    """The items with a known day as a file that any calendar takes in; None where there is none."""
    days = [one for one in items if has_day(one)]
    if not days:
        return None
    events = [item_event(voice, one, host=HOST, now=now) for one in days]
    return Document("plan.ics", "text/calendar", as_calendar(events, method="PUBLISH").encode())


def as_calendar(events: Sequence["Event"], *, method: str) -> str:
    """A calendar object of these events."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content.decode()


def item_event(voice: Voice, view: ItemView, *, host: str, now: datetime, cancelled: bool = False) -> "Event":
    """An item as a whole day's event, with a reminder a day before."""
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"plan-item-{view.id}@{host}")
    event.add("sequence", view.version)
    event.add("dtstamp", now)
    if view.when is not None:
        event.add("dtstart", view.when.first)
        event.add("dtend", view.when.last + timedelta(days=1))
    event.add("summary", view.contents.title)
    event.add("description", _about(voice, view))
    if view.contents.place:
        event.add("location", view.contents.place)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if not cancelled:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", view.contents.title)
        alarm.add("trigger", -REMINDS_BEFORE)
        event.add_component(alarm)
    return event


def _about(voice: Voice, view: ItemView) -> str:
    parts = (voice.named(KINDS[view.contents.kind]), view.contents.description, view.contents.link)
    return "\n".join(shortened(one, 500) for one in parts if one)
