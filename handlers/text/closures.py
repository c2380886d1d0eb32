"""When a library does not work: its week, announced days, days of every month, people who are away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import get_day_names

from handlers.text import labels
from handlers.text.calendar import month_rows
from handlers.text.cards import library_name
from handlers.text.rich import Line, Lines, bold, labelled, line, stacked
from handlers.text.screens import Button, ButtonStyle, Rows, Screen, Tap, Verb, marked, rows_of
from handlers.text.settings import NONE
from handlers.text.staff import REMOVE
from handlers.text.voice import LOCALES, Label, Voice, label, message
from models.queries.closures import ClosureView, MonthlyView
from models.queries.parties import LibraryView
from models.queries.team import MemberView
from models.rules.closures import LAST, MonthlyRule
from models.rules.vocabulary import DayKind

CLOSURES = label("button", "Days closed")
WEEKEND = label("closure", "weekly days off")
CLOSE = label("button", "Close days")
OPEN = label("button", "Open extra days")
MONTHLY = label("button", "Day every month")
BY_NUMBER = label("button", "By its number")
WEEKLY = label("button", "Weekly days off")
EXPLAIN = label("button", "Add a reason")
MONTHLY_RULE = "monthly"

KINDS: dict[DayKind, Label] = {
    DayKind.CLOSED: label("closure", "closed"),
    DayKind.OPEN: label("closure", "open beside the week"),
}
NTHS: dict[int, Label] = {
    1: label("nth", "the first such day of the month"),
    2: label("nth", "the second such day of the month"),
    3: label("nth", "the third such day of the month"),
    4: label("nth", "the fourth such day of the month"),
    LAST: label("nth", "the last such day of the month"),
}
PROMPTS: dict[str, str] = {
    "closed": message("Which is the first day closed?"),
    "open": message("Which is the first extra day open?"),
    "last": message("Which is the last day? For a single day choose the same one."),
    "monthly": message("Which day of the week is closed once a month?"),
    "nth": message("Which one of the month?"),
    "number": message("Which day of every month is closed? Where a month is shorter, its last day is."),
    "note": message("Which days would you like to explain?"),
    "write": message("Please write the reason in a few words, for example: inventory. A dash removes it."),
    "week": message("On which days of the week is the library closed? A tick means closed."),
}
"""The pages behind the first one."""

MONTH_DAYS = 31
PER_ROW = 7
SHOWN = 20
"""Announced days on the screen, each with a button: the next ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A library's calendar as it was announced; `today` on its own clock."""

    library: LibraryView
    weekend: frozenset[int]
    closures: Sequence[ClosureView]
    monthly: Sequence[MonthlyView]
    away: Sequence[MemberView]
    today: date


def closures_screen(voice: Voice, days: Days, *, page: str, month: str = "", may_edit: bool) -> Screen:
    """What is announced, and for a coordinator the ways to change it."""
    name, _, chosen = page.partition(".")
    if name not in PROMPTS or not may_edit:
        return Screen(lines=_lines(voice, days), rows=_first_rows(voice, days) if may_edit else ())
    rows = _choices(voice, days, name, chosen, month)
    back = Button(voice.label(labels.BACK), _tap(""))
    lines = stacked(_head(voice, days), [line(voice.say(PROMPTS[name]))])
    return Screen(lines=lines, rows=(*rows, (back,)))


def _tap(what: str, value: str = "", *, closure: int = 0) -> Tap:
    return Tap(Verb.CLOSURE, closure, 0, what, value)


def _head(voice: Voice, days: Days) -> Lines:
    return (line(bold(f"{voice.label(CLOSURES)} · {library_name(voice, days.library)}")),)


def _lines(voice: Voice, days: Days) -> Lines:
    week = ", ".join(weekday(voice, one) for one in sorted(days.weekend)) or voice.label(NONE)
    announced = [line(f"• {span(voice, one)}") for one in days.closures[:SHOWN]]
    if (more := len(days.closures) - SHOWN) > 0:
        announced.append(line(voice.plural("and {n} more later", "and {n} more later", more)))
    monthly = [line(f"• {every_month(voice, one.rule)}{_note(one.note)}") for one in days.monthly]
    nothing = [line(voice.say("No other days are announced."))] if not announced + monthly else []
    return stacked(
        _head(voice, days),
        [labelled(voice.named(WEEKEND), week)],
        announced,
        monthly,
        nothing,
        _away(voice, days),
    )


def _away(voice: Voice, days: Days) -> Iterator[Line]:
    for one in days.away:
        if one.away_until:
            day = voice.short_day(one.away_until)
            yield line(bold(one.person.name), " · ", voice.say("away, last day {day}", day=day))


def weekday(voice: Voice, number: int) -> str:
    """The name of a weekday, Monday 0."""
    names = get_day_names("wide", locale=LOCALES[voice.language])
    return str(names[number])


def span(voice: Voice, one: ClosureView) -> str:
    """Announced days in a line."""
    first, last = voice.short_day(one.first), voice.short_day(one.last)
    days = first if one.first == one.last else f"{first} – {last}"
    return f"{days}: {voice.label(KINDS[one.kind])}{_note(one.note)}"


def _note(note: str | None) -> str:
    return f" · {note}" if note else ""


def every_month(voice: Voice, rule: MonthlyRule) -> str:
    """A day of every month in a line."""
    if rule.day is not None:
        return voice.say("every month, day: {n}", n=rule.day)
    return f"{weekday(voice, rule.weekday or 0)}: {voice.label(NTHS[rule.nth or 1])}"


def _first_rows(voice: Voice, days: Days) -> Rows:
    ways = (CLOSE, "closed"), (OPEN, "open"), (MONTHLY, "monthly"), (WEEKLY, "week")
    more = ((EXPLAIN, "note"),) if days.closures or days.monthly else ()
    changes = rows_of(Button(voice.label(term), _tap("page", page)) for term, page in (*ways, *more))
    return (*changes, *_removals(voice, days))


def _explainable(voice: Voice, days: Days) -> Iterator[Button]:
    for one in days.closures[:SHOWN]:
        yield Button(voice.short_day(one.first), _tap("write", closure=one.id))
    for rule in days.monthly[:SHOWN]:
        yield Button(_short(voice, rule.rule), _tap("write", MONTHLY_RULE, closure=rule.id))


def _removals(voice: Voice, days: Days) -> Iterator[tuple[Button, ...]]:
    remove = voice.label(REMOVE)
    for one in days.closures[:SHOWN]:
        text = f"{remove}: {voice.short_day(one.first)}"
        yield (Button(text, _tap("drop", closure=one.id), ButtonStyle.DANGER),)
    for rule in days.monthly[:SHOWN]:
        text = f"{remove}: {_short(voice, rule.rule)}"
        yield (Button(text, _tap("undo", closure=rule.id), ButtonStyle.DANGER),)


def _short(voice: Voice, rule: MonthlyRule) -> str:
    return str(rule.day) if rule.day is not None else weekday(voice, rule.weekday or 0)


def _choices(voice: Voice, days: Days, name: str, chosen: str, month: str) -> Rows:
    match name:
        case "closed" | "open":
            return _calendar(voice, name, days.today, month)
        case "last":
            kind, _, first = chosen.partition(".")
            return _calendar(voice, f"{kind}.{first}", date.fromisoformat(first), month)
        case "note":
            return rows_of(_explainable(voice, days))
        case "write":
            return ()
        case "monthly":
            week = [Button(weekday(voice, one), _tap("page", f"nth.{one}")) for one in range(7)]
            return rows_of([*week, Button(voice.label(BY_NUMBER), _tap("page", "number"))])
        case "nth":
            taps = ((term, _tap("nth", f"{chosen}.{nth}")) for nth, term in NTHS.items())
            return tuple((Button(voice.named(term), tap),) for term, tap in taps)
        case "number":
            numbers = [Button(str(one), _tap("number", str(one))) for one in range(1, MONTH_DAYS + 1)]
            return tuple(tuple(numbers[at : at + PER_ROW]) for at in range(0, MONTH_DAYS, PER_ROW))
        case _:
            return rows_of(_of_week(voice, days, one) for one in range(7))


def _of_week(voice: Voice, days: Days, number: int) -> Button:
    return marked(Button(weekday(voice, number), _tap("week", str(number))), chosen=number in days.weekend)


def _calendar(voice: Voice, carried: str, first: date, month: str) -> Rows:
    """A month to choose from. `carried` is the kind of the days, with the first one once it is chosen."""
    shown = date.fromisoformat(f"{month}-01") if month else first
    return month_rows(voice, shown, first=first, tap=lambda day: _tap("day", f"{carried}.{day}"))
