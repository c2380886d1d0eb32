"""The people of a library as their coordinator sees them, and the invitations that are open."""

from dataclasses import dataclass
from datetime import date, datetime

from models.queries.parties import LibraryView, PersonView, colleagues_of, library, person
from models.rules.vocabulary import Role
from models.tables import Invitation, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """A member and since when. `chat_closed` and `mail_bad` tell since when the way is shut."""

    person: PersonView
    since: datetime
    has_chat: bool
    email: str | None
    chat_closed: datetime | None
    mail_bad: datetime | None
    away_until: date | None
    deputy: str | None


async def staff_of(library_id: int, today: date) -> list[MemberView]:
    """Everybody of a library, shared mailboxes last; absences that are over are left out."""
    rows = await Person.filter(library_id=library_id, left_at=None).order_by("is_mailbox", "name", "id")
    names = {row.id: row.name for row in rows}
    joined = await _joined([row.id for row in rows])
    return [_member(row, names, joined.get(row.id, row.created_at), today) for row in rows]


async def member(person_id: int, library_id: int, today: date) -> MemberView | None:
    """One member of a library."""
    found = (one for one in await staff_of(library_id, today) if one.person.id == person_id)
    return next(found, None)


async def _joined(people: list[int]) -> dict[int, datetime]:
    """When each came in: a person who moved came by their latest invitation."""
    used = await Invitation.filter(used_by_id__in=people).order_by("used_at")
    return {row.used_by_id: row.used_at for row in used if row.used_by_id and row.used_at}


def _member(row: Person, names: dict[int, str], since: datetime, today: date) -> MemberView:
    view = PersonView.of(row)
    chosen = view.preferences
    away = chosen.is_away(today)
    return MemberView(
        person=view,
        since=since,
        has_chat=row.telegram_id is not None,
        email=row.email,
        chat_closed=row.chat_closed_at,
        mail_bad=row.mail_bad_at,
        away_until=chosen.away_until if away else None,
        deputy=names.get(chosen.deputy or 0) if away else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvitation:
    """An invitation that can still be used. `email` None: it is a link."""

    id: int
    role: Role
    email: str | None
    is_mailbox: bool
    expires_at: datetime


async def open_invitations(library_id: int, now: datetime) -> list[OpenInvitation]:
    """A library's invitations that are neither used nor withdrawn nor over, newest first."""
    rows = Invitation.filter(library_id=library_id, used_at=None, revoked_at=None, expires_at__gte=now)
    return [_open(row) for row in await rows.order_by("-id")]


async def open_invitation(invitation_id: int) -> OpenInvitation | None:
    """One that was neither used nor withdrawn."""
    row = await Invitation.get_or_none(id=invitation_id, used_at=None, revoked_at=None)
    return _open(row) if row else None


def _open(row: Invitation) -> OpenInvitation:
    return OpenInvitation(
        id=row.id,
        role=row.role,
        email=row.email,
        is_mailbox=row.is_mailbox,
        expires_at=row.expires_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """What a screen about oneself needs: the person, their library, the colleagues who could stand in."""

    person: PersonView
    library: LibraryView
    colleagues: tuple[PersonView, ...]

    @property
    def deputy(self) -> str | None:
        """Who stands in for the person."""
        chosen = self.person.preferences.deputy
        return next((one.name for one in self.colleagues if one.id == chosen), None)


async def place_of(person_id: int) -> Workplace | None:
    """A person in their library; None for somebody who has none."""
    found = await person(person_id)
    if found is None or found.library is None:
        return None
    others = tuple(one for one in await colleagues_of(found.library) if one.id != found.id)
    return Workplace(person=found, library=await library(found.library), colleagues=others)
