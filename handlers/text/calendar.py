"""A month of days as buttons, and dates as people type them."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from babel.dates import format_skeleton, get_day_names

from handlers.text.screens import Button, Rows, Tap
from handlers.text.voice import LOCALES, Voice

TapFor = Callable[[str], Tap]
"""Makes the tap for `2026-12` (turn to that month) or `2026-12-05` (that day)."""


def month_rows(voice: Voice, month: date, *, first: date, tap: TapFor) -> Rows:
    """The weeks of a month, Monday first; days before `first` are blank."""
    locale = LOCALES[voice.language]
    # The narrow names are numbers in Azerbaijani: they would look like days.
    names = get_day_names("short", locale=locale)
    title = format_skeleton("yMMMM", month, locale=locale)
    stay = tap(f"{month:%Y-%m}")
    weeks = [
        tuple(_day(day, month, first=first, tap=tap) for day in week)
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
        if any(day.month == month.month and day >= first for day in week)
    ]
    return (
        tuple(_turns(month, title, first=first, tap=tap)),
        tuple(Button(names[weekday], stay) for weekday in range(7)),
        *weeks,
    )


def _turns(month: date, title: str, *, first: date, tap: TapFor) -> list[Button]:
    before = month.replace(day=1) - timedelta(days=1)
    after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    back = [Button("‹", tap(f"{before:%Y-%m}"))] if before >= first.replace(day=1) else []
    return [*back, Button(title, tap(f"{month:%Y-%m}")), Button("›", tap(f"{after:%Y-%m}"))]


def _day(day: date, month: date, *, first: date, tap: TapFor) -> Button:
    if day.month != month.month or day < first:
        return Button("·", tap(f"{month:%Y-%m}"))
    return Button(str(day.day), tap(day.isoformat()))


_MONTH = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])", re.ASCII)


def is_month(text: str) -> bool:
    """Whether this is a month such as `2026-12`, of a year that people live in."""
    return _MONTH.fullmatch(text) is not None


_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?")


def typed_date(text: str, today: date) -> date | None:
    """A day as typed: 14.01, 14.01.2027, 2027-01-14. Without a year, the next such day from today on."""
    cleaned = text.strip()
    try:
        return date.fromisoformat(cleaned)
    except ValueError:
        found = _NUMERIC.fullmatch(cleaned)
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[2]), found[3]
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return next((d for y in (today.year, today.year + 1) if (d := _date(y, month, day)) and d >= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
