"""The parts that the settings ask for: ways out, ways in, the pages."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import TypeVar

from aiogram import Bot

from bot import keys
from bot.carriers import ChatCarrier, MailCarrier
from bot.intake.imap import ImapIntake, ImapServer
from bot.intake.lmtp import MailListener
from bot.intake.mail import MailIntake
from bot.mail_url import is_loopback
from bot.oauth import tokens_of
from bot.outbox import Carrier
from bot.settings import Settings, SettingsError, address
from bot.transports.quota import PACE, Quota
from bot.transports.smtp import SmtpServer, SmtpTransport
from bot.transports.telegram import TelegramTransport
from handlers.mail.addresses import Signer
from handlers.mail.outgoing import Post

T = TypeVar("T")


async def carriers(
    settings: Settings, bot: Bot, signer: Signer | None, stack: AsyncExitStack
) -> list[Carrier]:
    """The channels that are switched on."""
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


async def listening(
    settings: Settings, signer: Signer | None, mail: MailIntake, stack: AsyncExitStack
) -> MailListener | None:
    """Where a mail server delivers; None where none is to."""
    if settings.lmtp_listen is None or signer is None:
        return None
    host, port = address(settings.lmtp_listen, setting="lmtp_listen")
    domain = signer.address.rpartition("@")[2]
    listener = MailListener(host, port, accepts=signer.accepts, take=mail.take, hostname=domain)
    return await stack.enter_async_context(listener)


def watching(settings: Settings, mail: MailIntake | None) -> ImapIntake | None:
    """The mailbox that is read; None without one."""
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
