"""What goes wrong outside, on purpose: each switch, and what it does to the servers or the program."""

from collections.abc import Sequence
from enum import StrEnum

from bot.sandbox.world import World

FLOOD_SECONDS = 3
SLOWNESS = 2.0
REFUSED = "550 5.1.1 No such user"
GREYLISTED = "451 4.7.1 Greylisted, please try again later"


class Switch(StrEnum):
    """In the order of display."""

    TELEGRAM_DOWN = "telegram_down"
    TELEGRAM_FLOOD = "telegram_flood"
    TELEGRAM_SLOW = "telegram_slow"
    SMTP_DOWN = "smtp_down"
    SMTP_REFUSES = "smtp_refuses"
    SMTP_GREYLISTS = "smtp_greylists"
    BOT_STOPPED = "bot_stopped"


async def make(world: World, on: frozenset[Switch], *, boxes: Sequence[str]) -> None:
    """Make the world as these switches say; what they do not name works."""
    _telegram(world, on)
    await _mail(world, on, boxes)
    if Switch.BOT_STOPPED in on:
        await world.stop()
    elif not world.running:
        await world.start()


def _telegram(world: World, on: frozenset[Switch]) -> None:
    faults = world.api.faults
    faults.clear()
    if Switch.TELEGRAM_FLOOD in on:
        faults.flood(FLOOD_SECONDS, times=None)
    faults.slow = SLOWNESS if Switch.TELEGRAM_SLOW in on else 0.0
    faults.down = Switch.TELEGRAM_DOWN in on


async def _mail(world: World, on: frozenset[Switch], boxes: Sequence[str]) -> None:
    mail = world.mail
    mail.faults.mend()
    for box in boxes if on & {Switch.SMTP_REFUSES, Switch.SMTP_GREYLISTS} else ():
        mail.faults.refuse(box, REFUSED if Switch.SMTP_REFUSES in on else GREYLISTED)
    if Switch.SMTP_DOWN in on:
        await mail.down()
    elif not mail.is_up:
        await mail.up()
