"""Agreements: as they were set up, and as they stand with their notices, amendments, answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from models.queries import clocks
from models.queries.parties import LibraryView
from models.rules import term
from models.rules.hours import Place
from models.rules.period import Period
from models.rules.renewal import Stand, Watch
from models.rules.term import Amendment, Duration, Notice, RenewalChange, Standing, Term
from models.rules.vocabulary import AmendmentState, RenewalAnswer
from models.tables import (
    Agreement,
    AgreementAmendment,
    AgreementParty,
    AgreementReminder,
    AgreementText,
    RenewalStand,
    Signatory,
    TerminationNotice,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A recorded notice of termination. `given_by` is a library; `asked_by` asked to withdraw it."""

    id: int
    given_by: int
    received_on: date
    named_end: date | None
    recorded_by: str
    recorded_at: datetime
    asked_by: str | None
    asked_at: datetime | None
    withdrawn_on: date | None

    @classmethod
    def of(cls, row: TerminationNotice) -> Self:
        """Read a row with its people."""
        return cls(
            id=row.id,
            given_by=row.given_by_id,
            received_on=row.received_on,
            named_end=row.named_end,
            recorded_by=row.recorded_by.name,
            recorded_at=row.recorded_at,
            asked_by=row.asked_by.name if row.asked_by else None,
            asked_at=row.asked_at,
            withdrawn_on=row.withdrawn_on,
        )

    @property
    def notice(self) -> Notice:
        """As the rules see it."""
        return Notice(self.received_on, self.named_end, self.withdrawn_on)

    @property
    def stands(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.withdrawn_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentView:
    """A proposed or agreed change; `settings` holds periods as they are written: `5y`, `3m`, `none`."""

    id: int
    library: int
    last_day: date | None
    settings: Mapping[str, Any]
    state: AmendmentState
    proposed_by: str
    proposed_at: datetime
    agreed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandView:
    """What a library answered to the renewal that a deadline decides."""

    library: int
    deadline: date
    answer: RenewalAnswer
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenView:
    """A library's state towards a deadline: since when somebody there has seen a reminder of it."""

    library: int
    anchor: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """A language version; `sha256` names its bytes."""

    id: int
    agreement: int
    language: str
    name: str
    size: int
    mime: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """A library as the agreement names it: official name and address per language, contacts as text."""

    library: int
    names: Mapping[str, str]
    address: Mapping[str, str]
    contacts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatoryView:
    """Who signs for a library; `original` signed the agreement itself, and no new letter."""

    id: int
    library: int
    names: Mapping[str, str]
    post: Mapping[str, str]
    since: date
    original: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """An agreement with everything that its dates and its screens are made of."""

    id: int
    sides: tuple[LibraryView, LibraryView]
    places: Mapping[int, Place]
    place: Mapping[str, str]
    duration: Duration
    edition: int
    dated_at: datetime
    created_at: datetime
    ended_on: date | None
    look_at: datetime | None = None
    confirmed_by: frozenset[int] = frozenset()
    notices: tuple[NoticeView, ...] = ()
    amendments: tuple[AmendmentView, ...] = ()
    stands: tuple[StandView, ...] = ()
    seen: tuple[SeenView, ...] = ()
    texts: tuple[TextView, ...] = ()
    parties: tuple[PartyView, ...] = ()
    signatories: tuple[SignatoryView, ...] = ()

    def library(self, number: int) -> LibraryView:
        """One of the two."""
        return next(one for one in self.sides if one.id == number)

    def other(self, number: int) -> LibraryView:
        """The one that is not this one."""
        return next(one for one in self.sides if one.id != number)

    def today(self, now: datetime, *, at: int | None = None) -> date:
        """The day at one of the libraries; without one, that of the library where it is latest."""
        days = (place.day(now) for number, place in self.places.items() if at in {None, number})
        return max(days)

    def signatory(self, library: int, day: date) -> SignatoryView | None:
        """Who signs for a library on a day: those who signed the agreement itself sign nothing new."""
        own = [one for one in self.signatories if one.library == library and not one.original]
        in_office = [one for one in own if one.since <= day]
        return max(in_office, key=lambda one: (one.since, one.id), default=None)

    def end(self, now: datetime) -> date | None:
        """The last day, where a notice runs or has run out."""
        return term.end_by_notice(self.duration, [one.notice for one in self.notices], day=self.today(now))

    def standing(self, now: datetime) -> Standing:
        """How it stands today."""
        notices = [one.notice for one in self.notices]
        return term.standing(self.duration, notices, day=self.today(now))

    def term(self, now: datetime) -> Term | None:
        """The term that runs today, notices left aside."""
        return term.term_on(self.duration, self.today(now))

    def running(self, now: datetime) -> NoticeView | None:
        """The notice that ends the agreement first."""
        end = self.end(now)
        standing = [one for one in self.notices if one.stands]
        return next((one for one in standing if term.effect(self.duration, one.notice).ends == end), None)

    def proposed(self) -> AmendmentView | None:
        """The change that waits for the other side's consent."""
        waiting = (one for one in self.amendments if one.state is AmendmentState.PROPOSED)
        return next(waiting, None)

    def stand(self, library: int, deadline: date | None) -> StandView | None:
        """What a library answered."""
        own = (one for one in self.stands if (one.library, one.deadline) == (library, deadline))
        return next(own, None)

    def seen_by(self, library: int, anchor: date | None) -> SeenView | None:
        """Since when somebody of a library has seen a reminder of a day."""
        own = (one for one in self.seen if (one.library, one.anchor) == (library, anchor))
        return min(own, key=lambda one: one.at, default=None)

    def watch(self, library: int, now: datetime) -> Watch:
        """The agreement as this library's calendar sees it."""
        place = self.places[library]
        own = [one for one in self.stands if one.library == library]
        return Watch(
            duration=self.duration,
            since=place.day(self.dated_at),
            end=self.end(now),
            stands={one.deadline: Stand(one.answer, place.day(one.at)) for one in own},
        )


async def facts(number: int, now: datetime) -> AgreementFacts | None:
    """An agreement by number; None when there is no such."""
    found = await _facts(await Agreement.filter(id=number).prefetch_related("party_a", "party_b"), now)
    return found[0] if found else None


async def facts_of(library: int, now: datetime) -> list[AgreementFacts]:
    """The agreements of a library, those in force first, oldest first."""
    rows = await Agreement.all().order_by("id").prefetch_related("party_a", "party_b")
    own = [row for row in rows if library in (row.party_a_id, row.party_b_id)]
    return await _facts(sorted(own, key=lambda row: row.ended_on is not None), now)


async def ending(number: int, now: datetime) -> date | None:
    """The last day of an agreement, while a notice runs; read quickly, for most have none."""
    if not await TerminationNotice.exists(agreement_id=number, withdrawn_on=None):
        return None
    known = await facts(number, now)
    return known.end(now) if known else None


async def watched(now: datetime) -> list[AgreementFacts]:
    """The agreements that the planner has to look at now."""
    rows = await Agreement.filter(look_at__lte=now).order_by("id").prefetch_related("party_a", "party_b")
    return await _facts(rows, now)


async def living(now: datetime) -> list[AgreementFacts]:
    """Every agreement that something may still be said of."""
    rows = await Agreement.exclude(look_at=None).order_by("id").prefetch_related("party_a", "party_b")
    return await _facts(rows, now)


async def _facts(rows: Iterable[Agreement], now: datetime) -> list[AgreementFacts]:
    found = list(rows)
    if not found:
        return []
    years = range(now.year - 1, now.year + 3)
    works = await clocks.places({side for row in found for side in (row.party_a_id, row.party_b_id)}, years)
    return [await _one(row, works) for row in found]


async def _one(row: Agreement, works: Mapping[int, Place]) -> AgreementFacts:
    sides = LibraryView.of(row.party_a), LibraryView.of(row.party_b)
    amendments = await _amendments(row.id)
    return AgreementFacts(
        id=row.id,
        sides=sides,
        places={side.id: works[side.id] for side in sides},
        place=row.place,
        duration=duration_of(row, amendments),
        edition=row.edition,
        dated_at=row.dated_at,
        created_at=row.created_at,
        ended_on=row.ended_on,
        look_at=row.look_at,
        confirmed_by=frozenset(row.confirmed_by),
        notices=await _notices(row.id),
        amendments=amendments,
        stands=await _stands(row.id),
        seen=await _seen(row.id),
        texts=await _texts(row.id),
        parties=await _parties(row.id),
        signatories=await _signatories(row.id),
    )


def duration_of(row: Agreement, amendments: Iterable[AmendmentView]) -> Duration:
    """How long an agreement lasts, with what was agreed since."""
    agreed = sorted((one.agreed_on, one.last_day) for one in amendments if one.agreed_on and one.last_day)
    return Duration(
        row.signed_on,
        term=Period.parse(row.term),
        renewal=Period.parse(row.renewal) if row.renewal else None,
        renewals=row.renewals,
        notice=Period.parse(row.notice),
        amendments=tuple(Amendment(on, last_day, by_both=True) for on, last_day in agreed),
        renewed=tuple(sorted(_renewed(amendments), key=lambda one: one.agreed_on)),
    )


def _renewed(amendments: Iterable[AmendmentView]) -> Iterator[RenewalChange]:
    for one in amendments:
        period = one.settings.get("renewal", "none")
        if one.agreed_on is not None and period != "none":
            yield RenewalChange(one.agreed_on, Period.parse(period))


async def _notices(agreement: int) -> tuple[NoticeView, ...]:
    rows = TerminationNotice.filter(agreement_id=agreement).order_by("received_on", "id")
    return tuple(NoticeView.of(row) for row in await rows.prefetch_related("recorded_by", "asked_by"))


async def _amendments(agreement: int) -> tuple[AmendmentView, ...]:
    rows = AgreementAmendment.filter(agreement_id=agreement).order_by("id").prefetch_related("proposed_by")
    return tuple(
        AmendmentView(
            id=row.id,
            library=row.library_id,
            last_day=row.last_day,
            settings=row.settings,
            state=row.state,
            proposed_by=row.proposed_by.name,
            proposed_at=row.proposed_at,
            agreed_on=row.agreed_on,
        )
        for row in await rows
    )


async def _stands(agreement: int) -> tuple[StandView, ...]:
    rows = RenewalStand.filter(agreement_id=agreement).order_by("id").prefetch_related("person")
    return tuple(
        StandView(
            library=row.library_id, deadline=row.deadline, answer=row.answer, by=row.person.name, at=row.at
        )
        for row in await rows
    )


async def _seen(agreement: int) -> tuple[SeenView, ...]:
    rows = AgreementReminder.filter(agreement_id=agreement, seen_at__not_isnull=True).order_by("seen_at")
    return tuple(
        SeenView(library=row.library_id, anchor=row.anchor, by=row.person.name, at=row.seen_at)
        for row in await rows.prefetch_related("person")
        if row.person is not None and row.seen_at is not None
    )


async def _texts(agreement: int) -> tuple[TextView, ...]:
    rows = await AgreementText.filter(agreement_id=agreement).order_by("language")
    return tuple(_text(row) for row in rows)


def _text(row: AgreementText) -> TextView:
    return TextView(
        id=row.id,
        agreement=row.agreement_id,
        language=row.language,
        name=row.name,
        size=row.size,
        mime=row.mime,
        sha256=row.sha256,
    )


async def text(number: int) -> TextView | None:
    """A language version by number."""
    row = await AgreementText.get_or_none(id=number)
    return _text(row) if row else None


async def _parties(agreement: int) -> tuple[PartyView, ...]:
    rows = await AgreementParty.filter(agreement_id=agreement).order_by("id")
    return tuple(
        PartyView(library=row.library_id, names=row.names, address=row.address, contacts=row.contacts)
        for row in rows
    )


async def _signatories(agreement: int) -> tuple[SignatoryView, ...]:
    rows = await Signatory.filter(agreement_id=agreement).order_by("since", "id")
    return tuple(
        SignatoryView(
            id=row.id,
            library=row.library_id,
            names=row.names,
            post=row.post,
            since=row.since,
            original=row.original,
        )
        for row in rows
    )
