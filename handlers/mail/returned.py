"""Our own mail that came back: which notice it was, for whom, and what that says of the address."""

from datetime import datetime

from handlers.mail.addresses import Purpose, Signer, Token
from handlers.mail.parse import Reading
from models.operations import bounces
from models.operations.inbox import WaitingMail
from models.queries import parties

OURS = frozenset({Purpose.BOUNCE, Purpose.MESSAGE})


async def returned(mail: WaitingMail, reading: Reading, signer: Signer, now: datetime) -> None:
    """Count a delivery report for its notice, found by our envelope address, else by our Message-ID.

    It never moves a request and is never answered.
    """
    for claim in _claims(mail, reading, signer):
        person = await parties.person(claim.person)
        if person is not None and signer.verify(claim, person.epoch):
            status, key = _status(reading), f"mail:{mail.id}"
            await bounces.bounced(claim.ref, person.id, status=status, key=key, now=now)
            return


def to_our_envelope(mail: WaitingMail, signer: Signer) -> bool:
    """Whether a mail went to the envelope sender of one of ours: robots write there, people do not."""
    return any(claim.purpose is Purpose.BOUNCE for one in mail.recipients if (claim := signer.read(one)))


def _claims(mail: WaitingMail, reading: Reading, signer: Signer) -> list[Token]:
    read = [signer.read(one) for one in (*mail.recipients, *reading.recipients)]
    read.append(signer.read_message_id(reading.returned_id))
    return [claim for claim in read if claim is not None and claim.purpose in OURS]


def _status(reading: Reading) -> str:
    """The code that counts: of a delay its class is temporary, whatever it says of the cause."""
    failure = next(iter(reading.failures), None)
    if failure is None or failure.delayed or not failure.status:
        return bounces.UNKNOWN
    return failure.status
