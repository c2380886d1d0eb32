"""A shared mailbox that wants it gets, below its own language, in Russian what a mail is about."""

from dataclasses import replace

from handlers.text.reader import Reader
from handlers.text.rich import BLANK
from handlers.text.screens import Screen
from handlers.text.voice import Voice
from handlers.text.wording import word
from models.operations.outbox import Leased
from models.queries import parties
from models.queries.parties import PersonView
from models.rules.vocabulary import Language


async def bridged(screen: Screen, row: Leased, reader: Reader) -> Screen:
    """The screen with its first line once more in Russian, for a mailbox whose library asked for that."""
    if reader.person is None or not await _wants(reader.person):
        return screen
    russian = await word(row.kind, row.facts, replace(reader, voice=Voice(Language.RU)))
    first = next((one for one in russian.lines if one), None) if russian else None
    return replace(screen, lines=(*screen.lines, BLANK, first)) if first else screen


async def _wants(person: PersonView) -> bool:
    if not person.is_mailbox or person.library is None or person.language is Language.RU:
        return False
    return (await parties.library(person.library)).bridge
