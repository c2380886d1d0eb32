"""Who works in a library: roles, leaving, removing. A library with people keeps a coordinator."""

from datetime import datetime

from models.engines import transaction
from models.operations import outbox
from models.operations.outbox import Slip
from models.rules.errors import LastCoordinator, NotAllowed, NotColleague
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Channel, NoticeKind, Role, Say
from models.tables import Draft, Person


async def set_role(person: int, role: Role, *, by: int, now: datetime) -> None:
    """Make a colleague a librarian or coordinator; they are told, and their menu follows.

    Raises `NotAllowed`, `NotColleague`, and `LastCoordinator` where nobody else could coordinate.
    """
    async with transaction():
        row = await _managed(person, by)
        if row.is_mailbox or role not in {Role.LIBRARIAN, Role.COORDINATOR}:
            raise NotAllowed
        if row.role is role:
            return
        await _refuse_last_coordinator(row)
        row.role = role
        await row.save(update_fields=["role"])
        await offer_menu(row, now)
        if row.id != by:
            await _say(row, Say.ROLE_CHANGED, now)


async def dismiss(person: int, *, by: int, now: datetime) -> None:
    """End a colleague's membership; they are told in chat. Raises as `set_role` does."""
    async with transaction():
        row = await _managed(person, by)
        await _refuse_last_coordinator(row)
        await end(row, now)
        if row.id != by:
            await _say(row, Say.REMOVED, now)


async def leave(person: int, now: datetime) -> None:
    """End one's own membership. Raises `LastCoordinator`."""
    async with transaction():
        row = await Person.filter(id=person, left_at=None).select_for_update().get_or_none()
        if row is None:
            return
        await _refuse_last_coordinator(row)
        await end(row, now)


async def _managed(person: int, by: int) -> Person:
    """The colleague, whom the coordinator may manage."""
    coordinator = await Person.get_or_none(id=by, left_at=None)
    if coordinator is None or not may(Right.MANAGE_STAFF, Standpoint(coordinator.role)):
        raise NotAllowed
    row = await Person.filter(id=person, left_at=None).select_for_update().get_or_none()
    if row is None or row.library_id != coordinator.library_id:
        raise NotColleague
    return row


async def _refuse_last_coordinator(row: Person) -> None:
    """The coordinators' rows are locked, so that two of them cannot remove each other."""
    if row.role is not Role.COORDINATOR:
        return
    coordinators = Person.filter(library_id=row.library_id, role=Role.COORDINATOR, left_at=None)
    ids = [one.id for one in await coordinators.order_by("id").select_for_update()]
    if ids == [row.id]:
        raise LastCoordinator


async def end(row: Person, now: datetime) -> None:
    """The account and the signed addresses open nothing any more; drafts never move to another library."""
    row.left_at = now
    row.epoch += 1
    await row.save(update_fields=["left_at", "epoch"])
    await Draft.filter(author_id=row.id).delete()
    await offer_menu(row, now)


async def offer_menu(row: Person, now: datetime) -> None:
    """Bring the commands of the person's chat in line with role and language, once this is committed."""
    if row.telegram_id is not None:
        await outbox.write([_slip(row, NoticeKind.MENU, {}, now)], now)


async def _say(row: Person, what: Say, now: datetime) -> None:
    if row.telegram_id is not None:
        await outbox.write([_slip(row, NoticeKind.SAY, {"say": what}, now)], now)


def _slip(row: Person, kind: NoticeKind, facts: dict[str, str], now: datetime) -> Slip:
    name = facts.get("say", "")
    return Slip(
        channel=Channel.CHAT,
        target=str(row.telegram_id),
        kind=kind,
        facts={**facts, "language": row.language},
        dedupe=f"{kind}:{name}:{row.id}:{row.role}:{row.language}:{row.epoch}:{now.isoformat()}",
        person=row.id,
    )
