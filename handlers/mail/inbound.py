"""A stored mail, understood and done: the mail door's counterpart of a tap."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from handlers.binding import bound
from handlers.desk import Desk
from handlers.mail import details as said_details
from handlers.mail import parse
from handlers.mail.addresses import Purpose, Signer
from handlers.mail.bytes import File
from handlers.mail.details import REQUEST
from handlers.mail.parse import MailKind, Reading, ReadNote
from handlers.mail.threading import ASIDE, Place, Standing, place
from handlers.mail.trust import verdict
from handlers.text.replies import intended, meant
from models.operations import bounces, drafts, files, inbox, people, requests, traces
from models.operations.inbox import KeptAside, WaitingMail
from models.operations.intents import Intent, Outcome
from models.operations.outbox import Slip
from models.queries import files as file_queries
from models.queries import parties
from models.queries import requests as request_queries
from models.queries.parties import PersonView
from models.queries.requests import CardView, FileView
from models.rules import form
from models.rules.citation import understand
from models.rules.errors import EmptyReply, FileWrongKind, Refusal, UnknownRequest
from models.rules.filing import is_citation, titled, values_of, without_reader
from models.rules.lifecycle import Details
from models.rules.pasted import pasted_link
from models.rules.vocabulary import (
    Act,
    Channel,
    Filter,
    Language,
    NoticeKind,
    Reason,
    Say,
    ScanProblem,
    Service,
    Via,
)

LONGEST_COMMENT = 3000
LONGEST_NAME = 200
LONGEST_ID = 998
"""A line of a mail holds no more (RFC 5322 §2.1.1), so no longer Message-ID can be answered."""
DUE_ACTS = frozenset({Act.CHANGE_DUE, Act.ASK_RENEWAL, Act.GRANT_RENEWAL})


@dataclass(slots=True)
class Taken:
    """What became of a mail: a word for its row, and the answers that leave with it."""

    outcome: str
    slips: list[Slip] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MailDoor:
    """Everything the door needs: the desk, the signer of addresses, whose authentication results count."""

    desk: Desk
    signer: Signer
    authserv_id: str | None = None

    async def take(self, mail: WaitingMail, now: datetime) -> Taken:
        """Understand one stored mail and do what it asks. Doing it twice changes nothing more."""
        reading = parse.read(mail.body, own_addresses=frozenset({self.signer.address.lower()}))
        if reading.kind is MailKind.BOUNCE or self._is_bounce(mail):
            return await self._bounce(mail, now)
        if reading.kind in {MailKind.LOOP, MailKind.AUTO_REPLY}:
            return Taken(reading.kind)
        trust = verdict(reading.authentication, sender=reading.sender, authserv_id=self.authserv_id)
        found = await place(reading, mail.recipients, signer=self.signer, trust=trust)
        if reading.kind is MailKind.UNREADABLE or found.standing in ASIDE:
            return await _aside(mail, reading, found, now)
        return await _Visit(self, mail, reading, found, now).take()

    async def set_aside(self, mail: WaitingMail, now: datetime) -> list[Slip]:
        """What coordinators are shown of a mail that could not be done, whatever it is."""
        reading = replace(parse.read(mail.body), kind=MailKind.UNREADABLE)
        return (await _aside(mail, reading, Place(standing=Standing.STRANGER), now)).slips

    def _is_bounce(self, mail: WaitingMail) -> bool:
        claims = (self.signer.read(one) for one in mail.recipients)
        return any(claim is not None and claim.purpose is Purpose.BOUNCE for claim in claims)

    async def _bounce(self, mail: WaitingMail, now: datetime) -> Taken:
        """A report about a mail of ours marks the address; it never moves a request and is never answered."""
        for recipient in mail.recipients:
            claim = self.signer.read(recipient)
            person = await parties.person(claim.person) if claim else None
            if claim is None or person is None or claim.purpose is not Purpose.BOUNCE:
                continue
            if self.signer.verify(claim, person.epoch):
                await bounces.bounced(claim.ref, person.id, report=mail.body, now=now)
        return Taken("bounce")


async def _aside(mail: WaitingMail, reading: Reading, found: Place, now: datetime) -> Taken:
    """Keep a mail aside: nothing is sent to its sender, the coordinators concerned see a card."""
    unreadable = reading.kind is MailKind.UNREADABLE
    kept = await inbox.keep_aside(
        KeptAside(
            mail=mail.id,
            verdict="unreadable" if unreadable else found.standing,
            from_address=reading.sender or mail.sender,
            subject=reading.subject,
            excerpt=reading.text,
            attachments=tuple(one.name for one in reading.attachments),
            request=found.request,
        ),
        now,
    )
    watchers = await parties.watchers(found.request, found.person)
    slips = [
        Slip(
            channel=channel,
            target=person.address(channel),
            kind=NoticeKind.ASIDE,
            facts={"aside": kept},
            dedupe=f"aside:{kept}:{person.id}:{channel}",
            person=person.id,
        )
        for person in watchers
        for channel in ([Channel.CHAT] if person.chat else [Channel.MAIL] if person.email else [])
    ]
    return Taken("aside", slips)


@dataclass(slots=True)
class _Visit:
    """One mail of somebody who may speak, on its way through the door."""

    door: MailDoor
    mail: WaitingMail
    reading: Reading
    found: Place
    now: datetime
    slips: list[Slip] = field(default_factory=list)

    async def take(self) -> Taken:
        token = self.found.token
        if token is not None and token.purpose is Purpose.INVITATION:
            return await self._invitation(token.ref)
        person = self.found.person
        if person is None:
            return Taken("nobody")
        if token is not None and token.purpose is Purpose.LETTER:
            return await self._draft(person, token.ref)
        if self.reading.kind is MailKind.COMMAND and await self._command(person):
            return Taken("command", self.slips)
        if (taken := await self._for_loose(person)) is not None:
            return taken
        if self.found.request is None:
            return await self._new_request(person)
        return await self._reply(person, self.found.request)

    async def _for_loose(self, person: PersonView) -> Taken | None:
        """The answer to "which request are the files for?": its number alone, or DISCARD."""
        first = self.reading.text.strip().partition("\n")[0].strip(" .[]")
        names_one = REQUEST.fullmatch(first) is not None
        drops = self.found.request is None and self.reading.act == "discard"
        loose = await file_queries.loose_of(person.id) if names_one or drops else []
        if not loose or self.found.standing is not Standing.SPEAKS:
            return None
        if drops:
            await files.discard([one.id for one in loose])
            self._say(person, NoticeKind.SAY, {"say": Say.FILES_DISCARDED})
            return Taken("files_discarded", self.slips)
        request = await request_queries.by_number(first, person)
        view = await request_queries.card(request, person, self.now) if request else None
        if view is None:
            self._say(person, NoticeKind.REFUSAL, {"refusal": UnknownRequest().facts()})
            return Taken("no_party", self.slips)
        note = next((one.note for one in loose if one.note), None)
        return await self._deliver(person, view, loose, note)

    async def _deliver(
        self, person: PersonView, view: CardView, loose: Sequence[FileView], note: str | None
    ) -> Taken:
        """Deliver files that waited for their request."""
        made = await bound(self.door.desk, loose, self.now, owner=person.id, name=view.number)
        act = Act.DELIVER if view.offers(Act.DELIVER) else Act.COMMENT
        details = Details(files=made.files, note=note)
        taken = await self._act(person, self._as_intent(person, view, act, details), [])
        await files.discard([*made.replaced, *made.files])
        return taken

    async def _invitation(self, invitation: int) -> Taken:
        """YES to an invitation makes its address a member."""
        if self.reading.act != "yes":
            return Taken("not_accepted")
        try:
            joined = await people.join_by_mail(
                invitation, name=self.reading.sender_name[:LONGEST_NAME], now=self.now
            )
        except Refusal:
            return Taken("invitation_over")
        self._say(joined, NoticeKind.SAY, {"say": Say.MAIL_HELP})
        return Taken("joined", self.slips)

    def _say(self, person: PersonView, kind: NoticeKind, facts: dict[str, Any]) -> None:
        """Answer by mail, once per mail and kind."""
        if person.email is None:
            return
        self.slips.append(
            Slip(
                channel=Channel.MAIL,
                target=person.email,
                kind=kind,
                facts=facts,
                dedupe=f"mail:{self.mail.id}:{kind}",
                person=person.id,
            )
        )

    async def _command(self, person: PersonView) -> bool:
        """Orders that change no request: LIST, STATUS, LANGUAGE, HELP."""
        act, request = self.reading.act, self.found.request
        if act == "status" and request is not None:
            self._say(person, NoticeKind.CARD, {"request": request})
        elif act == "list":
            self._say(person, NoticeKind.LIST, {"filter": Filter.TO_DO, "page": 0})
        elif act == "language" and (chosen := self.reading.details.note) in set(Language):
            await people.set_language(person.id, Language(chosen))
            self._say(person, NoticeKind.SAY, {"say": Say.LANGUAGE_SET})
        elif act in {"help", "settings", "status"}:
            self._say(person, NoticeKind.SAY, {"say": Say.MAIL_HELP})
        else:
            return False
        return True

    async def _new_request(self, person: PersonView) -> Taken:
        """A new mail that holds a citation is a request; its sender is asked first unless vouched for.

        Files that come without one are kept, and their sender is asked for which request.
        """
        if self.reading.attachments and not is_citation(values_of(understand(self.reading.text))):
            return await self._which(person)
        text, reader = without_reader(self.reading.text.strip() or self.reading.subject)
        citation = understand(text)
        values = values_of(citation)
        at_once = is_citation(values) and form.is_complete(citation.service, values)
        draft = await self._begun(person, citation.service, values=titled(values, text), reader=reader)
        if self.found.standing is Standing.SPEAKS and at_once:
            return await self._send_draft(person, draft, key=f"mail:{self.mail.id}")
        self._say(person, NoticeKind.DRAFT_ASKED, {"draft": draft})
        return Taken("draft", self.slips)

    async def _which(self, person: PersonView) -> Taken:
        """Keep the files and ask which request they are for."""
        note = self.reading.text.strip()[:LONGEST_COMMENT] or None
        kept, wrong = await self._keep_files(person, note=note)
        if not kept:
            return self._empty(person, None, wrong)
        if not await request_queries.awaiting_copy(person):
            await files.discard(kept)
            self._say(person, NoticeKind.SAY, {"say": Say.FILE_LATER})
            return Taken("files_later", self.slips)
        loose = [one.id for one in await file_queries.loose_of(person.id)]
        self._say(person, NoticeKind.WHICH, {"files": loose})
        return Taken("which", self.slips)

    async def _begun(
        self, person: PersonView, service: Service, *, values: dict[str, Any], reader: str | None
    ) -> int:
        """The draft that this mail begins, the same one however often it is delivered."""
        origin = f"mail:{self.mail.id}"
        existing = await drafts.started_by(origin, person.id)
        return existing or await drafts.start(
            person.id,
            service,
            self.now,
            values=values,
            supplying=await _partner(person),
            origin=origin,
            reader=reader,
        )

    async def _draft(self, person: PersonView, draft: int) -> Taken:
        """The answer to "file this as a request?": FILE or DISCARD; anything else is asked again."""
        if self.reading.act in {"file", "yes"}:
            return await self._send_draft(person, draft, key=f"draft:{draft}")
        if self.reading.act in {"discard", "no", "cancel"}:
            await drafts.drop(draft, person.id)
            self._say(person, NoticeKind.SAY, {"say": Say.DRAFT_DELETED})
            return Taken("draft_dropped", self.slips)
        self._say(person, NoticeKind.DRAFT_ASKED, {"draft": draft})
        return Taken("draft", self.slips)

    async def _send_draft(self, person: PersonView, draft: int, *, key: str) -> Taken:
        try:
            outcome = await drafts.submit(draft, author=person.id, via=Via.EMAIL, key=key, now=self.now)
        except Refusal as refusal:
            self._say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
            return Taken("refused", self.slips)
        if outcome.repeated:
            await drafts.drop(draft, person.id)
        await self._remember(person, outcome)
        self._say(person, NoticeKind.RECEIPT, {"request": outcome.request, "event": outcome.event})
        return Taken("filed", self.slips)

    async def _reply(self, person: PersonView, request: int) -> Taken:
        view = await request_queries.card(request, person, self.now)
        if view is None:
            return Taken("no_party")
        kept, wrong = await self._keep_files(person)
        views = await file_queries.those(list(kept))
        made = await bound(self.door.desk, views, self.now, owner=person.id, name=view.number)
        intent = self._intent(person, view, made.files)
        if intent is None:
            return self._empty(person, request, wrong)
        taken = await self._act(person, intent, wrong)
        # What one PDF stands for, and what a repeated mail brought again.
        await files.discard([*made.replaced, *made.files])
        return taken

    async def _keep_files(
        self, person: PersonView, *, note: str | None = None
    ) -> tuple[tuple[int, ...], list[FileWrongKind]]:
        kept: list[int] = []
        wrong: list[FileWrongKind] = []
        for attached in self.reading.attachments:
            try:
                kept.append(await self._keep(attached, person, note))
            except FileWrongKind as refusal:
                wrong.append(refusal)
        return tuple(kept), wrong

    async def _keep(self, attached: File, person: PersonView, note: str | None) -> int:
        arrived = files.Arrived(name=attached.name, data=attached.content, note=note)
        return await files.keep(self.door.desk.files, arrived, self.now, owner=person.id)

    def _intent(self, person: PersonView, view: CardView, kept: tuple[int, ...]) -> Intent | None:
        """The act that the mail means; a comment where it means none; None for a mail without anything."""
        act = self._meant(view, kept)
        if act is not None:
            return self._as_intent(person, view, act, self._details(act, kept))
        if not self._said() and not kept:
            return None
        note = self._said()[:LONGEST_COMMENT] or None
        return self._as_intent(person, view, Act.COMMENT, Details(note=note, files=kept))

    def _meant(self, view: CardView, kept: tuple[int, ...]) -> Act | None:
        if self.found.standing is not Standing.SPEAKS:
            return None
        word = self.reading.act
        content = kept or self._link()
        if content and view.offers(Act.DELIVER) and word in {None, "sent", "yes"}:
            return Act.DELIVER
        return (meant(word, view) or intended(word)) if word else None

    def _details(self, act: Act, kept: tuple[int, ...]) -> Details:
        details = details_of(self.reading.details, act)
        link = self._link() if act is Act.DELIVER and not kept else None
        note = None if link else details.note or self._rest_of_text()
        return replace(details, note=note, files=kept, url=link)

    def _link(self) -> str | None:
        """A link that is all the mail says, or all that follows a word such as SENT."""
        text = self.reading.text.strip()
        rest = text.split(maxsplit=1)[1:] if self.reading.act else [text]
        return pasted_link(rest[0]) if rest else None

    def _said(self) -> str:
        """The person's own words. A quote alone is none of theirs: it is ours, told to them alone."""
        return "" if self.reading.note is ReadNote.ONLY_QUOTE else self.reading.text.strip()

    def _rest_of_text(self) -> str | None:
        """What was written below the line that acts."""
        rest = self._said().partition("\n")[2].strip()
        return rest[:LONGEST_COMMENT] or None

    def _as_intent(self, person: PersonView, view: CardView, act: Act, details: Details) -> Intent:
        return Intent(
            request=view.id,
            act=act,
            actor=person.id,
            via=Via.EMAIL,
            key=f"mail:{self.mail.id}",
            seen=self.found.seen,
            details=details,
            signed_by=(self.found.signed_by or "")[:LONGEST_NAME] or None,
            language=person.language if details.note else None,
        )

    def _empty(self, person: PersonView, request: int | None, wrong: Sequence[Refusal]) -> Taken:
        refusal: Refusal = wrong[0] if wrong else EmptyReply()
        about = {} if request is None else {"request": request}
        self._say(person, NoticeKind.REFUSAL, {**about, "refusal": refusal.facts()})
        return Taken("empty", self.slips)

    async def _act(self, person: PersonView, intent: Intent, wrong: Sequence[Refusal]) -> Taken:
        try:
            outcome = await requests.act(intent, self.now)
        except Refusal as refusal:
            return await self._refused(person, intent, refusal)
        await self._remember(person, outcome)
        facts = {"request": outcome.request, "event": outcome.event}
        if wrong:
            self._say(person, NoticeKind.REFUSAL, {"request": intent.request, "refusal": wrong[0].facts()})
        elif intent.act is not Act.COMMENT and not self.reading.wants_no_receipt:
            self._say(person, NoticeKind.RECEIPT, facts)
        elif self.reading.unclear or (self.reading.act and self.found.standing is Standing.COMMENTS):
            self._say(person, NoticeKind.UNCLEAR, {"request": intent.request})
        return Taken("acted" if intent.act is not Act.COMMENT else "comment", self.slips)

    async def _refused(self, person: PersonView, intent: Intent, refusal: Refusal) -> Taken:
        """An act that is not possible now is kept as a comment and answered with the reason (rule 2)."""
        note = self._said()[:LONGEST_COMMENT] or None
        comment = self._comment_instead(intent, note)
        if comment is not None:
            await self._remember(person, await requests.act(comment, self.now))
        self._say(person, NoticeKind.REFUSAL, {"request": intent.request, "refusal": refusal.facts()})
        return Taken("refused", self.slips)

    def _comment_instead(self, intent: Intent, note: str | None) -> Intent | None:
        if note is None and not intent.details.files:
            return None
        return Intent(
            request=intent.request,
            act=Act.COMMENT,
            actor=intent.actor,
            via=Via.EMAIL,
            key=intent.key,
            details=Details(note=note, files=intent.details.files),
            signed_by=intent.signed_by,
            language=intent.language,
        )

    async def _remember(self, person: PersonView, outcome: Outcome) -> None:
        if 0 < len(self.reading.message_id) <= LONGEST_ID:
            await traces.received(
                self.reading.message_id,
                request=outcome.request,
                person=person.id,
                event=outcome.event,
                now=self.now,
            )


async def _partner(person: PersonView) -> int | None:
    partners = await parties.partners_of(person.library or 0)
    return partners[0].id if partners else None


def details_of(said: said_details.Details, act: Act) -> Details:
    """What stood beside the word, as the lifecycle takes it; defaults where a word says enough."""
    reason = said.reason if isinstance(said.reason, Reason) else None
    problem = said.reason if isinstance(said.reason, ScanProblem) else None
    if act is Act.CONDITIONS and reason is None:
        reason = Reason.MUST_MEET_CONDITION
    if act is Act.LATER and reason is None:
        reason = Reason.IN_PROCESS
    if act is Act.PROBLEM and problem is None:
        problem = ScanProblem.PAGES_MISSING if said.pages else ScanProblem.UNREADABLE
    if act is Act.NO and reason is None:
        reason = Reason.OTHER if said.note else None
    return Details(
        reason=reason,
        problem=problem,
        conditions=(said.condition,) if said.condition else (),
        due=said.due_date or (said.until if act in DUE_ACTS else None),
        until=said.until,
        parcel=said.parcel,
        cost=said.cost,
        pages=said.pages,
        note=said.note,
    )
