"""The report: asked in chat and by mail, opened to the requests behind it, confirmed by a coordinator."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from handlers.text import labels, report_words, reports
from handlers.text.refusals import SPANS
from models.operations.agreement_facts import add_signatory
from models.rules.report import Figure, Outcome, Span
from models.rules.vocabulary import Act, Language, Reason, ReportForm
from tests.journeys.props import ARTICLE, BOOK, PAIRS
from tests.journeys.stage import Story


async def some_work(story: Story) -> None:
    """A loan on its way, and a copy that is not held."""
    baku, almaty = story.baku, story.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await almaty.presses(Act.SHIP)
    await baku.pastes(ARTICLE)
    await baku.presses(labels.SEND)
    await almaty.presses(Act.NO)
    await almaty.presses(Reason.NOT_HELD)


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_a_number_opens_the_requests_behind_it(chats: Story) -> None:
    await some_work(chats)
    voice = chats.almaty.voice

    await chats.almaty.types("/report 2026")
    assert f"{voice.named(report_words.FIGURES[Figure.ASKED])}: 2" in chats.almaty.reads
    assert voice.percent(0.5) in chats.almaty.reads
    assert voice.label(labels.REASONS[Reason.NOT_HELD]) in chats.almaty.reads
    assert voice.say(report_words.NOTHING_ASKED) in chats.almaty.reads

    await chats.almaty.presses(voice.say("Figures: {code}", code="ANL"))
    unfilled = voice.label(report_words.OUTCOMES[Outcome.UNFILLED])
    await chats.almaty.presses(f"{unfilled[:1].upper()}{unfilled[1:]}: 1")
    assert "ANL-2026-0002" in chats.almaty.reads
    assert "ANL-2026-0001" not in chats.almaty.reads


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_quarters_and_months_are_a_tap_away(chats: Story) -> None:
    await some_work(chats)
    almaty, today = chats.almaty, chats.world.clock().date()
    quarter = Span.of_quarter(today.year, (today.month + 2) // 3)
    asked = f"{almaty.voice.named(report_words.FIGURES[Figure.ASKED])}: 2"

    await almaty.types("/report")
    await almaty.presses(report_words.QUARTERS[quarter.quarter or 0])
    assert almaty.reads.startswith(
        f"{almaty.voice.named(report_words.REPORT)}: {reports.span_text(almaty.voice, quarter)}"
    )
    assert asked in almaty.reads
    await almaty.presses(almaty.voice.month(today))
    assert asked in almaty.reads
    await almaty.presses(reports.span_text(almaty.voice, Span.of_month(today.year, today.month).beside[1]))
    assert asked not in almaty.reads
    await almaty.presses(str(today.year))
    assert asked in almaty.reads


async def test_a_coordinator_confirms_and_later_figures_are_told(chats: Story) -> None:
    boss = await chats.enters("coordinator", Language.AZ)
    await some_work(chats)

    await boss.types("/report")
    await boss.presses(report_words.CONFIRM)
    assert boss.voice.label(report_words.CONFIRM) not in boss.buttons
    await chats.almaty.types("/report 2026")
    assert chats.almaty.voice.label(report_words.CONFIRM) not in chats.almaty.buttons
    changed = chats.almaty.voice.say("the figures have changed since")
    assert changed not in chats.almaty.reads

    await chats.baku.pastes("Nizami Gəncəvi. Xəmsə. — Bakı : Elm, 1983.")
    await chats.baku.presses(labels.SEND)
    await chats.almaty.types("/report 2026")
    assert changed in chats.almaty.reads


async def test_a_report_comes_by_mail_and_its_days_are_read(boxes: Story) -> None:
    await boxes.anl.writes(BOOK)
    await boxes.nlrk.writes("REPORT 2026-Q1", subject="REPORT")
    assert f"{boxes.nlrk.voice.named(report_words.FIGURES[Figure.ASKED])}: 1" in boxes.nlrk.newest.text

    await boxes.nlrk.writes("REPORT 31.02.2026", subject="REPORT")
    assert SPANS in boxes.nlrk.newest.text


async def test_words_that_are_no_days_are_told_so(chats: Story) -> None:
    await chats.baku.types("/report 2026-13")
    assert SPANS in chats.baku.reads


async def test_a_report_leaves_as_files(chats: Story) -> None:
    await some_work(chats)
    await chats.almaty.types("/report 2026")
    card = chats.almaty.screen

    await chats.almaty.presses_on(report_words.FORMS[ReportForm.PDF], card)
    await chats.almaty.presses_on(report_words.FORMS[ReportForm.WORKBOOK], card)
    names = [one.name for one in chats.almaty.files]
    assert names == [f"ANL-NLRK-2026-{one}.pdf" for one in report_words.AUTHENTIC] + [
        f"ANL-NLRK-2026-{chats.almaty.voice.language}.xlsx"
    ]

    await chats.almaty.presses_on(report_words.FORMS[ReportForm.PICTURE], card)
    assert chats.almaty.screen.photo


async def test_the_paper_names_who_signs_it_today(chats: Story) -> None:
    for name, since, original in (
        ("Ayaz Vəkilov", date(2013, 11, 8), True),
        ("Kərim Tahirov", date(2018, 5, 1), False),
        ("Lalə Hacıyeva", date(2100, 1, 1), False),
    ):
        await add_signatory(
            1, "ANL", names={"az": name}, post={"az": "Direktor"}, since=since, original=original
        )

    await chats.almaty.types("/report 2026")
    await chats.almaty.presses(report_words.FORMS[ReportForm.PDF])

    for one in chats.almaty.files:
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(one.data)).pages)
        assert [name in text for name in ("Vəkilov", "Kərim Tahirov", "Hacıyeva")] == [False, True, False]


async def test_a_report_by_mail_brings_its_files(boxes: Story) -> None:
    await boxes.anl.writes(BOOK)
    await boxes.anl.writes("REPORT", subject="REPORT")
    language = boxes.anl.language
    names = [name for name, _data in boxes.anl.newest.files]
    assert names == [f"ANL-NLRK-2026-{language}.xlsx", f"ANL-NLRK-2026-{language}.pdf"]
