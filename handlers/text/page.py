"""The page's own words, by the keys that its scripts ask for: catalogue entries like all others.

Months and weekdays come from Babel: not every browser knows them in Azerbaijani and Kazakh.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache

from babel import Locale, dates

from handlers.text import labels
from handlers.text.inspected import inspected
from handlers.text.voice import LOCALES, Label, Voice, label, message
from models.rules.vocabulary import Language, Role

PAGE: Mapping[str, Label | str] = {
    "subtitle": label("page", "The whole program, on this computer only"),
    "skip": label("page", "Skip to the phones"),
    "language": label("button_language", "Language"),
    "jumps": label("page", "Parts of the page"),
    "clock": label("page", "Clock"),
    "clock_forward": label("page", "Move the clock forward"),
    "clock_hour": label("page", "+1 hour"),
    "clock_day": label("page", "+1 day"),
    "clock_week": label("page", "+1 week"),
    "clock_next": label("page", "Next event:"),
    "clock_none": label("page", "No event ahead"),
    "clock_to": label("page", "Go to ({zone})"),
    "clock_go": label("page", "Go"),
    "zone_Asia/Baku": label("local_time_baku", "Baku time"),
    "zone_Asia/Almaty": label("local_time_almaty", "Almaty time"),
    "message": label("message", "message"),
    "to_line": label("page", "To the message line"),
    "send": label("button_send", "Send"),
    "attach": label("button_attach_file", "Attach a file"),
    "as_photo": label("page", "as photos"),
    "remove_file": label("page", "Remove the file"),
    "commands": label("page", "Commands"),
    "labels": label("page", "Keyboard of the bot"),
    "start": label("page", "Start"),
    "block": label("page", "Block the bot"),
    "unblock": label("page", "Unblock the bot"),
    "reply": label("page", "Reply"),
    "reply_to": label("page", "In reply to"),
    "reply_not": label("page", "Do not reply"),
    "latest": label("page", "New messages"),
    "typing": label("page", "The bot is typing…"),
    "chat_of": label("page", "Chat: {name}"),
    "bubble_bot": label("page", "Bot"),
    "bubble_own": label("page", "You"),
    "edited": label("page", "edited"),
    "photo": label("page", "Photo"),
    "download": label("button_download", "Download"),
    "copied": label("page", "Copied"),
    "close": label("button_close", "Close"),
    "no_library": label("page", "No library yet"),
    "role_none": label("page", "Not a member yet"),
    "letters": label("page", "Letters"),
    "letter_new": label("page", "New letter"),
    "letter_text": label("page", "Text of the letter"),
    "letter_sent": label("page", "Letter sent"),
    "no_letters": label("page", "No letters yet"),
    "no_subject": label("page", "(no subject)"),
    "subject": label("page", "Subject"),
    "unread": label("page", "New: {n}"),
    "answered": label("page", "answered"),
    "with_files": label("page", "files"),
    "views": label("page", "View"),
    "view_text": label("page", "Text"),
    "view_html": label("page", "Formatted"),
    "view_raw": label("page", "Source"),
    "attachments": label("page", "Attached files"),
    "reply_text": label("page", "Text of the reply"),
    "reply_hint": label("page", "For example: YES"),
    "client": label("page", "Mail program"),
    "as_html": label("page", "formatted"),
    "state": label("page", "State"),
    "state_filter": label("page", "Filter, for example by number"),
    "state_empty": label("page", "Nothing here"),
    "chaos": label("page", "Faults"),
    "chaos_about": label("page", "What goes wrong outside, on purpose"),
    "chaos_on": label("page", "Faults on: {n}"),
    "chaos_telegram_down": label("page", "Telegram fails (502)"),
    "chaos_telegram_flood": label("page", "Telegram asks to wait (429)"),
    "chaos_smtp_refuses": label("page", "The mail server refuses"),
    "chaos_smtp_greylists": label("page", "The mail server asks to come back later"),
    "chaos_smtp_down": label("page", "The mail server is down"),
    "size_kb": label("page", "{n} kB"),
    "size_mb": label("page", "{n} MB"),
    "error_offline": label("page", "The sandbox does not answer"),
    "error_lost": label(
        "page",
        "The sandbox does not answer. The page goes on by itself as soon as it does.",
    ),
    "error_gone": label("page", "This is no longer there"),
    "error_large": label("page", "The file is too large"),
    "error_other": label("page", "That did not work"),
    "opening": label("page", "The service is starting…"),
    "stage": label("page", "Scene"),
    "stage_fresh": label("page", "Nothing has happened yet"),
    "stage_busy": label("page", "An ordinary morning"),
    "stage_overdue": label("page", "A month without returns"),
    "stage_notice": label("page", "The agreement's term is ending"),
    "stage_seed": label("page", "Shuffle number"),
    "stage_begin": label("page", "Begin anew"),
    "clock_passes": label("page", "Time is passing…"),
    "robots": label("page", "Answer of the mail system"),
    "robot_away": label("page", "Out of office"),
    "robot_bounce": label("page", "Not delivered"),
    "appointments": label("page", "Calendar"),
    "appointment_gone": label("page", "cancelled"),
    "chaos_telegram_slow": label("page", "Telegram is slow"),
    "chaos_bot_stopped": label("page", "The program is stopped"),
    "tour": label("page", "Tour in six steps"),
    "tour_step": label("page", "Step {n} of {all}"),
    "tour_show": label("page", "Show"),
    "tour_play": label("page", "Play to the end"),
    "tour_pause": label("page", "Pause"),
    "tour_back": label("page", "Previous step"),
    "tour_next": label("page", "Next step"),
    "tour_end": label("page", "That was the tour. The phones, the mailboxes and the clock are yours."),
    "tour_late": message(
        "This has not come yet: the library may be closed now. Try again, or begin an ordinary morning anew."
    ),
    "tour_1": label("page", "A reader needs an article"),
    "tour_1_text": message(
        "In Baku the citation is pasted as the reader brought it. The service understands it and "
        "asks for nothing but a confirmation."
    ),
    "tour_2": label("page", "One tap sends it"),
    "tour_2_text": message(
        "The button under the card sends the request. It has a number now and waits for Almaty."
    ),
    "tour_3": label("page", "Almaty reads it in Kazakh"),
    "tour_3_text": message(
        "The same request in the colleague's own language, with the answers that are possible now."
    ),
    "tour_4": label("page", "The department answers by mail"),
    "tour_4_text": message(
        "Its mailbox got the same request as a letter. One word in the reply is enough, in any of "
        "the four languages."
    ),
    "tour_5": label("page", "Time goes on"),
    "tour_5_text": message(
        "The clock goes forward only. The large button leads to the next event; every day on the way "
        "really passes."
    ),
    "tour_6": label("page", "Nothing is lost"),
    "tour_6_text": message(
        "The program is stopped, a message is written all the same, the program starts again: the "
        "answer comes. The tables beside show every row."
    ),
}

MESSAGE = label("message", "message")
_MONDAY_FIRST = range(7)
_FIELDS = {"d": "{d}", "dd": "{d}", "MMMM": "{m}", "y": "{y}"}


@cache
def words(language: Language) -> Mapping[str, str]:
    """Every word of the page in this language; `{name}` is filled in by the page, lists are joined by `|`."""
    voice = Voice(language)
    return {
        "title": "Abonement · sandbox",
        **{key: _said(voice, word) for key, word in PAGE.items()},
        **{key: voice.label(word) for key, word in inspected().items()},
        **{f"role_{role.value}": voice.named(labels.ROLES[role]) for role in Role},
        "zone_UTC": "UTC",
        **_calendar(language),
    }


def _said(voice: Voice, word: Label | str) -> str:
    if isinstance(word, str):
        return voice.say(word)
    return voice.named(word) if word == MESSAGE else voice.label(word)


def _calendar(language: Language) -> Mapping[str, str]:
    locale = Locale.parse(LOCALES[language])
    months, days = dates.get_month_names(locale=locale), dates.get_day_names("abbreviated", locale=locale)
    return {
        "months": "|".join(months[number] for number in range(1, 13)),
        "weekdays": "|".join(days[number] for number in _MONDAY_FIRST),
        "date_long": _places(str(dates.get_date_format("long", locale=locale).pattern)),
    }


def _places(pattern: str) -> str:
    """A pattern of CLDR with places for day, month and year: `d MMMM y 'г'.` → `{d} {m} {y} г.`."""
    parts = re.findall(r"'([^']*)'|([A-Za-z]+)|(.)", pattern)
    return "".join(quoted or _FIELDS.get(field, field) or other for quoted, field, other in parts)


def distance(voice: Voice, span: timedelta) -> str:
    """How far away, in the largest unit that gives at least one."""
    hours = max(1, round(span / timedelta(hours=1)))
    if hours < 24:
        return voice.plural("in {n} hour", "in {n} hours", hours)
    return voice.plural("in {n} day", "in {n} days", round(hours / 24))
