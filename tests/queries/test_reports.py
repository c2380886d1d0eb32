"""The report of an agreement: its totals equal a recount by plain SQL, on both databases."""

from datetime import UTC, date, datetime, timedelta

from handlers.text import report_words
from handlers.text import reports as reports_text
from handlers.text.voice import Voice
from models.engines import sql
from models.operations import bulletins, plans
from models.operations.bulletins import NewBulletin
from models.queries import reports
from models.rules.planning import Contents, PlanTerm
from models.rules.report import Figure, Outcome, Span
from models.rules.sharing import Said, Words
from models.rules.vocabulary import (
    Act,
    ExchangeAct,
    ItemKind,
    Language,
    Reason,
    Role,
    Service,
    Topic,
    Via,
    Way,
)
from tests.desk import Desk
from tests.operations.gap_desk import ABAI, does, line

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


async def test_gaps_plan_and_shared_information_are_counted_under_their_clauses(desk: Desk) -> None:
    gap = await line(desk, "leyla", ABAI)
    offered = await does(desk, "gulnar", ExchangeAct.OFFER, item=gap, way=Way.ORIGINAL)
    await does(desk, "leyla", ExchangeAct.WANT, exchange=offered.exchange)
    await does(desk, "gulnar", ExchangeAct.SEND, exchange=offered.exchange)
    before = await reports.report(1, YEAR)
    await does(desk, "leyla", ExchangeAct.RECEIVE, exchange=offered.exchange)
    await a_seminar(desk)
    words = Words(language=Language.AZ, title="Yeni kataloq", text="Çıxdı.")
    said = Said(topics=(Topic.RESEARCH,), words=words)
    new = NewBulletin(author=desk.people["leyla"], said=said, via=Via.TELEGRAM, key="b:1")
    await bulletins.share(new, desk.now)

    view = await reports.report(1, YEAR)
    assert before
    assert view
    assert before.gifts == ()
    assert [(one.giver, one.taker, one.way) for one in view.gifts] == [(desk.almaty, desk.baku, Way.ORIGINAL)]
    assert [(one.clause, one.kind, one.count) for one in view.items] == [("3.1", ItemKind.SEMINAR, 1)]
    assert [(one.library, one.title) for one in view.shared] == [(desk.baku, "Yeni kataloq")]
    assert before.digest != view.digest

    sections = {one.clause: one for one in reports_text.sections(Voice(Language.EN), view)}
    assert sections["2.2"].rows == (("NLRK en: given to the partner", "the original 1"),)
    assert sections["3.1"].rows == (("Seminar", "Proposed 1"),)
    assert sections["4.1"].rows == (("ANL en", "1"),)
    assert sections["4.2"].rows == ()
    assert sections["4.2"].nothing == report_words.NOTHING


async def a_seminar(desk: Desk) -> None:
    await desk.person("rashad", desk.baku, chat=1002, role=Role.COORDINATOR)
    author = desk.people["rashad"]
    plan = await plans.open_plan(author, desk.almaty, PlanTerm(2026, 2026), desk.now)
    contents = Contents(kind=ItemKind.SEMINAR, title="Rare books", when="2026-05-14", place="Baku")
    await plans.propose(plan, contents, actor=author, via=Via.TELEGRAM, key="p:1", now=desk.now)
