"""`abonement`, command by command: what it prints, how it ends, what it leaves behind."""

import json
import shutil
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from models.rules.citation import as_json, understand

Run = Callable[..., Result]
LIBRARY = (
    *("library", "add", "--code", "TNL", "--name-az", "Türkiyə Milli Kitabxanası"),
    *("--name-kk", "Түркия Ұлттық кітапханасы", "--name-ru", "Национальная библиотека Турции"),
    *("--name-en", "National Library of Türkiye", "--country", "TR", "--timezone", "Europe/Istanbul"),
    *("--language", "en", "--email", "ill@tnl.example", "--domain", "tnl.example"),
)


@pytest.fixture
def run(tmp_path: Path, migrated_file: Path) -> Run:
    """Run `abonement` on a database of the test's own."""
    shutil.copy(migrated_file, tmp_path / "abonement.sqlite3")
    environment = {"ABONEMENT_DATA_DIR": str(tmp_path)}

    def invoke(*words: str, given: bytes | None = None, **settings: str) -> Result:
        more = {f"ABONEMENT_{name.upper()}": value for name, value in settings.items()}
        return CliRunner().invoke(main, words, input=given, env={**environment, **more})

    return invoke


@pytest.fixture
def loaded(run: Run) -> Run:
    """The same with the example data."""
    assert run("example", "load").exit_code == 0
    return run


def rows(result: Result) -> list[dict[str, Any]]:
    """Standard output, one JSON object a line."""
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_help_names_every_command(run: Run) -> None:
    shown = run("--help")
    assert shown.exit_code == 0
    assert [name for name in main.commands if f"  {name} " not in shown.stdout] == []


@pytest.mark.parametrize("words", [["lend"], ["library"], ["run", "--loud"], ["invite"], ["cite"]])
def test_wrong_usage_exits_2(run: Run, words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_migrate_check_tells_what_is_pending(tmp_path: Path, run: Run) -> None:
    fresh = str(tmp_path / "fresh")
    assert run("migrate", "--check", data_dir=fresh).exit_code == 1
    assert run("migrate", data_dir=fresh).stdout.startswith("applied: 0001_initial")
    assert run("migrate", data_dir=fresh).stdout == "nothing to do\n"
    assert run("migrate", "--check", data_dir=fresh).exit_code == 0


def test_example_has_two_libraries_and_their_agreement_and_nobody(loaded: Run) -> None:
    assert loaded("example", "load").exit_code == 0
    libraries = {row["code"]: row for row in rows(loaded("library", "list", "--json"))}
    assert {code: (row["email"], row["timezone"], row["language"]) for code, row in libraries.items()} == {
        "ANL": ("ill@anl.example", "Asia/Baku", "az"),
        "NLRK": ("ill@nlrk.example", "Asia/Almaty", "kk"),
    }
    (agreement,) = rows(loaded("agreement", "list", "--json"))
    assert (agreement["parties"], agreement["signed_on"]) == (["ANL", "NLRK"], "2013-11-08")
    assert rows(loaded("person", "list", "--json")) == []


def test_library_is_added_once_and_edited(run: Run) -> None:
    assert run(*LIBRARY).exit_code == 0
    again = run(*LIBRARY)
    assert (again.exit_code, "TNL" in again.stderr) == (1, True)

    assert run("library", "edit", "TNL", "--email", "new@tnl.example", "--name-en", "TNL").exit_code == 0
    (library,) = rows(run("library", "list", "--json"))
    assert (library["email"], library["domains"], library["names"]["az"], library["names"]["en"]) == (
        "new@tnl.example",
        ["tnl.example"],
        "Türkiyə Milli Kitabxanası",
        "TNL",
    )
    assert run("library", "edit", "XXX", "--email", "a@b.example").exit_code == 1


@pytest.mark.parametrize(
    "wrong", [("--timezone", "Mars/Olympus"), ("--country", "TUR"), ("--language", "tr")]
)
def test_library_with_a_wrong_option_exits_2(run: Run, wrong: tuple[str, str]) -> None:
    assert run(*LIBRARY, *wrong).exit_code == 2
    assert rows(run("library", "list", "--json")) == []


def test_agreement_is_added_and_shown(loaded: Run) -> None:
    assert loaded(*LIBRARY).exit_code == 0
    added = loaded("agreement", "add", "--parties", "ANL,TNL", "--signed", "2020-02-29", "--notice", "30d")
    assert (added.exit_code, added.stdout) == (0, "Agreement 2 is there.\n")
    (shown,) = rows(loaded("agreement", "show", "2", "--json"))
    assert (shown["parties"], shown["signed_on"], shown["notice"]) == (["ANL", "TNL"], "2020-02-29", "30d")
    assert loaded("agreement", "show", "9").exit_code == 1


def test_agreement_edit_sets_what_is_given_and_leaves_the_rest(loaded: Run) -> None:
    assert loaded("agreement", "edit", "1", "--standing", "own_postage,LibraryUseOnly").exit_code == 0
    assert loaded("agreement", "edit", "1", "--costs").exit_code == 0
    (shown,) = rows(loaded("agreement", "show", "1", "--json"))
    assert (shown["standing"], shown["costs"]) == (["LibraryUseOnly", "own_postage"], True)
    assert loaded("agreement", "edit", "1", "--standing", "none", "--no-costs").exit_code == 0
    (shown,) = rows(loaded("agreement", "show", "1", "--json"))
    assert (shown["standing"], shown["costs"]) == ([], False)


@pytest.mark.parametrize(
    ("words", "code"),
    [(("1",), 2), (("1", "--standing", "free_of_charge"), 2), (("9", "--costs"), 1)],
)
def test_agreement_edit_refuses_what_it_does_not_know(loaded: Run, words: tuple[str, ...], code: int) -> None:
    assert loaded("agreement", "edit", *words).exit_code == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--parties", "ANL,XXX", "--signed", "2020-01-01"), 1),
        (("--parties", "ANL,ANL", "--signed", "2020-01-01"), 2),
        (("--parties", "ANL,NLRK", "--signed", "yesterday"), 2),
        (("--parties", "ANL,NLRK", "--signed", "2020-01-01", "--term", "long"), 2),
    ],
)
def test_agreement_that_cannot_be_is_refused(loaded: Run, words: tuple[str, ...], code: int) -> None:
    assert loaded("agreement", "add", *words).exit_code == code


def test_invite_gives_a_code_and_a_link_once_the_bots_name_is_known(loaded: Run) -> None:
    (made,) = rows(loaded("invite", "--library", "ANL", "--role", "coordinator", "--json"))
    assert set(made) == {"code", "link", "expires_at", "role", "library"}
    assert (made["link"], made["role"], made["library"]) == (None, "coordinator", "ANL")

    (named,) = rows(
        loaded("invite", "--library", "ANL", "--role", "librarian", "--json", bot_name="desk_bot")
    )
    assert named["link"] == f"https://t.me/desk_bot?start={named['code']}"
    assert named["code"] != made["code"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--role", "librarian"), 2),
        (("--role", "reader", "--library", "ANL"), 2),
        (("--role", "librarian", "--library", "ANL", "--mailbox"), 2),
        (("--role", "librarian", "--library", "XXX"), 1),
        (("--role", "admin"), 0),
    ],
)
def test_invite_checks_what_belongs_together(loaded: Run, words: tuple[str, ...], code: int) -> None:
    assert loaded("invite", *words).exit_code == code


def test_removing_nobody_is_a_problem(loaded: Run) -> None:
    assert loaded("person", "remove", "7").exit_code == 1
    assert loaded("person", "remove", "seven").exit_code == 2


def mail(text: str, *, sender: str = "ill@nlrk.example") -> bytes:
    """A mail to the desk."""
    message = EmailMessage()
    message["From"], message["To"] = sender, "requests@abonement.example"
    message["Subject"], message["Message-ID"] = "Re: [ANL-2026-0042] Abay", "<1@nlrk.example>"
    message["Date"] = "Mon, 02 Mar 2026 10:00:00 +0500"
    message.set_content(text)
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    return bytes(message)


def test_mail_read_shows_what_was_understood_and_changes_nothing(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(mail("SENT 14.04 RR123456785KZ\n"))
    (read,) = rows(run("mail", "read", str(file), "--json"))
    assert set(read) == {
        *("kind", "from", "message_id", "request", "text", "act", "details", "attachments", "reason"),
    }
    assert (read["kind"], read["request"], read["act"]) == ("reply", "ANL-2026-0042", "sent")
    assert read["details"] == {"due_date": "2026-04-14", "parcel": "RR123456785KZ"}
    assert read["attachments"] == [{"name": "a.pdf", "type": "application/pdf", "size": 8}]
    assert run("mail", "read", str(tmp_path / "none.eml")).exit_code == 2


def test_mail_deliver_takes_a_message_and_a_second_copy(loaded: Run) -> None:
    options = ("--sender", "ill@nlrk.example", "--recipient", "requests@abonement.example")
    assert loaded("mail", "deliver", *options, given=mail("YES")).exit_code == 0
    assert loaded("mail", "deliver", *options, given=mail("YES")).exit_code == 0


def test_mail_deliver_keeps_what_nobody_can_read_and_says_65(loaded: Run) -> None:
    kept = loaded("mail", "deliver", given=b"\x00\x01 no mail at all")
    assert kept.exit_code == 65


def test_mail_deliver_without_a_database_says_later(tmp_path: Path, run: Run) -> None:
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"this is not a database" * 100)
    later = run("mail", "deliver", given=mail("YES"), database_url=f"sqlite://{broken}")
    assert later.exit_code == 75


def test_cite_prints_an_object_for_each_line(tmp_path: Path, run: Run) -> None:
    lines = ["Ауэзов М. О. Путь Абая. — Алма-Ата : Жазушы, 1977. — 480 с.", "", "978-5-17-080115-2"]
    file = tmp_path / "lines.txt"
    file.write_text("\n".join(lines), "utf-8")
    assert rows(run("cite", str(file), "--json")) == [
        json.loads(json.dumps(as_json(understand(line)))) for line in lines if line
    ]


def test_term_answers_for_a_day_and_a_notice(run: Run) -> None:
    (term,) = rows(
        run(
            *("term", "--signed", "2013-11-08", "--on", "2028-08-01"),
            *("--received", "2028-08-01", "--terms", "4", "--json"),
        )
    )
    assert [one["last_day"] for one in term["terms"]] == [
        "2018-11-08",
        "2023-11-08",
        "2028-11-08",
        "2033-11-08",
    ]
    assert set(term) == {"terms", "on", "notices"}
    assert len(term["notices"]) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--signed", "2013-11-08", "--term", "5 years"), 1),
        (("--signed", "2013-11-08", "--received", "2012-01-01"), 1),
        (("--signed", "2013-11-08", "--named-end", "2020-01-01"), 2),
        ((), 2),
    ],
)
def test_term_that_cannot_be_is_an_error(run: Run, words: tuple[str, ...], code: int) -> None:
    ended = run("term", *words, "--json")
    assert (ended.exit_code, ended.stdout) == (code, "")


@pytest.mark.parametrize("words", [["migrate"], ["example", "load"], ["library", "list"], ["run"]])
def test_unknown_setting_exits_78_whatever_the_command(run: Run, words: list[str]) -> None:
    ended = run(*words, data_dri="x")
    assert ended.exit_code == 78
    assert "ABONEMENT_DATA_DIR" in ended.stderr


def test_configuration_file_is_read_and_the_environment_wins(tmp_path: Path, loaded: Run) -> None:
    file = tmp_path / "abonement.toml"
    file.write_text('bot_name = "from_file"\n')
    words = ("invite", "--library", "ANL", "--role", "librarian", "--json")
    (by_file,) = rows(loaded(*words, config=str(file)))
    (by_environment,) = rows(loaded(*words, config=str(file), bot_name="from_environment"))
    assert "from_file" in by_file["link"]
    assert "from_environment" in by_environment["link"]

    file.write_text('bot_nmae = "x"\n')
    assert loaded(*words, config=str(file)).exit_code == 78
