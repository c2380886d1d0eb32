"""`agreement …` on the command line: what it says is entered, corrected, and kept."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.database import database
from models.operations import files, terminations
from models.operations.agreements import AgreementIntent
from models.operations.libraries import library_number
from models.operations.terminations import NewNotice
from models.queries import agreements
from models.queries.agreements import AgreementFacts
from models.rules.vocabulary import Role, Via
from models.tables import Person

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


def test_an_agreement_is_added_with_a_number_of_renewals(run: Run) -> None:
    words = ("add", "--parties", "ANL,NLRK", "--signed", "2020-02-29")
    assert run(*words, "--renewals", "2").exit_code == 0
    assert run(*words, "--renewals", "often").exit_code == 2
    assert run(*words).exit_code == 0

    assert [json.loads(line)["renewals"] for line in run("list", "--json").stdout.splitlines()] == [
        "unlimited",
        2,
        "unlimited",
    ]


def test_an_agreement_is_shown_whole(env: dict[str, str], run: Run) -> None:
    run("signatory", "1", "ANL", "--name-en", "A. B.", "--since", "2026-01-01")
    on_desk(env, lambda: _notice(date(2026, 3, 2)))
    shown = json.loads(run("show", "1", "--json").stdout)

    assert (shown["term"], shown["renewal"], shown["renewals"], shown["notice"]) == (
        "5y",
        "5y",
        "unlimited",
        "3m",
    )
    assert shown["place"]["en"] == "Almaty"
    assert [(one["library"], one["address"]["en"]) for one in shown["described"]] == [
        ("ANL", "Khagani 29, AZ1000 Baku"),
        ("NLRK", "Abai 14, 050013 Almaty"),
    ]
    assert [(one["library"], one["names"]) for one in shown["signatories"]] == [("ANL", {"en": "A. B."})]
    assert [(one["given_by"], one["received_on"], one["ends"]) for one in shown["notices"]] == [
        ("NLRK", "2026-03-02", "2026-06-02")
    ]
    assert {*shown} >= {"id", "parties", "signed_on", "ended_on", "standing", "costs", "clocks", "today"}
    assert (shown["answers"], shown["amendments"], shown["texts"]) == ([], [], [])


def test_an_agreement_is_shown_in_lines(env: dict[str, str], run: Run) -> None:
    lines = run("show", "1").stdout.splitlines()

    assert lines[0] == "1  ANL–NLRK  signed 2013-11-08, 5y, renews for 5y (unlimited)"
    assert lines[2].startswith("last day on which a notice can be received: ")


async def _notice(received: date) -> None:
    """As a coordinator in Almaty records it."""
    number = await library_number("NLRK")
    row = await Person.create(
        name="Dana", library_id=number, role=Role.COORDINATOR, language="kk", reach="chat", created_at=NOW
    )
    intent = AgreementIntent(agreement=1, actor=row.id, via=Via.TELEGRAM, key="tap:1")
    await terminations.record_notice(intent, NewNotice(given_by=number, received_on=received), NOW)


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
