"""Cooperation plans as the members of the two libraries read them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from models.queries.files import FileView, file_view
from models.queries.parties import LibraryView, PersonView
from models.rules.planning import (
    Contents,
    ItemStanding,
    PlanTerm,
    When,
    possible_acts,
    read_when,
)
from models.rules.vocabulary import ItemAct, ItemStage
from models.tables import Plan, PlanConsent, PlanEdition, PlanEvent, PlanFile, PlanItem, PlanText

HISTORY = 8
"""Events that an item shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEventView:
    """Something that happened to an item or a plan. `own`: the viewer's library did it."""

    id: int
    plan: int
    item: int | None
    act: ItemAct
    own: bool
    library: LibraryView
    by: str
    person: int
    edition: int | None
    text: int | None
    details: dict[str, Any]
    at: datetime
    files: tuple[FileView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item as a member of one of the libraries reads it.

    `contents` is the edition that stands, `agreed` the accepted one where it is another; `own`: the viewer's
    library wrote the one that stands; `acts` are possible now, for whoever may speak for the library.
    """

    id: int
    plan: int
    term: PlanTerm
    number: int
    stage: ItemStage
    version: int
    edition: int
    contents: Contents
    agreed: Contents | None
    own: bool
    library: LibraryView
    partner: LibraryView
    contacts: dict[str, str]
    acts: tuple[ItemAct, ...]
    events: tuple[PlanEventView, ...] = ()
    carried: bool = False

    @property
    def when(self) -> When | None:
        """The day or quarter of the edition that stands."""
        return read_when(self.contents.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan with its items by number. `text` numbers the text that stands, 0 while nothing was accepted."""

    id: int
    term: PlanTerm
    library: LibraryView
    partner: LibraryView
    items: tuple[ItemView, ...]
    text: int
    mark: str
    consents: frozenset[int]
    agreed_text: int | None
    agreed_at: datetime | None

    @property
    def is_agreed(self) -> bool:
        """Both sides agreed to the text that stands."""
        return self.agreed_text is not None and self.agreed_text == self.text

    @property
    def has_own_consent(self) -> bool:
        """The viewer's library agreed to the text that stands."""
        return self.library.id in self.consents


async def plans_of(viewer: PersonView) -> list[PlanView]:
    """The plans of the viewer's library, the newest first, without their items."""
    own = viewer.library or 0
    rows = await Plan.filter(Q(party_a_id=own) | Q(party_b_id=own)).order_by("-first_year", "-id")
    return [await _plan(row, viewer, items=()) for row in rows]


async def plan(plan_id: int, viewer: PersonView) -> PlanView | None:
    """A plan with its items; None when it does not exist or is not the viewer's library's."""
    row = await Plan.get_or_none(id=plan_id)
    if row is None or viewer.library not in (row.party_a_id, row.party_b_id):
        return None
    items = await PlanItem.filter(plan_id=plan_id).order_by("number")
    bare = await _plan(row, viewer, items=())
    return await _plan(row, viewer, items=await _items(items, bare, viewer))


async def _plan(row: Plan, viewer: PersonView, *, items: Sequence[ItemView]) -> PlanView:
    await row.fetch_related("party_a", "party_b")
    own, other = row.party_a, row.party_b
    if row.party_b_id == viewer.library:
        own, other = other, own
    text = await PlanText.get_or_none(plan_id=row.id, number=row.text)
    given = await PlanConsent.filter(text_id=text.id) if text else []
    return PlanView(
        id=row.id,
        term=PlanTerm(row.first_year, row.last_year),
        library=LibraryView.of(own),
        partner=LibraryView.of(other),
        items=tuple(items),
        text=row.text,
        mark=text.digest[:8] if text else "",
        consents=frozenset(one.library_id for one in given),
        agreed_text=row.agreed_text,
        agreed_at=row.agreed_at,
    )


async def _items(rows: Sequence[PlanItem], plan: PlanView, viewer: PersonView) -> list[ItemView]:
    editions = await PlanEdition.filter(item_id__in=[row.id for row in rows])
    known = {(one.item_id, one.number): Contents.read(one.contents) for one in editions}
    return [_item(row, plan, viewer, known) for row in rows]


def _item(
    row: PlanItem, plan: PlanView, viewer: PersonView, known: dict[tuple[int, int], Contents]
) -> ItemView:
    own = row.author_id == viewer.library
    standing = ItemStanding(
        stage=row.stage, edition=row.edition, newest=row.newest, accepted=row.accepted, before=row.before
    )
    differs = row.accepted is not None and row.accepted != row.edition
    return ItemView(
        id=row.id,
        plan=row.plan_id,
        term=plan.term,
        number=row.number,
        stage=row.stage,
        version=row.version,
        edition=row.edition,
        contents=known[row.id, row.edition],
        agreed=known[row.id, row.accepted or 0] if differs else None,
        own=own,
        library=plan.library,
        partner=plan.partner,
        contacts=row.contacts,
        acts=possible_acts(standing, own=own),
        carried=row.carried_from_id is not None,
    )


async def item(item_id: int, viewer: PersonView, *, history: int = HISTORY) -> ItemView | None:
    """An item with what happened to it last; None when it is not the viewer's library's."""
    row = await PlanItem.get_or_none(id=item_id).prefetch_related("plan")
    if row is None or viewer.library not in (row.plan.party_a_id, row.plan.party_b_id):
        return None
    bare = await _plan(row.plan, viewer, items=())
    view = (await _items([row], bare, viewer))[0]
    events = await PlanEvent.filter(item_id=item_id).order_by("-id").limit(history)
    shown = [await _event(one, viewer) for one in reversed(events)]
    return replace(view, events=tuple(shown))


async def event(event_id: int, viewer: PersonView) -> PlanEventView | None:
    """One event; None when it is not of a plan of the viewer's library."""
    row = await PlanEvent.get_or_none(id=event_id).prefetch_related("plan")
    if row is None or viewer.library not in (row.plan.party_a_id, row.plan.party_b_id):
        return None
    return await _event(row, viewer)


async def _event(row: PlanEvent, viewer: PersonView) -> PlanEventView:
    await row.fetch_related("library", "person")
    files = await PlanFile.filter(event_id=row.id).order_by("id").prefetch_related("attachment__file")
    return PlanEventView(
        id=row.id,
        plan=row.plan_id,
        item=row.item_id,
        act=row.act,
        own=row.library_id == viewer.library,
        library=LibraryView.of(row.library),
        by=row.signed_by or row.person.name,
        person=row.person_id,
        edition=row.edition,
        text=row.text,
        details=row.details,
        at=row.at,
        files=tuple(file_view(one.attachment) for one in files),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenItem:
    """What somebody had in view when they answered: the item, and its version then."""

    item: int | None
    plan: int
    version: int | None
    text: int | None


async def seen_with(event_id: int) -> SeenItem | None:
    """What the news of an event showed; None where there is no such event."""
    row = await PlanEvent.get_or_none(id=event_id)
    if row is None:
        return None
    return SeenItem(item=row.item_id, plan=row.plan_id, version=row.version, text=row.text)


async def newest_event(item_id: int) -> int | None:
    """The last event of an item: what an answer by mail names."""
    row = await PlanEvent.filter(item_id=item_id).order_by("-id").first()
    return row.id if row else None


async def text_number(plan_id: int, number: int) -> int | None:
    """The row of a plan's text: what an answer by mail names."""
    row = await PlanText.get_or_none(plan_id=plan_id, number=number)
    return row.id if row else None


async def text_seen(text_id: int) -> tuple[int, int] | None:
    """The plan and the number of a text."""
    row = await PlanText.get_or_none(id=text_id)
    return (row.plan_id, row.number) if row else None


async def body_of(plan_id: int, number: int) -> str | None:
    """A text of a plan, letter for letter."""
    row = await PlanText.get_or_none(plan_id=plan_id, number=number)
    return row.body if row else None
