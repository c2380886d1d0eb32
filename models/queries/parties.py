"""People and libraries as others see them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from tortoise.queryset import QuerySet

from models.engines import sql
from models.engines.prepared import Prepared
from models.rules.preferences import Preferences
from models.rules.routing import Member
from models.rules.vocabulary import Channel, Language, Reach, Role, Side
from models.tables import Agreement, Library, Person, Request, Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A person on the desk. `chat` is where Telegram reaches them, `email` where mail does; None where not.

    `writes_from` is their address even while it takes no mail.
    """

    id: int
    name: str
    role: Role
    library: int | None
    language: Language
    chat: int | None
    email: str | None
    reach: Reach
    is_mailbox: bool
    epoch: int
    settings: dict[str, Any]
    telegram: int | None
    writes_from: str | None = None

    @classmethod
    def of(cls, row: Person) -> Self:
        """Read a row."""
        return cls(
            id=row.id,
            name=row.name,
            role=row.role,
            library=row.library_id,
            language=row.language,
            chat=None if row.chat_closed_at else row.telegram_id,
            email=None if row.mail_bad_at else row.email,
            reach=row.reach,
            is_mailbox=row.is_mailbox,
            epoch=row.epoch,
            settings=row.settings,
            telegram=row.telegram_id,
            writes_from=row.email,
        )

    @property
    def preferences(self) -> Preferences:
        """What the person chose."""
        return Preferences.read(self.settings)

    def as_member(self, requesting: int, today: date) -> Member:
        """The person as routing sees them on that day of their library, on the side of their library."""
        chosen = self.preferences
        return Member(
            id=self.id,
            side=Side.REQUESTING if self.library == requesting else Side.SUPPLYING,
            chat=self.chat is not None,
            mail=self.email is not None,
            reach=self.reach,
            is_mailbox=self.is_mailbox,
            on_duty=not chosen.is_away(today),
            deputy=chosen.deputy,
        )

    def nearest(self) -> tuple[Channel, ...]:
        """The channel of a warning: the chat, else mail, else none."""
        if self.chat is not None:
            return (Channel.CHAT,)
        return (Channel.MAIL,) if self.email is not None else ()

    def address(self, channel: Channel) -> str:
        """Where the channel ends: a chat id or a mail address."""
        return str(self.chat) if channel is Channel.CHAT else str(self.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryView:
    """A library. `names` and postal `addresses` by language; `zone` is its IANA time zone.

    `export_years`: an original older than that leaves its country only with a permission; None: no such rule.
    """

    id: int
    code: str
    names: dict[str, str]
    country: str
    zone: str
    language: Language
    email: str | None
    domains: tuple[str, ...] = ()
    bridge: bool = False
    addresses: dict[str, str] = field(default_factory=dict)
    export_years: int | None = None

    @classmethod
    def of(cls, row: Library) -> Self:
        """Read a row."""
        return cls(
            id=row.id,
            code=row.code,
            names=row.names,
            country=row.country,
            zone=row.timezone,
            language=row.language,
            email=row.email,
            domains=tuple(row.domains),
            bridge=row.bridge,
            addresses=row.addresses,
            export_years=row.export_years,
        )


async def members_of(*libraries: int) -> list[PersonView]:
    """Everybody of these libraries who has not left, oldest first."""
    prepared = STAFF.get(len(libraries))
    rows = await (prepared.all(*libraries) if prepared else _staff(*libraries))
    return [PersonView.of(row) for row in rows]


def _staff(*libraries: int) -> QuerySet[Person]:
    return Person.filter(library_id__in=libraries, left_at=None).order_by("id")


STAFF = {1: Prepared(_staff), 2: Prepared(_staff)}
"""By the number of libraries."""
NUMBERED = Prepared(lambda number: Person.filter(id=number, left_at=None))
WRITING = Prepared(lambda telegram_id: Person.filter(telegram_id=telegram_id, left_at=None))


async def everybody() -> list[PersonView]:
    """Everybody who has not left, oldest first."""
    return [PersonView.of(row) for row in await Person.filter(left_at=None).order_by("id")]


async def person(person_id: int) -> PersonView | None:
    """Somebody on the desk by number; None once they left."""
    row = await NUMBERED.first(person_id)
    return PersonView.of(row) if row else None


async def person_in_chat(telegram_id: int) -> PersonView | None:
    """Who writes from this Telegram account."""
    row = await WRITING.first(telegram_id)
    return PersonView.of(row) if row else None


async def people_at(email: str) -> list[PersonView]:
    """Who may write from this address, compared without regard to case; a shared mailbox comes last."""
    rows = await Person.filter(email__iexact=email, left_at=None).order_by("is_mailbox", "id")
    return [PersonView.of(row) for row in rows]


async def coordinators_of(*libraries: int) -> list[PersonView]:
    """The coordinators of these libraries."""
    return [one for one in await members_of(*libraries) if one.role is Role.COORDINATOR]


async def watchers(request: int | None, person: PersonView | None) -> list[PersonView]:
    """Who is shown a mail that was kept aside.

    The coordinators of the library it concerns, else the administrators, else the coordinators of the home
    library: the one that was added first.
    """
    if person is not None and person.library is not None:
        concerned = await coordinators_of(person.library)
    elif request is not None:
        row = await Request.get_or_none(id=request)
        concerned = await coordinators_of(row.requesting_id, row.supplying_id) if row else []
    else:
        concerned = []
    return concerned or await administrators() or await _home_coordinators()


async def watches(one: PersonView, request: int | None, person: int | None) -> bool:
    """Whether mail about this request or of this person that was kept aside is shown to somebody."""
    row = await Person.get_or_none(id=person) if person else None
    return one.id in {watcher.id for watcher in await watchers(request, PersonView.of(row) if row else None)}


async def _home_coordinators() -> list[PersonView]:
    home = await Setting.get_or_none(name="home_library")
    first = Library.filter(code=home.value) if home else Library.all()
    library = await first.order_by("id").first()
    return await coordinators_of(library.id) if library else []


async def administrators() -> list[PersonView]:
    """Who operates the installation."""
    rows = await Person.filter(role=Role.ADMIN, left_at=None).order_by("id")
    return [PersonView.of(row) for row in rows]


async def library(library_id: int) -> LibraryView:
    """A library by number; raises `DoesNotExist` for an unknown one."""
    return LibraryView.of(await Library.get(id=library_id))


async def zone_of(library_id: int) -> str:
    """The IANA time zone of a library."""
    [row] = await sql.rows("SELECT timezone FROM library WHERE id = $1", [library_id])
    return str(row["timezone"])


async def today_at(library_id: int, now: datetime) -> date:
    """The civil day at a library."""
    return now.astimezone(ZoneInfo(await zone_of(library_id))).date()


async def colleagues_of(library_id: int | None) -> list[PersonView]:
    """The staff of a library, without its shared mailboxes, by name."""
    found = await members_of(library_id or 0)
    return sorted((one for one in found if not one.is_mailbox), key=lambda one: (one.name, one.id))


async def libraries() -> list[LibraryView]:
    """Every library, by code."""
    return [LibraryView.of(row) for row in await Library.all().order_by("code")]


async def partners_of(library_id: int) -> list[LibraryView]:
    """The libraries with which this one has an agreement that has not ended, that of the oldest one first."""
    return await _others(Agreement.filter(ended_on=None), library_id)


async def _others(agreements: QuerySet[Agreement], library_id: int) -> list[LibraryView]:
    rows = await agreements.prefetch_related("party_a", "party_b").order_by("id")
    pairs = [(row.party_a, row.party_b) for row in rows]
    others = [b if a.id == library_id else a for a, b in pairs if library_id in (a.id, b.id)]
    return [LibraryView.of(row) for row in {row.id: row for row in others}.values()]


async def counterparts_of(library_id: int) -> list[LibraryView]:
    """The partners of a library, then those whose agreement has ended and with whom there are requests."""
    partners = await partners_of(library_id)
    known = {one.id for one in partners}
    former = [one for one in await _others(Agreement.all(), library_id) if one.id not in known]
    return partners + [one for one in former if await _have_requests(library_id, one.id)]


async def _have_requests(one: int, other: int) -> bool:
    pair = (one, other)
    return await Request.filter(requesting_id__in=pair, supplying_id__in=pair).exists()


async def agreement_between(one: int, other: int) -> int | None:
    """The agreement in force between two libraries, the newest first."""
    rows = await Agreement.filter(
        party_a_id__in=(one, other), party_b_id__in=(one, other), ended_on=None
    ).order_by("-id")
    return rows[0].id if rows else None
