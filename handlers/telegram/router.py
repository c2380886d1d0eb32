"""The chat door: which conversation takes which update. Built anew for each dispatcher."""

from aiogram import Dispatcher, Router
from aiogram.types import ChatMemberUpdated

from handlers.desk import Desk
from handlers.telegram import (
    absences,
    agreements,
    asides,
    asking,
    bulletins,
    closures,
    filing,
    finding,
    forums,
    gaplists,
    gaps,
    invitations,
    joining,
    letters,
    lists,
    messages,
    papers,
    plans,
    reports,
    requests,
    scans,
    settings,
    staff,
    strangers,
    tools,
)
from handlers.telegram.flat import flat
from handlers.telegram.identity import Identity
from handlers.telegram.storage import ConversationStorage
from models.operations import people

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
"""What the bot asks Telegram for (Bot API: getUpdates, allowed_updates)."""

LEFT = frozenset({"kicked", "left"})


def dispatcher(desk: Desk) -> Dispatcher:
    """The whole chat door. The order of the routers is the order in which a message is understood."""
    door = Dispatcher(storage=ConversationStorage())
    door.update.outer_middleware(Identity(desk))
    door.include_router(flat(_routers()))
    return door


def _routers() -> list[Router]:
    return [
        _membership(),
        papers.links(),
        forums.router(),
        joining.router(),
        strangers.router(),
        settings.router(),
        absences.router(),
        closures.router(),
        invitations.router(),
        staff.router(),
        filing.router(),
        lists.router(),
        finding.router(),
        gaps.router(),
        gaplists.router(),
        requests.router(),
        tools.router(),
        letters.router(),
        asides.router(),
        papers.router(),
        plans.router(),
        bulletins.router(),
        asking.router(),
        reports.router(),
        scans.router(),
        agreements.router(),
        settings.typed(),
        invitations.typed(),
        agreements.typed(),
        messages.router(),
    ]


def _membership() -> Router:
    own = Router(name="membership")
    own.my_chat_member.register(membership_changes)
    return own


async def membership_changes(event: ChatMemberUpdated, desk: Desk) -> None:
    """A person blocked the bot, or unblocked it: mail takes over, or hands back."""
    if event.new_chat_member.status in LEFT:
        await people.close_chat(event.from_user.id, desk.clock())
    else:
        await people.open_chat(event.from_user.id)
