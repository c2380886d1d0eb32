"""The last hours before the page opens, on the real wires: phones and mailboxes have a story to tell."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.botapi import Person
from bot.sandbox.mail_client import Client, reply
from bot.sandbox.world import World
from handlers.text import labels
from handlers.text.voice import Label, Voice
from handlers.text.words import display
from models.rules.vocabulary import Act, Condition, Language

HOME = ZoneInfo("Asia/Baku")
AFTERNOON = time(16)
SATURDAY = 5
PROMISED = "Марғұлан Ә. Х. Ежелгі жыр, аңыздар. — Алматы : Жазушы, 1985. — 368 б."
BOOK = "Мұқанов С. Халық мұрасы : шолу. — Алматы : Қазақстан, 1974. — 236 б."
ARTICLE = "Маргулан А. Х. Архитектурные памятники // Вестник АН КазССР. — 1951. — № 4. — С. 19–28."


def the_day_before(opening: datetime) -> datetime:
    """The afternoon in Baku of the last weekday before."""
    day = opening.astimezone(HOME).date() - timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return datetime.combine(day, AFTERNOON, HOME)


async def play(world: World, *, baku: Person, almaty: Person, box: str, opening: datetime) -> None:
    """Two books are asked for and one is promised by mail; night falls; in the morning Almaty sets a
    condition for the other, and Baku asks for a scan.
    """
    await _asks(world, baku, PROMISED)
    await _promises(world, box)
    await _asks(world, baku, BOOK)
    await world.advance(opening)
    await _taps(world, almaty, labels.ACTS[Act.CONDITIONS], language=Language.KK)
    await _taps(world, almaty, labels.CONDITIONS[Condition.LIBRARY_USE_ONLY], language=Language.KK)
    await _asks(world, baku, ARTICLE)


async def _asks(world: World, person: Person, citation: str) -> None:
    person.sends(citation)
    await world.settle()
    await _taps(world, person, labels.SEND, language=Language.AZ)


async def _taps(world: World, person: Person, key: Label, *, language: Language) -> None:
    person.presses(Voice(language).label(key))
    await world.settle()


async def _promises(world: World, box: str) -> None:
    raw = reply(
        world.mail.box(box)[-1].raw,
        body=display("yes", Language.KK),
        client=Client.MAILRU,
        language=Language.RU,
        from_name="",
        from_address=box,
        now=world.clock().astimezone(HOME),
    )
    await world.deliver(raw)
    await world.settle()
