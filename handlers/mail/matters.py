"""Mail that belongs to no request yet: invitations, new requests, drafts, letters."""

from typing import Any

from handlers.mail.said import edits_of, tail_of
from handlers.mail.threading import Standing
from handlers.mail.visit import LONGEST_ID, LONGEST_NAME, Taken, Visit
from handlers.text import phrases, words
from models.operations import drafts, letters, people
from models.operations.outbox import Slip
from models.queries import parties, traffic
from models.queries import reports as report_queries
from models.queries.parties import PersonView
from models.rules import form
from models.rules.citation import understand
from models.rules.errors import AlreadyAsked, BadSpan, Refusal
from models.rules.filing import is_citation, titled, values_of, without_reader
from models.rules.prose import looks_like_citation
from models.rules.report import Span, SpanError
from models.rules.vocabulary import Channel, NoticeKind, Say, Service, Via


class Matters(Visit):
    """The steps of a mail outside of requests."""

    __slots__ = ()

    async def invitation(self, invitation: int) -> Taken:
        """YES to an invitation makes its address a member; no answer gets the invitation once more."""
        if self.reading.act == "no":
            return Taken("not_accepted")
        if self.reading.act != "yes":
            again = f"invitation:{invitation}:again"
            facts: dict[str, Any] = {"invitation": invitation}
            await self._to_invited(invitation, NoticeKind.INVITATION, facts, dedupe=again)
            return Taken("not_accepted", self.slips)
        try:
            name = self.reading.sender_name[:LONGEST_NAME]
            joined = await people.join_by_mail(invitation, name=name, now=self.now)
        except Refusal as refusal:
            once = f"mail:{self.mail.id}:refusal"
            facts = {"refusal": refusal.facts()}
            await self._to_invited(invitation, NoticeKind.REFUSAL, facts, dedupe=once)
            return Taken("invitation_over", self.slips)
        self.say(joined, NoticeKind.SAY, {"say": Say.MAIL_HELP})
        return Taken("joined", self.slips)

    async def _to_invited(
        self, invitation: int, kind: NoticeKind, facts: dict[str, Any], *, dedupe: str
    ) -> None:
        """Write to the invited address, whoever answered from wherever."""
        invited = await traffic.invitation(invitation)
        if invited is None:
            return
        self.slips.append(
            Slip(
                channel=Channel.MAIL,
                target=invited.email,
                kind=kind,
                facts={**facts, "language": invited.language},
                dedupe=dedupe,
            )
        )

    async def new_request(self, person: PersonView, *, files: tuple[int, ...] = ()) -> Taken:
        """A new mail that holds a citation is a request; anything else is shown to its sender alone.

        The kept `files` of the mail go where its words go.
        """
        text, reader = without_reader(self.reading.text.strip() or self.reading.subject)
        text, acquires = without_order(text)
        citation = understand(text)
        values = values_of(citation)
        service = Service.ACQUISITION if acquires else citation.service
        at_once = form.is_complete(service, values) and is_citation(values)
        draft = await self.begun(person, service, values=titled(values, text), reader=reader, files=files)
        vouched = self.found.standing is Standing.SPEAKS
        if vouched and at_once and looks_like_citation(text, values):
            return await self.send_draft(person, draft, key=self.key, unless_asked=True)
        self.say(person, NoticeKind.DRAFT_ASKED, {"draft": draft})
        return Taken("draft", self.slips)

    async def begun(
        self,
        person: PersonView,
        service: Service,
        *,
        values: dict[str, Any],
        reader: str | None,
        files: tuple[int, ...],
    ) -> int:
        """The draft that this mail begins, the same one however often it is delivered."""
        existing = await drafts.started_by(self.key, person.id)
        return existing or await drafts.start(
            person.id,
            service,
            self.now,
            values=values,
            supplying=await _partner(person),
            origin=self.key,
            reader=reader,
            letter={**self._as_letter(person), "files": list(files)},
        )

    def _as_letter(self, person: PersonView) -> dict[str, str]:
        """The same words as a letter, should they be meant as one."""
        return {
            "subject": self.reading.subject,
            "text": without_reader(self.reading.text.strip() or self.reading.subject).text.strip(),
            "language": person.language,
            "message_id": self.reading.message_id[:LONGEST_ID],
        }

    async def draft_answered(self, person: PersonView, draft: int) -> Taken:
        """The answer to "what is this mail?": FILE, LETTER, DISCARD, or lines that change a field."""
        if self.reading.act in {"file", "yes"}:
            return await self.send_draft(person, draft, key=f"draft:{draft}")
        if self.reading.act == "acquire":
            changes = drafts.Changes(service=Service.ACQUISITION)
            await drafts.change(draft, person.id, self.now, changes=changes)
            self.say(person, NoticeKind.DRAFT_ASKED, {"draft": draft})
            return Taken("draft", self.slips)
        if self.reading.act in {"discard", "no", "cancel"}:
            await drafts.drop(draft, person.id)
            self.say(person, NoticeKind.SAY, {"say": Say.DRAFT_DELETED})
            return Taken("draft_dropped", self.slips)
        if self.reading.act == "letter":
            return await self._draft_as_letter(person, draft)
        return await self._edit_draft(person, draft)

    async def _edit_draft(self, person: PersonView, draft: int) -> Taken:
        """Apply lines such as `pages: 12-40`, and ask again."""
        try:
            changes = drafts.Changes(values=edits_of(self.reading.text, self.now.date()))
            await drafts.change(draft, person.id, self.now, changes=changes)
        except Refusal as refusal:
            self.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
            return Taken("refused", self.slips)
        self.say(person, NoticeKind.DRAFT_ASKED, {"draft": draft})
        return Taken("draft", self.slips)

    async def _draft_as_letter(self, person: PersonView, draft: int) -> Taken:
        try:
            posted = await letters.send_draft(
                draft, author=person.id, via=Via.EMAIL, key=f"draft:{draft}", now=self.now
            )
        except Refusal as refusal:
            self.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
            return Taken("refused", self.slips)
        self.say(person, NoticeKind.LETTER_SENT, {"letter": posted.letter})
        return Taken("letter", self.slips)

    async def report(self, person: PersonView) -> None:
        """The figures of the days behind the word, else of this year; a mail for each agreement."""
        year = await parties.today_at(person.library, self.now) if person.library else self.now
        try:
            span = Span.read(tail_of(self.reading.text) or str(year.year))
        except SpanError:
            self.say(person, NoticeKind.REFUSAL, {"refusal": BadSpan().facts()})
            return
        for agreement, _partner in await report_queries.agreements_of(person):
            facts = {"agreement": agreement, "span": span.pack()}
            self.say(person, NoticeKind.REPORT, facts, dedupe=f"{self.key}:report:{agreement}")

    async def send_draft(
        self, person: PersonView, draft: int, *, key: str, unless_asked: bool = False
    ) -> Taken:
        """Make the draft a request; `key` makes it the same one when the mail is done again.

        Where the same was asked before, that is told first; then FILE sends all the same.
        """
        try:
            outcome = await drafts.submit(
                draft, author=person.id, via=Via.EMAIL, key=key, now=self.now, unless_asked=unless_asked
            )
        except AlreadyAsked:
            self.say(person, NoticeKind.DRAFT_ASKED, {"draft": draft})
            return Taken("draft", self.slips)
        except Refusal as refusal:
            self.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
            return Taken("refused", self.slips)
        if outcome.repeated:
            await drafts.drop(draft, person.id)
        await self.remember(person, request=outcome.request, event=outcome.event)
        self.say(person, NoticeKind.RECEIPT, {"request": outcome.request, "event": outcome.event})
        return Taken("filed", self.slips)


def without_order(text: str) -> tuple[str, bool]:
    """The citation without a first line that only says to acquire it, and whether there was such a line."""
    first, _, rest = text.partition("\n")
    tokens = words.fold(first).replace(":", " ").replace(".", " ").split()
    found = phrases.longest(tokens, words.phrases())
    orders = found is not None and found[0] == "acquire" and found[1] == len(tokens)
    return (rest.strip(), True) if orders and rest.strip() else (text, False)


async def _partner(person: PersonView) -> int | None:
    partners = await parties.partners_of(person.library or 0)
    return partners[0].id if partners else None
