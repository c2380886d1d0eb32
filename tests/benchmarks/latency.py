"""How long an answer takes at fifty taps a second: alone, and while a broadcast of ten thousand runs."""

import asyncio
import itertools
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from bot.database import database
from bot.sandbox.botapi import BotApi, ChangeKind, Person
from bot.sandbox.botapi.state import Change
from bot.sandbox.mail import MailServer
from models.operations import outbox
from models.operations.outbox import Slip
from models.rules.urgency import Rank
from models.rules.vocabulary import Channel, NoticeKind, Say
from models.tables import Notice
from tests.benchmarks import _rig
from tests.benchmarks._rig import Line, line
from tests.desk import until
from tests.torture.town import Town

RATE = 50.0
SECONDS, QUICK_SECONDS = 30.0, 3.0
BROADCAST, QUICK_BROADCAST = 10_000, 300
PATIENCE = 120.0


def benchmarks(*, quick: bool) -> Iterator[Line]:
    """Half and 99 of 100 answers are there after so much time; the baseline is without a broadcast."""
    seconds, broadcast = (QUICK_SECONDS, QUICK_BROADCAST) if quick else (SECONDS, BROADCAST)
    alone, beside = asyncio.run(_measured(seconds, broadcast))
    for name, place in (("half of the answers", 49), ("99 of 100 answers", 98)):
        yield line(
            f"latency: {name} during a broadcast (SQLite)",
            [quantiles(beside, n=100)[place] * 1000],
            baseline=[quantiles(alone, n=100)[place] * 1000],
            unit="ms",
        )


async def _measured(seconds: float, broadcast: int) -> tuple[list[float], list[float]]:
    with tempfile.TemporaryDirectory() as directory:
        async with _rig.telegram() as (api, settings), MailServer(lambda: datetime.now(UTC)) as mail:
            here = Path(directory)
            given = replace(settings, data_dir=here, database_url=f"sqlite://{here}/desk.sqlite3")
            with_mail = replace(given, mail_address="requests@abonement.example")
            town = Town(api, mail, with_mail, _rig.chance(), mailbox=False)
            await town.settles()
            with _rig.process(_rig.desk, given, paced=True):
                taps = Taps(api, town.phones)
                await taps.open_lists()
                alone = await taps.at(RATE, seconds)
                async with database(given.database):
                    await _broadcast(api, broadcast)
                return alone, await taps.at(RATE, seconds)


async def _broadcast(api: BotApi, rows: int) -> None:
    """To people who do nothing else."""
    for chat in range(500_000, 500_000 + rows):
        api.person(chat, first_name="Somebody").chat.started = True
    slips = [
        Slip(
            channel=Channel.CHAT,
            target=str(500_000 + number),
            kind=NoticeKind.SAY,
            facts={"say": Say.COMMENT_KEPT},
            dedupe=f"broadcast:{number}",
        )
        for number in range(rows)
    ]
    for first in range(0, rows, 500):
        await outbox.write(slips[first : first + 500], datetime.now(UTC))
    await Notice.filter(dedupe__startswith="broadcast:").update(rank=Rank.ROUTINE)


class Taps:
    """Phones that show a list each, and press its filters in turns."""

    def __init__(self, api: BotApi, phones: list[Person]) -> None:
        self._phones = phones
        self._since: dict[int, float] = {}
        self._delays: list[float] = []
        api.onlookers.append(self._see)

    def _see(self, change: Change) -> None:
        if change.kind is ChangeKind.EDIT and (begun := self._since.pop(change.chat_id, None)):
            self._delays.append(time.perf_counter() - begun)

    async def open_lists(self) -> None:
        for phone in self._phones:
            phone.sends("/requests")
        async with asyncio.timeout(PATIENCE):
            for phone in self._phones:
                await phone.waits(lambda one: bool(one.keyboard), timeout=PATIENCE)

    async def at(self, rate: float, seconds: float) -> list[float]:
        """The delays of so many taps a second; who still waits for an answer does not tap."""
        self._delays = []
        begun = time.perf_counter()
        for number in itertools.count():
            due = begun + number / rate
            if due > begun + seconds:
                break
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            phone = self._phones[number % len(self._phones)]
            if phone.id not in self._since:
                self._since[phone.id] = time.perf_counter()
                phone.presses(_other(phone), message=_shown(phone).id)
        await until(self._is_answered, within=PATIENCE)
        return self._delays

    async def _is_answered(self) -> bool:
        return not self._since


def _shown(phone: Person) -> Any:
    return next(one for one in reversed(phone.messages) if one.from_bot and one.keyboard)


def _other(phone: Person) -> str:
    """Another list than the one that is shown: pressing it changes the message."""
    shown = _shown(phone)
    buttons = [button for row in shown.keyboard for button in row if " (" in button.text]
    return next(str(one.callback_data) for one in buttons if one.text.partition(" (")[0] not in shown.text)
