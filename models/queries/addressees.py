"""Whom a library's agreement concerns: its coordinators, their deputies, its address of record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.queries.parties import LibraryView, PersonView
from models.rules.vocabulary import Channel, Language, Role
from models.tables import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody who is told of an agreement, in chat and by mail. `since`: nothing older concerns them.

    `person` is None for an address of record that is nobody's; `key` names the addressee in records.
    """

    key: str
    library: LibraryView
    person: PersonView | None
    since: datetime

    @property
    def language(self) -> Language:
        """Their own, or the library's."""
        return self.person.language if self.person else self.library.language

    @property
    def targets(self) -> dict[Channel, str]:
        """Every way to them: what concerns the agreement comes by all."""
        if self.person is None:
            return {Channel.MAIL: str(self.library.email)}
        ways = {Channel.CHAT: self.person.chat, Channel.MAIL: self.person.email}
        return {channel: str(target) for channel, target in ways.items() if target is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The people of a library, as far as its agreements are concerned."""

    coordinators: tuple[Addressee, ...]
    deputies: tuple[Addressee, ...]
    record: Addressee | None

    @property
    def first(self) -> tuple[Addressee, ...]:
        """Who is told first: the coordinators; without any, the address of record."""
        reached = tuple(one for one in self.coordinators if one.targets)
        return reached or ((self.record,) if self.record else ())


async def desk_of(library: LibraryView) -> Desk:
    """Nothing goes to an address of record before somebody of the library has accepted an invitation."""
    rows = await Person.filter(library_id=library.id).order_by("id")
    staff = [row for row in rows if row.left_at is None]
    coordinators = [row for row in staff if row.role is Role.COORDINATOR]
    return Desk(
        coordinators=tuple(_somebody(row, library) for row in coordinators),
        deputies=tuple(_somebody(row, library) for row in _deputies(coordinators, staff)),
        record=_record(rows, staff, library),
    )


def _somebody(row: Person, library: LibraryView) -> Addressee:
    view = PersonView.of(row)
    return Addressee(key=f"person:{row.id}", library=library, person=view, since=row.created_at)


def _deputies(coordinators: Iterable[Person], staff: Sequence[Person]) -> list[Person]:
    """Who stands in for a coordinator and is none."""
    named = {PersonView.of(row).preferences.deputy for row in coordinators}
    return [row for row in staff if row.id in named and row.role is not Role.COORDINATOR]


def _record(rows: Sequence[Person], staff: Sequence[Person], library: LibraryView) -> Addressee | None:
    if not rows:
        return None
    boxes = [row for row in staff if row.is_mailbox and row.email and row.mail_bad_at is None]
    own = sorted(boxes, key=lambda row: row.email != library.email)
    if own:
        return _somebody(own[0], library)
    if library.email is None:
        return None
    joined = min(row.created_at for row in rows)
    return Addressee(key=f"library:{library.id}", library=library, person=None, since=joined)
