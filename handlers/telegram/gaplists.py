"""Lists that come as files in chat: XLSX, CSV, MARC. They are shown before anything of them is stored."""

from datetime import datetime
from io import BytesIO

from aiogram import Bot, F, Router
from aiogram.filters import BaseFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.telegram.answers import Answers
from handlers.telegram.gaps import FILE, HOLDINGS
from handlers.telegram.requests import message_key
from models.operations.gaps import imports
from models.queries.parties import PersonView
from models.rules.errors import FileTooLarge
from models.rules.gaps.sheets import ENDINGS, LARGEST
from models.rules.vocabulary import GapList, Holding, NoticeKind, Via


class IsList(BaseFilter):
    """A document after a list was asked for, or one that is called like a list."""

    async def __call__(self, message: Message, state: FSMContext) -> bool:
        """Let it in."""
        if message.document is None or message.media_group_id is not None:
            return False
        called = (message.document.file_name or "").lower().endswith(ENDINGS)
        return called or await state.get_state() == FILE


def router() -> Router:
    """Documents that are lists; every other file is a scan."""
    own = Router(name="gaplists")
    own.message.register(list_comes, F.document, IsList())
    return own


async def list_comes(
    message: Message, *, bot: Bot, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """See what the list says, and show it. Raises `BadList`, `FileTooLarge`."""
    document = message.document
    if document is None:
        return
    about = await state.get_data() if await state.get_state() == FILE else {}
    name = document.file_name or "list"
    if (document.file_size or 0) > LARGEST:
        raise FileTooLarge(name=name, limit=LARGEST // 1_000_000)
    target = BytesIO()
    await bot.download(document, destination=target)
    asked = about.get("list", GapList.OURS)
    holding = HOLDINGS.get(GapList(asked), Holding.MISSING)
    number = await imports.receive(
        person.id,
        name,
        target.getvalue(),
        holding=holding,
        via=Via.TELEGRAM,
        key=message_key(message),
        now=now,
    )
    await state.clear()
    answers.gaps(NoticeKind.GAP_IMPORT, {"import": number}, fresh=True)
