"""`export-person` and `erase-person`: what is kept about somebody, and forgetting them."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.clock import Clock
from bot.database import database
from bot.example import load_example
from models.operations import people
from models.operations.libraries import library_number
from models.operations.people import Account
from models.rules.vocabulary import Language, Role


@pytest.fixture
def home(tmp_path: Path, migrated_file: Path) -> Path:
    """A data folder with the example and one librarian, whose number is 1."""
    path = tmp_path / "abonement.sqlite3"
    shutil.copy(migrated_file, path)
    asyncio.run(_joined(f"sqlite://{path}"))
    return tmp_path


async def _joined(url: str) -> None:
    now = Clock()()
    async with database(url):
        await load_example(now)
        made = await people.invite(await library_number("ANL"), Role.LIBRARIAN, now)
        await people.join(made.code, Account(telegram_id=101, name="Aytən", language=Language.AZ), now)


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, words, env={"ABONEMENT_DATA_DIR": str(home)})


def test_what_is_kept_about_a_person_is_printed(home: Path) -> None:
    shown = run(home, "export-person", "1")

    assert shown.exit_code == 0
    kept = json.loads(shown.stdout)
    assert (kept["person"]["name"], kept["person"]["telegram_id"]) == ("Aytən", 101)
    assert [one["library__code"] for one in kept["invitations"]] == ["ANL"]


def test_an_erased_person_has_no_name_and_no_account(home: Path) -> None:
    assert run(home, "erase-person", "1").exit_code == 0

    kept = json.loads(run(home, "export-person", "1").stdout)
    assert (kept["person"]["name"], kept["person"]["telegram_id"]) == ("—", None)


@pytest.mark.parametrize("command", ["export-person", "erase-person"])
def test_of_somebody_unknown_nothing_is_known(home: Path, command: str) -> None:
    assert run(home, command, "7").exit_code == 1
    assert run(home, command, "seven").exit_code == 2
