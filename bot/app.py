"""The program put together: what reads, what works, what sends; one task group, an orderly stop."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from aiogram import Bot

from bot import collector, keys, parts, scheduler
from bot.alone import Alone, Solo
from bot.database import database
from bot.hand import Hand
from bot.http.access import Access
from bot.http.downloads import Downloads
from bot.http.feeds import Feeds
from bot.http.health import Health
from bot.http.metrics import Metrics
from bot.http.server import HttpServer, Part, application
from bot.http.uploads import Uploads
from bot.intake.albums import AlbumIntake
from bot.intake.imap import ImapIntake
from bot.intake.lmtp import MailListener
from bot.intake.mail import MailIntake
from bot.intake.telegram import TelegramIntake
from bot.intake.updates import UpdateWork
from bot.intake.webhook import WebhookIntake
from bot.minding import Minding
from bot.outbox import Outbox
from bot.pace import Pace
from bot.presenting import present
from bot.roles import Role
from bot.settings import Settings
from bot.tidying import Tidying
from bot.wires import bot_of
from handlers.desk import Desk
from handlers.mail.addresses import Signer
from handlers.mail.dkim import Signatures
from handlers.mail.inbound import MailDoor
from handlers.telegram.router import dispatcher
from models.engines.config import sqlite_path
from models.engines.crew import Crew
from models.engines.migrate import migrate
from models.operations import leases, search, traces

log = logging.getLogger(__name__)

PATIENCE = 20.0
"""Seconds that what is in hand gets to be finished when the program stops."""


class Program:
    """The service on the wires that the settings name: the same in earnest, in the sandbox and in tests.

    `run` returns after `stop`, or raises what made it impossible to go on. `ready` is set once it polls.
    `only` takes one role of several processes, `paced` keeps to Telegram's limits, `name` begins its leases.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime],
        *,
        only: Role | None = None,
        paced: bool = True,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.roles = frozenset(Role) if only is None else frozenset({only})
        self.ready = asyncio.Event()
        self.mail_listener: MailListener | None = None
        self.outbox: Outbox | None = None
        self.http: HttpServer | None = None
        self.name = ""
        self._pace = Pace() if paced else None
        self._stop = asyncio.Event()
        self._wakes: dict[str, Callable[[], None]] = {}

    def stop(self) -> None:
        """Stop in order: take nothing more in, finish what is in hand, close."""
        self._stop.set()

    async def run(self) -> None:
        """Migrate, connect, work until stopped."""
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        async with AsyncExitStack() as stack:
            if self._is_alone:
                stack.enter_context(Alone(Path(sqlite_path(self.settings.database))))
            await migrate(self.settings.database)
            await stack.enter_async_context(database(self.settings.database))
            await traces.learn(traces.MAIL, self.settings.mail_address or "")
            if made := await search.reindex():
                log.info("the search keys of %d requests were made anew", made)
            if self.settings.home_library:
                await traces.learn("home_library", self.settings.home_library)
            bot = await stack.enter_async_context(bot_of(self.settings))
            await self._work(bot, stack)

    @property
    def _is_alone(self) -> bool:
        return self.settings.database.startswith("sqlite:")

    async def _work(self, bot: Bot, stack: AsyncExitStack) -> None:
        works = Role.WORK in self.roles
        crew = Solo() if self._is_alone else Crew(self.settings.database, heard=self._heard, works=works)
        async with asyncio.TaskGroup() as tasks:
            crewing = tasks.create_task(crew.run())
            self.name = crew.name
            await crew.joined.wait()
            await leases.recover(Hand().machine(), alone=self._is_alone)
            await self._staffed(bot, stack, crew=crew, tasks=tasks)
            crewing.cancel()

    async def _staffed(
        self, bot: Bot, stack: AsyncExitStack, *, crew: Crew | Solo, tasks: asyncio.TaskGroup
    ) -> None:
        """Have every part do its work until the stop, then end them in order."""
        desk, signer = Desk(clock=self.clock, files=self.settings.files), keys.signer_of(self.settings)
        hand = Hand(name=crew.name)
        self.outbox = Outbox(
            await parts.carriers(self.settings, bot, signer, stack), self.clock, hand=hand, pace=self._pace
        )
        mail = self._mail(desk, signer, self.outbox, hand=Hand(name=crew.name))
        albums = AlbumIntake(desk, wake=self.outbox.wake, hand=Hand(name=crew.name))
        updates = UpdateWork(
            bot,
            dispatcher(desk),
            clock=self.clock,
            wake=_all(self.outbox.wake, albums.wake),
            hand=Hand(name=crew.name),
        )
        self._wakes = {
            "notice": self.outbox.wake,
            "update": updates.wake,
            **({"mail": mail.wake} if mail else {}),
        }
        coming = await self._coming(bot, stack, crew=crew, mail=mail, signer=signer, updates=updates)
        working: list[Working] = [updates, albums, *([mail] if mail else [])]
        if Role.WORK in self.roles:
            minding = Minding(crew, self._pace, hand, wake=_all(*self._wakes.values()))
            await minding.look()
            coming.append(minding.run())
        if Role.PLAN in self.roles:
            coming += self._planning(crew, self.outbox)
        stack.callback(collector.tune_later().cancel)
        await self._until_stopped(tasks, coming, working if Role.WORK in self.roles else [])

    async def _until_stopped(
        self, tasks: asyncio.TaskGroup, coming: "list[Coming]", working: "list[Working]"
    ) -> None:
        """The order matters: what comes in stops first, so that its answers still leave."""
        outbox = self.outbox if working else None
        sending = [tasks.create_task(worker.run()) for worker in outbox.workers] if outbox else []
        doing = [tasks.create_task(one.run()) for one in working]
        taking = [tasks.create_task(one) for one in coming]
        self.ready.set()
        await self._stop.wait()
        for task in taking:
            task.cancel()
        if taking:
            await asyncio.wait(taking, timeout=PATIENCE)
        await _ended(working, doing)
        if outbox:
            await _ended([outbox], sending)
        for task in (*doing, *sending):
            task.cancel()

    async def _coming(
        self,
        bot: Bot,
        stack: AsyncExitStack,
        *,
        crew: Crew | Solo,
        mail: MailIntake | None,
        signer: Signer | None,
        updates: UpdateWork,
    ) -> "list[Coming]":
        """The ways in, opened: what listens listens when this returns."""
        if Role.INTAKE not in self.roles:
            await self._serve([Health(self.clock, lambda: 0.0)], stack)
            return []
        if mail is not None:
            self.mail_listener = await parts.listening(self.settings, signer, mail, stack)
        imap = parts.watching(self.settings, mail)
        watching = [crew.alone_on("imap", lambda: _orderly(imap))] if imap else []
        if self.settings.webhook_url:
            hook = WebhookIntake(
                bot, self.settings.webhook_url, keys.webhook_of(self.settings), self.clock, updates.wake
            )
            await self._serve([Health(self.clock, lambda: 0.0 if hook.is_set else None), hook], stack)
            return [present(bot), hook.run(), *watching]
        telegram = TelegramIntake(bot, clock=self.clock, wake=updates.wake)
        # Whoever stands by while another process polls is as ready as that one.
        standby = None if self._is_alone else 0.0
        health = Health(self.clock, lambda: standby if telegram.polled_ago is None else telegram.polled_ago)
        await self._serve([health], stack)
        return [present(bot), crew.alone_on("poll", telegram.run), *watching]

    def _planning(self, crew: Crew | Solo, outbox: Outbox) -> "list[Coming]":
        ticker = scheduler.Ticker(self.clock, outbox.wake)
        tidying = Tidying(self.settings.files)
        return [crew.alone_on("plan", ticker.run), crew.alone_on("tidy", tidying.run)]

    async def _serve(self, parts: list[Part], stack: AsyncExitStack) -> None:
        """Open the program's pages where the settings ask for them: those of people at the intake alone."""
        serves = self.settings.serves if Role.INTAKE in self.roles else self.settings.listens
        if serves is None or self.outbox is None:
            return
        links = keys.links_of(self.settings)
        if links is not None and Role.INTAKE in self.roles:
            access, files = Access(links, self.clock), self.settings.files
            parts += [Downloads(access, files), Uploads(access, files, self.outbox.wake), Feeds(access)]
        parts.append(Metrics(self.clock))
        host, port = serves
        self.http = await stack.enter_async_context(HttpServer(application(parts), host, port))

    def _mail(self, desk: Desk, signer: Signer | None, outbox: Outbox, *, hand: Hand) -> MailIntake | None:
        if signer is None:
            return None
        signatures = Signatures() if self.settings.authserv_id is None else None
        door = MailDoor(
            desk=desk, signer=signer, authserv_id=self.settings.authserv_id, signatures=signatures
        )
        return MailIntake(door, clock=self.clock, wake=outbox.wake, hand=hand)

    def _heard(self, table: str) -> None:
        """Another process has written to a table; an empty name may be any."""
        for name, wake in self._wakes.items():
            if table in {name, ""}:
                wake()


Working = UpdateWork | AlbumIntake | MailIntake
Coming = Coroutine[Any, Any, None]


async def _ended(parts: "Sequence[Working | Outbox]", running: list[asyncio.Task[None]]) -> None:
    """Ask the parts to stop, and wait for them as long as patience lasts."""
    for one in parts:
        one.stop()
    if running:
        await asyncio.wait(running, timeout=PATIENCE)


async def _orderly(imap: ImapIntake) -> None:
    """Read the mailbox; when cancelled, let it close the connection as it wants to."""
    reading = asyncio.ensure_future(imap.run())
    try:
        await asyncio.shield(reading)
    except asyncio.CancelledError:
        imap.stop()
        await asyncio.wait((reading,), timeout=PATIENCE)
        raise


def _all(*wakes: Callable[[], None]) -> Callable[[], None]:
    def call() -> None:
        for wake in wakes:
            wake()

    return call
