"""Which request a mail continues, and as whom its sender may speak there."""

from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.mail.addresses import Purpose, Signer, Token
from handlers.mail.parse import Reading
from handlers.mail.providers import is_own
from handlers.mail.trust import Trust
from models.queries import parties, requests, threads
from models.queries.parties import PersonView


class Standing(StrEnum):
    """How far the sender of a mail is believed."""

    SPEAKS = "speaks"  # acts count
    COMMENTS = "comments"  # words count, acts do not
    STRANGER = "stranger"
    FORGED = "forged"
    OTHER_SENDER = "other_sender"  # with a valid address of somebody else: they are asked
    AUTHENTICATION = "authentication"
    LEFT = "left"


ASIDE = frozenset(Standing) - {Standing.SPEAKS, Standing.COMMENTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a mail belongs: `token` as verified, `seen` the version that its writer had in view."""

    standing: Standing
    person: PersonView | None = None
    request: int | None = None
    seen: int | None = None
    token: Token | None = None
    signed_by: str | None = None


async def place(reading: Reading, recipients: tuple[str, ...], *, signer: Signer, trust: Trust) -> Place:
    """By signed address, signed or stored Message-ID, number in the subject, sender: in this order."""
    found = (signer.read(one) for one in (*recipients, *reading.recipients))
    # To a bounce address write robots; a person who does is recognised in another way or not at all.
    claims = [claim for claim in found if claim and claim.purpose is not Purpose.BOUNCE]
    seen = await _seen(reading)
    for claim in claims:
        if claim.purpose is Purpose.INVITATION and signer.verify(claim, 1):
            return Place(standing=Standing.SPEAKS, token=claim)
        person = await parties.person(claim.person)
        if person is not None and signer.verify(claim, person.epoch):
            if claim.purpose is Purpose.ADDRESS:
                return _confirming(reading, claim, person, trust)
            return await _by_token(reading, claim, person, seen=seen, trust=trust)
    if claims:
        return await _forged(claims)
    return await _without_token(reading, signer=signer, trust=trust)


def let_through(found: Place, reading: Reading) -> Place:
    """The place of a mail that a person has vouched for: its sender speaks, and is named."""
    if found.person is None:
        return found
    return replace(found, standing=Standing.SPEAKS, signed_by=reading.sender_name or reading.sender)


def _confirming(reading: Reading, claim: Token, person: PersonView, trust: Trust) -> Place:
    """The answer of an address that is not yet anybody's: whether it is the awaited one is seen later."""
    doubtful = trust is Trust.FAIL or reading.doubtful_sender
    standing = Standing.AUTHENTICATION if doubtful else Standing.SPEAKS
    return Place(standing=standing, person=person, token=claim)


async def _forged(claims: list[Token]) -> Place:
    """A damaged or revoked address: its numbers say whose coordinator should look, and nothing more."""
    claim = claims[0]
    known = claim.purpose is Purpose.REPLY and await requests.number_of(claim.ref)
    return Place(standing=Standing.FORGED, request=claim.ref if known else None)


async def _by_token(
    reading: Reading, claim: Token, person: PersonView, *, seen: threads.Seen | None, trust: Trust
) -> Place:
    request = claim.ref if claim.purpose is Purpose.REPLY else None
    known = seen if seen and seen.request == request else None
    standing, signed_by = await _sender(reading, person, trust)
    return Place(
        standing=standing,
        person=person,
        request=request,
        seen=known.version if known else None,
        token=claim,
        signed_by=signed_by,
    )


async def _sender(reading: Reading, person: PersonView, trust: Trust) -> tuple[Standing, str | None]:
    """Whether From is the person of the address, or a colleague at a domain that their library owns."""
    name = reading.sender_name or reading.sender
    own = bool(person.writes_from) and reading.sender == str(person.writes_from).lower()
    if not own and not await _is_colleague(reading.sender, person):
        return Standing.OTHER_SENDER, None
    if trust is Trust.FAIL or reading.doubtful_sender:
        return Standing.AUTHENTICATION, None
    return Standing.SPEAKS, name if person.is_mailbox or not own else None


async def _is_colleague(sender: str, person: PersonView) -> bool:
    if person.library is None:
        return False
    library = await parties.library(person.library)
    listed = frozenset(domain.lower().lstrip("@") for domain in library.domains)
    return is_own(sender.rpartition("@")[2], listed)


async def _seen(reading: Reading) -> threads.Seen | None:
    for message_id in _answered(reading):
        if found := await threads.seen_in(message_id):
            return found
    return None


def _answered(reading: Reading) -> list[str]:
    """What the mail answers, the nearest first."""
    return [one for one in (reading.in_reply_to, *reversed(reading.references)) if one]


async def _without_token(reading: Reading, *, signer: Signer, trust: Trust) -> Place:
    if trust is Trust.FAIL or reading.doubtful_sender:
        return Place(
            standing=Standing.AUTHENTICATION,
            person=await _known(reading.sender),
            request=await _named(reading),
        )
    signed = await _by_message_id(reading, signer)
    if signed is not None:
        return signed
    person = await _known(reading.sender)
    if person is None:
        return Place(standing=Standing.STRANGER, request=await _named(reading))
    return await _member(reading, person, trust)


async def _known(sender: str) -> PersonView | None:
    people = await parties.people_at(sender) if sender else []
    return people[0] if people else None


async def _by_message_id(reading: Reading, signer: Signer) -> Place | None:
    """A signed Message-ID in In-Reply-To authenticates like a signed address, for the person it went to."""
    for message_id in _answered(reading):
        claim = signer.read_message_id(message_id)
        person = await parties.person(claim.person) if claim else None
        if claim is None or person is None or not signer.verify(claim, person.epoch):
            continue
        seen = await threads.seen_in(message_id)
        standing, signed_by = await _sender(reading, person, Trust.NONE)
        if standing is not Standing.SPEAKS or seen is None:
            return None
        return Place(
            standing=standing,
            person=person,
            request=seen.request,
            seen=seen.version,
            token=claim,
            signed_by=signed_by,
        )
    return None


async def _member(reading: Reading, person: PersonView, trust: Trust) -> Place:
    """A known sender without proof: words are taken, acts only where the own server vouches."""
    seen = await _seen(reading)
    request = seen.request if seen else await _named(reading)
    own = request is not None and await requests.is_party(request, person)
    return Place(
        standing=Standing.SPEAKS if trust is Trust.VOUCHED else Standing.COMMENTS,
        person=person,
        request=request if own else None,
        seen=seen.version if seen and own else None,
        signed_by=reading.sender_name or None if person.is_mailbox else None,
    )


async def _named(reading: Reading) -> int | None:
    return await requests.numbered(reading.request) if reading.request else None
