"""`abonement print` as a process of its own."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from bot.database import database
from handlers.papers.codes import codes_in
from tests.desk import Desk
from tests.journeys.process import abonement, environment
from tests.papers.props import photographed, text_of

NUMBER = "ANL-2026-0001"


@pytest.fixture
async def env(tmp_path: Path, migrated_file: Path) -> dict[str, str]:
    """The environment of a desk on which Almaty has been asked for a loan."""
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path)}"
    async with database(url):
        await (await Desk().open()).files()
    return environment(tmp_path, database_url=url, bot_name="desk_bot")


def code_of(pdf: bytes) -> tuple[str, ...]:
    out = BytesIO()
    picture: Image.Image = photographed(pdf)
    picture.save(out, "PNG")
    return codes_in(out.getvalue())


async def test_a_paper_is_written_to_a_file(env: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "slip.pdf"
    ended = await abonement("print", NUMBER.lower(), "pull-slip", "-o", str(target), env=env)
    pdf = target.read_bytes()

    assert (ended.code, ended.out, ended.err) == (0, f"{target} is written.\n", "")
    assert NUMBER in text_of(pdf)
    assert code_of(pdf) == (f"https://t.me/desk_bot?start=r_{NUMBER}",)


async def test_the_language_and_the_value_are_as_asked(env: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "customs.pdf"
    asked = ("--language", "ru", "--value", "20 EUR", "-o", str(target))
    ended = await abonement("print", NUMBER, "customs", *asked, env=env)
    read = text_of(target.read_bytes())

    assert ended.code == 0
    assert PdfReader(target).root_object["/Lang"] == "ru-RU"
    assert "20 EUR" in read
    assert "Не для продажи" in read


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("ANL-2026-0099", "pull-slip"), 1, "there is no request ANL-2026-0099"),
        ((NUMBER, "return-slip"), 1, f"{NUMBER} has no such paper now; it has: customs, dispatch-slip,"),
        ((NUMBER, "pull-slip", "--side", "requesting"), 1, "it has: request-form"),
        ((NUMBER, "poster"), 2, "'poster' is not one of"),
    ],
)
async def test_what_cannot_be_printed_is_said(
    env: dict[str, str], tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    target = tmp_path / "none.pdf"
    ended = await abonement("print", *words, "-o", str(target), env=env)

    assert ended.code == code
    assert said in ended.err
    assert not target.exists()
