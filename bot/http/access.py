"""Who holds a signed link: everything that is wrong with one looks the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from handlers.links import Claim, LinkKind, Links, read_token
from models.queries import parties
from models.queries.parties import PersonView

NOBODY = 0


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a good link."""

    claim: Claim
    person: PersonView
    now: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """Checks tokens as of now."""

    links: Links
    clock: Callable[[], datetime]

    async def visitor(self, request: web.Request, kind: LinkKind) -> Visitor:
        """Whose link this is; raises 404 for a token that is damaged, foreign, revoked or over."""
        claim = read_token(request.match_info["token"], kind)
        if claim is None:
            raise web.HTTPNotFound
        person = await parties.person(claim.person)
        now = self.clock()
        # The signature is computed for somebody unknown as well, so that time tells nothing.
        good = self.links.verify(claim, epoch=person.epoch if person else NOBODY, now=now)
        if person is None or not good:
            raise web.HTTPNotFound
        return Visitor(claim, person, now)
