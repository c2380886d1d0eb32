"""Outside servers, by settings only; and what a signal or a wrong setting does to the process."""

import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.botapi import Person
from handlers.text import labels
from handlers.text.voice import Voice
from models.rules.vocabulary import Act, Language
from tests.journeys.process import PATIENCE, TOKEN, Service, abonement, environment, outside
from tests.journeys.props import BOOK
from tests.sandbox.botapi_schema import call_problems

NUMBER = "ANL-"
BOX = "ill@nlrk.example"


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    """Installed as the handbook says, with an invitation for Baku's librarian and Almaty's mailbox."""
    async with outside(tmp_path) as found:
        for words in (["migrate"], ["example", "load"]):
            assert (await abonement(*words, env=found.env)).code == 0
        yield found
        problems = [one for call in found.api.calls for one in call_problems(call.method, call.params)]
        assert problems == []


async def invited(service: Service, *more: str) -> str:
    """The code of a new invitation."""
    ended = await abonement("invite", "--role", "librarian", *more, "--json", env=service.env)
    assert ended.code == 0, ended.err
    return str(ended.rows[0]["code"])


async def joins(service: Service) -> Person:
    """A librarian joins in chat, a mailbox by mail."""
    code = await invited(service, "--library", "ANL")
    await invited(service, "--library", "NLRK", "--email", BOX, "--mailbox")
    await service.starts()
    baku = service.api.person(101, first_name="Aytən", language_code="az")
    baku.starts(code)
    await baku.waits(timeout=PATIENCE)
    assert (await service.replies(BOX, "YES")).taken
    return baku


def says(text: str) -> str:
    """A label in Azerbaijani."""
    return Voice(Language.AZ).label(getattr(labels, text))


async def test_program_works_with_outside_servers_by_settings_alone(service: Service) -> None:
    baku = await joins(service)
    baku.sends(BOOK)
    await baku.waits(lambda one: bool(one.keyboard), timeout=PATIENCE)
    baku.presses(says("SEND"))
    await baku.waits(lambda one: "ANL-" in one.text, timeout=PATIENCE)

    await service.replies(BOX, "YES", about="ANL-")
    news = Voice(Language.AZ).label(labels.NEWS[Act.YES])
    await baku.waits(lambda one: news in one.text, timeout=PATIENCE)

    assert await service.ends(signal.SIGTERM) == 0
    log = "".join(service.log)
    assert TOKEN not in log
    assert [line for line in log.splitlines() if "message" not in json.loads(line)] == []


async def test_killed_in_the_middle_nothing_is_lost_and_nothing_doubled(service: Service) -> None:
    baku = await joins(service)
    baku.sends(BOOK)
    await service.ends(signal.SIGKILL)

    await service.starts()
    await baku.waits(lambda one: bool(one.keyboard), timeout=PATIENCE)
    baku.presses(says("SEND"))
    await service.mail.waits(BOX, lambda one: "ANL-" in str(one.message["Subject"]), within=PATIENCE)
    answer = await service.replies(BOX, "YES", about="ANL-")
    await service.ends(signal.SIGKILL)
    assert answer.taken

    await service.starts()
    news = Voice(Language.AZ).label(labels.NEWS[Act.YES])
    await baku.waits(lambda one: news in one.text.partition("\n")[0], timeout=PATIENCE)
    assert await service.ends(signal.SIGTERM) == 0

    told = [one.text for one in baku.messages if one.from_bot and news in one.text.partition("\n")[0]]
    assert len(told) == 1
    asked = {
        str(one.message["Message-ID"])
        for one in service.mail.box(BOX)
        if "ANL-" in str(one.message["Subject"])
    }
    assert len(asked) == 2  # the request, and the receipt of the answer


async def test_run_without_a_token_exits_78_with_one_sentence(tmp_path: Path) -> None:
    ended = await abonement("run", env=environment(tmp_path))
    assert (ended.code, ended.out) == (78, "")
    assert "ABONEMENT_BOT_TOKEN" in ended.err
    assert len(ended.err.strip().splitlines()) == 1


async def test_unknown_setting_names_the_nearest(tmp_path: Path) -> None:
    ended = await abonement("run", env=environment(tmp_path, bot_tokn="x"))
    assert ended.code == 78
    assert "ABONEMENT_BOT_TOKEN" in ended.err


async def test_secret_comes_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("a token of no use\n")
    ended = await abonement("run", env=environment(tmp_path, bot_token_file=str(secret)))
    assert ended.code == 78
    assert "a token of no use" not in ended.err
    assert len(ended.err.strip().splitlines()) == 1


async def test_token_that_telegram_refuses_exits_78(tmp_path: Path) -> None:
    async with outside(tmp_path) as found:
        env = {**found.env, "ABONEMENT_BOT_TOKEN": "1234567890:another-server-another-server-another"}
        ended = await abonement("run", env=env)
    assert ended.code == 78
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    "wrong", ["bot_token", "bot_api", "database_url", "lmtp_listen", "mail_address", "smtp_url"]
)
async def test_setting_that_cannot_be_used_exits_78_and_is_named(tmp_path: Path, wrong: str) -> None:
    ended = await abonement("run", env=environment(tmp_path, **{wrong: "nonsense"}))
    assert ended.code == 78
    assert f"ABONEMENT_{wrong.upper()}" in ended.err
    assert len(ended.err.strip().splitlines()) == 1


async def test_one_role_of_several_processes_needs_postgresql(tmp_path: Path) -> None:
    async with outside(tmp_path) as found:
        ended = await abonement("run", "--only", "work", env=found.env)
    assert ended.code == 78
    assert "--only needs PostgreSQL" in ended.err
    assert len(ended.err.strip().splitlines()) == 1


async def test_a_second_process_on_the_same_file_says_so_and_ends(service: Service) -> None:
    await joins(service)
    ended = await abonement("run", env=service.env)
    assert ended.code == 1
    assert "another process runs on" in ended.err
    assert "Traceback" not in ended.err
