"""What a coordinator does with a mail that was kept aside."""

from datetime import datetime

from models.engines import transaction
from models.operations import requests
from models.operations.inbox import settle_aside
from models.operations.intents import Intent
from models.rules.errors import UnknownRequest
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, Via
from models.tables import Aside


async def attach(aside_id: int, *, by: int, key: str, now: datetime) -> None:
    """Add the kept words to the request as the coordinator's comment, signed by the sender's address.

    Once, whoever taps second. Raises `UnknownRequest` when the mail names none of the coordinator's requests.
    """
    row = await Aside.get_or_none(id=aside_id)
    if row is None or row.request_id is None:
        raise UnknownRequest
    intent = Intent(
        request=row.request_id,
        act=Act.COMMENT,
        actor=by,
        via=Via.TELEGRAM,
        key=f"aside:{aside_id}:{key}"[:120],
        details=Details(note=row.excerpt),
        signed_by=row.from_address[:200],
    )
    async with transaction():
        if await settle_aside(aside_id, now):
            await requests.act(intent, now)


async def drop(aside_id: int, now: datetime) -> None:
    """Leave the mail where it is and show its card no more."""
    await settle_aside(aside_id, now)
