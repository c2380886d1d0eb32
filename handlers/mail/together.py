"""Mails about what libraries do together: to which conversation an address or a word leads."""

from handlers.mail import plans, sharing
from handlers.mail.addresses import Purpose, Token
from handlers.mail.commands import ORDERS
from handlers.mail.scans import Scans
from handlers.mail.visit import Taken
from models.queries.parties import PersonView
from models.rules.vocabulary import NoticeKind

TOGETHER = frozenset({"plan", "share"})
"""Words that show a plan, or what was shared."""
THREADS = frozenset({Purpose.PLAN, Purpose.ITEM, Purpose.BULLETIN, Purpose.ANSWER})
"""Addresses of conversations: a reply to each is one of few, however many there are in all."""


async def answered_together(visit: Scans, person: PersonView, token: Token) -> Taken | None:
    """What is asked under an address of a plan, an item or shared information; None for other addresses.

    An order such as LIST or PLAN means the same wherever it is written.
    """
    if visit.reading.act in ORDERS - {"stop"}:
        return None
    match token.purpose:
        case Purpose.PLAN:
            return await plans.text_answered(visit, person, token.ref)
        case Purpose.UNTEXTED:
            return await plans.plan_answered(visit, person, token.ref, text=0)
        case Purpose.ITEM:
            return await plans.item_answered(visit, person, token.ref)
        case Purpose.BULLETIN:
            return await sharing.bulletin_answered(visit, person, token.ref)
        case Purpose.ANSWER:
            return await sharing.reply_answered(visit, person, token.ref)
        case Purpose.SHARED:
            return await sharing.shared_answered(visit, person)
        case _:
            return None


def thread_of(token: Token | None) -> int | None:
    """Which conversation a mail goes on with, for counting floods; never a request's number."""
    return -token.ref if token is not None and token.purpose in THREADS else None


async def ordered_together(visit: Scans, person: PersonView, act: str) -> None:
    """PLAN, maybe with a year, or SHARE."""
    if act == "plan":
        await plans.ordered(visit, person)
    else:
        visit.say(person, NoticeKind.SHARED, {})
