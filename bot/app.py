"""The program put together: what reads, what works, what sends; one task group, an orderly stop."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot import keys, menus, scheduler
from bot.carriers import ChatCarrier, MailCarrier
from bot.database import database
from bot.intake.lmtp import MailListener
from bot.intake.mail import MailIntake
from bot.intake.telegram import TelegramIntake, introduce
from bot.outbox import Carrier, Outbox
from bot.settings import Settings, address
from bot.transports.smtp import SmtpServer, SmtpTransport
from bot.transports.telegram import Session, TelegramTransport
from handlers.desk import Desk
from handlers.mail.addresses import Signer
from handlers.mail.inbound import MailDoor
from handlers.mail.outgoing import Post
from handlers.telegram.router import dispatcher
from models.engines.migrate import migrate
from models.operations import traces

log = logging.getLogger(__name__)

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
            if self.settings.home_library:
                await traces.learn("home_library", self.settings.home_library)
            bot = await stack.enter_async_context(_bot(self.settings))
            await self._work(bot, stack)

    async def _work(self, bot: Bot, stack: AsyncExitStack) -> None:
        desk = Desk(clock=self.clock, files=self.settings.files)
        signer = keys.signer_of(self.settings)
        self.outbox = Outbox(await _carriers(self.settings, bot, signer, stack), self.clock)
        telegram = TelegramIntake(bot, dispatcher(desk), clock=self.clock, wake=self.outbox.wake)
        mail = self._mail(desk, signer, self.outbox)
        if mail is not None:
            self.mail_listener = await _listening(self.settings, signer, mail, stack)
        _tune()
        async with asyncio.TaskGroup() as tasks:
            sending = [tasks.create_task(worker.run()) for worker in self.outbox.workers]
            polling = tasks.create_task(telegram.run())
            reading = tasks.create_task(mail.run()) if mail else None
            presenting = tasks.create_task(_present(bot))
            ticker = scheduler.scheduler(self.clock, self.outbox.wake)
            ticker.start()
            self.ready.set()
            await _first(self._stop, polling)
            # The order matters: what comes in stops first, so that its answers still leave.
            ticker.shutdown(wait=False)
            presenting.cancel()
            polling.cancel()
            if mail is not None and reading is not None:
                mail.stop()
                await asyncio.wait([reading], timeout=PATIENCE)
            await asyncio.wait([polling], timeout=PATIENCE)
            self.outbox.stop()
            await asyncio.wait(sending, timeout=PATIENCE)
            for task in sending:
                task.cancel()

    def _mail(self, desk: Desk, signer: Signer | None, outbox: Outbox) -> MailIntake | None:
        if signer is None:
            return None
        door = MailDoor(desk=desk, signer=signer, authserv_id=self.settings.authserv_id)
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


async def _first(stop: asyncio.Event, polling: asyncio.Task[None]) -> None:
    """Wait for the stop, or for a poll that cannot go on, whose error is then raised."""
    stopped = asyncio.ensure_future(stop.wait())
    await asyncio.wait({stopped, polling}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if polling.done():
        polling.result()


@asynccontextmanager
async def _bot(settings: Settings) -> AsyncIterator[Bot]:
    if settings.bot_token is None:
        raise ValueError("a token is needed")
    session = Session(api=TelegramAPIServer.from_base(settings.bot_api.rstrip("/")))
    bot = Bot(settings.bot_token, session=session)
    try:
        yield bot
    finally:
        await session.close()


async def _carriers(
    settings: Settings, bot: Bot, signer: Signer | None, stack: AsyncExitStack
) -> list[Carrier]:
    carriers: list[Carrier] = [ChatCarrier(TelegramTransport(bot, settings.files))]
    if settings.smtp_url and signer is not None:
        host = signer.address.rpartition("@")[2]
        transport = SmtpTransport(SmtpServer.from_url(settings.smtp_url), hostname=host)
        stack.push_async_callback(transport.close)
        carriers.append(MailCarrier(transport, Post(signer), settings.files))
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


def _tune() -> None:
    """The collector, not the work, is the main thief of time (measured): freeze what start-up made."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
