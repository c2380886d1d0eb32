"""Reports that a mail of ours did not arrive (RFC 3464): they mark an address and tell its library."""

import re
from datetime import datetime

from models.engines import transaction
from models.operations import delivery
from models.operations.outbox import Leased
from models.tables import Notice

_PERMANENT = re.compile(rb"^Status:\s*5\.", re.IGNORECASE | re.MULTILINE)


async def bounced(notice_id: int, person: int, *, report: bytes, now: datetime) -> None:
    """A report about this notice came back: a permanent one closes the address, a temporary one is noted."""
    row = await Notice.get_or_none(id=notice_id, person_id=person)
    if row is None:
        return
    if not _PERMANENT.search(report):
        await Notice.filter(id=notice_id).update(last_error="delayed")
        return
    async with transaction():
        await Notice.filter(id=notice_id).update(last_error="bounced", status="dead")
        await delivery.mail_refused(_leased(row), now)


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
