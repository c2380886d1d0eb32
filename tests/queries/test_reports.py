"""The report of an agreement: its totals equal a recount by plain SQL, on both databases."""

from datetime import UTC, date, datetime, timedelta

from models.engines import sql
from models.queries import reports
from models.rules.report import Figure, Outcome, Span
from models.rules.vocabulary import Act, Reason, Service
from tests.desk import Desk

YEAR = Span.of_year(2026)
NEW_YEAR_IN_BAKU = datetime(2026, 12, 31, 20, 30, tzinfo=UTC)

RECOUNT = """
SELECT requesting_id AS library, service, count(*) AS asked,
  sum(CASE WHEN EXISTS (SELECT 1 FROM event WHERE request_id = request.id AND NOT undone
    AND act IN ('ship', 'deliver')) THEN 1 ELSE 0 END) AS filled,
  sum(CASE WHEN stage = 'unfilled' THEN 1 ELSE 0 END) AS unfilled
FROM request GROUP BY requesting_id, service ORDER BY requesting_id, service
"""


async def a_year_of_work(desk: Desk) -> None:
    for _ in range(3):
        await desk.lent()
    await desk.unfilled()
    await desk.files()
    scan = (await desk.files(service=Service.COPY)).request
    await desk.act(scan, Act.DELIVER, "gulnar", url="https://example.org/scan.pdf")
    refused = (await desk.files(service=Service.COPY)).request
    await desk.act(refused, Act.NO, "gulnar", reason=Reason.COPYRIGHT)


def shown(view: reports.ReportView, figure: Figure, value: str, service: Service | None) -> int:
    library = view.libraries[0].id
    found = (
        entry.count
        for entry in view.entries
        if (entry.figure, entry.library, entry.service, entry.value) == (figure, library, service, value)
    )
    return next(found, 0)


async def test_totals_equal_a_recount_by_plain_sql(desk: Desk) -> None:
    await a_year_of_work(desk)
    view = await reports.report(1, YEAR)
    assert view
    recounted = await sql.rows(RECOUNT)
    assert [row["asked"] for row in recounted] == [2, 5]
    for row in recounted:
        service = Service(row["service"])
        assert shown(view, Figure.ASKED, "", service) == row["asked"]
        assert shown(view, Figure.OUTCOME, Outcome.FILLED, service) == row["filled"]
        assert shown(view, Figure.OUTCOME, Outcome.UNFILLED, service) == row["unfilled"]
    assert len(view.unfound) == 1
    assert view.fill_rate(view.libraries[0].id) == 4 / 6


async def test_what_was_taken_back_is_not_counted(desk: Desk) -> None:
    request = (await desk.files()).request
    await desk.act(request, Act.SHIP, "gulnar")
    await desk.act(request, Act.UNDO, "gulnar")
    view = await reports.report(1, YEAR)
    assert view
    assert shown(view, Figure.OUTCOME, Outcome.FILLED, None) == 0
    assert shown(view, Figure.OUTCOME, Outcome.OPEN, None) == 1


async def test_a_request_counts_on_the_calendar_of_who_asked(desk: Desk) -> None:
    desk.now = NEW_YEAR_IN_BAKU
    await desk.files()
    old, new = await reports.report(1, YEAR), await reports.report(1, Span.of_year(2027))
    assert old
    assert new
    assert shown(old, Figure.ASKED, "", None) == 0
    assert shown(new, Figure.ASKED, "", None) == 1


async def test_the_digest_follows_the_figures(desk: Desk) -> None:
    first = await reports.report(1, YEAR)
    await desk.files()
    second, again = await reports.report(1, YEAR), await reports.report(1, YEAR)
    assert first
    assert second
    assert again
    assert first.digest != second.digest == again.digest


async def test_an_unknown_agreement_has_no_report(desk: Desk) -> None:
    assert await reports.report(99, Span(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=1))) is None
