"""What an update is answered with: facts for the outbox, collected while it is handled.

They become rows in the transaction that marks the update done, so no answer is lost and none is doubled.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from models.operations.outbox import Slip
from models.rules.errors import Damaged, Refusal
from models.rules.vocabulary import Act, Channel, Filter, Language, NoticeKind, Say


@dataclass(slots=True)
class Answers:
    """The answers to one update of one chat. `edit` is the message that navigation changes in place."""

    update: int
    chat: int
    person: int | None
    language: Language
    edit: int | None = None
    toast: str = ""
    slips: list[Slip] = field(default_factory=list)
    origin: str = "update"

    def card(self, request: int, *, fresh: bool = False, refusal: Refusal | None = None) -> None:
        """The card of a request; `fresh` sends it anew instead of changing the tapped message."""
        facts: dict[str, Any] = {"request": request}
        if refusal is not None:
            facts["refusal"] = refusal.facts()
        self._show(NoticeKind.CARD, facts, fresh=fresh)

    def history(self, request: int) -> None:
        """The whole history of a request."""
        self._show(NoticeKind.CARD, {"request": request, "history": True})

    def choices(self, request: int, act: Act, *, carry: str, month: str = "") -> None:
        """What the act still needs, as buttons."""
        facts = {"request": request, "act": act, "carry": carry, "month": month}
        self._show(NoticeKind.CHOICES, facts)

    def question(self, request: int, act: Act, *, wants: str) -> None:
        """A detail that has to be typed or sent."""
        self._show(NoticeKind.QUESTION, {"request": request, "act": act, "wants": wants})

    def form(self, draft: int | None, *, problem: Refusal | None = None, **more: Any) -> None:
        """The open question of a draft, its review, or the choice of a service."""
        facts = {"draft": draft, **more}
        if problem is not None:
            facts["problem"] = problem.facts()
        self._show(NoticeKind.FORM, facts)

    def list(self, chosen: Filter, page: int = 0) -> None:
        """A page of a list."""
        self._show(NoticeKind.LIST, {"filter": chosen, "page": page})

    def say(self, what: Say) -> None:
        """A fixed message."""
        self._show(NoticeKind.SAY, {"say": what}, fresh=True)

    def say_here(self, what: Say) -> None:
        """A fixed message in place of the tapped one."""
        self._show(NoticeKind.SAY, {"say": what})

    def form_closed(self) -> None:
        """The draft was given up: its message says so in place."""
        self._show(NoticeKind.SAY, {"say": Say.DRAFT_DELETED})

    def damaged(self) -> None:
        """A button that is not ours, or not whole."""
        self.refuse(Damaged())

    def refuse(self, refusal: Refusal, *, request: int | None = None) -> None:
        """Why something was not done, and with which request."""
        about = {} if request is None else {"request": request}
        self._show(NoticeKind.REFUSAL, {"refusal": refusal.facts(), **about}, fresh=True)

    def which(self, attachments: Sequence[int]) -> None:
        """For which request are these files?"""
        self._show(NoticeKind.WHICH, {"files": list(attachments)}, fresh=True)

    def aside(self, kept: int) -> None:
        """A mail that was kept aside."""
        self._show(NoticeKind.ASIDE, {"aside": kept})

    def _show(self, kind: NoticeKind, facts: dict[str, Any], *, fresh: bool = False) -> None:
        if self.edit is not None and not fresh:
            facts = {**facts, "edit": self.edit}
        if self.person is None:
            facts = {**facts, "language": self.language}
        self.slips.append(
            Slip(
                channel=Channel.CHAT,
                target=str(self.chat),
                kind=kind,
                facts=facts,
                dedupe=f"{self.origin}:{self.update}:{len(self.slips)}",
                person=self.person,
            )
        )
