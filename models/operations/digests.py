"""The morning digest: once a working day to each person, at their hour, when something waits."""

from collections.abc import Iterable
from datetime import date, datetime, time

from models.engines import transaction
from models.operations import outbox
from models.queries import clocks, requests
from models.queries.parties import PersonView
from models.rules.hours import CLOSES, Place
from models.rules.preferences import Preferences
from models.rules.routing import channels
from models.rules.vocabulary import Filter, NoticeKind
from models.tables import Person


async def plan(now: datetime) -> int:
    """Write the digests whose hour has come, on each recipient's clock; returns how many.

    One that was missed still comes until the library closes. Who joined after the hour waits for tomorrow;
    an empty list is not sent.
    """
    rows = await Person.filter(left_at=None, library_id__not_isnull=True).order_by("id")
    works = await clocks.places({row.library_id or 0 for row in rows}, [now.year])
    due = [row for row in rows if _is_due(row, works[row.library_id or 0], now)]
    return sum([await _greet(row, works[row.library_id or 0].day(now), now) for row in due])


def _is_due(row: Person, place: Place, now: datetime) -> bool:
    hour = Preferences.read(row.settings).digest_hour
    today = place.day(now)
    if hour is None or row.digested_on == today or not place.calendar.is_working(today):
        return False
    begins, ends = place.at(today, time(hour)), place.at(today, max(CLOSES, time(hour, 59)))
    return row.created_at < begins <= now < ends


async def _greet(row: Person, today: date, now: datetime) -> int:
    async with transaction():
        # The day is claimed first: another process then sees it taken.
        if not await Person.filter(id=row.id, digested_on=row.digested_on).update(digested_on=today):
            return 0
        person = PersonView.of(row)
        waiting = await requests.listing(person, Filter.TO_DO, today, size=1)
        slips = list(_slips(person, today)) if waiting.total else []
        await outbox.write(slips, now)
    return len(slips)


def _slips(person: PersonView, today: date) -> Iterable[outbox.Slip]:
    for channel in channels(person.as_member(person.library or 0, today)):
        yield outbox.Slip(
            channel=channel,
            target=person.address(channel),
            kind=NoticeKind.DIGEST,
            facts={"day": today.isoformat()},
            dedupe=f"digest:{today}:{person.id}:{channel}",
            person=person.id,
        )


async def stop(person: int) -> None:
    """Send the person no more digests."""
    async with transaction():
        row = await Person.filter(id=person).select_for_update().get()
        await Person.filter(id=person).update(settings={**row.settings, "digest_hour": None})
