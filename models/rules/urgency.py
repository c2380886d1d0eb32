"""Which of the things to say may be said first: an answer never waits for a broadcast."""

from collections.abc import Mapping
from enum import IntEnum

from models.rules.vocabulary import NoticeKind


class Rank(IntEnum):
    """The lower leaves first; of one rank, whatever has been due the longest."""

    ANSWER = 0
    NEWS = 1
    ROUTINE = 2


NEWS = frozenset(
    {
        NoticeKind.EVENT,
        NoticeKind.FILE,
        NoticeKind.LETTER,
        NoticeKind.INVITATION,
        NoticeKind.ASIDE,
        NoticeKind.ASIDES,
        NoticeKind.WAS_IT_YOU,
        NoticeKind.UNDELIVERED,
        NoticeKind.TOO_LARGE,
        NoticeKind.UNSTORED,
        NoticeKind.ITEM_NEWS,
        NoticeKind.AGREEMENT_NEWS,
        NoticeKind.GAP_NEWS,
        NoticeKind.BULLETIN,
        NoticeKind.BULLETIN_REPLY,
        NoticeKind.FORUM,
    }
)
"""What somebody else did, or what happened to what somebody did."""
ROUTINE = frozenset(
    {
        NoticeKind.REMINDER,
        NoticeKind.DIGEST,
        NoticeKind.FILE_EXPIRES,
        NoticeKind.MAIL_TROUBLE,
        NoticeKind.MAIL_FLOOD,
        NoticeKind.BULLETINS,
        NoticeKind.PLAN_CLOCK,
        NoticeKind.PLAN_YEAR,
        NoticeKind.RENEWAL,
        NoticeKind.EXCHANGE_CLOCK,
    }
)
"""What the clock brings, to many at once."""


def rank(kind: NoticeKind, facts: Mapping[str, object]) -> Rank:
    """A card that follows a request by itself is news; a card that was asked for is an answer."""
    if kind in ROUTINE:
        return Rank.ROUTINE
    return Rank.NEWS if kind in NEWS or facts.get("follows") else Rank.ANSWER


def is_unpaced(kind: NoticeKind, facts: Mapping[str, object]) -> bool:
    """Whether it sends no new message: a message changed in its place, or a command menu.

    Telegram counts messages that are sent (core.telegram.org/bots/faq, "My bot is hitting limits").
    """
    return kind is NoticeKind.MENU or facts.get("edit") is not None
