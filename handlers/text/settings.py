"""What a person chose for themselves, on one screen that changes in place."""

from collections.abc import Iterator

from handlers.text import labels
from handlers.text.calendar_feed import BUTTON
from handlers.text.cards import zone_name
from handlers.text.rich import Line, Lines, bold, labelled, line, stacked
from handlers.text.screens import Button, Rows, Screen, Tap, Verb, marked, rows_of
from handlers.text.voice import LANGUAGE_NAMES, Label, Voice, label, message
from models.queries.team import Workplace
from models.rules.preferences import HOURS, Preferences
from models.rules.vocabulary import Clock, Language, Reach

SETTINGS = label("button_settings", "Settings")
NEWS = label("setting", "news")
EMAIL = label("email", "e-mail")
DIGEST = label("setting", "morning digest")
QUIET = label("setting", "quiet hours")
REMINDERS = label("setting", "reminders")
ABSENCE = label("setting", "absence")
OFF = label("setting", "off")
ALL_ON = label("setting", "all on")
NONE = label("setting", "none")
CHANGE_ADDRESS = label("button", "Other address")
NOT_WAITING = label("button", "Do not wait")

REACHES: dict[Reach, Label] = {
    Reach.CHAT: label("reach", "in chat"),
    Reach.MAIL: label("reach", "by mail"),
    Reach.BOTH: label("reach", "in chat and by mail"),
}
CLOCKS: dict[Clock, Label] = {
    Clock.ANSWER: label("clock", "A request waits for an answer"),
    Clock.DECISION: label("clock", "Our decision is awaited"),
    Clock.NEEDED_BY: label("clock", "The needed-by date is near"),
    Clock.SUPPLY: label("clock", "Promised and not yet sent"),
    Clock.ARRIVAL: label("clock", "Dispatched, receipt not noted"),
    Clock.DUE_SOON: label("clock", "The due date is near"),
    Clock.OVERDUE: label("clock", "A return is overdue"),
    Clock.RENEWAL: label("clock", "A renewal waits for an answer"),
    Clock.RECALL: label("clock", "Early return was asked"),
    Clock.RETURN: label("clock", "Sent back, arrival not noted"),
    Clock.RETRY_DAY: label("clock", "The day to ask again has come"),
    Clock.CANCELLATION: label("clock", "A cancellation waits"),
    Clock.RESEND: label("clock", "A copy is needed again"),
    Clock.SETTLEMENT: label("clock", "A lost item is not settled"),
    Clock.COPY: label("clock", "A delivered copy was not looked at"),
    Clock.UNFILLED: label("clock", "An unfilled request is open"),
}
"""What each clock reminds of: one a row."""

PROMPTS: dict[str, str] = {
    "language": message("Which language shall be used here?"),
    "reach": message("How shall news come? Mail needs an address that is confirmed by one reply."),
    "digest": message("At which hour shall the morning digest come? It is sent on working days only."),
    "quiet": message("From which hour shall news arrive without a sound?"),
    "until": message("Until which hour?"),
    "reminders": message("Which reminders do you want? A tick means that they come."),
}
"""The pages behind the first one."""

PER_ROW = 6


def settings_screen(voice: Voice, place: Workplace, page: str, *, by_mail: bool = True) -> Screen:
    """The first page, or what can be chosen on another one; an unknown page is the first.

    Without mail on this installation news comes in chat, and nothing else is offered.
    """
    name, _, start = page.partition(".")
    if name not in PROMPTS:
        return Screen(lines=_lines(voice, place), rows=_first_rows(voice, by_mail=by_mail))
    rows = _choices(voice, place, name, start)
    back = Button(voice.label(labels.BACK), _tap(""))
    prompt = voice.say(PROMPTS[name])
    return Screen(lines=stacked(_head(voice), [line(prompt)]), rows=(*rows, (back,)))


def _tap(what: str, value: str = "") -> Tap:
    return Tap(Verb.SETTING, 0, 0, what, value)


def _head(voice: Voice) -> Lines:
    return (line(bold(voice.label(SETTINGS))),)


def _lines(voice: Voice, place: Workplace) -> Lines:
    chosen = place.person.preferences
    zone = zone_name(voice, place.library.zone)
    return stacked(
        _head(voice),
        [
            labelled(voice.named(labels.LANGUAGE), LANGUAGE_NAMES[place.person.language]),
            labelled(voice.named(NEWS), voice.label(REACHES[place.person.reach])),
            labelled(voice.named(EMAIL), place.person.email or voice.label(NONE)),
            *_wanted(voice, chosen),
            labelled(voice.named(DIGEST), _digest(voice, chosen, zone)),
            labelled(voice.named(QUIET), _quiet(voice, chosen, zone)),
            labelled(voice.named(REMINDERS), _reminders(voice, chosen)),
            labelled(voice.named(ABSENCE), _absence(voice, place)),
        ],
    )


def _wanted(voice: Voice, chosen: Preferences) -> Iterator[Line]:
    if chosen.wanted_email:
        yield line(
            voice.say("Waiting for the answer to our mail. Address: {email}", email=chosen.wanted_email)
        )


def hour(value: int) -> str:
    """A full hour, as every one of the languages writes it."""
    return f"{value % 24:02d}:00"


def _digest(voice: Voice, chosen: Preferences, zone: str) -> str:
    return voice.label(OFF) if chosen.digest_hour is None else f"{hour(chosen.digest_hour)} ({zone})"


def _quiet(voice: Voice, chosen: Preferences, zone: str) -> str:
    if chosen.quiet is None:
        return voice.label(OFF)
    return f"{hour(chosen.quiet[0])}–{hour(chosen.quiet[1])} ({zone})"


def _reminders(voice: Voice, chosen: Preferences) -> str:
    if not chosen.off:
        return voice.label(ALL_ON)
    return voice.plural("{n} turned off", "{n} turned off", len(chosen.off))


def _absence(voice: Voice, place: Workplace) -> str:
    until = place.person.preferences.away_until
    if until is None:
        return voice.label(NONE)
    return voice.say("last day away: {day}", day=voice.day(until))


def _first_rows(voice: Voice, *, by_mail: bool) -> Rows:
    pages = (
        (labels.LANGUAGE, _tap("page", "language")),
        (NEWS, _tap("page", "reach")),
        (DIGEST, _tap("page", "digest")),
        (QUIET, _tap("page", "quiet")),
        (REMINDERS, _tap("page", "reminders")),
        (ABSENCE, Tap(Verb.AWAY)),
        (BUTTON, _tap("calendar")),
    )
    return rows_of(Button(voice.named(term), tap) for term, tap in pages if by_mail or term is not NEWS)


def _choices(voice: Voice, place: Workplace, name: str, start: str) -> Rows:
    chosen = place.person.preferences
    match name:
        case "language":
            return _languages(place)
        case "reach":
            return _reaches(voice, place)
        case "digest":
            return (*_hours("digest", chosen.digest_hour), _off(voice, "digest", chosen.digest_hour))
        case "quiet":
            return (*_hours("quiet", chosen.quiet and chosen.quiet[0]), _off(voice, "quiet", chosen.quiet))
        case "until":
            return _hours("until", chosen.quiet and chosen.quiet[1], after=start)
        case _:
            return tuple(_clock(voice, chosen, one) for one in Clock)


def _languages(place: Workplace) -> Rows:
    return rows_of(
        marked(
            Button(LANGUAGE_NAMES[one], _tap("language", one)),
            chosen=one is place.person.language,
        )
        for one in Language
    )


def _reaches(voice: Voice, place: Workplace) -> Rows:
    ways = (
        marked(
            Button(voice.named(REACHES[one]), _tap("reach", one)),
            chosen=one is place.person.reach,
        )
        for one in Reach
    )
    rows = rows_of(ways)
    if place.person.email or place.person.preferences.wanted_email:
        rows = (*rows, (Button(voice.label(CHANGE_ADDRESS), _tap("address")),))
    if place.person.preferences.wanted_email:
        rows = (*rows, (Button(voice.label(NOT_WAITING), _tap("forget")),))
    return rows


def _hours(what: str, now: int | None, *, after: str = "") -> Rows:
    """The hours of a day; those of `after` are carried along, and cannot be chosen again."""
    prefix = f"{after}." if after else ""
    buttons = [
        marked(Button(hour(one), _tap(what, f"{prefix}{one}")), chosen=one == now)
        for one in HOURS
        if str(one) != after
    ]
    return tuple(tuple(buttons[at : at + PER_ROW]) for at in range(0, len(buttons), PER_ROW))


def _off(voice: Voice, what: str, now: object) -> tuple[Button, ...]:
    return (marked(Button(voice.named(OFF), _tap(what, "off")), chosen=now is None),)


def _clock(voice: Voice, chosen: Preferences, clock: Clock) -> tuple[Button, ...]:
    button = Button(voice.label(CLOCKS[clock]), _tap("clock", clock))
    return (marked(button, chosen=clock.value not in chosen.off),)


def settings_letter(voice: Voice, place: Workplace, *, word: str) -> Screen:
    """The same by mail: what holds, and the words that change what a mail can change."""
    how = voice.say(
        "To change the language, write {word} and one of {codes} behind it. "
        "The rest is changed in chat with /settings, or by your coordinator.",
        word=word,
        codes=", ".join(Language),
    )
    return Screen(lines=stacked(_lines(voice, place), [line(how)]))
