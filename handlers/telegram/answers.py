"""What an update is answered with: facts for the outbox, collected while it is handled.

They become rows in the transaction that marks the update done, so no answer is lost and none is doubled.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from models.operations.outbox import FLEETING, Slip
from models.queries.lists import ListChoice
from models.rules.errors import Damaged, Refusal
from models.rules.papers import LetterKind, Paper
from models.rules.vocabulary import Act, Channel, Language, NoticeKind, ReportForm, Say


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

    def whole_mail(self, request: int, event: int) -> None:
        """A mail with what was taken away for the thread."""
        self._show(NoticeKind.WHOLE_MAIL, {"request": request, "event": event}, fresh=True)

    def split(self, request: int, draft: int) -> None:
        """A comment that may be a matter of its own."""
        self._show(NoticeKind.SPLIT, {"request": request, "draft": draft}, fresh=True)

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

    def papers(self, request: int) -> None:
        """What can be printed."""
        self._show(NoticeKind.PAPERS, {"request": request})

    def paper(self, request: int, paper: Paper) -> None:
        """A paper, made when it leaves."""
        self._show(NoticeKind.PAPER, {"request": request, "papers": [paper]}, fresh=True)

    def calendar(self) -> None:
        """The library's days as a file."""
        self._show(NoticeKind.CALENDAR, {}, fresh=True)

    def agreement(
        self, agreement: int | None, page: str = "", value: str = "", *, refusal: Refusal | None = None
    ) -> None:
        """How an agreement stands, or a step of what is recorded; without a number, the choice of one."""
        facts = {"agreement": agreement, "page": page, "value": value}
        self._show(NoticeKind.AGREEMENT, _with(facts, refusal))

    def agreement_letter(self, agreement: int, letter: LetterKind, language: Language) -> None:
        """A draft for signature, to be edited and to be printed."""
        facts = {"agreement": agreement, "letter": letter, "language_of": language}
        for form in ("docx", "pdf"):
            self._show(NoticeKind.AGREEMENT_LETTER, {**facts, "form": form}, fresh=True)

    def agreement_text(self, text: int) -> None:
        """A language version as a document."""
        self._show(NoticeKind.AGREEMENT_FILE, {"text": text}, fresh=True)

    def asked(self, data: dict[str, Any], *, month: str = "", refusal: Refusal | None = None) -> None:
        """The open question of a short form, or what will be sent."""
        self._show(NoticeKind.ASKED, _with({**data, "month": month}, refusal))

    def plans(self, *, choose: bool = False) -> None:
        """The plans of the person's library; or with which partner a new one is begun."""
        self._show(NoticeKind.PLANS, {"choose": True} if choose else {})

    def plan(self, plan: int, *, refusal: Refusal | None = None, fresh: bool = False) -> None:
        """A plan as it stands."""
        self._show(NoticeKind.PLAN, _with({"plan": plan}, refusal), fresh=fresh)

    def item(self, item: int, *, refusal: Refusal | None = None, fresh: bool = False) -> None:
        """An item of a plan as it stands."""
        self._show(NoticeKind.ITEM, _with({"item": item}, refusal), fresh=fresh)

    def plan_days(self, *, plan: int | None = None, item: int | None = None) -> None:
        """The known days of a plan or of an item, as a file for a calendar."""
        facts = {"plan": plan} if item is None else {"item": item}
        self._show(NoticeKind.PLAN_DAYS, facts, fresh=True)

    def shared(self, page: int = 0) -> None:
        """What colleagues shared, and the topics to follow."""
        self._show(NoticeKind.SHARED, {"page": page})

    def bulletin(self, bulletin: int, *, language: str = "", kept: str = "") -> None:
        """One piece of information, in a language of it; `kept` confirms `share` or `correct`, or asks."""
        self._show(NoticeKind.BULLETIN, {"bulletin": bulletin, "language": language, "kept": kept})

    def report(self, agreement: int, span: str, *, part: str = "", page: int = 0) -> None:
        """The figures of a span under an agreement (0: with which partner?), or what stands behind one."""
        facts = {"agreement": agreement, "span": span, "part": part, "page": page}
        self._show(NoticeKind.REPORT, facts)

    def report_file(self, agreement: int, span: str, form: ReportForm, *, language: Language) -> None:
        """The report as a file, made when it leaves."""
        facts = {"agreement": agreement, "span": span, "form": form, "in": language}
        self._show(NoticeKind.REPORT_FILE, facts, fresh=True)

    def gaps(
        self, kind: NoticeKind, facts: dict[str, Any], *, fresh: bool = False, refusal: Refusal | None = None
    ) -> None:
        """A screen of gap lists; a refusal is told above it."""
        self._show(kind, _with(facts, refusal), fresh=fresh)

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
