"""The figures of a report, and the spans of days it is about."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.rules.report import Figure, Matter, Outcome, Span, SpanError, entries, turnaround
from models.rules.report.figures import fill_rate
from models.rules.vocabulary import Act, Reason, Service, Stage

SENT = datetime(2026, 3, 2, 9, tzinfo=UTC)
BAKU, ALMATY = 1, 2


def matter(number: int, stage: Stage, acts: dict[Act, float], **more: object) -> Matter:
    """A request of Baku, its acts by days after it was sent."""
    given = {"library": BAKU, "service": Service.LOAN, **more}
    firsts = {act: SENT + timedelta(days=days) for act, days in acts.items()}
    return Matter(id=number, stage=stage, asked_at=SENT, firsts=firsts, **given)


MATTERS = [
    matter(1, Stage.DONE, {Act.YES: 1, Act.SHIP: 4}),
    matter(2, Stage.ON_LOAN, {Act.CONDITIONS: 1, Act.SHIP: 10, Act.MARK_OVERDUE: 50}),
    matter(3, Stage.UNFILLED, {Act.NO: 2}, reason=Reason.NOT_HELD, language="ru"),
    matter(4, Stage.CLOSED, {Act.LATER: 2, Act.NO: 3}, reason=Reason.COPYRIGHT, service=Service.COPY),
    matter(5, Stage.CANCELLED, {}),
    matter(6, Stage.SENT, {}, service=Service.COPY, language="ru"),
    matter(7, Stage.DELIVERED, {Act.DELIVER: 0.5}, library=ALMATY, service=Service.COPY),
]


def counted(figure: Figure, library: int, service: Service | None = None) -> dict[str, int]:
    return {
        entry.value: entry.count
        for entry in entries(MATTERS, [BAKU, ALMATY])
        if (entry.figure, entry.library, entry.service) == (figure, library, service)
    }


def test_each_request_is_counted_once_by_what_became_of_it() -> None:
    assert counted(Figure.ASKED, BAKU) == {"": 6}
    assert counted(Figure.OUTCOME, BAKU) == {"filled": 2, "unfilled": 2, "open": 1, "withdrawn": 1}
    assert counted(Figure.OUTCOME, BAKU, Service.COPY) == {"open": 1, "unfilled": 1}
    assert counted(Figure.OUTCOME, ALMATY) == {"filled": 1}


def test_the_first_answer_counts_and_a_supply_without_one_is_a_yes() -> None:
    assert counted(Figure.ANSWER, BAKU) == {"conditions": 1, "later": 1, "no": 1, "yes": 1}
    assert counted(Figure.ANSWER, ALMATY) == {"yes": 1}


def test_reasons_are_those_of_what_stayed_unfilled() -> None:
    assert counted(Figure.REASON, BAKU) == {Reason.NOT_HELD: 1, Reason.COPYRIGHT: 1}
    assert counted(Figure.LANGUAGE, BAKU) == {"ru": 2}
    assert counted(Figure.OVERDUE, BAKU) == {"": 1}
    assert counted(Figure.LOST, BAKU) == {}


def test_a_library_that_asked_nothing_says_so() -> None:
    assert [(e.figure, e.count) for e in entries([], [BAKU]) if e.service is None] == [(Figure.ASKED, 0)]


def test_the_requests_behind_a_number_are_named() -> None:
    [unfilled] = [
        entry
        for entry in entries(MATTERS, [BAKU])
        if entry.service is None and entry.value == Outcome.UNFILLED
    ]
    assert unfilled.requests == (3, 4)
    assert unfilled.key == "outcome.1.all.unfilled"


def test_fill_rate_leaves_out_what_is_undecided() -> None:
    found = entries(MATTERS, [BAKU, ALMATY])
    assert fill_rate(found, BAKU) == 0.5
    assert fill_rate(found, ALMATY) == 1.0
    assert fill_rate(entries([], [BAKU]), BAKU) is None


def test_turnaround_is_the_median_and_the_nearest_rank_of_ninety() -> None:
    many = [matter(n, Stage.DONE, {Act.SHIP: n}) for n in range(1, 11)]
    found = turnaround(many, BAKU)
    assert found
    assert (found.count, found.median, found.ninety) == (10, 5.5, 9.0)
    assert turnaround(many, ALMATY) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        (" 2024-02 ", date(2024, 2, 1), date(2024, 2, 29)),
        ("02.2026", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-01-15..2026-03-31", date(2026, 1, 15), date(2026, 3, 31)),
        ("15.01.2026 - 31.03.2026", date(2026, 1, 15), date(2026, 3, 31)),
        ("15.01.2026–31.03.2026", date(2026, 1, 15), date(2026, 3, 31)),
        ("за 2026 год", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-cı il", date(2026, 1, 1), date(2026, 12, 31)),
        ("20260115-20260331", date(2026, 1, 15), date(2026, 3, 31)),
    ],
)
def test_a_span_is_read_as_people_write_it(text: str, first: date, last: date) -> None:
    span = Span.read(text)
    assert (span.first, span.last) == (first, last)
    assert Span.read(span.pack()) == span
    assert len(span.pack()) <= 17


@pytest.mark.parametrize(
    ("text", "beside", "around", "within"),
    [
        ("2026", ["2025", "2027"], [], ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]),
        ("2026-Q1", ["2025-Q4", "2026-Q2"], ["2026"], ["2026-01", "2026-02", "2026-03"]),
        ("2026-12", ["2026-11", "2027-01"], ["2026-Q4", "2026"], []),
        ("2026-01-15..2026-03-31", [], ["2026"], []),
        ("1900", ["1901"], [], ["1900-Q1", "1900-Q2", "1900-Q3", "1900-Q4"]),
    ],
)
def test_from_a_span_one_goes_to_its_neighbours_to_its_whole_and_into_its_parts(
    text: str, beside: list[str], around: list[str], within: list[str]
) -> None:
    span = Span.read(text)
    ways = (span.beside, span.around, span.within)
    assert [[one.pack() for one in way] for way in ways] == [beside, around, within]


@pytest.mark.parametrize(
    "text", ["", "last year", "2026-13", "31.02.2026 - 1.03.2026", "0001", "2026-03-01..2026-02-01"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(SpanError):
        Span.read(text)
