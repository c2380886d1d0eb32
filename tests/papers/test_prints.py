"""Papers of a request, read back by another program."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from handlers.papers.pdf import TAGS, as_pdf
from handlers.papers.slips import leading_language, slip
from handlers.text.papers import PAPERS
from handlers.text.voice import Voice
from models.rules.papers import Paper
from models.rules.vocabulary import Language, Side
from tests.papers.props import ALMATY, BAKU, LETTERS, MADE, pdf_of, request, text_of

EVERY = pytest.mark.parametrize(
    ("paper", "language"), [(paper, language) for paper in Paper for language in Language]
)


@EVERY
def test_every_letter_of_a_paper_is_read_back(paper: Paper, language: Language) -> None:
    pdf = pdf_of(paper, language)
    read = text_of(pdf)

    assert request(paper).card.number in read
    named = Voice(language).named(PAPERS[paper])
    assert paper is Paper.LABEL or named in read
    shows_title = paper is not Paper.LABEL
    assert not shows_title or f"Абай жолы {LETTERS}" in read


@EVERY
def test_a_paper_says_its_language_and_brings_its_letters(paper: Paper, language: Language) -> None:
    reader = PdfReader(BytesIO(pdf_of(paper, language)))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    embedded = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]

    assert reader.root_object["/Lang"] == TAGS[language]
    assert reader.metadata is not None
    assert request(paper).card.number in (reader.metadata.title or "")
    assert reader.metadata.creation_date == MADE
    assert embedded
    assert all("/FontFile2" in descriptor.get_object() for descriptor in embedded)


@pytest.mark.parametrize("paper", Paper)
def test_the_same_paper_is_the_same_bytes(paper: Paper) -> None:
    sheet = slip(request(paper), paper, Language.AZ)

    assert as_pdf(sheet, MADE) == as_pdf(sheet, MADE)


@pytest.mark.parametrize("paper", Paper)
def test_an_ordinary_request_is_one_page(paper: Paper) -> None:
    for language in Language:
        pdf = pdf_of(paper, language)

        assert len(PdfReader(BytesIO(pdf)).pages) == 1, language


def test_a_slip_speaks_for_both_sides() -> None:
    read = text_of(pdf_of(Paper.PULL_SLIP, Language.AZ))

    assert Voice(Language.AZ).named(PAPERS[Paper.PULL_SLIP]) in read
    assert Voice(Language.KK).named(PAPERS[Paper.PULL_SLIP]) in read
    assert Voice(Language.RU).named(PAPERS[Paper.PULL_SLIP]) not in read


def test_the_customs_read_three_languages_and_what_was_lent_until_when() -> None:
    facts = replace(request(Paper.CUSTOMS), value="20 EUR")
    read = text_of(as_pdf(slip(facts, Paper.CUSTOMS, Language.AZ), MADE))

    for said in ("Satış üçün deyil", "Сатуға арналмаған", "Не для продажи"):
        assert said in read
    assert "20 EUR" in read
    assert "30 sentyabr 2028" in read
    assert "8 noyabr 2013" in read


def test_a_cover_sheet_is_in_the_readers_language_alone() -> None:
    facts = request(Paper.COVER_SHEET)
    leading = leading_language(facts, Paper.COVER_SHEET, Language.AZ)
    read = text_of(as_pdf(slip(facts, Paper.COVER_SHEET, leading), MADE))

    assert leading is Language.KK
    assert "Оны сатуға, жариялауға" in read
    assert "surət" not in read


@pytest.mark.parametrize("side", Side)
def test_the_reader_is_on_no_paper(side: Side) -> None:
    for paper in Paper:
        facts = request(paper, reader="№ 1234, А. С.")
        facts = replace(facts, card=replace(facts.card, side=side))
        for language in Language:
            assert "1234" not in text_of(as_pdf(slip(facts, paper, language), MADE))


def test_a_label_carries_the_address_twice_where_a_border_lies_between() -> None:
    read = text_of(pdf_of(Paper.LABEL, Language.AZ))

    assert ALMATY.addresses["kk"] in read
    assert ALMATY.addresses["en"] in read
    assert BAKU.addresses["az"] in read


def test_a_long_request_goes_on_on_a_further_page() -> None:
    facts = request(Paper.REQUEST_FORM, note="ұзақ атау " * 400)
    reader = PdfReader(BytesIO(as_pdf(slip(facts, Paper.REQUEST_FORM, Language.KK), MADE)))

    assert len(reader.pages) > 1
    assert all("NLRK-2028-9999" in page.extract_text() for page in reader.pages)
