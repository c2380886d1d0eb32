"""`abonement remind`: the reminders of a day as lines of JSON."""

import asyncio
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.database import database
from models.rules.vocabulary import Role
from models.tables import Reminder
from tests.desk import Desk


@pytest.fixture
def data(tmp_path: Path, migrated_file: Path) -> dict[str, str]:
    """The settings of a desk on which Almaty has been asked on 1 June 2026."""
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path)}"

    async def prepare() -> None:
        async with database(url):
            desk = await Desk().open()
            desk.now = datetime(2026, 6, 1, 5, 30, tzinfo=UTC)
            await desk.files()

    asyncio.run(prepare())
    return {"ABONEMENT_DATA_DIR": str(tmp_path), "ABONEMENT_DATABASE_URL": url}


def lines(data: dict[str, str], *arguments: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(main, ["remind", *arguments, "--json"], env=data)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def written(data: dict[str, str]) -> int:
    async def count() -> int:
        async with database(data["ABONEMENT_DATABASE_URL"]):
            return await Reminder.all().count()

    return asyncio.run(count())


def test_a_dry_run_tells_and_writes_nothing(data: dict[str, str]) -> None:
    assert lines(data, "--on", "2026-06-11", "--dry-run") == [
        {
            "clock": "answer",
            "step": "reminder",
            "about": "request",
            "id": "ANL-2026-0001",
            "recipient": 2,
            "library": "NLRK",
            "language": "en",
            "channels": ["chat"],
            "date": "2026-06-11",
            "local_time": "09:00",
            "late_days": 0,
        }
    ]
    assert written(data) == 0


def test_without_it_the_reminders_are_written_once(data: dict[str, str]) -> None:
    assert len(lines(data, "--on", "2026-06-12")) == 1
    assert lines(data, "--on", "2026-06-12") == []
    assert written(data) == 1


def coordinators(data: dict[str, str]) -> None:
    """One on each side, on the desk since 2026."""

    async def enter() -> None:
        async with database(data["ABONEMENT_DATABASE_URL"]):
            desk = Desk(baku=1, almaty=2)
            for name, library in (("rashad", desk.baku), ("dana", desk.almaty)):
                email = f"{name}@{library}.example"
                await desk.person(name, library, chat=3000 + library, email=email, role=Role.COORDINATOR)

    asyncio.run(enter())


def test_a_day_of_the_agreement_is_told_for_both_sides(data: dict[str, str]) -> None:
    coordinators(data)
    found = [one for one in lines(data, "--on", "2028-08-08", "--dry-run") if one["about"] == "agreement"]

    assert found == [
        {
            "clock": "notice_day",
            "step": "last_day",
            "about": "agreement",
            "id": 1,
            "recipient": 2 + library,
            "library": code,
            "language": "en",
            "channels": ["chat", "mail"],
            "date": "2028-08-08",
            "local_time": "09:00",
            "late_days": 0,
        }
        for library, code in ((1, "ANL"), (2, "NLRK"))
    ]


@pytest.mark.parametrize(
    ("day", "steps"),
    [
        ("2027-08-06", ["12_months"] * 2),
        ("2027-08-08", []),
        ("2028-08-07", ["1_day"] * 2),
        ("2028-08-09", ["window_closed"] * 2),
        ("2029-01-15", []),
    ],
)
def test_each_day_has_its_own_step(data: dict[str, str], day: str, steps: list[str]) -> None:
    coordinators(data)
    found = [one for one in lines(data, "--on", day, "--dry-run") if one["about"] == "agreement"]

    assert [one["step"] for one in found] == steps


def test_a_day_off_has_no_reminders(data: dict[str, str]) -> None:
    assert lines(data, "--on", "2026-06-13", "--dry-run") == []


def test_a_day_that_is_none_is_a_usage_error(data: dict[str, str]) -> None:
    assert CliRunner().invoke(main, ["remind", "--on", "soon"], env=data).exit_code == 2
