"""Facts of an agreement that its letters and screens show: names, addresses, who signs, language versions."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from models.engines import transaction
from models.operations import files
from models.operations.agreement_terms import UnknownAgreement
from models.operations.files import Arrived
from models.operations.libraries import library_number
from models.tables import Agreement, AgreementParty, AgreementText, Attachment, Signatory


class NoParty(Exception):
    """The library is none of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """What is to be changed of a party, language by language; contacts by their names: phone, fax, email."""

    names: dict[str, str] = field(default_factory=dict)
    address: dict[str, str] = field(default_factory=dict)
    contacts: dict[str, str] = field(default_factory=dict)


async def _party(agreement: int, code: str) -> int:
    row = await Agreement.get_or_none(id=agreement)
    if row is None:
        raise UnknownAgreement(agreement)
    library = await library_number(code)
    if library not in (row.party_a_id, row.party_b_id):
        raise NoParty(code)
    return library


async def describe(agreement: int, code: str, facts: PartyFacts) -> None:
    """Change what is given of a party. Raises `UnknownAgreement`, `UnknownLibrary`, `NoParty`."""
    async with transaction():
        library = await _party(agreement, code)
        row, _ = await AgreementParty.get_or_create(agreement_id=agreement, library_id=library)
        row.names = {**row.names, **facts.names}
        row.address = {**row.address, **facts.address}
        row.contacts = {**row.contacts, **facts.contacts}
        await row.save()


async def add_signatory(
    agreement: int,
    code: str,
    *,
    names: dict[str, str],
    post: dict[str, str],
    since: date,
    original: bool = False,
) -> int:
    """Who signs for a party from a day on; who was `original` signs no new letter. Raises as `describe`."""
    async with transaction():
        library = await _party(agreement, code)
        row = await Signatory.create(
            agreement_id=agreement,
            library_id=library,
            names=names,
            post=post,
            since=since,
            original=original,
        )
    return row.id


async def keep_text(agreement: int, language: str, arrived: Arrived, *, root: Path, now: datetime) -> None:
    """Keep a language version; another one of the same language takes its place.

    Raises `UnknownAgreement`, and `FileWrongKind` for a file that the desk does not carry.
    """
    if not await Agreement.exists(id=agreement):
        raise UnknownAgreement(agreement)
    number = await files.keep(root, arrived, now, owner=None)
    async with transaction():
        kept = await Attachment.get(id=number).select_related("file")
        await AgreementText.update_or_create(
            agreement_id=agreement,
            language=language,
            defaults={
                "name": kept.name,
                "sha256": kept.file.sha256,
                "size": kept.file.size,
                "mime": kept.file.mime,
                "at": now,
            },
        )
        await files.discard([number])
