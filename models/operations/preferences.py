"""What people choose for themselves: how and when news comes, an address of their own, days away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from models.engines import transaction
from models.operations import outbox
from models.operations.outbox import Slip
from models.rules.errors import BadAddress, NotAllowed, NotColleague
from models.rules.permissions import Right, Standpoint, may
from models.rules.preferences import HOURS, Preferences, is_address
from models.rules.vocabulary import Channel, Clock, NoticeKind, Reach, Say
from models.tables import Person


async def set_reach(person: int, reach: Reach) -> bool:
    """Choose the way of news; False where it needs an address and there is none."""
    row = await Person.get(id=person)
    if reach is not Reach.CHAT and (row.email is None or row.mail_bad_at is not None):
        return False
    await Person.filter(id=person).update(reach=reach)
    return True


async def ask_address(person: int, typed: str, *, reach: Reach, key: str, now: datetime) -> None:
    """Send one mail to the address; its YES makes it the person's. Raises `BadAddress`."""
    email = typed.strip()
    if not is_address(email):
        raise BadAddress(address=email[:100])
    async with transaction():
        row = await _locked(person)
        chosen = Preferences.read(row.settings)
        await _keep(row, replace(chosen, wanted_email=email, wanted_reach=reach))
        slip = Slip(
            channel=Channel.MAIL,
            target=email,
            kind=NoticeKind.ADDRESS,
            facts={"email": email},
            dedupe=f"address:{row.id}:{key}",
            person=row.id,
        )
        await outbox.write([slip], now)


async def forget_address(person: int) -> None:
    """Wait for that YES no longer."""
    async with transaction():
        row = await _locked(person)
        await _keep(row, replace(Preferences.read(row.settings), wanted_email=None, wanted_reach=None))


async def confirm_address(person: int, sender: str, now: datetime) -> bool:
    """The owner of the address said YES: it is the person's. False where another one is waited for."""
    async with transaction():
        row = await _locked(person)
        chosen = Preferences.read(row.settings)
        if chosen.wanted_email is None or chosen.wanted_email.lower() != sender.lower():
            return False
        row.email, row.mail_bad_at = chosen.wanted_email, None
        row.reach = chosen.wanted_reach or row.reach
        await row.save(update_fields=["email", "mail_bad_at", "reach"])
        await _keep(row, replace(chosen, wanted_email=None, wanted_reach=None))
        await _tell_confirmed(row, now)
        return True


async def _tell_confirmed(row: Person, now: datetime) -> None:
    slip = outbox.slip_to(
        row,
        Channel.CHAT,
        NoticeKind.SAY,
        facts={"say": Say.ADDRESS_CONFIRMED},
        dedupe=f"confirmed:{row.id}:{now.isoformat()}",
    )
    await outbox.write([slip] if slip else [], now)


async def set_digest(person: int, hour: int | None) -> None:
    """When the morning digest comes; None: never."""
    if hour is None or hour in HOURS:
        await _change(person, lambda chosen: replace(chosen, digest_hour=hour))


async def set_quiet(person: int, hours: tuple[int, int] | None) -> None:
    """When news arrives without a sound, from and until; None: never."""
    if hours is None or (hours[0] in HOURS and hours[1] in HOURS and hours[0] != hours[1]):
        await _change(person, lambda chosen: replace(chosen, quiet=hours))


async def switch_reminder(person: int, clock: Clock) -> None:
    """Turn a clock's reminders off for the person, or on again."""
    await _change(person, lambda chosen: replace(chosen, off=chosen.off ^ {clock.value}))


async def go_away(person: int, until: date, *, deputy: int | None, by: int) -> None:
    """Away up to and including that day; meanwhile news of the person's requests goes to the deputy.

    Raises `NotAllowed` where somebody else's absence is recorded by no coordinator, `NotColleague` for a
    deputy who is not on the staff.
    """
    async with transaction():
        row = await _managed(person, by)
        if deputy is not None and not await _is_colleague(deputy, row):
            raise NotColleague
        await _keep(row, replace(Preferences.read(row.settings), away_until=until, deputy=deputy))


async def come_back(person: int, *, by: int) -> None:
    """On duty again. Raises `NotAllowed` as `go_away` does."""
    async with transaction():
        row = await _managed(person, by)
        await _keep(row, Preferences.read(row.settings).back())


async def _is_colleague(deputy: int, row: Person) -> bool:
    staff = Person.filter(id=deputy, library_id=row.library_id, left_at=None, is_mailbox=False)
    return deputy != row.id and await staff.exists()


async def _managed(person: int, by: int) -> Person:
    row = await _locked(person)
    actor = await Person.get_or_none(id=by, left_at=None)
    manages = (
        actor is not None
        and actor.library_id == row.library_id
        and may(Right.MANAGE_STAFF, Standpoint(actor.role))
    )
    if by != person and not manages:
        raise NotAllowed
    return row


Change = Callable[[Preferences], Preferences]


async def _change(person: int, change: Change) -> None:
    async with transaction():
        row = await _locked(person)
        await _keep(row, change(Preferences.read(row.settings)))


async def _locked(person: int) -> Person:
    row = await Person.filter(id=person, left_at=None).select_for_update().get_or_none()
    if row is None:
        raise NotColleague
    return row


async def _keep(row: Person, chosen: Preferences) -> None:
    row.settings = chosen.as_json()
    await row.save(update_fields=["settings"])
