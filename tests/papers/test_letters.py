"""Drafts of an agreement's letters, read back by other programs."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from pypdf import PdfReader

from handlers.papers.docx import as_docx
from handlers.papers.letters import letter
from handlers.papers.pdf import TAGS, as_pdf
from handlers.text import agreement_letters as words
from handlers.text.voice import Voice
from models.rules.papers import LetterKind
from models.rules.period import Period
from models.rules.vocabulary import Language
from tests.papers import props
from tests.papers.props import LETTERS, MADE, text_of

EVERY = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in LetterKind for language in Language]
)


def docx_text(data: bytes) -> str:
    word = docx.Document(BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in word.paragraphs), *cells])


@EVERY
def test_a_draft_says_who_writes_what_to_whom(kind: LetterKind, language: Language) -> None:
    facts, voice = props.letter(kind), Voice(language)
    sheet = letter(facts, language)
    for read in (text_of(as_pdf(sheet, MADE)), " ".join(docx_text(as_docx(sheet, MADE)).split())):
        read = " ".join(read.split())
        for said in (
            voice.named(words.TITLES[kind]),
            props.BAKU.names[language],
            props.ALMATY.names[language],
            props.ALMATY.addresses[language],
            facts.place[language],
            words.CLAUSES[kind],
            LETTERS.split()[0],
            LETTERS.split()[1],
            *(" ".join(voice.day(day).split()) for day in (facts.signed_on, facts.last_day)),
        ):
            assert said in read


@EVERY
def test_every_page_is_marked_as_a_draft(kind: LetterKind, language: Language) -> None:
    long = props.letter(kind, place={one.value: "Алматы " * 900 for one in Language})
    sheet = letter(long, language)
    mark = Voice(language).say(words.MARK)
    pages = PdfReader(BytesIO(as_pdf(sheet, MADE))).pages
    word = docx.Document(BytesIO(as_docx(sheet, MADE)))

    assert len(pages) > 1
    assert all(mark in page.extract_text() for page in pages)
    assert word.sections[0].header.paragraphs[0].text == mark


def test_a_notice_shows_its_effect_in_dates() -> None:
    sheet = letter(props.letter(LetterKind.NOTICE), Language.EN)
    word = docx.Document(BytesIO(as_docx(sheet, MADE)))

    assert [tuple(cell.text for cell in row.cells) for row in word.tables[0].rows] == [
        ("Agreement", "Cooperation agreement"),
        ("Parties", "Azerbaijan National Library\nNational Library of the Republic of Kazakhstan"),
        ("Signed on", "8 November 2013"),
        ("Signed in", "Almaty"),
        ("Clause", "5.1"),
        ("Period of notice", "3 months"),
        ("Last day of the current term", "8 November 2028"),
        ("Last day for a notice in this term", "8 August 2028"),
        ("If received not later than", "1 August 2028"),
        ("Last day in force", "1 November 2028"),
    ]


def test_who_signs_is_blank_where_nobody_is_known() -> None:
    facts = props.letter(LetterKind.WITHDRAWAL)
    word = docx.Document(BytesIO(as_docx(letter(facts, Language.RU), MADE)))
    sender, recipient = [[cell.text for cell in table.rows[0].cells] for table in word.tables[-2:]]

    assert sender[2].startswith("Ə. Ğ. Şükürov")
    assert recipient[0] == "______________\n(должность)"
    assert recipient[2] == "______________\n(имя, фамилия)"


def test_an_amendment_without_a_new_day_leaves_room_for_its_text() -> None:
    facts = props.letter(LetterKind.AMENDMENT, new_last_day=None, new_deadline=None)
    word = docx.Document(BytesIO(as_docx(letter(facts, Language.EN), MADE)))

    assert [cell.text for cell in word.tables[0].rows[-1].cells] == ["Text of the amendment", "_" * 24]


def test_a_period_of_months_and_days_is_said_whole() -> None:
    facts = props.letter(LetterKind.NOTICE, notice=Period(months=1, days=21), deadline=date(2028, 9, 17))

    assert "1 месяц 21 день" in text_of(as_pdf(letter(facts, Language.RU), MADE))


@EVERY
def test_a_document_says_its_language_and_is_the_same_each_time(kind: LetterKind, language: Language) -> None:
    sheet = letter(props.letter(kind), language)
    made = as_docx(sheet, MADE)
    about = docx.Document(BytesIO(made)).core_properties

    assert made == as_docx(sheet, MADE)
    assert as_pdf(sheet, MADE) == as_pdf(sheet, MADE)
    assert (about.language, about.title) == (TAGS[language], sheet.title)
    assert f'w:val="{TAGS[language]}"' in ZipFile(BytesIO(made)).read("word/styles.xml").decode()
