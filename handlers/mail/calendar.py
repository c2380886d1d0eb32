"""A loan's due date as an iCalendar event (RFC 5545), told anew when it changes, taken back when it is over.

One event per request: its UID never changes and its SEQUENCE is the version of the request, so that a client
always keeps the newest (RFC 5546 §2.1.4). It travels as `METHOD:REQUEST`, which clients put into a calendar
unasked; the organizer is the signed reply address, where an acceptance is recorded and moves nothing.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers.mail.compose import Calendar
from handlers.text.citations import heading, shortened
from handlers.text.details import DUE
from handlers.text.voice import Voice
from models.queries.requests import CardView
from models.rules.vocabulary import Act, Stage

if TYPE_CHECKING:
    import icalendar

STANDS = frozenset({Stage.SHIPPED, Stage.ON_LOAN})
SETS = frozenset(
    {Act.SHIP, Act.RECEIVE, Act.RECEIVE_DAMAGED, Act.GRANT_RENEWAL, Act.CHANGE_DUE, Act.RECALL, Act.FIND}
)
ENDS = frozenset({Act.SEND_BACK, Act.CHECK_IN, Act.CHECK_IN_DAMAGED, Act.LOSE, Act.CLOSE})
PRODUCT = "-//Abonement//Interlibrary loan//EN"
REMINDS_BEFORE = timedelta(days=3)


def due_date(
    voice: Voice, view: CardView, act: Act, *, organizer: str, attendee: str, now: datetime
) -> Calendar | None:
    """The event that goes with the news of this act; None where the act says nothing about a due date."""
    method = _method(view, act)
    if method is None:
        return None
    return _calendar(method, voice, view, organizer=organizer, attendee=attendee, now=now)


def _method(view: CardView, act: Act) -> str | None:
    if view.stage in STANDS:
        return "REQUEST" if view.due and act in {*SETS, Act.UNDO} else None
    undone = act is Act.UNDO and any(one.act in SETS for one in view.events)
    return "CANCEL" if undone or (view.due and act in ENDS) else None


def _calendar(
    method: str, voice: Voice, view: CardView, *, organizer: str, attendee: str, now: datetime
) -> Calendar:
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(method, voice, view, organizer=organizer, attendee=attendee, now=now))
    return Calendar(method, calendar.to_ical().decode(), name="due.ics")


def _event(
    method: str, voice: Voice, view: CardView, *, organizer: str, attendee: str, now: datetime
) -> "icalendar.Event":
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"due-{view.number.lower()}@{organizer.rpartition('@')[2]}")
    event.add("sequence", view.version)
    event.add("dtstamp", now)
    if view.due is not None:
        event.add("dtstart", view.due)
    event.add("summary", f"{voice.named(DUE)}: {view.number}")
    event.add("description", shortened(heading(view.values), 300))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("organizer", icalendar.vCalAddress(f"mailto:{organizer}"))
    guest = icalendar.vCalAddress(f"mailto:{attendee}")
    guest.params.update({"PARTSTAT": "NEEDS-ACTION", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
    event.add("attendee", guest)
    if method == "REQUEST":
        event.add_component(_alarm(voice, view))
    return event


def _alarm(voice: Voice, view: CardView) -> "icalendar.Alarm":
    import icalendar

    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{voice.named(DUE)}: {view.number}")
    alarm.add("trigger", -REMINDS_BEFORE)
    return alarm
