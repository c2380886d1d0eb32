"""The way out to a chat: a screen becomes one Bot API call, and its outcome a value."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CopyTextButton,
    ForceReply,
    FSInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
)
from aiogram.utils.formatting import Bold, Code, Italic, Text, TextLink

from bot.transports.result import AccountTrouble, Delivered, Flooded, Moved, Permanent, Result, Temporary
from handlers.text.rich import Lines, Span, Style, fitted
from handlers.text.screens import Button, Screen
from models.operations.files import path_of
from models.queries.files import FileView
from models.rules.filelimits import CHAT_OUT

LONGEST_TEXT = 4096
"""UTF-16 units after parsing (Bot API: sendMessage)."""
LONGEST_CAPTION = 1024
"""UTF-16 units after parsing (Bot API: sendPhoto)."""
UNCHANGED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")
CLOSED = ("chat not found", "user is deactivated", "bot can't initiate conversation")

GARBAGE = "not an answer of the Bot API"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
STYLES = {Style.BOLD: Bold, Style.ITALIC: Italic, Style.CODE: Code}


class Session(AiohttpSession):
    """The stock session, and two cures: garbage for an answer is the server's fault, and closing is quick."""

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], *more: Any, **named: Any
    ) -> TelegramType:
        """Raises TelegramServerError for what is no answer of the Bot API, as for any 5xx."""
        try:
            result = await super().make_request(bot, method, *more, **named)
        except (ClientDecodeError, UnicodeDecodeError, TypeError) as error:  # the last: a 5xx without words
            raise TelegramServerError(method=method, message=GARBAGE) from error
        if result is None:
            raise TelegramServerError(method=method, message=GARBAGE)
        return result

    async def close(self) -> None:
        """Close, at once where the wire is plain HTTP: only TLS has need of the quarter of a second."""
        if self.api.base.startswith("https:"):
            await super().close()
        elif self._session is not None:
            await self._session.close()


class ChatClosed(Permanent):
    """The person blocked the bot or is gone: mail takes over."""


class Gone(Permanent):
    """The message to change is there no more, or too old to be changed."""


class _Gone(Exception):
    """The same on its way out."""


class TelegramTransport:
    """Sends through one bot. It paces nothing itself; `Flooded` tells what Telegram asks for."""

    def __init__(self, bot: Bot, files: Path) -> None:
        self._bot = bot
        self._files = files

    async def show(
        self, chat: int, screen: Screen, *, edit: int | None = None, only_edit: bool = False
    ) -> Result:
        """Send a screen, or change an earlier message into it; `Delivered.reference` is the message's id.

        A message that can be changed no more is sent anew, or left alone with `only_edit`: `Gone`.
        """
        try:
            if screen.commands is not None:
                return await self._set_menu(chat, screen.commands)
            if only_edit and edit is not None:
                await self._change(chat, screen, edit)
                return Delivered(str(edit))
            return Delivered(str(await self._show(chat, screen, edit)))
        except _Gone as error:
            return Gone(str(error))
        except TelegramAPIError as error:
            return outcome(error)

    async def _show(self, chat: int, screen: Screen, edit: int | None) -> int:
        if edit is None or screen.documents:
            return await self._send(chat, screen)
        try:
            await self._change(chat, screen, edit)
        except _Gone:
            return await self._send(chat, screen)
        return edit

    async def _change(self, chat: int, screen: Screen, edit: int) -> None:
        """Change a message in place; that it says so already is as good."""
        content = rendered(screen.lines)
        try:
            await self._bot.edit_message_text(
                chat_id=chat,
                message_id=edit,
                reply_markup=inline(screen),
                link_preview_options=NO_PREVIEW,
                **content.as_kwargs(replace_parse_mode=True),
            )
        except TelegramBadRequest as error:
            if any(text in error.message for text in GONE):
                raise _Gone(error.message) from error
            if UNCHANGED not in error.message:
                raise

    async def _set_menu(self, chat: int, commands: Sequence[tuple[str, str]]) -> Result:
        """The chat's own command menu; without commands the general one shows again.

        It is cosmetic: a server that refuses it holds up nothing that waits behind.
        """
        scope = BotCommandScopeChat(chat_id=chat)
        wanted = [BotCommand(command=name, description=text) for name, text in commands]
        try:
            if wanted:
                await self._bot.set_my_commands(wanted, scope=scope)
            else:
                await self._bot.delete_my_commands(scope=scope)
        except TelegramAPIError as error:
            result = outcome(error)
            return result if isinstance(result, Flooded) else Permanent(error.message)
        return Delivered("menu")

    async def _send(self, chat: int, screen: Screen) -> int:
        if screen.picture is not None:
            return await self._send_picture(chat, screen, screen.picture)
        if screen.documents:
            return await self._send_documents(chat, screen)
        content = rendered(screen.lines)
        sent: Message = await self._bot.send_message(
            chat_id=chat,
            reply_markup=inline(screen) or _menu(screen) or _force(screen),
            link_preview_options=NO_PREVIEW,
            disable_notification=screen.silent or None,
            message_thread_id=screen.thread,
            **content.as_kwargs(replace_parse_mode=True),
        )
        return sent.message_id

    async def _send_picture(self, chat: int, screen: Screen, picture: bytes) -> int:
        content = rendered(screen.lines, LONGEST_CAPTION)
        sent: Message = await self._bot.send_photo(
            chat_id=chat,
            photo=BufferedInputFile(picture, filename="picture.png"),
            reply_markup=inline(screen),
            **content.as_caption_kwargs(replace_parse_mode=True),
        )
        return sent.message_id

    async def _send_documents(self, chat: int, screen: Screen) -> int:
        """Files that were made for the message; its words and buttons stand under the last one."""
        *others, last = screen.documents
        for one in others:
            await self._bot.send_document(
                chat_id=chat, document=BufferedInputFile(one.content, filename=one.name)
            )
        content = rendered(screen.lines, LONGEST_CAPTION)
        sent: Message = await self._bot.send_document(
            chat_id=chat,
            document=BufferedInputFile(last.content, filename=last.name),
            reply_markup=inline(screen),
            disable_notification=screen.silent or None,
            **content.as_caption_kwargs(replace_parse_mode=True),
        )
        return sent.message_id

    async def open_thread(self, chat: int, name: str) -> Result:
        """A new thread of a forum group; `Delivered.reference` is its number (Bot API: createForumTopic)."""
        try:
            made = await self._bot.create_forum_topic(chat_id=chat, name=name)
        except TelegramAPIError as error:
            return outcome(error)
        return Delivered(str(made.message_thread_id))

    async def file(
        self, chat: int, file: FileView, caption: str, *, silent: bool = False
    ) -> tuple[Result, str | None]:
        """Send a kept file, by Telegram's own id where it has one; also returns the id for the next time."""
        if file.size > CHAT_OUT:
            return Permanent(f"larger than {CHAT_OUT // 1_000_000} MB"), None
        source = file.telegram_file_id or FSInputFile(path_of(self._files, file.sha256), filename=file.name)
        try:
            sent = await self._bot.send_document(
                chat_id=chat,
                document=source,
                caption=caption[:1000],
                disable_notification=silent or None,
            )
        except TelegramAPIError as error:
            return outcome(error), None
        except OSError as error:
            return Temporary(str(error)), None
        known = sent.document.file_id if sent.document else None
        return Delivered(str(sent.message_id)), known


def outcome(error: TelegramAPIError) -> Result:
    """What an error of the Bot API means for the row that was being delivered."""
    match error:
        case TelegramRetryAfter():
            return Flooded(retry_after=float(error.retry_after), reason=error.message)
        case TelegramForbiddenError():
            return ChatClosed(error.message, code=403)
        case TelegramUnauthorizedError():
            return AccountTrouble(error.message, code=401)
        case TelegramMigrateToChat():
            return Moved(str(error.migrate_to_chat_id))
        case TelegramEntityTooLarge():
            return Permanent(error.message)
        case RestartingTelegram() | TelegramServerError() | TelegramNetworkError():
            return Temporary(error.message)
        case TelegramBadRequest() if any(text in error.message for text in CLOSED):
            return ChatClosed(error.message, code=400)
        case TelegramBadRequest():
            return Permanent(error.message, code=400)
        case _:
            return Temporary(str(error))


def rendered(lines: Lines, longest: int = LONGEST_TEXT) -> Text:
    """Lines as text and entities: nothing needs escaping, because nothing is markup."""
    kept = fitted(lines, longest)
    parts: list[Text | str] = []
    for number, one in enumerate(kept):
        parts += ["\n"] if number else []
        parts += [_span(span) for span in one]
    return Text(*parts) if any(span.text.strip() for one in kept for span in one) else Text("—")


def _span(span: Span) -> Text | str:
    if span.href:
        return TextLink(span.text, url=span.href)
    return STYLES[span.style](span.text) if span.style in STYLES else span.text


def inline(screen: Screen) -> InlineKeyboardMarkup | None:
    """The buttons under a message."""
    if not screen.rows:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(one) for one in row] for row in screen.rows])


def _button(button: Button) -> InlineKeyboardButton:
    style = button.style.value or None
    if button.url:
        return InlineKeyboardButton(text=button.text, url=button.url, style=style)
    if button.copy:
        copied = CopyTextButton(text=button.copy)
        return InlineKeyboardButton(text=button.text, copy_text=copied, style=style)
    data = button.tap.pack() if button.tap else ""
    return InlineKeyboardButton(text=button.text, callback_data=data, style=style)


def _menu(screen: Screen) -> ReplyKeyboardMarkup | None:
    if not screen.menu:
        return None
    rows = [[KeyboardButton(text=text) for text in row] for row in screen.menu]
    return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, is_persistent=True)


def _force(screen: Screen) -> ForceReply | None:
    return ForceReply(input_field_placeholder=screen.placeholder[:64]) if screen.placeholder else None
