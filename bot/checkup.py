"""What `abonement doctor` looks at, one small examination each. Nothing is changed, no secret is told."""

import asyncio
import socket
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings import Settings, SettingsError, address

OLD = timedelta(minutes=15)
PATIENCE = 15.0


class Verdict(StrEnum):
    """How an examination ended; a problem makes the command exit with 1."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was examined, how it stands, and a sentence for the operator."""

    name: str
    verdict: Verdict
    detail: str

    def as_json(self) -> dict[str, str]:
        """Plain values."""
        return {name: str(value) for name, value in asdict(self).items()}


Examination = Callable[[Settings, datetime], Awaitable[Finding]]


def ok(name: str, detail: str) -> Finding:
    """All is well."""
    return Finding(name, Verdict.OK, detail)


def warning(name: str, detail: str) -> Finding:
    """It works, and something should be known."""
    return Finding(name, Verdict.WARNING, detail)


def problem(name: str, detail: str) -> Finding:
    """It does not work."""
    return Finding(name, Verdict.PROBLEM, detail)


async def folder(settings: Settings, _now: datetime) -> Finding:
    """The data folder can be written, and the key in it is the owner's alone."""
    from bot.keys import NAME as KEY_FILE

    name = "data folder"
    try:
        await asyncio.to_thread(_try_to_write, settings.files)
    except OSError as error:
        return problem(name, f"{settings.data_dir} cannot be written: {error.strerror}")
    key = settings.data_dir / KEY_FILE
    if settings.secret_key is None and await asyncio.to_thread(_is_open_to_others, key):
        return problem(name, f"{key} can be read by others: chmod 600 it")
    return ok(name, str(settings.data_dir))


def _try_to_write(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=path) as stream:
        stream.write(b"abonement")


def _is_open_to_others(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & 0o077)


async def telegram(settings: Settings, _now: datetime) -> Finding:
    """Telegram knows the token."""
    name = "telegram"
    if settings.bot_token is None:
        return problem(name, "no token: set ABONEMENT_BOT_TOKEN")
    from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError
    from aiogram.utils.token import TokenValidationError

    from bot.wires import bot_of

    try:
        async with bot_of(settings) as bot, asyncio.timeout(PATIENCE):
            me = await bot.get_me()
            hook = await bot.get_webhook_info() if settings.webhook_url else None
    except (TelegramUnauthorizedError, TokenValidationError):
        return problem(name, "Telegram refuses the token: ask @BotFather for the right one")
    except (TelegramAPIError, OSError, TimeoutError) as error:
        # The address of a call holds the token: only the kind of error is told.
        return problem(name, f"Telegram cannot be reached ({type(error).__name__})")
    if hook is not None and hook.last_error_message and hook.pending_update_count:
        return warning(name, f"the webhook: {hook.last_error_message}; {hook.pending_update_count} wait")
    return ok(name, f"@{me.username}")


async def mail_out(settings: Settings, _now: datetime) -> Finding:
    """The SMTP server takes us in."""
    from bot.oauth import tokens_of
    from bot.transports.result import Delivered
    from bot.transports.smtp import SmtpServer, SmtpTransport

    name = "mail out"
    if settings.mail_address is None:
        return warning(name, "mail is off: ABONEMENT_MAIL_ADDRESS is not set")
    if settings.smtp_url is None:
        return problem(name, "nothing can be sent: ABONEMENT_SMTP_URL is not set")
    try:
        server = SmtpServer.from_url(settings.smtp_url)
    except ValueError as error:
        return problem(name, f"ABONEMENT_SMTP_URL: {error}")
    where = f"smtp{server.security}://{server.host}:{server.port}"
    result = await SmtpTransport(server, token=tokens_of(settings)).knock()
    if not isinstance(result, Delivered):
        return problem(name, f"{where}: {result.reason}")
    if server.shows_password:
        return warning(name, f"{where}: the password crosses the wire in clear; use smtps or smtp+starttls")
    return ok(name, where)


async def mail_in(settings: Settings, _now: datetime) -> Finding:
    """There is a way in for mail, and its port is ours or free."""
    name = "mail in"
    if settings.mail_address is None:
        return warning(name, "mail is off: ABONEMENT_MAIL_ADDRESS is not set")
    if settings.lmtp_listen is None:
        if settings.imap_url is None:
            return problem(name, "no mail comes in: set ABONEMENT_LMTP_LISTEN or ABONEMENT_IMAP_URL")
        return await _mailbox(name, settings, settings.imap_url)
    return await _port(name, settings.lmtp_listen, "lmtp_listen")


async def _mailbox(name: str, settings: Settings, url: str) -> Finding:
    """The mailbox lets us in."""
    from bot.intake.imap import TROUBLE, ImapServer, knock
    from bot.oauth import tokens_of

    try:
        server = ImapServer.from_url(url)
    except ValueError as error:
        return problem(name, f"ABONEMENT_IMAP_URL: {error}")
    try:
        waiting = await knock(server, token=tokens_of(settings))
    except TROUBLE as error:
        return problem(name, f"{server.box}: {error}")
    return ok(name, f"{server.box}: {waiting} waiting")


async def pages(settings: Settings, _now: datetime) -> Finding:
    """The port of the program's own pages is ours or free."""
    name = "http"
    if settings.listen is None and settings.serves is None:
        return ok(name, "off")
    return await _port(name, settings.listen or "127.0.0.1:8080", "listen")


async def _port(name: str, place: str, setting: str) -> Finding:
    try:
        host, port = address(place, setting=setting)
    except SettingsError as error:
        return problem(name, str(error))
    try:
        async with asyncio.timeout(PATIENCE):
            _reader, writer = await asyncio.open_connection(host, port)
            writer.close()
            await writer.wait_closed()
    except (OSError, TimeoutError):
        return await asyncio.to_thread(_free, name, host, port)
    return ok(name, f"{place}: somebody listens, the running program it should be")


def _free(name: str, host: str, port: int) -> Finding:
    try:
        with socket.create_server((host, port)):
            return ok(name, f"{host}:{port}: free; the program does not run")
    except OSError as error:
        return problem(name, f"{host}:{port} cannot be listened on: {error.strerror}")


async def large_files(settings: Settings, _now: datetime) -> Finding:
    """There is a way for what a chat and a mail do not carry."""
    name = "large files"
    if settings.public_url is None:
        detail = (
            "ABONEMENT_PUBLIC_URL is not set: scans over 20 MB come in by pasted links only, "
            "and what is over 10 MB reaches no mailbox"
        )
        return warning(name, detail)
    parts = urlsplit(settings.public_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        return problem(name, "ABONEMENT_PUBLIC_URL is not an address such as https://desk.example.org")
    if parts.scheme == "http":
        return warning(name, f"{settings.public_url}: links travel in clear; use https")
    return ok(name, settings.public_url)


async def schema(settings: Settings, _now: datetime) -> Finding:
    """The database answers, and its schema is this program's."""
    from models.engines import migrate

    name = "database"
    standing = await migrate.check(settings.database)
    if standing.current:
        return ok(name, "current")
    if standing.unknown:
        return problem(name, "newer than this program")
    return problem(name, f"pending: {', '.join(standing.pending)}; run `abonement migrate`")


async def kept_files(settings: Settings, _now: datetime) -> Finding:
    """Every file that a row refers to is on the disk."""
    from models.operations import files

    name = "kept files"
    disk = await files.compare(settings.files)
    if disk.missing:
        return problem(
            name, f"{len(disk.missing)} missing in {settings.files}, the first is {disk.missing[0]}"
        )
    return ok(name, f"complete; {disk.unwanted} to be swept" if disk.unwanted else "complete")


async def queues(_settings: Settings, now: datetime) -> Finding:
    """Nothing that is due waits for long."""
    from models.queries.traffic import oldest_waiting

    name = "queues"
    waiting = {queue: at for queue, at in (await oldest_waiting(now)).items() if at}
    old = [f"{queue} since {at:%Y-%m-%d %H:%M} UTC" for queue, at in waiting.items() if now - at > OLD]
    return problem(name, f"stuck: {', '.join(old)}") if old else ok(name, "nothing waits for long")


async def planning(_settings: Settings, now: datetime) -> Finding:
    """Somebody hears the clock."""
    from models.queries.traffic import planned_at

    name, last = "planning", await planned_at()
    if last is not None and now - last > OLD:
        return warning(name, f"nobody plans since {last:%Y-%m-%d %H:%M} UTC: does the program run?")
    return ok(name, "in time" if last else "has not begun")


async def given_up(_settings: Settings, _now: datetime) -> Finding:
    """Nothing was set aside because it failed again and again."""
    from models.queries import traffic

    name = "given up"
    bad, dead = await traffic.poisoned(), (await traffic.queues()).dead
    if bad.updates or bad.mails:
        return problem(name, f"{bad.updates} updates and {bad.mails} mails failed three times; see the log")
    if dead:
        return warning(name, f"{dead} messages were refused for good by those they went to")
    return ok(name, "nothing")


OUTSIDE: tuple[Examination, ...] = (folder, telegram, mail_out, mail_in, pages, large_files)
INSIDE: tuple[Examination, ...] = (kept_files, queues, planning, given_up)
"""What needs a database with the right schema."""


async def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Everything, in the order in which an operator would mend it."""
    findings = [await one(settings, now) for one in OUTSIDE]
    database = await _schema(settings, now)
    findings.append(database)
    if database.verdict is Verdict.OK:
        findings += await _inside(settings, now)
    return findings


async def _schema(settings: Settings, now: datetime) -> Finding:
    from tortoise.exceptions import BaseORMException

    from models.engines.migrate import MigrationError

    try:
        return await schema(settings, now)
    except (BaseORMException, MigrationError, OSError, ValueError) as error:
        # A driver's words may repeat the address, and with it the password.
        return problem("database", f"cannot be reached ({type(error).__name__})")


async def _inside(settings: Settings, now: datetime) -> list[Finding]:
    from bot.database import database

    async with database(settings.database):
        return [await one(settings, now) for one in INSIDE]
