"""The report as files, opened by readers that are not ours."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import docx
import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader

from handlers.papers import report_files
from handlers.papers.facts import Signatory
from handlers.text import labels, report_words
from handlers.text.agreement_letters import NAME, POST
from handlers.text.cards import library_name
from handlers.text.voice import Voice
from models.queries.parties import LibraryView
from models.queries.reports import ReportView
from models.rules.report import Figure, Matter, Outcome, Span, entries, turnaround
from models.rules.vocabulary import Act, Language, Reason, ReportForm, Service, Stage

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
SENT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOSTILE = '=HYPERLINK("https://example.org","Əzizə")'
LIBRARIES = (
    LibraryView(
        id=1,
        code="ANL",
        names={"az": "Azərbaycan Milli Kitabxanası", "kk": "Әзербайжан Ұлттық кітапханасы"},
        country="AZ",
        zone="Asia/Baku",
        language=Language.AZ,
        email=None,
    ),
    LibraryView(
        id=2,
        code="NLRK",
        names={"kk": "Қазақстан Республикасының Ұлттық кітапханасы"},
        country="KZ",
        zone="Asia/Almaty",
        language=Language.KK,
        email=None,
    ),
)
HANDS = {1: Signatory(name={"az": "Kərim Tahirov"}, post={"az": "Direktor", "kk": "Директор"})}


def matter(number: int) -> Matter:
    filled = number % 3 != 0
    acts = {Act.SHIP: SENT + timedelta(days=number)} if filled else {Act.NO: SENT}
    return Matter(
        id=number,
        library=1,
        service=Service.LOAN,
        stage=Stage.DONE if filled else Stage.UNFILLED,
        asked_at=SENT,
        reason=None if filled else Reason.NOT_HELD,
        number=f"ANL-2026-{number:04}",
        title=HOSTILE,
        firsts=acts,
    )


@pytest.fixture(scope="module")
def view() -> ReportView:
    matters = tuple(matter(number) for number in range(1, 10))
    return ReportView(
        agreement=1,
        signed_on=date(2013, 11, 8),
        span=Span.of_year(2026),
        libraries=LIBRARIES,
        entries=entries(matters, [1, 2]),
        turnarounds={1: turnaround(matters, 1), 2: None},
        matters=matters,
    )


def made(view: ReportView, form: ReportForm, language: Language) -> BytesIO:
    return BytesIO(report_files.as_bytes(view, form, language, signatories=HANDS, now=NOW))


def words(view: ReportView, language: Language) -> list[str]:
    """What every reader of the report must find in it."""
    voice = Voice(language)
    return [
        *(library_name(voice, one) for one in LIBRARIES),
        voice.label(report_words.OUTCOMES[Outcome.FILLED]) + " 6",
        voice.label(labels.REASONS[Reason.NOT_HELD]),
        voice.say(report_words.NOTHING_ASKED),
        "ANL-2026-0003",
        "Kərim Tahirov",
        "Директор" if language is Language.KK else "Direktor",
        f"({voice.label(POST)})",
        f"({voice.label(NAME)})",
    ]


@pytest.mark.parametrize("language", Language)
def test_the_pdf_says_it_in_the_letters_of_its_language(view: ReportView, language: Language) -> None:
    pdf = PdfReader(made(view, ReportForm.PDF, language))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert [one for one in words(view, language) if one not in text] == []


@pytest.mark.parametrize("language", Language)
def test_the_document_to_sign_says_the_same(view: ReportView, language: Language) -> None:
    opened = docx.Document(made(view, ReportForm.DOCX, language))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(one.text for one in opened.paragraphs), *cells])
    assert [one for one in words(view, language) if one not in text] == []


@pytest.mark.parametrize("language", Language)
def test_the_workbook_holds_the_numbers_and_charts_of_its_own(view: ReportView, language: Language) -> None:
    voice = Voice(language)
    book = openpyxl.load_workbook(made(view, ReportForm.WORKBOOK, language))
    figures, requests, unfound = book.worksheets
    by_name = {row[0].value: row[1].value for row in figures.iter_rows() if isinstance(row[1].value, int)}
    assert by_name[voice.label(report_words.OUTCOMES[Outcome.FILLED])] == 6
    assert by_name[voice.label(labels.REASONS[Reason.NOT_HELD])] == 3
    assert len(figures._charts) == 2
    assert (requests.max_row, unfound.max_row) == (10, 4)
    assert {row[3].data_type for row in requests.iter_rows(min_row=2)} == {"s"}
    assert requests.cell(2, 4).value == HOSTILE


@pytest.mark.parametrize("language", Language)
def test_the_picture_is_one(view: ReportView, language: Language) -> None:
    picture = Image.open(made(view, ReportForm.PICTURE, language))
    assert (picture.format, picture.size) == ("PNG", (990, 550))
    # Bars in both colours and a white ground: something was drawn.
    assert len(picture.convert("RGB").getcolors(2**20) or ()) > 10


def test_every_figure_has_a_name() -> None:
    assert set(report_words.FIGURES) == set(Figure)
    assert set(report_files.MIME) == set(report_words.FORMS) == set(ReportForm)
