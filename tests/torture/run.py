"""Kill processes at random moments while everybody writes; count what became of it."""

import asyncio
import random
import re
import secrets
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from bot.database import database
from bot.sandbox.botapi import BotApi, Server
from bot.sandbox.mail import MailServer
from bot.settings import Settings
from handlers.text.says import SENTENCES
from models.engines.config import sqlite_path
from models.queries.traffic import is_quiet, queues
from models.rules.vocabulary import Act, Channel, Say
from models.tables import Event, Notice, Update
from tests.desk import until
from tests.journeys.process import free_port
from tests.torture.town import AUTHSERV, BOX, CHATS, REQUESTS, Town
from tests.torture.victim import Victim

PATIENCE = 900.0
SLOW = 0.03
"""Seconds that Telegram takes to answer: else a kill hardly ever meets a delivery on its way."""
SAID = re.compile(r"(?:said|mail)-\d{6}")
IN_FLIGHT = "SELECT id, lease_token FROM notice WHERE status = 'sending'"


@dataclass
class Counts:
    """What happened and what became of it; `faults` are sentences, and there must be none."""

    database: str = ""
    processes: int = 1
    kills: int = 0
    seconds: float = 0.0
    comments_in_chat: int = 0
    comments_by_mail: int = 0
    updates_repeated: int = 0
    mails_repeated: int = 0
    events: int = 0
    messages_delivered: int = 0
    mails_delivered: int = 0
    in_flight_at_kills: int = 0
    doubles: int = 0
    faults: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Order:
    """`lives` are seconds to the kill: from the start or, every other time, from when it works."""

    directory: Path
    database_url: str
    kills: int
    processes: int = 1
    seed: int = 1
    lives: tuple[float, float] = (0.1, 1.5)
    chats: int = CHATS


async def torture(order: Order) -> Counts:
    """Run it all; what is wrong stands in the counts."""
    begun = time.monotonic()
    counts = Counts(database=order.database_url.partition(":")[0], processes=order.processes)
    async with _town(order) as town:
        victims = [_victim(order, town, number) for number in range(order.processes)]
        flying = await _killed(order, town, victims)
        counts.kills = sum(victim.kills for victim in victims)
        counts.in_flight_at_kills = len(flying)
        async with database(order.database_url):
            if left := await _drained(town, victims):
                counts.faults.append(left)
            await _judge(town, counts)
        for victim in victims:
            victim.ends()
    counts.seconds = round(time.monotonic() - begun, 1)
    return counts


@asynccontextmanager
async def _town(order: Order) -> AsyncIterator[Town]:
    token = f"{10**9 + secrets.randbelow(10**9)}:{secrets.token_hex(20)}"
    api = BotApi(token=token, now=lambda: datetime.now(UTC))
    async with Server(api) as server, MailServer(lambda: datetime.now(UTC)) as mail:
        host, port = mail.address
        settings = Settings(
            data_dir=order.directory,
            database_url=order.database_url,
            bot_token=token,
            bot_api=server.url,
            mail_address="requests@abonement.example",
            smtp_url=f"smtp://{host}:{port}",
            authserv_id=AUTHSERV,
            secret_key=secrets.token_urlsafe(48),
        )
        api.faults.slow = SLOW
        town = Town(api, mail, settings, random.Random(order.seed), chats=order.chats)
        await town.settles()
        yield town


def _victim(order: Order, town: Town, number: int) -> Victim:
    settings = town.settings
    own = Settings(
        **{name: getattr(settings, name) for name in settings.__dataclass_fields__}
        | {"lmtp_listen": f"127.0.0.1:{free_port()}"}
    )
    return Victim(own, order.directory / f"victim-{number}")


async def _killed(order: Order, town: Town, victims: list[Victim]) -> set[tuple[int, str]]:
    """The kills, under load; returns which deliveries were in flight at one."""
    flying: set[tuple[int, str]] = set()
    for victim in victims:
        victim.starts()
    async with asyncio.TaskGroup() as tasks:
        load = tasks.create_task(_load(town, victims, tasks))
        for number in range(order.kills):
            victim = town.chance.choice(victims)
            # Every other one dies while it works, however long it takes to begin; the rest at any time.
            if number % 2:
                await until(victim.has_begun, within=PATIENCE)
            await asyncio.sleep(town.chance.uniform(*order.lives) / len(victims))
            await victim.is_killed()
            others = {one.name for one in victims if one is not victim}
            flying |= {row for row in await _sending(order.database_url) if row[1][:8] not in others}
            victim.starts()
        load.cancel()
    return flying


async def _load(town: Town, victims: list[Victim], tasks: asyncio.TaskGroup) -> None:
    mailing: set[asyncio.Task[None]] = set()
    while True:
        await asyncio.sleep(town.chance.uniform(0.05, 0.3))
        town.types()
        if town.chance.random() < 0.3:
            town.repeats_itself()
        if town.chance.random() < 0.4 and len(mailing) < 10:
            host, _, port = str(town.chance.choice(victims).settings.lmtp_listen).rpartition(":")
            task = tasks.create_task(town.writes((host, int(port))))
            mailing.add(task)
            task.add_done_callback(mailing.discard)


async def _sending(url: str) -> list[tuple[int, str]]:
    if url.startswith("sqlite:"):
        with closing(sqlite3.connect(sqlite_path(url), timeout=10)) as connection:
            return [tuple(row) for row in connection.execute(IN_FLIGHT)]
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(IN_FLIGHT)]
    finally:
        await connection.close()


async def _drained(town: Town, victims: list[Victim]) -> str:
    """Let the last lives finish everything; returns what is left after a long while, or nothing."""
    try:
        async with asyncio.timeout(PATIENCE):
            while town.api.updates.waiting or not await is_quiet(datetime.now(UTC)) or await _postponed():
                await asyncio.sleep(0.2)
                for victim in victims:
                    if not victim.is_alive:
                        victim.starts()
    except TimeoutError:
        return f"{len(town.api.updates.waiting)} updates wait, {await queues()}"
    return ""


async def _postponed() -> bool:
    return await Notice.filter(status__in=["pending", "sending"]).exists()


async def _judge(town: Town, counts: Counts) -> None:
    counts.comments_in_chat, counts.comments_by_mail = len(town.said), len(town.by_mail)
    counts.updates_repeated, counts.mails_repeated = town.repeats, town.repeated_mails
    events = await Event.filter(act=Act.COMMENT)
    counts.events = len(events)
    history = Counter(SAID.findall(" ".join(str(one.details.get("note", "")) for one in events)))
    for text in (*town.said, *town.by_mail):
        if history[text] != 1:
            counts.faults.append(f"{text} is {history[text]} times in the history")
    if len(events) != len(town.said) + len(town.by_mail):
        counts.faults.append(f"{len(events)} comments are in the history")
    await _judge_chats(town, counts)
    await _judge_mails(town, counts)
    if counts.doubles > counts.in_flight_at_kills:
        counts.faults.append("more deliveries were doubled than were in flight at a kill")
    if poisoned := await Update.filter(failure__not_isnull=True).first():
        counts.faults.append(f"an update failed: {poisoned.failure}")
    if dead := await Notice.filter(status="dead").count():
        counts.faults.append(f"{dead} notices were given up")


async def _judge_chats(town: Town, counts: Counts) -> None:
    kept = SENTENCES[Say.COMMENT_KEPT]
    shown = [one.text for phone in town.phones for one in phone.messages if one.from_bot]
    counts.messages_delivered = len(shown) - len(town.phones) * REQUESTS
    told = await Notice.filter(channel=Channel.CHAT, status="sent", unpaced=False).count()
    counts.doubles += counts.messages_delivered - told
    if counts.messages_delivered < told:
        counts.faults.append(f"{told} messages were noted as sent, {counts.messages_delivered} arrived")
    heard = Counter(SAID.findall("\n".join(shown)))
    counts.faults += [f"{text} was told to nobody" for text in town.by_mail if not heard[text]]
    if sum(kept in text for text in shown) < len(town.said):
        counts.faults.append(f"of {len(town.said)} answers {sum(kept in text for text in shown)} arrived")


async def _judge_mails(town: Town, counts: Counts) -> None:
    letters = [one.message for one in town.mail.box(BOX)]
    counts.mails_delivered = len(letters)
    names: dict[str, set[str]] = {}
    for letter in letters:
        body = letter.get_body(("plain",))
        found = SAID.search(str(body.get_content()) if body else "")
        if found:
            names.setdefault(found[0], set()).add(str(letter["Message-ID"]))
    told = await Notice.filter(channel=Channel.MAIL, status="sent").count()
    different = len({str(letter["Message-ID"]) for letter in letters})
    counts.doubles += len(letters) - different
    if different != told:
        counts.faults.append(f"{told} mails were noted as sent, {different} different ones arrived")
    counts.faults += [f"{text} was mailed to nobody" for text in town.said if text not in names]
    counts.faults += [f"{text} came under {ids}" for text, ids in names.items() if len(ids) > 1]
