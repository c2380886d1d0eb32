"""A small desk for tests of operations and queries: two libraries, their people, requests at any stage."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count, repeat
from typing import Any

from models.operations import drafts, libraries, requests
from models.operations.intents import Intent, Outcome
from models.operations.libraries import NewAgreement, NewLibrary
from models.queries.parties import PersonView
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, Language, NoticeKind, Reach, Reason, Role, Service, Via
from models.tables import Event, Notice, Person, Request

MORNING = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)
BOOK: dict[str, Any] = {"title": "Dədə Qorqud", "author": "Anar"}
SCAN: dict[str, Any] = {"title": "Azərbaycan", "part_title": "Muğam", "pages": "3-9"}


@dataclass
class Desk:
    """Baku asks, Almaty answers. Each act is a step of a minute."""

    now: datetime = MORNING
    baku: int = 0
    almaty: int = 0
    people: dict[str, int] = field(default_factory=dict)
    _keys: count = field(default_factory=lambda: count(1))

    async def open(self) -> "Desk":
        self.baku = await libraries.add_library(library("ANL", "Asia/Baku", Language.AZ), self.now)
        self.almaty = await libraries.add_library(library("NLRK", "Asia/Almaty", Language.KK), self.now)
        await libraries.add_agreement(
            NewAgreement(parties=("ANL", "NLRK"), signed_on=date(2013, 11, 8)), self.now
        )
        await self.person("leyla", self.baku, chat=1001)
        await self.person("gulnar", self.almaty, chat=2001)
        return self

    async def person(
        self,
        name: str,
        library: int | None,
        *,
        chat: int | None = None,
        email: str | None = None,
        **more: Any,
    ) -> int:
        columns = {
            "role": Role.LIBRARIAN,
            "language": Language.EN,
            "reach": Reach.CHAT,
            "telegram_id": chat,
            "email": email,
            "created_at": self.now,
        }
        row = await Person.create(name=name.capitalize(), library_id=library, **(columns | more))
        self.people[name] = row.id
        return row.id

    async def view(self, name: str) -> PersonView:
        return PersonView.of(await Person.get(id=self.people[name]))

    async def files(
        self, *, service: Service = Service.LOAN, values: dict[str, Any] | None = None, **more: Any
    ) -> Outcome:
        """A request sent by Leyla."""
        given = values or (BOOK if service is Service.LOAN else SCAN)
        draft = await drafts.start(
            self.people["leyla"], service, self.now, values=given, **({"supplying": self.almaty} | more)
        )
        return await drafts.submit(
            draft, author=self.people["leyla"], via=Via.TELEGRAM, key=f"draft:{draft}", now=self.now
        )

    def intent(self, request: int, act: Act, by: str | None, **more: Any) -> Intent:
        """An intent with a key of its own; `details` by their names."""
        parts = {name: more.pop(name) for name in list(more) if name not in INTENT}
        given = {"via": Via.TELEGRAM, "key": f"tap:{next(self._keys)}", "details": Details(**parts)}
        actor = self.people[by] if by else None
        return Intent(request=request, act=act, actor=actor, **(given | more))

    async def act(self, request: int, act: Act, by: str | None, **more: Any) -> Outcome:
        self.now += timedelta(minutes=1)
        return await requests.act(self.intent(request, act, by, **more), self.now)

    async def lent(self, **shipped: Any) -> int:
        """A loan that was received by the reader's library."""
        request = (await self.files()).request
        await self.act(request, Act.SHIP, "gulnar", **shipped)
        await self.act(request, Act.RECEIVE, "leyla")
        return request

    async def unfilled(self) -> int:
        request = (await self.files()).request
        await self.act(request, Act.NO, "gulnar", reason=Reason.NOT_HELD)
        return request


INTENT = frozenset({"via", "key", "seen", "for_partner", "signed_by", "language"})


def library(code: str, zone: str, language: Language) -> NewLibrary:
    return NewLibrary(
        code=code,
        names={one.value: f"{code} {one}" for one in Language},
        country="AZ",
        timezone=zone,
        language=language,
    )


async def until(is_so: Callable[[], Awaitable[object]], *, within: float = 10) -> None:
    """Let the loop turn until something is so; what never comes is a failure."""
    async with asyncio.timeout(within):
        for pause in repeat(0.001):
            if await is_so():
                return
            await asyncio.sleep(pause)


async def acts(request: int) -> list[Act]:
    """The history of a request."""
    return [row.act for row in await Event.filter(request_id=request).order_by("id")]


async def told(kind: NoticeKind = NoticeKind.EVENT) -> list[tuple[str, str]]:
    """Channel and target of each notice of the kind, in order."""
    return [(row.channel.value, row.target) for row in await Notice.filter(kind=kind).order_by("id")]


async def row(request: int) -> Request:
    return await Request.get(id=request)
