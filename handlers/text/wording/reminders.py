"""What the clock says."""

from datetime import date

from handlers.text import (
    reminders,
)
from handlers.text.reader import Facts, Reader
from handlers.text.screens import Screen
from handlers.text.wording.shape import Wordings, card_view
from models.queries import clocks
from models.queries.lists import listing
from models.rules.vocabulary import Channel, Clock, Filter, NoticeKind

DIGEST_SIZE = 50
"""Requests of which a digest chooses the most urgent."""


async def _reminder(reader: Reader, facts: Facts) -> Screen | None:
    """Nothing once it is no longer true, or a more urgent step of its clock has come."""
    view = await card_view(reader, facts)
    anchor = date.fromisoformat(facts["anchor"])
    due = await clocks.still(
        facts["request"], Clock(facts["clock"]), facts["step"], anchor=anchor, now=reader.now
    )
    if view is None or due is None:
        return None
    return reminders.reminder(
        reader.voice, view, due, today=reader.today(), whole=reader.channel is Channel.MAIL
    )


async def _digest(reader: Reader, _facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    waiting = await listing(reader.person, Filter.TO_DO, reader.today(), size=DIGEST_SIZE)
    if not waiting.lines:
        return None
    return reminders.digest(reader.voice, waiting, by_mail=reader.channel is Channel.MAIL)


WORDINGS: Wordings = {
    NoticeKind.REMINDER: _reminder,
    NoticeKind.DIGEST: _digest,
}
