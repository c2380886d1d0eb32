"""Setting up who takes part: libraries and agreements."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from models.engines import transaction
from models.rules.vocabulary import Language
from models.tables import Agreement, Library


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLibrary:
    """A library to add. `code` begins its request numbers; `names` in every language of the desk."""

    code: str
    names: dict[str, str]
    country: str
    timezone: str
    language: Language
    email: str | None = None
    domains: tuple[str, ...] = ()
    bridge: bool = False
    addresses: dict[str, str] = field(default_factory=dict)
    export_years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgreement:
    """An agreement to add, parties by code; periods as `5y`, `3m`, `30d`; `renewal` None: it just ends."""

    parties: tuple[str, str]
    signed_on: date
    term: str = "5y"
    renewal: str | None = "5y"
    notice: str = "3m"
    renewals: int | None = None
    place: dict[str, str] | None = None


class AlreadyThere(Exception):
    """A library with this code exists."""


class UnknownLibrary(Exception):
    """No library has this code."""


class OneParty(Exception):
    """An agreement needs two libraries."""


async def add_library(new: NewLibrary, now: datetime) -> int:
    """Add a library and return its number; raises `AlreadyThere` for a known code."""
    columns = {**asdict(new), "domains": list(new.domains), "created_at": now}
    row, is_new = await Library.get_or_create(code=columns.pop("code"), defaults=columns)
    if not is_new:
        raise AlreadyThere(new.code)
    return row.id


async def edit_library(
    code: str, *, names: dict[str, str], addresses: dict[str, str] | None = None, **columns: Any
) -> None:
    """Change what is given, names and addresses language by language; raises `UnknownLibrary`."""
    async with transaction():
        row = await Library.filter(code=code).select_for_update().get_or_none()
        if row is None:
            raise UnknownLibrary(code)
        posted = {**row.addresses, **(addresses or {})}
        row.update_from_dict({**columns, "names": {**row.names, **names}, "addresses": posted})
        await row.save()


async def library_number(code: str) -> int:
    """The number of the library with this code; raises `UnknownLibrary`."""
    row = await Library.get_or_none(code=code)
    if row is None:
        raise UnknownLibrary(code)
    return row.id


async def add_agreement(new: NewAgreement, now: datetime) -> int:
    """Add an agreement between two known libraries and return its number.

    Raises `UnknownLibrary`, and `OneParty` for a library with itself.
    """
    if new.parties[0] == new.parties[1]:
        raise OneParty(new.parties[0])
    first, second = [await library_number(code) for code in new.parties]
    row = await Agreement.create(
        party_a_id=first,
        party_b_id=second,
        signed_on=new.signed_on,
        place=new.place or {},
        term=new.term,
        renewal=new.renewal,
        notice=new.notice,
        renewals=new.renewals,
        dated_at=now,
        look_at=now,
        created_at=now,
    )
    return row.id
