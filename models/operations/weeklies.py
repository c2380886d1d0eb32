"""The weekly digest of what colleagues shared: on the first working day of a week, once, if there is any."""

from datetime import datetime

from models.engines import transaction
from models.operations import outbox
from models.operations.planteam import slips_to
from models.queries import bulletins as queries
from models.queries import clocks
from models.queries.parties import PersonView
from models.rules.hours import Place
from models.rules.sharing import week_begins
from models.rules.vocabulary import NoticeKind, Pace
from models.tables import Subscription, Weekly


async def plan(now: datetime) -> int:
    """Write the digests of the week that has begun, on each reader's calendar; returns how many.

    After a silence one digest tells of everything since the last.
    """
    weekly = await Subscription.filter(pace=Pace.WEEKLY, person__left_at=None).values_list("person_id")
    rows = await Weekly.filter(person_id__in=[one[0] for one in weekly]).prefetch_related("person")
    works = await clocks.places({row.person.library_id or 0 for row in rows}, [now.year - 1, now.year])
    return sum([await _greet(row, works[row.person.library_id or 0], now) for row in rows])


async def _greet(row: Weekly, place: Place, now: datetime) -> int:
    begun = week_begins(place, now)
    if row.until >= begun or place.working_moment(now) > now:
        return 0
    async with transaction():
        # The week is claimed first: another process then sees it taken.
        if not await Weekly.filter(id=row.id, until=row.until).update(until=begun):
            return 0
        person = PersonView.of(row.person)
        if not await queries.weekly_for(person, row.until, begun):
            return 0
        slips = slips_to(
            [person],
            NoticeKind.BULLETINS,
            facts={"since": row.until.isoformat(), "until": begun.isoformat()},
            dedupe=f"weekly:{begun:%Y-%m-%d}",
            today=place.day(now),
        )
        await outbox.write(slips, now)
    return len(slips)
