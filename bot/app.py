"""The program put together: what reads, what works, what sends; one task group, an orderly stop."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from typing import TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot import collector, keys, menus, scheduler
from bot.carriers import ChatCarrier, MailCarrier
from bot.database import database
from bot.http.access import Access
from bot.http.downloads import Downloads
from bot.http.feeds import Feeds
from bot.http.health import Health
from bot.http.server import HttpServer, Part, application
from bot.http.uploads import Uploads
from bot.intake.albums import AlbumIntake
from bot.intake.imap import ImapIntake, ImapServer
from bot.intake.lmtp import MailListener
from bot.intake.mail import MailIntake
from bot.intake.telegram import TelegramIntake, introduce
from bot.mail_url import is_loopback
from bot.oauth import tokens_of
from bot.outbox import Carrier, Outbox
from bot.settings import Settings, SettingsError, address
from bot.tidying import Tidying
from bot.transports.quota import PACE, Quota
from bot.transports.smtp import SmtpServer, SmtpTransport
from bot.transports.telegram import TelegramTransport
from bot.wires import bot_of
from handlers.desk import Desk
from handlers.mail.addresses import Signer
from handlers.mail.dkim import Signatures
from handlers.mail.inbound import MailDoor
from handlers.mail.outgoing import Post
from handlers.telegram.router import dispatcher
from models.engines.migrate import migrate
from models.operations import search, traces

log = logging.getLogger(__name__)
T = TypeVar("T")

LONGEST_PAUSE = 60.0
PATIENCE = 20.0
"""Seconds that the outbox gets to finish what is in hand when the program stops."""


class Program:
    """The service on the wires that the settings name: the same in earnest, in the sandbox and in tests.

    `run` returns after `stop`, or raises what made it impossible to go on. `ready` is set once it polls.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self.settings = settings
        self.clock = clock
        self.ready = asyncio.Event()
        self.mail_listener: MailListener | None = None
        self.outbox: Outbox | None = None
        self.http: HttpServer | None = None
        self._stop = asyncio.Event()

    def stop(self) -> None:
        """Stop in order: take nothing more in, finish what is in hand, close."""
        self._stop.set()

    async def run(self) -> None:
        """Migrate, connect, work until stopped."""
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        await migrate(self.settings.database)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(database(self.settings.database))
            await traces.learn(traces.MAIL, self.settings.mail_address or "")
            if made := await search.reindex():
                log.info("the search keys of %d requests were made anew", made)
            if self.settings.home_library:
                await traces.learn("home_library", self.settings.home_library)
            bot = await stack.enter_async_context(bot_of(self.settings))
            await self._work(bot, stack)

    async def _work(self, bot: Bot, stack: AsyncExitStack) -> None:
        desk = Desk(clock=self.clock, files=self.settings.files)
        signer = keys.signer_of(self.settings)
        self.outbox = Outbox(await _carriers(self.settings, bot, signer, stack), self.clock)
        albums = AlbumIntake(desk, wake=self.outbox.wake)
        telegram = TelegramIntake(
            bot, dispatcher(desk), clock=self.clock, wake=_both(self.outbox.wake, albums.wake)
        )
        mail = self._mail(desk, signer, self.outbox)
        if mail is not None:
            self.mail_listener = await _listening(self.settings, signer, mail, stack)
        await self._serve(telegram, stack)
        imap = _watching(self.settings, mail)
        collector.tune()
        async with asyncio.TaskGroup() as tasks:
            sending = [tasks.create_task(worker.run()) for worker in self.outbox.workers]
            polling = tasks.create_task(telegram.run())
            reading = tasks.create_task(mail.run()) if mail else None
            watching = tasks.create_task(imap.run()) if imap else None
            presenting = tasks.create_task(_present(bot))
            gathering = tasks.create_task(albums.run())
            tidying = tasks.create_task(Tidying(self.settings.files).run())
            ticking = tasks.create_task(scheduler.Ticker(self.clock, self.outbox.wake).run())
            self.ready.set()
            await _first(self._stop, polling)
            # The order matters: what comes in stops first, so that its answers still leave.
            ticking.cancel()
            presenting.cancel()
            tidying.cancel()
            polling.cancel()
            if imap is not None and watching is not None:
                await _ended(imap.stop, watching)
            await _ended(albums.stop, gathering)
            if mail is not None and reading is not None:
                await _ended(mail.stop, reading)
            await asyncio.wait([polling], timeout=PATIENCE)
            await _ended(self.outbox.stop, *sending)
            for task in sending:
                task.cancel()

    async def _serve(self, telegram: TelegramIntake, stack: AsyncExitStack) -> None:
        """Open the program's own pages where the settings ask for them."""
        if self.settings.serves is None or self.outbox is None:
            return
        parts: list[Part] = [Health(self.clock, lambda: telegram.polled_ago)]
        links = keys.links_of(self.settings)
        if links is not None:
            access, files = Access(links, self.clock), self.settings.files
            parts += [Downloads(access, files), Uploads(access, files, self.outbox.wake), Feeds(access)]
        host, port = self.settings.serves
        server = HttpServer(application(parts), host, port)
        self.http = await stack.enter_async_context(server)

    def _mail(self, desk: Desk, signer: Signer | None, outbox: Outbox) -> MailIntake | None:
        if signer is None:
            return None
        signatures = Signatures() if self.settings.authserv_id is None else None
        door = MailDoor(
            desk=desk, signer=signer, authserv_id=self.settings.authserv_id, signatures=signatures
        )
        return MailIntake(door, clock=self.clock, wake=outbox.wake)


async def _present(bot: Bot) -> None:
    """Learn the bot's name and set its menus; a server that does not answer yet is asked again."""
    pause = 1.0
    while True:
        try:
            await introduce(bot)
            break
        except (TelegramNetworkError, TelegramServerError, TelegramRetryAfter) as error:
            log.warning("Telegram does not answer yet: %s", error)
        except TelegramAPIError:
            return  # a refused token ends the polling, which says so
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
    await menus.present(bot)


async def _ended(stop: Callable[[], None], *tasks: asyncio.Task[None]) -> None:
    """Ask something to stop, and wait for it as long as patience lasts."""
    stop()
    await asyncio.wait(tasks, timeout=PATIENCE)


async def _first(stop: asyncio.Event, polling: asyncio.Task[None]) -> None:
    """Wait for the stop, or for a poll that cannot go on, whose error is then raised."""
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait({stopped, polling}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if polling.done():
        polling.result()


async def _carriers(
    settings: Settings, bot: Bot, signer: Signer | None, stack: AsyncExitStack
) -> list[Carrier]:
    links = keys.links_of(settings)
    carriers: list[Carrier] = [ChatCarrier(TelegramTransport(bot, settings.files), links)]
    if settings.smtp_url and signer is not None:
        host = signer.address.rpartition("@")[2]
        server = _said_in("smtp_url", SmtpServer.from_url, settings.smtp_url)
        afar = not is_loopback(server.host)
        transport = SmtpTransport(
            server, hostname=host, token=tokens_of(settings), pace=PACE if afar else 0.0
        )
        stack.push_async_callback(transport.close)
        quota = Quota() if afar else None
        carriers.append(MailCarrier(transport, Post(signer, links), settings.files, quota=quota))
    return carriers


async def _listening(
    settings: Settings, signer: Signer | None, mail: MailIntake, stack: AsyncExitStack
) -> MailListener | None:
    if settings.lmtp_listen is None or signer is None:
        return None
    host, port = address(settings.lmtp_listen, setting="lmtp_listen")
    domain = signer.address.rpartition("@")[2]
    listener = MailListener(host, port, accepts=signer.accepts, take=mail.take, hostname=domain)
    return await stack.enter_async_context(listener)


def _watching(settings: Settings, mail: MailIntake | None) -> ImapIntake | None:
    if settings.imap_url is None or mail is None:
        return None
    return ImapIntake(
        _said_in("imap_url", ImapServer.from_url, settings.imap_url),
        store=mail.take_all,
        well=mail.well,
        failed=mail.failed,
        token=tokens_of(settings),
    )


def _said_in(setting: str, read: Callable[[str], T], url: str) -> T:
    try:
        return read(url)
    except ValueError as error:
        raise SettingsError(f"ABONEMENT_{setting.upper()}: {error}") from error


def _both(one: Callable[[], None], other: Callable[[], None]) -> Callable[[], None]:
    def call() -> None:
        one()
        other()

    return call
