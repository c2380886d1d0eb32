"""The day of a plan's item in a mail: told anew when it changes, taken back when it is over."""

from handlers.mail.compose import Calendar
from handlers.text.plandays import as_calendar, has_day, item_event
from handlers.text.reader import Reader
from models.operations.outbox import Leased
from models.queries import plans
from models.queries.plans import ItemView
from models.rules.vocabulary import ItemStage

ENDS = frozenset({ItemStage.CANCELLED, ItemStage.POSTPONED, ItemStage.CARRIED})


async def item_date(row: Leased, reader: Reader, *, organizer: str) -> Calendar | None:
    """The calendar event that goes with the news of an item; None where no day is known, or none was."""
    event = await plans.event(row.facts["plan_event"], reader.person) if reader.person else None
    if event is None or event.item is None or reader.person is None:
        return None
    view = await plans.item(event.item, reader.person)
    method = _method(view) if view else None
    if view is None or method is None:
        return None
    from icalendar import vCalAddress

    host = organizer.rpartition("@")[2]
    entry = item_event(reader.voice, view, host=host, now=row.created_at, cancelled=method == "CANCEL")
    entry.add("organizer", vCalAddress(f"mailto:{organizer}"))
    guest = vCalAddress(f"mailto:{row.target}")
    guest.params.update({"PARTSTAT": "NEEDS-ACTION", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
    entry.add("attendee", guest)
    return Calendar(method, as_calendar([entry], method=method), name="plan.ics")


def _method(view: ItemView) -> str | None:
    """Whether the day is told or taken back."""
    if has_day(view):
        return "REQUEST"
    ended = view.stage in ENDS and view.when is not None and view.when.is_day
    return "CANCEL" if ended else None
