"""`agreement …` on the command line: what it says is entered, corrected, and kept."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.database import database
from models.operations import files
from models.queries import agreements
from models.queries.agreements import AgreementFacts

Run = Callable[..., Result]
NOW = datetime(2028, 8, 1, 6, tzinfo=UTC)
PDF = b"%PDF-1.7\nthe agreement\n%%EOF\n"


@pytest.fixture
def env(tmp_path: Path, migrated_file: Path) -> dict[str, str]:
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path)}"
    return {"ABONEMENT_DATA_DIR": str(tmp_path), "ABONEMENT_DATABASE_URL": url}


@pytest.fixture
def run(env: dict[str, str]) -> Run:
    """A command on a desk with the example's libraries."""

    def command(*words: str) -> Result:
        return CliRunner().invoke(main, ["agreement", *words], env=env)

    assert CliRunner().invoke(main, ["example", "load"], env=env).exit_code == 0
    return command


def on_desk(env: dict[str, str], work: Callable[[], Awaitable[object]]) -> object:
    async def connected() -> object:
        async with database(env["ABONEMENT_DATABASE_URL"]):
            return await work()

    return asyncio.run(connected())


def known(env: dict[str, str]) -> AgreementFacts:
    found = on_desk(env, lambda: agreements.facts(1, NOW))
    assert isinstance(found, AgreementFacts)
    return found


def test_the_example_names_addresses_and_nobody(env: dict[str, str], run: Run) -> None:
    assert run("list").exit_code == 0
    facts = known(env)

    assert [one.address["en"] for one in facts.parties] == [
        "Khagani 29, AZ1000 Baku",
        "Abai 14, 050013 Almaty",
    ]
    assert facts.parties[1].names["kk"] == facts.sides[1].names["kk"]
    assert facts.signatories == ()


def test_a_party_is_described_language_by_language(env: dict[str, str], run: Run) -> None:
    assert run("party", "1", "NLRK", "--name-en", "The Library", "--fax", "none").exit_code == 0
    party = known(env).parties[1]

    assert (party.names["en"], party.contacts["fax"], party.contacts["phone"]) == (
        "The Library",
        "none",
        "+7 727 267 28 83",
    )


def test_a_signatory_has_a_name_a_post_and_a_day(env: dict[str, str], run: Run) -> None:
    words = ("signatory", "1", "ANL", "--name-en", "A. B.", "--post-en", "Director", "--since", "2026-01-01")
    assert run(*words).exit_code == 0
    assert run("signatory", "1", "ANL", "--since", "2026-01-01").exit_code == 2
    [signatory] = known(env).signatories

    assert (signatory.names, signatory.post, signatory.since) == (
        {"en": "A. B."},
        {"en": "Director"},
        date(2026, 1, 1),
    )


def test_dates_are_corrected(env: dict[str, str], run: Run) -> None:
    assert run("dates", "1", "--signed", "2014-01-08", "--renewals", "3").exit_code == 0
    facts = known(env)

    assert facts.standing(NOW).deadline == date(2028, 10, 8)
    assert facts.duration.renewals == 3
    assert run("dates", "1", "--renewals", "unlimited").exit_code == 0
    assert known(env).duration.renewals is None


def test_a_text_is_kept_for_good(env: dict[str, str], run: Run, tmp_path: Path) -> None:
    path = tmp_path / "müqavilə.pdf"
    path.write_bytes(PDF)
    assert run("text", "1", "az", str(path)).exit_code == 0
    assert run("text", "1", "az", str(path)).exit_code == 0
    [text] = known(env).texts

    root = tmp_path / "files"
    assert (text.language, text.name, text.mime) == ("az", "müqavilə.pdf", "application/pdf")
    assert on_desk(env, lambda: files.sweep(root)) == 0
    assert files.path_of(root, text.sha256).read_bytes() == PDF


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("party", "9", "ANL", "--fax", "1"), 1),
        (("party", "1", "XXX", "--fax", "1"), 1),
        (("dates", "1"), 2),
        (("dates", "1", "--term", "5 years"), 2),
        (("dates", "1", "--renewals", "often"), 2),
        (("dates", "9", "--term", "4y"), 1),
    ],
)
def test_what_cannot_be_is_refused(run: Run, words: tuple[str, ...], code: int) -> None:
    assert run(*words).exit_code == code
