"""A report under an agreement: the figures of a span, and the requests behind each of them."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from models.engines import sql
from models.queries import planfigures
from models.queries.parties import LibraryView, PersonView
from models.queries.planfigures import PlanFigure, ResultView
from models.rules.report import Entry, Matter, Span, Turnaround, entries, turnaround
from models.rules.report.figures import FIRST_ANSWERS, Outcome, fill_rate
from models.rules.vocabulary import Act, ExchangeStage, Reason, Role, Service, Stage, Way
from models.tables import Agreement, Bulletin, ExchangeEvent, ReportConfirmation

ARRIVED = (ExchangeStage.RECEIVED, ExchangeStage.DELIVERED)
COUNTED = (*FIRST_ANSWERS, Act.MARK_OVERDUE, Act.LOSE)
_REQUESTS = """
SELECT id, number, title, requesting_id, service, stage, reason, created_at, "values"
FROM request WHERE agreement_id = $1 AND created_at >= $2 AND created_at < $3 ORDER BY id
"""
_FIRSTS = """
SELECT event.request_id, event.act, min(event.at) AS at FROM event
JOIN request ON request.id = event.request_id
WHERE request.agreement_id = $1 AND request.created_at >= $2 AND request.created_at < $3
  AND NOT event.undone AND event.act IN ({acts})
GROUP BY event.request_id, event.act
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """A document that changed hands to fill a gap (clause 2.2), or a copy or loan of it."""

    exchange: int
    giver: int
    taker: int
    way: Way
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedView:
    """Information that a library shared with its partner (clause 4.1)."""

    bulletin: int
    library: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """The figures of a span, and the requests that they count; libraries in the order of the agreement."""

    agreement: int
    signed_on: date
    span: Span
    libraries: tuple[LibraryView, LibraryView]
    entries: tuple[Entry, ...]
    turnarounds: dict[int, Turnaround | None]
    matters: tuple[Matter, ...]
    gifts: tuple[Gift, ...] = ()
    items: tuple[PlanFigure, ...] = ()
    results: tuple[ResultView, ...] = ()
    shared: tuple[SharedView, ...] = ()

    def fill_rate(self, library: int, service: Service | None = None) -> float | None:
        """Filled out of filled and unfilled."""
        return fill_rate(self.entries, library, service)

    def entry(self, key: str) -> Entry | None:
        """The number that a key names."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def as_json(self) -> dict[str, Any]:
        """The object that the command line prints: days, codes, and every number under its key."""
        codes = {one.id: one.code for one in self.libraries}
        return {
            "agreement": self.agreement,
            "first_day": self.span.first.isoformat(),
            "last_day": self.span.last.isoformat(),
            "libraries": [
                {
                    "code": codes[one.id],
                    "fill_rate": self.fill_rate(one.id),
                    "turnaround": _days(self.turnarounds[one.id]),
                    "figures": [
                        {"figure": e.figure, "service": e.service, "value": e.value, "count": e.count}
                        for e in self.entries
                        if e.library == one.id
                    ],
                }
                for one in self.libraries
            ],
        }

    @property
    def unfound(self) -> tuple[Matter, ...]:
        """What was asked for and not held: the list for the directors, of either library."""
        return tuple(
            one
            for one in self.matters
            if one.outcome is Outcome.UNFILLED and one.reason in {Reason.NOT_HELD, Reason.NOT_ON_SHELF}
        )

    @property
    def digest(self) -> str:
        """What a confirmation is about: it changes when a figure does."""
        figures = [
            *((entry.key, entry.count) for entry in self.entries),
            *(("gift", one.exchange) for one in self.gifts),
            *((f"{one.clause}.{one.kind}.{one.stage}", one.count) for one in self.items),
            *(("shared", one.bulletin) for one in self.shared),
        ]
        text = json.dumps([self.agreement, self.span.pack(), figures], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A library's word that the figures are right; `digest` is that of those it saw."""

    library: int
    by: str
    digest: str
    at: datetime


async def report(agreement: int, span: Span, *, viewer: PersonView | None = None) -> ReportView | None:
    """The report of an agreement over a span of days.

    None without such an agreement, and for a viewer who is neither of a party nor administrator.
    """
    row = await Agreement.get_or_none(id=agreement).prefetch_related("party_a", "party_b")
    if row is None or (viewer and not _sees(viewer, row)):
        return None
    libraries = (LibraryView.of(row.party_a), LibraryView.of(row.party_b))
    zones = {one.id: ZoneInfo(one.zone) for one in libraries}
    matters = await _matters(agreement, span, zones)
    pair = (row.party_a_id, row.party_b_id)
    return ReportView(
        agreement=agreement,
        signed_on=row.signed_on,
        span=span,
        libraries=libraries,
        entries=entries(matters, [one.id for one in libraries]),
        turnarounds={one.id: turnaround(matters, one.id) for one in libraries},
        matters=tuple(matters),
        gifts=await _gifts(pair, span, zones),
        items=tuple(await planfigures.figures(*pair, span.first, span.last)),
        results=tuple(await planfigures.results(*pair, span.first, span.last)),
        shared=await _shared(pair, span, zones),
    )


def _days(took: Turnaround | None) -> dict[str, float] | None:
    return {"count": took.count, "median": took.median, "p90": took.ninety} if took else None


def _sees(viewer: PersonView, row: Agreement) -> bool:
    return viewer.role is Role.ADMIN or viewer.library in {row.party_a_id, row.party_b_id}


async def agreements_of(viewer: PersonView) -> list[tuple[int, LibraryView]]:
    """The agreements that the viewer reads reports of, with the partner of each; ended ones too."""
    rows = await Agreement.all().order_by("id").prefetch_related("party_a", "party_b")
    return [
        (row.id, LibraryView.of(row.party_b if row.party_a_id == viewer.library else row.party_a))
        for row in rows
        if _sees(viewer, row)
    ]


async def confirmations(view: ReportView) -> list[Confirmed]:
    """Which libraries confirmed the report of this span, the first one first."""
    days = {"first_day": view.span.first, "last_day": view.span.last}
    rows = ReportConfirmation.filter(agreement_id=view.agreement, **days).order_by("at")
    return [
        Confirmed(library=row.library_id, by=row.person.name, digest=row.digest, at=row.at)
        for row in await rows.select_related("person")
    ]


async def _gifts(pair: tuple[int, int], span: Span, zones: dict[int, ZoneInfo]) -> tuple[Gift, ...]:
    """What arrived in the span, on the calendar of the library that took it."""
    first, last = _bounds(span)
    arrived = ExchangeEvent.filter(
        stage_to__in=ARRIVED,
        at__gte=first,
        at__lt=last,
        exchange__taker_id__in=pair,
        exchange__giver_id__in=pair,
    ).order_by("id")
    found: dict[int, Gift] = {}
    for event in await arrived.prefetch_related("exchange__gap", "exchange__spare"):
        one = event.exchange
        known = event.stage_from is event.stage_to or one.stage not in ARRIVED
        if known or not span.has(event.at.astimezone(zones[one.taker_id]).date()):
            continue
        line = one.gap or one.spare
        way, title = one.way or Way.ORIGINAL, line.values.get("title", "") if line else ""
        found[one.id] = Gift(exchange=one.id, giver=one.giver_id, taker=one.taker_id, way=way, title=title)
    return tuple(found.values())


async def _shared(pair: tuple[int, int], span: Span, zones: dict[int, ZoneInfo]) -> tuple[SharedView, ...]:
    first, last = _bounds(span)
    found = Bulletin.filter(withdrawn_at=None, library_id__in=pair, at__gte=first, at__lt=last)
    rows = await found.order_by("id")
    return tuple(
        SharedView(bulletin=row.id, library=row.library_id, title=row.title)
        for row in rows
        if span.has(row.at.astimezone(zones[row.library_id]).date())
    )


def _bounds(span: Span) -> tuple[datetime, datetime]:
    """Moments between which the span lies in every zone."""
    first, last = (datetime.combine(day, time(), UTC) for day in span.reach)
    return first, last + timedelta(days=1)


async def _matters(agreement: int, span: Span, zones: dict[int, ZoneInfo]) -> list[Matter]:
    """The requests that were sent in the span, as the calendar of the library that asked has it."""
    bounds = [agreement, *_bounds(span)]
    firsts = await _first_acts(bounds)
    found = [_matter(row, firsts[row["id"]]) for row in await sql.rows(_REQUESTS, bounds)]
    return [one for one in found if span.has(one.asked_at.astimezone(zones[one.library]).date())]


async def _first_acts(bounds: list[Any]) -> dict[int, dict[Act, datetime]]:
    acts = ", ".join(f"'{act}'" for act in COUNTED)
    found: dict[int, dict[Act, datetime]] = defaultdict(dict)
    for row in await sql.rows(_FIRSTS.format(acts=acts), bounds):
        found[row["request_id"]][Act(row["act"])] = sql.moment(row["at"])
    return found


def _matter(row: dict[str, Any], firsts: dict[Act, datetime]) -> Matter:
    return Matter(
        id=row["id"],
        number=row["number"],
        title=row["title"],
        library=row["requesting_id"],
        service=Service(row["service"]),
        stage=Stage(row["stage"]),
        asked_at=sql.moment(row["created_at"]),
        reason=Reason(row["reason"]) if row["reason"] else None,
        language=_language(row["values"]),
        firsts=firsts,
    )


def _language(values: str | dict[str, Any]) -> str | None:
    read = json.loads(values) if isinstance(values, str) else values
    return str(read["language"]).strip().casefold() or None if read.get("language") else None
