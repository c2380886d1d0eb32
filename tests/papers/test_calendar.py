"""A library's calendar, read by another program and line by line (RFC 5545)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from handlers.papers.calendar import calendar_of
from handlers.text.voice import Voice
from models.queries.feed import AgreementDays, FeedView, LoanDue
from models.rules.term import Duration, terms
from models.rules.vocabulary import Language, Side
from tests.text import views

CHANGED = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)
TERM = next(one for one in terms(Duration(date(2013, 11, 8))) if one.number == 3)
LOAN = LoanDue(
    number="ANL-2026-0001",
    side=Side.REQUESTING,
    partner=views.ALMATY,
    values={"title": "Абай жолы; роман, эпопея \\ том", "author": "Әуезов М. О."},
    due=date(2026, 4, 15),
    version=7,
    changed=CHANGED,
)
FEED = FeedView(
    library=views.BAKU,
    agreements=(AgreementDays(id=1, partner=views.ALMATY, terms=(TERM,), edition=4, changed=CHANGED),),
    loans=(LOAN,),
)
HOST = "anl.example"
LANGUAGES = pytest.mark.parametrize("language", Language)


def made(language: Language, feed: FeedView = FEED) -> bytes:
    return calendar_of(Voice(language), feed, HOST)


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


@LANGUAGES
def test_lines_are_folded_and_end_as_the_standard_says(language: Language) -> None:
    data = made(language)

    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.replace(b"\r\n", b"").count(b"\n") == 0
    assert data.replace(b"\r\n", b"").count(b"\r") == 0
    assert max(map(len, data.split(b"\r\n"))) <= 75
    for line in data.split(b"\r\n"):
        line.decode()  # no letter is cut in two
    assert unfolded(data)[:4] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Abonement//Interlibrary loan//EN",
        "METHOD:PUBLISH",
    ]


@LANGUAGES
def test_every_event_has_what_it_must_have_once(language: Language) -> None:
    lines = unfolded(made(language))
    for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE"):
        named = [line for line in lines if line.partition(":")[0].partition(";")[0] == name]
        assert len(named) == lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 3


@LANGUAGES
def test_another_program_reads_whole_days_and_stable_names(language: Language) -> None:
    calendar = icalendar.Calendar.from_ical(made(language))
    read = [
        (str(one["UID"]), one["DTSTART"].dt, one["DTEND"].dt, int(one["SEQUENCE"]))
        for one in calendar.walk("VEVENT")
    ]

    assert read == [
        (f"agreement-1-3-notice@{HOST}", date(2028, 8, 8), date(2028, 8, 9), 4),
        (f"agreement-1-3-end@{HOST}", date(2028, 11, 8), date(2028, 11, 9), 4),
        (f"due-anl-2026-0001@{HOST}", date(2026, 4, 15), date(2026, 4, 16), 7),
    ]


def test_a_notice_leaves_the_last_day_alone() -> None:
    [agreement] = FEED.agreements
    ending = replace(agreement, terms=(), end=date(2028, 11, 1), edition=5)
    calendar = icalendar.Calendar.from_ical(made(Language.EN, replace(FEED, agreements=(ending,), loans=())))
    [event] = calendar.walk("VEVENT")

    assert (str(event["UID"]), event["DTSTART"].dt) == (f"agreement-1-end@{HOST}", date(2028, 11, 1))
    assert str(event["SUMMARY"]).startswith("Last day of the agreement by the notice: ")


def test_words_with_commas_and_strokes_come_back_as_they_were() -> None:
    calendar = icalendar.Calendar.from_ical(made(Language.KK))
    loan = calendar.walk("VEVENT")[-1]

    assert str(loan["DESCRIPTION"]) == (
        "Әуезов М. О. Абай жолы; роман, эпопея \\ том\nҚазақстан Республикасының Ұлттық кітапханасы"
    )


def test_the_same_days_are_the_same_bytes_and_a_moved_one_rises() -> None:
    moved = replace(LOAN, due=date(2026, 5, 15), version=8, changed=CHANGED + timedelta(days=1))
    later = icalendar.Calendar.from_ical(made(Language.EN, replace(FEED, loans=(moved,))))
    event = later.walk("VEVENT")[-1]

    assert made(Language.EN) == made(Language.EN)
    assert (str(event["UID"]), int(event["SEQUENCE"])) == (f"due-anl-2026-0001@{HOST}", 8)
    assert event["DTSTART"].dt == date(2026, 5, 15)
