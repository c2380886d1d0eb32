"""What a person chose for themselves, on one screen; help, privacy; closing what is open."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.taps import Tapped
from handlers.text import labels
from handlers.text.screens import Tap, Verb
from handlers.text.voice import Label, Voice
from models.operations import people, preferences
from models.queries.parties import PersonView
from models.rules.errors import BadAddress, Damaged
from models.rules.vocabulary import Clock, Language, Reach, Say

ADDRESS = "address"
"""The state of a conversation in which an address is awaited."""


def in_any_language(term: Label) -> set[str]:
    """A label in all languages: a reply keyboard may still show the one spoken before."""
    return {Voice(language).label(term) for language in Language}


def router() -> Router:
    """The commands of every day that touch no request."""
    own = Router(name="settings")
    own.message.register(show_languages, Command("language"))
    own.message.register(show_languages, F.text.in_(in_any_language(labels.LANGUAGE)))
    own.message.register(show_help, Command("help"))
    own.message.register(show_help, F.text.in_(in_any_language(labels.HELP)))
    own.message.register(show_privacy, Command("privacy"))
    own.message.register(close_form, Command("cancel"))
    own.message.register(show_settings, Command("settings"))
    own.callback_query.register(choose_language, Tapped(Verb.LANGUAGE))
    own.callback_query.register(change, Tapped(Verb.SETTING))
    return own


def typed() -> Router:
    """What is typed in answer to an open question."""
    own = Router(name="settings answers")
    own.message.register(address_typed, StateFilter(ADDRESS), F.text)
    return own


async def show_languages(_message: Message, answers: Answers) -> None:
    """The four languages, each in its own name."""
    answers.say(Say.LANGUAGE)


async def choose_language(
    _query: CallbackQuery, tap: Tap, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Speak another language from now on; the confirmation is already in it."""
    if tap.word not in set(Language):
        raise Damaged
    await people.set_language(person.id, Language(tap.word), now)
    answers.say(Say.LANGUAGE_SET)


async def show_settings(_message: Message, state: FSMContext, answers: Answers) -> None:
    """The settings as they are."""
    await state.clear()
    answers.settings()


async def change(
    _query: CallbackQuery, tap: Tap, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """One page further, or one choice made; a value that is none of ours changes nothing."""
    await state.clear()
    if tap.word == "language" and tap.extra in set(Language):
        await people.set_language(person.id, Language(tap.extra), now)
        answers.say(Say.LANGUAGE_SET)
    elif tap.word == "calendar":
        answers.calendar()
    elif tap.word in {"reach", "address"}:
        await _reach(tap, person, state, answers)
    elif tap.word == "forget":
        await preferences.forget_address(person.id)
        answers.settings("reach")
    else:
        answers.settings(await _hours(tap, person))


async def _reach(tap: Tap, person: PersonView, state: FSMContext, answers: Answers) -> None:
    """Where news comes: at once, or after the address for it was confirmed."""
    wanted = person.preferences.wanted_reach or person.reach
    reach = Reach(tap.extra) if tap.extra in set(Reach) else wanted
    if tap.word == "reach" and await preferences.set_reach(person.id, reach):
        answers.settings("reach")
        return
    await state.set_state(ADDRESS)
    await state.set_data({"reach": reach})
    answers.say(Say.ASK_ADDRESS)


async def _hours(tap: Tap, person: PersonView) -> str:
    """Keep an hour or a reminder; the page that comes next."""
    off, hour = tap.extra == "off", int(tap.extra) if tap.extra.isdigit() else None
    match tap.word:
        case "page":
            return tap.extra
        case "digest" if off or hour is not None:
            await preferences.set_digest(person.id, hour)
        case "quiet" if off:
            await preferences.set_quiet(person.id, None)
        case "quiet" if hour is not None:
            return f"until.{hour}"
        case "until" if span := _span(tap.extra):
            await preferences.set_quiet(person.id, span)
        case "clock" if tap.extra in set(Clock):
            await preferences.switch_reminder(person.id, Clock(tap.extra))
            return "reminders"
        case _:
            pass
    return ""


def _span(value: str) -> tuple[int, int] | None:
    start, _, end = value.partition(".")
    return (int(start), int(end)) if start.isdigit() and end.isdigit() else None


async def address_typed(
    message: Message, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """The address for news; a wrong one is asked for again."""
    chosen = (await state.get_data())["reach"]
    key = f"{message.chat.id}:{message.message_id}"
    try:
        await preferences.ask_address(person.id, message.text or "", reach=Reach(chosen), key=key, now=now)
    except BadAddress as refusal:
        answers.refuse(refusal)
        return
    await state.clear()
    answers.say(Say.ADDRESS_ASKED)


async def show_help(_message: Message, answers: Answers) -> None:
    """What can be done here."""
    answers.say(Say.HELP)


async def show_privacy(_message: Message, answers: Answers) -> None:
    """What is kept."""
    answers.say(Say.PRIVACY)


async def close_form(_message: Message, state: FSMContext, answers: Answers) -> None:
    """Close an open question or form; a draft stays until it is deleted."""
    was_open = await state.get_state()
    await state.clear()
    answers.say(Say.FORM_CLOSED if was_open else Say.NOTHING_OPEN)
