"""Away until a day, with a colleague who stands in."""

from datetime import date

from handlers.text import labels
from handlers.text.calendar import month_rows
from handlers.text.citations import shortened
from handlers.text.rich import bold, labelled, line, stacked
from handlers.text.screens import Button, Rows, Screen, Tap, Verb, marked
from handlers.text.settings import ABSENCE, NONE
from handlers.text.voice import Voice, label, message
from models.queries.team import Workplace

LAST_DAY = label("absence", "last day away")
DEPUTY = label("absence", "stands in")
BACK_AT_WORK = label("button", "Back at work")
NOBODY = label("button", "Nobody")

WHICH_DAY = message("Which day is the last one away? News then goes to the colleague who stands in.")
WHO = message("Who stands in? Without anybody the news goes to everyone on duty.")


def absence_screen(voice: Voice, place: Workplace, *, today: date, month: str, day: str, own: bool) -> Screen:
    """The last day away, then (`day` chosen) who stands in; `own`: it is the reader's own absence."""
    chosen = place.person.preferences
    now = (
        (
            labelled(voice.named(LAST_DAY), voice.day(chosen.away_until)),
            labelled(voice.named(DEPUTY), place.deputy or voice.label(NONE)),
        )
        if chosen.away_until and chosen.is_away(today)
        else ()
    )
    head = line(bold(voice.named(ABSENCE)), "" if own else f" · {place.person.name}")
    ask = WHO if day else WHICH_DAY
    rows = _deputies(voice, place, day) if day else _days(voice, place, today=today, month=month)
    if now and not day:
        rows = ((Button(voice.label(BACK_AT_WORK), _tap(place, "present")),), *rows)
    back = Tap(Verb.SETTING) if own else Tap(Verb.STAFF, place.person.id)
    return Screen(
        lines=stacked((head, *now), [line(voice.say(ask))]),
        rows=(*rows, (Button(voice.label(labels.BACK), back),)),
    )


def _tap(place: Workplace, what: str, value: str = "") -> Tap:
    return Tap(Verb.AWAY, place.person.id, 0, what, value)


def _days(voice: Voice, place: Workplace, *, today: date, month: str) -> Rows:
    shown = date.fromisoformat(f"{month}-01") if month else today
    return month_rows(voice, shown, first=today, tap=lambda day: _tap(place, "day", day))


def _deputies(voice: Voice, place: Workplace, day: str) -> Rows:
    deputy = place.person.preferences.deputy
    people = [
        (
            marked(
                Button(shortened(one.name, 40), _tap(place, "deputy", f"{day}.{one.id}")),
                chosen=one.id == deputy,
            ),
        )
        for one in place.colleagues
    ]
    return (*people, (Button(voice.label(NOBODY), _tap(place, "deputy", f"{day}.0")),))
