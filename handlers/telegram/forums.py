"""A department's forum group: a coordinator links it, and each topic becomes a thread there."""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.telegram.answers import Answers
from models.operations import forums
from models.operations.planteam import speaks
from models.queries.parties import PersonView
from models.rules.errors import NotAllowed
from models.rules.vocabulary import Say


def router() -> Router:
    """`/forum`, in a group and in a chat; whatever else is said in a group is not for the desk."""
    own = Router(name="forums")
    own.message.register(link, Command("forum"))
    own.message.register(unlink, Command("noforum"))
    own.message.register(not_ours, F.chat.type != "private")
    return own


async def link(message: Message, person: PersonView | None, answers: Answers, now: datetime) -> None:
    """Link the group in which it is written; elsewhere say how."""
    if person is None or not await speaks(person):
        raise NotAllowed
    if not message.chat.is_forum:
        answers.say(Say.FORUM_HOW)
    else:
        await forums.link(message.chat.id, person.id, now)
        answers.say(Say.FORUM_LINKED)


async def unlink(message: Message, person: PersonView | None, answers: Answers) -> None:
    """Nothing comes into the group any more."""
    if person is None or not await speaks(person):
        raise NotAllowed
    await forums.unlink(message.chat.id)
    answers.say(Say.FORUM_UNLINKED)


async def not_ours(_message: Message) -> None:
    """People talk to one another there."""
