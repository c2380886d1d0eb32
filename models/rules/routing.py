"""Whom an event concerns: purely, from the people of the two libraries.

A new request goes to everybody on duty at the asked library. Once somebody took or filed it, news goes to
that person alone; a shared mailbox gets what a partner without chat needs to act on.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from models.rules.lifecycle import Tell
from models.rules.vocabulary import Act, Channel, Reach, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of a party, as far as delivery is concerned."""

    id: int
    side: Side
    chat: bool
    mail: bool
    reach: Reach = Reach.CHAT
    is_mailbox: bool = False
    on_duty: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What happened: by whose side, by whom, and who looks after the request on each side."""

    act: Act
    tells: Tell
    side: Side | None
    actor: int | None
    keepers: dict[Side, int | None]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice to one person by one channel."""

    person: int
    channel: Channel


MAILBOX_ACTS = frozenset(Act) - {Act.OPEN, Act.TAKE, Act.MARK_OVERDUE}
"""What a library's shared mailbox hears of: everything that asks or tells it something, not who looked."""


def recipients(concern: Concern, members: Iterable[Member]) -> tuple[Delivery, ...]:
    """Whom to tell and how, each person and channel once, never the actor."""
    sides = _sides(concern)
    told: dict[Delivery, None] = {}
    people = [m for m in members if m.side in sides and m.id != concern.actor]
    for side in sides:
        for member in _on_side(concern, side, [m for m in people if m.side is side]):
            told.update(dict.fromkeys(Delivery(member.id, channel) for channel in channels(member)))
    return tuple(told)


def _sides(concern: Concern) -> tuple[Side, ...]:
    if concern.tells is Tell.NOBODY:
        return ()
    if concern.tells is Tell.BOTH or concern.side is None:
        return tuple(Side)
    return (concern.side.other,)


def _on_side(concern: Concern, side: Side, people: list[Member]) -> list[Member]:
    mailboxes = [m for m in people if m.is_mailbox and concern.act in MAILBOX_ACTS]
    staff = [m for m in people if not m.is_mailbox]
    keeper = [m for m in staff if m.id == concern.keepers.get(side)]
    on_duty = [m for m in staff if m.on_duty]
    return [*(keeper or on_duty or staff), *mailboxes]


def channels(member: Member) -> tuple[Channel, ...]:
    """The ways to a person: as they chose, and mail instead of a closed chat."""
    if member.is_mailbox or not member.chat:
        return (Channel.MAIL,) if member.mail else ()
    if member.reach is Reach.BOTH and member.mail:
        return (Channel.CHAT, Channel.MAIL)
    if member.reach is Reach.MAIL and member.mail:
        return (Channel.MAIL,)
    return (Channel.CHAT,)
