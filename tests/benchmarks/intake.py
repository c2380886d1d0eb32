"""Mail in: stored, read, done, told of; against the standard parser, and against django-helpdesk.

That one lives in an environment of its own, made when it is first asked for and kept; where it cannot be
installed its line says so.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from bot.database import database
from bot.intake.lmtp import Envelope
from bot.intake.mail import MailIntake
from bot.keys import signer_of
from bot.sandbox.botapi import BotApi
from bot.sandbox.mail import MailServer
from bot.settings import Settings
from handlers.desk import Desk
from handlers.mail.inbound import MailDoor
from models.tables import Notice
from tests.benchmarks import _rig
from tests.benchmarks._rig import Line, line, skipped
from tests.torture.town import AUTHSERV, BOX, Town, raw_mail

HERE = Path(__file__).parent
ROUNDS, MAILS, QUICK_MAILS = 3, 600, 40
NAME = "mail in: done a second against "
HELPDESK = HERE / "_helpdesk.py"


def benchmarks(*, quick: bool) -> Iterator[Line]:
    """Messages a second."""
    rounds, mails = (1, QUICK_MAILS) if quick else (ROUNDS, MAILS)
    found = [asyncio.run(_taken(mails)) for _ in range(rounds)]
    ours = [mails / spent for spent, _ in found]
    yield line(
        f"{NAME}the parser alone", ours, baseline=[mails / spent for _, spent in found], unit="mails/s"
    )
    python = _helpdesk()
    if isinstance(python, str):
        yield skipped(f"{NAME}django-helpdesk", python)
        return
    theirs = [mails / _helped(python, mails) for _ in range(rounds)]
    yield line(f"{NAME}django-helpdesk", ours, baseline=theirs, unit="mails/s")


async def _taken(mails: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as directory:
        here = Path(directory)
        settings = Settings(
            data_dir=here,
            database_url=f"sqlite://{here}/desk.sqlite3",
            mail_address="requests@abonement.example",
            authserv_id=AUTHSERV,
        )
        api = BotApi(token="4242:embedded", now=lambda: datetime.now(UTC))
        async with MailServer(lambda: datetime.now(UTC)) as wire:
            town = Town(api, wire, settings, _rig.chance(), chats=max(4, mails // 16))
            await town.settles()
        signer = signer_of(settings)
        async with database(settings.database):
            envelopes = [_envelope(town, signer, number) for number in range(mails)]
            door = MailDoor(
                desk=Desk(clock=lambda: datetime.now(UTC), files=here), signer=signer, authserv_id=AUTHSERV
            )
            intake = MailIntake(door, clock=lambda: datetime.now(UTC), wake=lambda: None)
            before = await Notice.all().count()
            begun = time.perf_counter()
            for envelope in envelopes:
                await intake.take(envelope)
            while await intake.sweep():
                pass
            spent = time.perf_counter() - begun
            if await Notice.all().count() - before < mails:
                raise LookupError("not every mail was told of")
        begun = time.perf_counter()
        for envelope in envelopes:
            _parsed(envelope.raw)
        return spent, time.perf_counter() - begun


def _envelope(town: Town, signer: object, number: int) -> Envelope:
    request = town.cards[number % len(town.cards)][2]
    address = signer.reply(request, town.box, epoch=1)
    return Envelope(raw=raw_mail(f"mail-{number:06d}", address), sender=BOX, recipient=address, source="lmtp")


def _parsed(raw: bytes) -> list[bytes]:
    message = message_from_bytes(raw, policy=policy.compat32)
    return [part.get_payload(decode=True) or b"" for part in message.walk() if not part.is_multipart()]


def _helpdesk() -> Path | str:
    """The Python of its environment, or why there is none."""
    place = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "abonement-bench" / "helpdesk"
    python, ready = place / "bin" / "python", place / "ready"
    wanted = (HERE / "helpdesk.txt").read_text()
    if ready.exists() and ready.read_text() == wanted:
        return python
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True, capture_output=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", HERE / "helpdesk.txt"], check=True, capture_output=True, timeout=600)
    except (subprocess.SubprocessError, OSError) as error:
        return f"django-helpdesk could not be installed ({type(error).__name__})"
    ready.write_text(wanted)
    return python


def _helped(python: Path, mails: int) -> float:
    """Seconds that django-helpdesk takes for as many mails of the same kind, on SQLite."""
    with tempfile.TemporaryDirectory() as directory:
        for number in range(mails):
            (Path(directory) / f"{number:06d}.eml").write_bytes(
                raw_mail(f"mail-{number:06d}", "help@desk.example")
            )
        done = subprocess.run([python, HELPDESK, directory], check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout.splitlines()[-1])["seconds"])
