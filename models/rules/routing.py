"""Whom an event concerns: purely, from the people of the two libraries.

A new request goes to everybody on duty at the asked library. Once somebody took or filed it, news goes to
that person alone, or to their deputy while they are away. A shared mailbox gets the few mails that a
department keeps; where nobody of the library is in chat it gets everything.
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
    deputy: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What happened: by whose side, by whom, and who looks after the request on each side.

    `former` looked after it on the acting side before a hand-over.
    """

    act: Act
    tells: Tell
    side: Side | None
    actor: int | None
    keepers: dict[Side, int | None]
    former: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice to one person by one channel."""

    person: int
    channel: Channel


MAILBOX_ACTS = frozenset({Act.SUBMIT, Act.CONDITIONS, Act.SHIP, Act.DELIVER})
"""What a shared mailbox hears of beside reminders, while somebody of its library is in chat."""

UNTOLD = frozenset({Act.OPEN, Act.TAKE, Act.MARK_OVERDUE})
"""Who looked and who took is no mail, even where a mailbox is all that a library has."""


def recipients(concern: Concern, members: Iterable[Member]) -> tuple[Delivery, ...]:
    """Whom to tell and how, each person and channel once, never the actor."""
    told: dict[Delivery, None] = {}
    people = list(members)
    for side in told_sides(concern):
        for member in _on_side(concern, [m for m in people if m.side is side], side):
            if member.id != concern.actor:
                told.update(dict.fromkeys(Delivery(member.id, channel) for channel in channels(member)))
    return tuple(told)


def told_sides(concern: Concern) -> tuple[Side, ...]:
    """The sides on which anybody may be told: of the other's people nothing has to be known."""
    if concern.tells is Tell.NOBODY:
        return ()
    if concern.tells is Tell.BOTH or concern.side is None:
        return tuple(Side)
    return (concern.side,) if concern.tells is Tell.KEEPERS else (concern.side.other,)


def _on_side(concern: Concern, people: list[Member], side: Side) -> list[Member]:
    staff = [m for m in people if not m.is_mailbox]
    keeper = concern.keepers.get(side)
    if concern.tells is Tell.KEEPERS:
        return [m for m in staff if m.id in {keeper, concern.former}]
    mailboxes = [m for m in people if m.is_mailbox]
    return [*_staff(keeper, staff), *(mailboxes if _reaches_mailbox(concern.act, staff) else ())]


def _staff(keeper: int | None, staff: list[Member]) -> list[Member]:
    """The keeper, or their deputy; without either everybody on duty; when all are away, all the same."""
    on_duty = [m for m in staff if m.on_duty]
    kept = next((m for m in staff if m.id == keeper), None)
    if kept is not None:
        in_charge = kept.id if kept.on_duty else kept.deputy
        on_duty = [m for m in on_duty if m.id == in_charge] or on_duty
    return on_duty or staff


def _reaches_mailbox(act: Act, staff: list[Member]) -> bool:
    if any(m.chat for m in staff):
        return act in MAILBOX_ACTS
    return act not in UNTOLD


def channels(member: Member) -> tuple[Channel, ...]:
    """The ways to a person: as they chose, and mail instead of a closed chat."""
    if member.is_mailbox or not member.chat:
        return (Channel.MAIL,) if member.mail else ()
    if member.reach is Reach.BOTH and member.mail:
        return (Channel.CHAT, Channel.MAIL)
    if member.reach is Reach.MAIL and member.mail:
        return (Channel.MAIL,)
    return (Channel.CHAT,)
