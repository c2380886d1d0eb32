"""Who writes, and in which language they are answered. The first thing that happens to an update."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, InaccessibleMessage, TelegramObject, Update, User

from handlers.desk import Desk
from handlers.telegram.answers import Answers
from handlers.text.refusals import toast
from handlers.text.voice import Voice
from models.operations import people
from models.queries import parties
from models.queries.parties import PersonView
from models.rules.errors import Refusal
from models.rules.vocabulary import Language

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
ALIASES = {"kz": Language.KK}


def client_language(code: str | None) -> Language | None:
    """The language of a Telegram client if it is one of ours; `kz`, `az-Latn`, `ru-raw` are understood."""
    root = (code or "").lower().replace("_", "-").split("-")[0]
    if root in ALIASES:
        return ALIASES[root]
    return Language(root) if root in set(Language) else None


class Identity(BaseMiddleware):
    """Adds `person`, `voice`, `now`, `zone` and `answers`; turns a refusal into an answer.

    Handlers only collect answers: sending is the outbox's work. A tap is answered at the end in any case.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Handle one update."""
        if not isinstance(event, Update):
            return None
        user: User | None = data.get("event_from_user")
        if user is None or user.is_bot:
            return None
        person = await parties.person_in_chat(user.id)
        if person is not None and person.chat is None:
            await people.open_chat(user.id)
        language = person.language if person else client_language(user.language_code) or Language.EN
        answers = _answers(event, data, user, person=person, language=language)
        zone = await _zone(person)
        data |= {
            "person": person,
            "voice": Voice(language),
            "now": self._desk.clock(),
            "zone": zone,
            "desk": self._desk,
            "answers": answers,
        }
        await self._handle(handler, event, data, answers=answers)
        return answers

    async def _handle(
        self, handler: Handler, event: Update, data: dict[str, Any], *, answers: Answers
    ) -> None:
        try:
            await handler(event, data)
        except Refusal as refusal:
            answers.refuse(refusal)
            answers.toast = toast(data["voice"], refusal, zone=data["zone"])
        finally:
            if event.callback_query is not None:
                await _answer_tap(event.callback_query, answers.toast)


def _answers(
    update: Update, data: dict[str, Any], user: User, *, person: PersonView | None, language: Language
) -> Answers:
    chat = data.get("event_chat")
    return Answers(
        update=update.update_id,
        chat=chat.id if chat else user.id,
        person=person.id if person else None,
        language=language,
        edit=_tapped(update.callback_query),
    )


def _tapped(tap: CallbackQuery | None) -> int | None:
    """The message whose button was pressed, if it can still be changed."""
    if tap is None or tap.message is None or isinstance(tap.message, InaccessibleMessage):
        return None
    return tap.message.message_id


async def _zone(person: PersonView | None) -> str:
    if person is None or person.library is None:
        return "UTC"
    return await parties.zone_of(person.library)


async def _answer_tap(tap: CallbackQuery, text: str) -> None:
    """Stop the button's spinner; that a query grew stale harms nothing."""
    bot: Bot | None = tap.bot
    if bot is None:
        return
    with suppress(TelegramAPIError):
        await bot.answer_callback_query(tap.id, text=text or None)
