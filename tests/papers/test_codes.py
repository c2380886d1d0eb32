"""The code on a paper, read back from a photograph."""

from io import BytesIO

import pytest
from PIL import Image, ImageFilter

from handlers.papers.codes import codes_in, link_to, number_in, number_said
from handlers.text.qr import qr
from models.rules.papers import Paper
from models.rules.vocabulary import Language
from tests.files.pictures import jpeg, png
from tests.papers.props import LINK, pdf_of, photographed

BOT = "abonement_bot"


def saved(picture: Image.Image, form: str = "JPEG") -> bytes:
    out = BytesIO()
    picture.save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("turned", [0, 7, 90, 180, 221])
def test_a_photographed_paper_names_its_request(paper: Paper, turned: float) -> None:
    pdf = pdf_of(paper, Language.AZ)
    picture = photographed(pdf, turned=turned, smaller=0.8).filter(ImageFilter.GaussianBlur(1.2))
    said = codes_in(saved(picture))

    assert said == (LINK,)
    assert number_said(said[0], BOT) == "NLRK-2028-9999"


@pytest.mark.parametrize(
    "picture",
    [b"", b"no picture", jpeg(), png(), jpeg()[:200], b"\x89PNG\r\n\x1a\n" + b"\0" * 40],
    ids=["empty", "text", "grey", "colour", "torn", "bad header"],
)
def test_what_has_no_code_says_nothing(picture: bytes) -> None:
    assert codes_in(picture) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (LINK, "NLRK-2028-9999"),
        ("https://telegram.me/Abonement_Bot?start=r_ANL-2026-0001", "ANL-2026-0001"),
        ("ANL-2026-0001", "ANL-2026-0001"),
        ("https://t.me/other_bot?start=r_ANL-2026-0001", None),
        ("https://t.me/abonement_bot?start=Zm9yIGFuIGludml0YXRpb24", None),
        ("https://example.org/abonement_bot?start=r_ANL-2026-0001", None),
        ("https://t.me/abonement_bot", None),
        ("9785000000007", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_only_our_own_codes_are_heard(text: str, number: str | None) -> None:
    assert number_said(text, BOT) == number


def test_without_a_bots_name_the_code_is_the_number() -> None:
    assert link_to("ANL-2026-0001", None) == "ANL-2026-0001"
    assert number_said(*codes_in(qr("ANL-2026-0001")), None) == "ANL-2026-0001"


def test_a_start_parameter_is_a_request_or_an_invitation() -> None:
    assert number_in("r_ANL-2026-0001") == "ANL-2026-0001"
    assert number_in("Zm9yIGFuIGludml0YXRpb24") is None
