"""How the sandbox starts and ends: the page first, nothing live in reach, nothing needless imported."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.guard import refusal
from bot.sandbox.place import Place
from bot.sandbox.theatre import Theatre
from bot.sandbox.web import SandboxServer
from bot.settings import Settings
from tests.journeys.process import PATIENCE, abonement, environment, started
from tests.sandbox.browser import heard
from tests.sandbox.plain_scene import PlainScene

HEAVY = {
    "matplotlib",
    "numpy",
    "openpyxl",
    "docx",
    "fpdf",
    "pymarc",
    "xlsxwriter",
    "zxingcpp",
    "segno",
    "pypdf",
    "icalendar",
    "img2pdf",
    "pikepdf",
    "PIL",
    "dkim",
    "dns",
}


async def test_page_is_there_before_its_scene_and_what_it_asks_waits() -> None:
    place = Place()
    async with SandboxServer(place) as server, aiohttp.ClientSession() as http:
        async with http.get(server.url) as page:
            assert page.status == 200
        asking = asyncio.ensure_future(http.get(f"{server.url}api/phones"))
        done, _ = await asyncio.wait({asking}, timeout=0.1)
        assert not done
        place.opens(PlainScene())
        async with await asking as phones:
            assert len(await phones.json()) == 2


async def test_server_closes_while_the_scene_is_still_being_set_up() -> None:
    async with aiohttp.ClientSession() as http:
        async with SandboxServer(Place()) as server:
            asking = asyncio.ensure_future(http.get(f"{server.url}api/phones"))
            await asyncio.wait({asking}, timeout=0.1)
        with pytest.raises(aiohttp.ClientError):
            await asking


async def test_another_stage_ends_the_streams_and_begins_on_fresh_data(tmp_path: Path) -> None:
    place = Place(stages=("fresh", "busy"))
    theatre = Theatre(place, keep=tmp_path)
    place.change = theatre.change
    await theatre.open("fresh", 1)
    async with SandboxServer(place) as server, aiohttp.ClientSession() as http:
        own = {"Origin": server.url.rstrip("/")}
        async with http.get(f"{server.url}api/changes") as stream:
            assert (await heard(stream))["kind"] == "hello"
            async with http.post(
                f"{server.url}api/stage", json={"stage": "busy", "seed": 7}, headers=own
            ) as post:
                assert post.status == 200
            await stream.read()
        async with http.get(f"{server.url}api/stage") as bill:
            assert await bill.json() == {"stage": "busy", "seed": 7, "stages": ["fresh", "busy"]}
        async with http.get(f"{server.url}api/state") as state:
            assert len((await state.json())["requests"]) > 10
        async with http.post(
            f"{server.url}api/stage", json={"stage": "opera", "seed": 1}, headers=own
        ) as post:
            assert post.status == 400
    await theatre.close()
    assert kept(tmp_path) == ["abonement.sqlite3"] * 2


def kept(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.sqlite3")]


def test_seed_decides_which_request_gets_which_number() -> None:
    from bot.sandbox.stages import STORIES, shuffled

    assert shuffled(1) != shuffled(2)
    assert shuffled(1) == shuffled(1)
    assert sorted(map(repr, shuffled(1))) == sorted(map(repr, STORIES))


def test_nothing_live_is_in_reach_of_a_temporary_folder(tmp_path: Path) -> None:
    assert refusal(Settings(data_dir=tmp_path), None) is None
    assert refusal(Settings(data_dir=tmp_path / "live"), tmp_path / "kept") is None


def test_live_token_database_and_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "abonement.sqlite3").write_bytes(b"")
    elsewhere = Settings(data_dir=tmp_path / "live")
    assert "BOT_TOKEN" in str(refusal(Settings(data_dir=tmp_path, bot_token="1:a"), None))
    assert "DATABASE_URL" in str(refusal(Settings(data_dir=tmp_path, database_url="postgres://x"), None))
    assert "database" in str(refusal(elsewhere, tmp_path))
    assert "data directory" in str(refusal(elsewhere, tmp_path / "live"))


@pytest.mark.parametrize("setting", [{"bot_token": "1234567890:real"}, {"database_url": "postgres://live/x"}])
async def test_sandbox_beside_something_live_exits_78(tmp_path: Path, setting: dict[str, str]) -> None:
    ended = await abonement("sandbox", "--no-open", env=environment(tmp_path, **setting))
    assert (ended.code, ended.out) == (78, "")
    assert "sandbox refuses" in ended.err


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_signal_ends_the_sandbox_although_a_browser_holds_on(
    tmp_path: Path, how: signal.Signals
) -> None:
    process = await started("sandbox", "--no-open", "--stage", "fresh", env=environment(tmp_path))
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
        url = (await process.stdout.readline()).decode().strip()
        async with http.get(f"{url}api/changes") as stream:
            await heard(stream)
            process.send_signal(how)
            await stream.read()
        assert await process.wait() == 0


async def test_signal_ends_it_while_the_scene_is_still_being_set_up(tmp_path: Path) -> None:
    process = await started("sandbox", "--no-open", env=environment(tmp_path))
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        await process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, err = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in err


async def imported(module: str) -> set[str]:
    """What importing this brings with it, in a fresh interpreter."""
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE, env=os.environ
    )
    out, _ = await process.communicate()
    return set(out.decode().split())


async def test_page_needs_neither_the_bot_library_nor_the_database() -> None:
    assert await imported("bot.sandbox.main") & {"aiogram", "tortoise", "pydantic", *HEAVY} == set()


async def test_program_starts_without_the_makers_of_papers_and_pictures() -> None:
    found = await imported("bot.sandbox.theatre")
    assert "aiogram" in found
    assert found & HEAVY == set()
