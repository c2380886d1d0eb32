"""What an update is answered with: facts for the outbox, collected while it is handled.

They become rows in the transaction that marks the update done, so no answer is lost and none is doubled.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from models.operations.outbox import FLEETING, Slip
from models.queries.lists import ListChoice
from models.rules.errors import Damaged, Refusal
from models.rules.vocabulary import Act, Channel, Language, NoticeKind, Say


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

    def choices(
        self, request: int, act: Act, *, carry: str, month: str = "", for_partner: bool = False
    ) -> None:
        """What the act still needs, as buttons."""
        facts = {"request": request, "act": act, "carry": carry, "month": month, "for_partner": for_partner}
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

    def list(self, choice: ListChoice, *, narrowing: bool = False) -> None:
        """A page of a list; with `narrowing` the parts of it that may be chosen."""
        facts: dict[str, Any] = {"filter": choice.filter, "page": choice.page}
        if choice.narrowing:
            facts["narrowed"] = choice.narrowing.pack()
        if narrowing:
            facts["narrowing"] = True
        self._show(NoticeKind.LIST, facts)

    def search_question(self) -> None:
        """What is looked for?"""
        self._show(NoticeKind.FOUND, {})

    def found(self, search: int, page: int = 0) -> None:
        """A page of what a remembered search finds."""
        self._show(NoticeKind.FOUND, {"search": search, "page": page})

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

    def for_partner(self, request: int) -> None:
        """What the other side could do, to be recorded for it."""
        self._show(NoticeKind.FOR_PARTNER, {"request": request})

    def phrases(self, request: int) -> None:
        """Sentences of every day."""
        self._show(NoticeKind.PHRASES, {"request": request})

    def reader_text(self, request: int, language: Language) -> None:
        """Ready sentences for the reader."""
        self._show(NoticeKind.READER_TEXT, {"request": request, "language": language})

    def letter_asked(self, *, thread: int | None = None, partner: int | None = None) -> None:
        """The words of a letter, or first the library that it goes to."""
        self._show(NoticeKind.LETTER_ASKED, {"thread": thread, "partner": partner}, fresh=True)

    def letter_sent(self, letter: int) -> None:
        """A letter has left."""
        self._show(NoticeKind.LETTER_SENT, {"letter": letter}, fresh=True)

    def meant_as(self, draft: int) -> None:
        """A message without a citation: what is it?"""
        self._show(NoticeKind.DRAFT_ASKED, {"draft": draft}, fresh=True)

    def aside(self, kept: int) -> None:
        """A mail that was kept aside."""
        self._show(NoticeKind.ASIDE, {"aside": kept})

    def settings(self, page: str = "") -> None:
        """The person's own choices."""
        self._show(NoticeKind.SETTINGS, {"page": page})

    def away(self, person: int, *, month: str = "", day: str = "") -> None:
        """Somebody's absence: a month to choose from, or who stands in until the day."""
        self._show(NoticeKind.AWAY, {"person": person, "month": month, "day": day})

    def invite(self, chosen: str = "", *, refusal: Refusal | None = None) -> None:
        """Whom to invite, or by which way."""
        self._show(NoticeKind.INVITE, _with({"chosen": chosen}, refusal))

    def invited(self, invitation: int, code: str) -> None:
        """The link of a new invitation, to be passed on; its code is forgotten once it left."""
        self._show(NoticeKind.INVITED, {"invitation": invitation, FLEETING: code}, fresh=True)

    def staff(self, person: int = 0, *, page: str = "", refusal: Refusal | None = None) -> None:
        """The people of the library, or one of them."""
        self._show(NoticeKind.STAFF, _with({"person": person, "page": page}, refusal))

    def closures(self, page: str = "", *, month: str = "") -> None:
        """When the library does not work."""
        self._show(NoticeKind.CLOSURES, {"page": page, "month": month})

    def report(self, agreement: int, span: str, *, part: str = "", page: int = 0) -> None:
        """The figures of a span under an agreement (0: with which partner?), or what stands behind one."""
        facts = {"agreement": agreement, "span": span, "part": part, "page": page}
        self._show(NoticeKind.REPORT, facts)

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


def _with(facts: dict[str, Any], refusal: Refusal | None) -> dict[str, Any]:
    return facts if refusal is None else {**facts, "refusal": refusal.facts()}
