"""Requests at every stage of the lifecycle, made by the acts that lead there and then copied at will."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from models.operations import drafts, outbox, requests
from models.operations.intents import Intent
from models.operations.libraries import library_number
from models.queries import parties
from models.queries.clocks import QUESTION, SENT
from models.queries.parties import PersonView
from models.rules.lifecycle import FINAL, ROWS, UNDOABLE, Details, Row
from models.rules.vocabulary import (
    Act,
    Clock,
    Condition,
    Flag,
    Language,
    Reason,
    Role,
    ScanProblem,
    Service,
    Settlement,
    Side,
    Stage,
    Via,
)
from models.tables import Event, Person, Reminder, Request

LOAN, COPY, BUY = Service
ASKS, GIVES = Side
CODES = {ASKS: "ANL", GIVES: "NLRK"}
SILENT = timedelta(days=20)
BOOK: dict[str, Any] = {"title": "Путь Абая", "author": "Ауэзов М. О.", "year": 1977}
SCAN: dict[str, Any] = {**BOOK, "pages": "12–40"}
Step = tuple[Act, Side | None, Details]

TAKEN: Step = (Act.TAKE, GIVES, Details())
PROMISED: Step = (Act.YES, GIVES, Details())
OFFERED: Step = (
    Act.CONDITIONS,
    GIVES,
    Details(reason=Reason.MUST_MEET_CONDITION, conditions=(Condition.NO_REPRODUCTION,)),
)
DOUBTED: Step = (Act.LATER, GIVES, Details(reason=Reason.NOT_FOUND_AS_CITED, field="year"))
REFUSED: Step = (Act.NO, GIVES, Details(reason=Reason.NOT_HELD))
UNSOLD: Step = (Act.NO, GIVES, Details(reason=Reason.OUT_OF_PRINT))
OBTAINED: Step = (Act.OBTAIN, GIVES, Details(cost="12 EUR"))
CANCELLED: Step = (Act.CANCEL, ASKS, Details())
SHIPPED: Step = (Act.SHIP, GIVES, Details())
RECEIVED: Step = (Act.RECEIVE, ASKS, Details())
RETURNED: Step = (Act.SEND_BACK, ASKS, Details())
DELIVERED: Step = (Act.DELIVER, GIVES, Details(url="https://example.org/scan"))
BEFORE: dict[Stage, tuple[Step, ...]] = {
    Stage.SENT: (),
    Stage.RECEIVED: ((Act.OPEN, GIVES, Details()),),
    Stage.SEARCHING: (TAKEN,),
    Stage.CONDITIONAL: (OFFERED,),
    Stage.RETRY: (DOUBTED,),
    Stage.WILL_SUPPLY: (PROMISED,),
    Stage.CANCEL_ASKED: (PROMISED, CANCELLED),
    Stage.UNFILLED: (REFUSED,),
    Stage.CANCELLED: (CANCELLED,),
    Stage.CLOSED: (OFFERED, (Act.DECLINE, ASKS, Details())),
    Stage.EXPIRED: ((Act.EXPIRE, None, Details()),),
}
"""How a request comes to a stage whatever it asks for; what cannot be bought has a reason of its own."""

PATHS: dict[tuple[Service, Stage], tuple[Step, ...]] = {
    **{(service, stage): steps for service in Service for stage, steps in BEFORE.items()},
    (LOAN, Stage.SHIPPED): (SHIPPED,),
    (LOAN, Stage.ON_LOAN): (SHIPPED, RECEIVED),
    (LOAN, Stage.RETURNING): (SHIPPED, RECEIVED, RETURNED),
    (LOAN, Stage.LOST): (SHIPPED, (Act.LOSE, ASKS, Details())),
    (LOAN, Stage.DONE): (SHIPPED, RECEIVED, RETURNED, (Act.CHECK_IN, GIVES, Details())),
    (COPY, Stage.DELIVERED): (DELIVERED,),
    (COPY, Stage.RESEND): (DELIVERED, (Act.PROBLEM, ASKS, Details(problem=ScanProblem.CUT_OFF))),
    (COPY, Stage.DONE): (DELIVERED, (Act.FINE, ASKS, Details())),
    (BUY, Stage.UNFILLED): (UNSOLD,),
    (BUY, Stage.OBTAINED): (OBTAINED,),
    (BUY, Stage.SHIPPED): (SHIPPED,),
    (BUY, Stage.LOST): (SHIPPED, (Act.LOSE, ASKS, Details())),
    (BUY, Stage.DELIVERED): (DELIVERED,),
    (BUY, Stage.RESEND): (DELIVERED, (Act.PROBLEM, ASKS, Details(problem=ScanProblem.CUT_OFF))),
    (BUY, Stage.DONE): (SHIPPED, RECEIVED),
}
PROPOSAL = Details(settlement=Settlement.WAIVER)
RAISED: dict[Flag, Step] = {
    Flag.RENEWAL_ASKED: (Act.ASK_RENEWAL, ASKS, Details()),
    Flag.RETURN_CLAIMED: (Act.CLAIM_RETURN, GIVES, Details()),
    Flag.MORE_TO_FOLLOW: (Act.PROMISE_MORE, GIVES, Details()),
    Flag.SETTLEMENT_BY_REQUESTING: (Act.PROPOSE_SETTLEMENT, ASKS, PROPOSAL),
    Flag.SETTLEMENT_BY_SUPPLYING: (Act.PROPOSE_SETTLEMENT, GIVES, PROPOSAL),
}


OWN_WORK: dict[tuple[Service, Stage, Side], tuple[Step, ...]] = {
    **{(service, Stage.CLOSED, GIVES): (OFFERED, (Act.CLOSE, GIVES, Details())) for service in Service},
    **{
        (service, Stage.CANCELLED, GIVES): (PROMISED, CANCELLED, (Act.AGREE_CANCEL, GIVES, Details()))
        for service in Service
    },
    (LOAN, Stage.LOST, GIVES): (SHIPPED, (Act.LOSE, GIVES, Details())),
    (BUY, Stage.LOST, GIVES): (SHIPPED, (Act.LOSE, GIVES, Details())),
    (BUY, Stage.DONE, GIVES): (
        *PATHS[BUY, Stage.RESEND],
        (Act.CANNOT_RESEND, GIVES, Details(note="It is sold out.")),
    ),
    (LOAN, Stage.DONE, ASKS): (
        SHIPPED,
        (Act.LOSE, ASKS, Details()),
        RAISED[Flag.SETTLEMENT_BY_SUPPLYING],
        (Act.AGREE_SETTLEMENT, ASKS, Details()),
    ),
    (COPY, Stage.DONE, GIVES): (
        *PATHS[COPY, Stage.RESEND],
        (Act.CANNOT_RESEND, GIVES, Details(note="The volume is missing.")),
    ),
}
"""Ways to a stage that end with an act of the side which the usual way leaves to the other one."""


def own_way(service: Service, stage: Stage, side: Side) -> tuple[Step, ...]:
    """A way to the stage whose last act is the side's own, and can be taken back.

    Where no such act leads there, the request was closed on the way, and the side reopened it.
    """
    usual = PATHS[service, stage]
    last = next((step for step in reversed(usual) if step[0] is not Act.OPEN), None)
    if last is not None and last[0] in UNDOABLE and last[1] is side:
        return usual
    if stage in FINAL or stage is Stage.LOST:
        return OWN_WORK[service, stage, side]
    closing = next(row.by for row in ROWS if row.act is Act.CLOSE and stage in row.at)
    return (*usual, (Act.CLOSE, closing, Details()), (Act.REOPEN, side, Details(note="Once more.")))


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the table at one of its stages, for one service."""

    row: Row
    stage: Stage
    service: Service

    @property
    def steps(self) -> tuple[Step, ...]:
        """What leads there; an undo takes back an act of the side's own."""
        if self.row.act is Act.UNDO and self.row.by is not None:
            return own_way(self.service, self.stage, self.row.by)
        return PATHS[self.service, self.stage] + tuple(RAISED[flag] for flag in sorted(self.row.when))

    def __str__(self) -> str:
        return f"{self.service} {self.stage} {self.row.by} {self.row.act}"


def cases(side: Side) -> Iterator[Case]:
    """Every row of a side, at every stage and for every service that can stand there."""
    for row in ROWS:
        for service, stage in PATHS:
            if row.by is side and stage in row.at and service in row.services:
                yield Case(row, stage, service)


async def _silent(library: int, now: datetime) -> PersonView:
    row = await Person.create(
        library_id=library, role=Role.LIBRARIAN, name="Nobody", language=Language.EN, created_at=now
    )
    return PersonView.of(row)


@dataclass(slots=True)
class Situations:
    """Makes requests of ANL to NLRK; each way to a stage is walked once, then its rows are copied."""

    now: datetime
    people: dict[Side, PersonView] = field(default_factory=dict)
    _walked: dict[tuple[Service, tuple[Step, ...]], int] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    async def of(cls, now: datetime) -> "Situations":
        """The first colleague of each library acts; one who can be told nothing where nobody has joined."""
        made = cls(now)
        for side, code in CODES.items():
            library = await library_number(code)
            members = await parties.members_of(library)
            made.people[side] = members[0] if members else await _silent(library, now)
        return made

    async def at(self, service: Service, steps: tuple[Step, ...]) -> int:
        """A request of its own that went this way; nobody was told, and the other side is long silent."""
        if (service, steps) not in self._walked:
            self._walked[service, steps] = await self._walk(service, steps)
            await outbox.skip_waiting()
        return await self._copy(self._walked[service, steps])

    async def _walk(self, service: Service, steps: tuple[Step, ...]) -> int:
        author = self.people[ASKS].id
        supplying = self.people[GIVES].library
        values = SCAN if service is COPY else BOOK
        draft = await drafts.start(author, service, self.now, values=values, supplying=supplying)
        key = f"draft:{draft}"
        filed = await drafts.submit(draft, author=author, via=Via.SANDBOX, key=key, now=self.now)
        for act, side, details in steps:
            await self.act(filed.request, act, side, details)
        return filed.request

    async def act(self, request: int, act: Act, side: Side | None, details: Details) -> None:
        """One act behind the scenes."""
        intent = Intent(
            request=request,
            act=act,
            actor=self.people[side].id if side else None,
            via=Via.SANDBOX if side else Via.CLOCK,
            key=f"situation:{next(self._numbers)}",
            details=details,
        )
        await requests.act(intent, self.now)

    async def asks_to_wait(self, request: int) -> None:
        """The clock has asked the requesting side whether it waits."""
        await Reminder.create(
            request_id=request,
            clock=Clock.ANSWER,
            step=QUESTION,
            anchor=self.now.date(),
            person_id=self.people[ASKS].id,
            state=SENT,
            at=self.now,
        )

    async def falls_silent(self, request: int) -> None:
        """Nobody has done or said anything for long."""
        await Event.filter(request_id=request).update(at=self.now - SILENT)

    async def _copy(self, request: int) -> int:
        row, number = await Request.get(id=request), next(self._numbers)
        made = row.clone(pk=None)
        made.number = f"ANL-2026-{1000 + number}"
        made.turn_since = self.now - SILENT
        await made.save()
        for event in await Event.filter(request_id=request).order_by("id"):
            copied = event.clone(pk=None)
            copied.request_id, copied.key = made.id, f"copy:{number}:{event.id}"
            await copied.save()
        return made.id
