"""Where and when a library works: its calendar, its clock on the wall, its working hours. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.rules.workdays import Calendar

OPENS, CLOSES = time(9), time(18)
"""Reminders and digests wait for these hours of a working day, on the recipient's clock."""


@dataclass(frozen=True, slots=True)
class Place:
    """A library as the clocks see it; `zone` is an IANA name."""

    calendar: Calendar
    zone: str

    def day(self, moment: datetime) -> date:
        """The civil day there."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def at(self, day: date, hour: time = time.min) -> datetime:
        """The moment at which it is that hour of that day there."""
        return datetime.combine(day, hour, ZoneInfo(self.zone))

    def working_moment(self, now: datetime) -> datetime:
        """Now, if the library works; else the hour at which it opens next."""
        local = now.astimezone(ZoneInfo(self.zone))
        if self.calendar.is_working(local.date()):
            if OPENS <= local.time() < CLOSES:
                return now
            if local.time() < OPENS:
                return self.at(local.date(), OPENS)
        return self.at(self.calendar.next_working(local.date() + timedelta(days=1)), OPENS)

    def open_days_after(self, day: date, count: int) -> date:
        """The day so many days later, announced closures not counted; weekends and holidays are."""
        while count > 0:
            day += timedelta(days=1)
            count -= day not in self.calendar.closed
        return day
