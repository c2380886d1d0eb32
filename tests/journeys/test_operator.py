"""What an operator asks the installation: `doctor` and `health`, as processes of their own."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp

from tests.journeys.process import PATIENCE, Ended, abonement, environment, free_port, outside


def _checks(ended: Ended) -> dict[str, str]:
    [report] = ended.rows
    assert report["sound"] is (ended.code == 0)
    checks: list[dict[str, Any]] = report["checks"]
    return {one["name"]: one["verdict"] for one in checks}


async def _doctor(env: Mapping[str, str]) -> Ended:
    return await abonement("doctor", "--json", env=env)


async def test_doctor_finds_nothing_wrong_with_a_sound_installation(tmp_path: Path) -> None:
    async with outside(tmp_path) as service:
        assert (await abonement("migrate", env=service.env)).code == 0
        ended = await _doctor(service.env)

    checks = _checks(ended)
    assert ended.code == 0, ended.out
    assert checks["telegram"] == checks["mail out"] == checks["mail in"] == checks["database"] == "ok"
    assert checks["large files"] == "warning"
    assert service.env["ABONEMENT_BOT_TOKEN"] not in ended.out


async def test_doctor_names_what_is_wrong_and_tells_no_secret(tmp_path: Path) -> None:
    port = free_port()
    env = environment(
        tmp_path,
        bot_token="1234567890:no-such-token",
        bot_api=f"http://127.0.0.1:{port}",
        mail_address="requests@abonement.example",
        smtp_url=f"smtp://desk:hidden@127.0.0.1:{port}",
        imap_url=f"imap://desk:hidden@127.0.0.1:{port}/INBOX",
        public_url="http://desk.example",
    )

    ended = await _doctor(env)

    checks = _checks(ended)
    assert ended.code == 1
    assert [name for name, verdict in checks.items() if verdict == "problem"] == [
        "telegram",
        "mail out",
        "mail in",
        "database",
    ]
    assert checks["large files"] == "warning"
    assert not {"hidden", "no-such-token"} & set(ended.out.replace('"', " ").replace(":", " ").split())


async def test_doctor_speaks_to_a_person_too(tmp_path: Path) -> None:
    ended = await abonement("doctor", env=environment(tmp_path))

    assert ended.code == 1
    assert "PROBLEM  telegram: no token" in ended.out


async def test_doctor_sees_a_key_that_others_can_read(tmp_path: Path) -> None:
    env = environment(tmp_path)
    assert (await abonement("migrate", env=env)).code == 0
    key = tmp_path / "secret.key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o644)

    assert _checks(await _doctor(env))["data folder"] == "problem"


async def test_health_asks_the_running_program(tmp_path: Path) -> None:
    async with outside(tmp_path) as service:
        service.env["ABONEMENT_LISTEN"] = f"127.0.0.1:{free_port()}"
        before = await abonement("health", env=service.env)
        await service.starts()
        await _answers(f"http://{service.env['ABONEMENT_LISTEN']}/healthz")
        after = await abonement("health", env=service.env)

    assert (before.code, after.code) == (1, 0), after.err
    assert after.out.strip()


async def _answers(url: str) -> None:
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as browser:
        while True:
            try:
                async with browser.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)


async def test_health_without_a_port_says_which_setting_opens_one(tmp_path: Path) -> None:
    ended = await abonement("health", env=environment(tmp_path))

    assert ended.code == 1
    assert "ABONEMENT_LISTEN" in ended.err
