"""What a wording is, and the card that many of them show."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers.text.reader import Facts, Reader
from handlers.text.screens import Screen
from models.queries import requests
from models.rules.vocabulary import Channel, NoticeKind

Wording = Callable[[Reader, Facts], Awaitable[Screen | None]]
Wordings = dict[NoticeKind, Wording]


async def card_view(
    reader: Reader, facts: Facts, *, history: int = requests.HISTORY
) -> requests.CardView | None:
    """The request as the reader may see it; None for somebody whom it does not concern."""
    if reader.person is None:
        return None
    view = await requests.card(facts["request"], reader.person, reader.now, history=history)
    # A mail comes back as a quote, which a colleague may send on: the reader's reference is in none.
    return replace(view, reader=None) if view and reader.channel is Channel.MAIL else view
