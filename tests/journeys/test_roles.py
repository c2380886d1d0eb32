"""Roles of their own on one PostgreSQL: one takes in by webhook, another works, a third plans."""

import asyncio
import json
import signal
from pathlib import Path

from handlers.text import labels
from handlers.text.voice import Voice
from models.rules.vocabulary import Language
from tests.desk import until
from tests.journeys.process import PATIENCE, abonement, free_port, outside, started
from tests.journeys.props import BOOK


async def test_what_the_intake_took_is_done_by_the_worker_and_nothing_without_it(
    postgres_url: str, tmp_path: Path
) -> None:
    async with outside(tmp_path) as found:
        place = f"127.0.0.1:{free_port()}"
        env = found.env | {
            "ABONEMENT_DATABASE_URL": postgres_url,
            "ABONEMENT_WEBHOOK_URL": f"http://{place}/updates",
            "ABONEMENT_SECRET_KEY": "k" * 40,
        }
        found.api.webhook.retry_seconds = 0.1
        for words in (["migrate"], ["example", "load"]):
            assert (await abonement(*words, env=env)).code == 0
        invited = await abonement("invite", "--library", "ANL", "--role", "librarian", "--json", env=env)
        code = str(json.loads(invited.out)["code"])
        intake = await started("run", "--only", "intake", env=env | {"ABONEMENT_LISTEN": place})
        phone = found.api.person(101, first_name="Aytən", language_code="az")
        phone.starts(code)

        async def is_taken() -> bool:
            return not found.api.updates.waiting

        await until(is_taken, within=PATIENCE)
        assert not [one for one in phone.messages if one.from_bot]

        roles = [await started("run", "--only", role, env=env) for role in ("work", "plan")]
        await phone.waits(timeout=PATIENCE)
        phone.sends(BOOK)
        await phone.waits(lambda one: bool(one.keyboard), timeout=PATIENCE)
        phone.presses(Voice(Language.AZ).label(labels.SEND))
        await phone.waits(lambda one: "ANL-" in one.text, timeout=PATIENCE)

        for process in (intake, *roles):
            process.send_signal(signal.SIGTERM)
        ends = await asyncio.gather(*(process.communicate() for process in (intake, *roles)))
        assert [process.returncode for process in (intake, *roles)] == [0, 0, 0], ends
