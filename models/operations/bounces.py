"""Mails of ours that did not arrive: what each failure says of the address, and who hears of it.

An address is closed after one failure of the class 5.1 (there is no such mailbox), two other permanent ones
or five temporary ones within seven days (RFC 3463 codes). A mail that comes from it opens it again.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.engines import transaction
from models.operations import delivery
from models.operations.outbox import Leased
from models.tables import Bounce, Notice, Person

WITHIN = timedelta(days=7)
UNKNOWN = "4.0.0"
_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures whose code begins like this close an address."""

    beginning: str
    times: int


LIMITS = (Limit("5.1.", 1), Limit("5.", 2), Limit("4.", 5))


def status_in(reason: str, code: int | None) -> str:
    """The enhanced code in a server's answer; of a bare reply code only its class is known."""
    found = _ENHANCED.search(reason)
    if found:
        return found[1]
    return f"{code // 100}.0.0" if code else UNKNOWN


async def bounced(notice_id: int, person: int, *, status: str, key: str, now: datetime) -> None:
    """A report about this notice came back; a permanent failure ends it. By its `key` it counts once."""
    row = await Notice.get_or_none(id=notice_id, person_id=person)
    if row is None:
        return
    async with transaction():
        if status.startswith("5"):
            await Notice.filter(id=notice_id).update(last_error=f"bounced {status}", status="dead")
        await failed(_leased(row), status=status, key=key, now=now)


async def failed(row: Leased, *, status: str, key: str, now: datetime, is_final: bool = False) -> None:
    """Count one failure; the library is told of what is lost, and the address is closed when it is enough.

    `is_final`: the mail is given up, whatever class the last failure was of.
    """
    if row.person is None:
        return
    async with transaction():
        failure = {"person_id": row.person, "address": row.target, "status": status[:16], "at": now}
        _, is_new = await Bounce.get_or_create(key=key[:64], defaults=failure)
        if not is_new:
            return
        closes = await _is_enough(row.person, row.target, status, now=now)
        if closes:
            await Person.filter(id=row.person, mail_bad_at=None).update(mail_bad_at=now)
        if closes or is_final or status.startswith("5"):
            await delivery.mail_refused(row, now)


async def forget(now: datetime) -> int:
    """Delete the failures that no longer count."""
    return await Bounce.filter(at__lte=now - WITHIN).delete()


async def _is_enough(person: int, address: str, status: str, *, now: datetime) -> bool:
    limit = next((one for one in LIMITS if status.startswith(one.beginning)), LIMITS[-1])
    recent = Bounce.filter(person_id=person, address=address, at__gt=now - WITHIN)
    return await recent.filter(status__startswith=limit.beginning).count() >= limit.times


def _leased(row: Notice) -> Leased:
    return Leased(
        id=row.id,
        channel=row.channel,
        target=row.target,
        person=row.person_id,
        kind=row.kind,
        facts=row.facts,
        attempts=row.attempts,
        created_at=row.created_at,
        token="",
    )
