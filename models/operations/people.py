"""How people join the desk, choose and leave it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.engines import transaction
from models.operations import outbox, team
from models.queries.parties import PersonView
from models.rules.errors import (
    AlreadyMember,
    CodeExpired,
    CodeUnknown,
    InvitationOver,
    NotAllowed,
    TooManyCodes,
)
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Channel, Language, NoticeKind, Reach, Role
from models.tables import Invitation, Library, Notice, Person, WrongCode

INVITATION_DAYS = 7
WRONG_CODES = 5
WRONG_CODES_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A new invitation. `code` exists here alone: the database keeps its hash."""

    id: int
    code: str
    expires_at: datetime
    role: Role
    library: str | None


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


async def invite(
    library: int | None,
    role: Role,
    now: datetime,
    *,
    by: int | None = None,
    email: str | None = None,
    mailbox: bool = False,
    origin: str | None = None,
) -> Invited:
    """Make a one-time code of 256 bits, good for seven days.

    With an address the invitation goes there by one mail, which YES answers. The same `origin` makes one
    invitation; its code, of which only the hash is kept, is then another one. Raises `NotAllowed` where the
    inviting person may not (`by` None is whoever has a shell).
    """
    code = secrets.token_urlsafe(32)
    async with transaction():
        await refuse_outsider(by, library, role)
        row = await Invitation.get_or_none(origin=origin) if origin else None
        row = row or Invitation(
            library_id=library,
            role=role,
            email=email,
            is_mailbox=mailbox,
            invited_by_id=by,
            origin=origin,
            expires_at=now + timedelta(days=INVITATION_DAYS),
            created_at=now,
        )
        row.code_hash = _hash(code)
        await row.save()
        if email:
            await outbox.write([_invitation_mail(row.id, email)], now)
    return await _invited(row, code)


async def _invited(row: Invitation, code: str) -> Invited:
    library = await Library.get_or_none(id=row.library_id) if row.library_id else None
    return Invited(
        id=row.id,
        code=code,
        expires_at=row.expires_at,
        role=row.role,
        library=library.code if library else None,
    )


async def revoke(invitation: int, *, by: int, now: datetime) -> None:
    """Withdraw an open invitation of the own library. Raises `InvitationOver`, `NotAllowed`."""
    async with transaction():
        row = await Invitation.filter(id=invitation).select_for_update().get_or_none()
        await refuse_outsider(by, row.library_id if row else None)
        if row is None or row.used_at or row.revoked_at or row.expires_at < now:
            raise InvitationOver
        row.revoked_at = now
        await row.save()


async def refuse_outsider(by: int | None, library: int | None, role: Role = Role.LIBRARIAN) -> None:
    """Raise `NotAllowed` for whoever may not invite people to this library; None has a shell and may.

    A coordinator invites to their own library; only an administrator makes administrators.
    """
    if by is None:
        return
    person = await Person.get_or_none(id=by, left_at=None)
    if person is None or not may(Right.INVITE, Standpoint(person.role)):
        raise NotAllowed
    if person.role is not Role.ADMIN and (person.library_id != library or role is Role.ADMIN):
        raise NotAllowed


def _invitation_mail(invitation: int, email: str) -> outbox.Slip:
    return outbox.Slip(
        channel=Channel.MAIL,
        target=email,
        kind=NoticeKind.INVITATION,
        facts={"invitation": invitation},
        dedupe=f"invitation:{invitation}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The Telegram account that opens an invitation; `language` as its client says, if it is one of ours."""

    telegram_id: int
    name: str
    language: Language | None


async def join(code: str, account: Account, now: datetime) -> PersonView:
    """Let the account in by its code, once.

    Raises `CodeUnknown`, `CodeExpired`, and `TooManyCodes` after five wrong ones within an hour. The same
    account opening its own used link again is simply who it is, and so is a member of the library whom the
    code would not raise: it stays good for somebody else. A member of another library moves by leaving.
    """
    await _refuse_guessing(account.telegram_id, now)
    try:
        async with transaction():
            return await _join(code, account, now)
    except (CodeUnknown, CodeExpired):
        await WrongCode.create(telegram_id=account.telegram_id, at=now)
        raise


async def _refuse_guessing(telegram_id: int, now: datetime) -> None:
    since = now - WRONG_CODES_WITHIN
    if await WrongCode.filter(telegram_id=telegram_id, at__gt=since).count() >= WRONG_CODES:
        raise TooManyCodes


async def _join(code: str, account: Account, now: datetime) -> PersonView:
    row = await Invitation.filter(code_hash=_hash(code)).select_for_update().get_or_none()
    known = await Person.get_or_none(telegram_id=account.telegram_id)
    if row is None or row.revoked_at:
        raise CodeUnknown
    if row.used_at is not None:
        return _own_again(row, known)
    if row.expires_at < now:
        raise CodeExpired
    if known is not None and known.left_at is None and not _raises(row, known):
        return PersonView.of(known)
    person = await _member(row, known, account, now=now)
    await _use(row, person, now)
    await team.offer_menu(person, now)
    return PersonView.of(person)


RANKS = (Role.LIBRARIAN, Role.COORDINATOR, Role.ADMIN)


def _raises(row: Invitation, member: Person) -> bool:
    """Whether the invitation gives this member more; raises `AlreadyMember` for one of another library."""
    if member.library_id != row.library_id:
        raise AlreadyMember(library=member.library_id or 0)
    return RANKS.index(row.role) > RANKS.index(member.role)


def _own_again(row: Invitation, known: Person | None) -> PersonView:
    if known is None or row.used_by_id != known.id or known.left_at:
        raise CodeUnknown
    return PersonView.of(known)


async def _member(row: Invitation, known: Person | None, account: Account, *, now: datetime) -> Person:
    person = known or Person(telegram_id=account.telegram_id, created_at=now)
    if known is None or known.left_at:
        person.language = account.language or await _language_of(row.library_id)
        person.email = None  # that of the library they left speaks for nobody here
        person.reach = Reach.CHAT
    if row.email:
        person.email, person.mail_bad_at = row.email, None
    person.name = account.name
    person.library_id = row.library_id
    person.role = row.role
    person.left_at = None
    person.chat_closed_at = None
    await person.save()
    return person


async def _language_of(library_id: int | None) -> Language:
    library = await Library.get_or_none(id=library_id) if library_id else None
    return library.language if library else Language.EN


async def _use(row: Invitation, person: Person, now: datetime) -> None:
    row.used_at = now
    row.used_by_id = person.id
    await row.save()


async def join_by_mail(invitation: int, *, name: str, now: datetime) -> PersonView:
    """Let the invited address in by its YES to the invitation.

    Raises `CodeUnknown`, `CodeExpired`, and `AlreadyMember` for an address of another library. An address
    that is known in the library stays one person, raised where the invitation gives more.
    """
    async with transaction():
        row = await Invitation.filter(id=invitation).select_for_update().get_or_none()
        if row is None or row.email is None or row.revoked_at:
            raise CodeUnknown
        if row.used_by_id is not None:
            return _own_again(row, await Person.get(id=row.used_by_id))
        if row.expires_at < now:
            raise CodeExpired
        known = Person.filter(email__iexact=row.email, is_mailbox=row.is_mailbox, left_at=None)
        person = await known.order_by("id").first()
        if person is None:
            person = await _mail_member(row, row.email, name, now)
        elif _raises(row, person):
            person.role = row.role
            await person.save(update_fields=["role"])
        await _use(row, person, now)
        return PersonView.of(person)


async def _mail_member(row: Invitation, email: str, name: str, now: datetime) -> Person:
    return await Person.create(
        library_id=row.library_id,
        role=row.role,
        name=(email if row.is_mailbox else name or email)[:200],
        language=await _language_of(row.library_id),
        email=email,
        is_mailbox=row.is_mailbox,
        reach=Reach.MAIL,
        created_at=now,
    )


async def set_language(person: int, language: Language, now: datetime) -> None:
    """Speak to the person in this language from now on; their menu follows."""
    async with transaction():
        row = await Person.get(id=person)
        row.language = language
        await row.save(update_fields=["language"])
        await team.offer_menu(row, now)


async def close_chat(telegram_id: int, now: datetime) -> None:
    """Telegram no longer delivers to this account: mail takes over where there is an address."""
    await Person.filter(telegram_id=telegram_id, chat_closed_at=None).update(chat_closed_at=now)


async def open_chat(telegram_id: int) -> None:
    """The account writes again, so it can be written to."""
    await Person.filter(telegram_id=telegram_id).exclude(chat_closed_at=None).update(chat_closed_at=None)


async def open_mail(person: int) -> None:
    """A mail came from the person's address: it can be written to again."""
    await Person.filter(id=person).exclude(mail_bad_at=None).update(mail_bad_at=None)


async def remove(person: int, now: datetime) -> bool:
    """End a membership from the shell, the last coordinator's too; False where there is none."""
    async with transaction():
        row = await Person.get_or_none(id=person, left_at=None)
        if row is None:
            return False
        await Notice.filter(person_id=person, status="pending").update(status="skipped")
        await team.end(row, now)
        return True
