"""From a row of the outbox to a message: facts are loaded, the reader's words are made, for every channel."""

from dataclasses import replace

from handlers.text.reader import Facts, Reader
from handlers.text.screens import Screen
from handlers.text.wording import (
    agreements,
    bulletins,
    files,
    filing,
    finding,
    gaps,
    letters,
    papers,
    plans,
    reminders,
    reports,
    requests,
    splitting,
    team,
    traffic,
    wholemails,
)
from handlers.text.wording.shape import Wordings
from models.rules.vocabulary import NoticeKind

WORDINGS: Wordings = {
    **requests.WORDINGS,
    **filing.WORDINGS,
    **finding.WORDINGS,
    **files.WORDINGS,
    **traffic.WORDINGS,
    **letters.WORDINGS,
    **reminders.WORDINGS,
    **team.WORDINGS,
    **papers.WORDINGS,
    **agreements.WORDINGS,
    **plans.WORDINGS,
    **bulletins.WORDINGS,
    **reports.WORDINGS,
    **gaps.WORDINGS,
    **splitting.WORDINGS,
    **wholemails.WORDINGS,
}

NEWS = frozenset(
    {
        NoticeKind.EVENT,
        NoticeKind.FILE,
        NoticeKind.LETTER,
        NoticeKind.ASIDE,
        NoticeKind.MAIL_TROUBLE,
        NoticeKind.MAIL_CAP,
        NoticeKind.UNDELIVERED,
        NoticeKind.REMINDER,
        NoticeKind.DIGEST,
        NoticeKind.FILE_EXPIRES,
        NoticeKind.RENEWAL,
        NoticeKind.AGREEMENT_NEWS,
        NoticeKind.ITEM_NEWS,
        NoticeKind.PLAN_CLOCK,
        NoticeKind.PLAN_YEAR,
        NoticeKind.BULLETIN,
        NoticeKind.BULLETINS,
        NoticeKind.BULLETIN_REPLY,
        NoticeKind.GAP_NEWS,
        NoticeKind.EXCHANGE,
    }
)
"""What comes by itself; everything else answers somebody who is there."""


async def word(kind: NoticeKind, facts: Facts, reader: Reader) -> Screen | None:
    """The message for these facts as of now; None when there is nothing to say any more.

    News that nobody waits for arrives without a sound in the reader's quiet hours.
    """
    screen = await WORDINGS[kind](reader, facts)
    quiet = kind in NEWS and reader.is_quiet()
    return replace(screen, silent=True) if screen and quiet else screen
