"""A stored mail, understood and done: the mail door's counterpart of a tap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.desk import Desk
from handlers.mail import parse
from handlers.mail.addresses import Purpose, Signer
from handlers.mail.bytes import File
from handlers.mail.matters import Matters
from handlers.mail.parse import MailKind, Reading, ReadNote
from handlers.mail.said import EXPLAINED, details_of, edits_of, tail_of
from handlers.mail.threading import ASIDE, Place, Standing, place
from handlers.mail.trust import verdict
from handlers.mail.visit import LONGEST_NAME, Taken
from handlers.text.replies import intended, meant
from models.operations import bounces, digests, files, following, inbox, people, preferences, requests
from models.operations.inbox import KeptAside, WaitingMail
from models.operations.intents import Intent
from models.operations.outbox import Slip
from models.queries import drafts as draft_queries
from models.queries import parties
from models.queries import requests as request_queries
from models.queries.parties import PersonView
from models.queries.requests import CardView
from models.rules import form
from models.rules.errors import EmptyReply, FileWrongKind, Refusal
from models.rules.lifecycle import Details
from models.rules.vocabulary import (
    Act,
    Channel,
    Filter,
    Language,
    NoticeKind,
    Say,
    Via,
)

LONGEST_COMMENT = 3000
LAST = {"more": True, "complete": False}
"""Words beside a delivered file: whether further ones will follow."""


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
        return await _Reply(self.desk.files, mail, reading, found, now).take()

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


class _Reply(Matters):
    """The way of one mail: orders, matters of their own, and what is said about a request."""

    __slots__ = ()

    async def take(self) -> Taken:
        token = self.found.token
        if token is not None and token.purpose is Purpose.INVITATION:
            return await self.invitation(token.ref)
        person = self.found.person
        if person is None:
            return Taken("nobody")
        if token is not None and token.purpose is Purpose.ADDRESS:
            return await self._address(person)
        if token is not None and token.purpose is Purpose.LETTER:
            return await self.draft_answered(person, token.ref)
        if token is not None and token.purpose is Purpose.THREAD:
            return await self.letter(person, token.ref)
        if self.reading.kind is MailKind.COMMAND and await self._command(person):
            return Taken("command", self.slips)
        if self.found.request is None:
            return await self.new_request(person)
        return await self._reply(person, self.found.request)

    async def _address(self, person: PersonView) -> Taken:
        """YES makes the address that answers the person's own, if it is the one that was asked."""
        if self.reading.act != "yes":
            return Taken("not_confirmed")
        confirmed = await preferences.confirm_address(person.id, self.reading.sender, self.now)
        return Taken("confirmed" if confirmed else "not_confirmed")

    async def _command(self, person: PersonView) -> bool:
        """Orders that change no request: LIST, STATUS, LANGUAGE, STOP, HELP."""
        act, request = self.reading.act, self.found.request
        if act == "status" and request is not None:
            self.say(person, NoticeKind.CARD, {"request": request})
        elif act == "list":
            self.say(person, NoticeKind.LIST, {"filter": Filter.TO_DO, "page": 0})
        elif act == "language" and (chosen := self.reading.details.note) in set(Language):
            await people.set_language(person.id, Language(chosen), self.now)
            self.say(person, NoticeKind.SAY, {"say": Say.LANGUAGE_SET})
        elif act == "stop":
            await digests.stop(person.id)
            self.say(person, NoticeKind.SAY, {"say": Say.DIGEST_OFF})
        elif act in {"settings", "language"}:
            self.say(person, NoticeKind.SETTINGS, {})
        elif act in {"help", "status"}:
            self.say(person, NoticeKind.SAY, {"say": Say.MAIL_HELP})
        else:
            return False
        return True

    async def _reply(self, person: PersonView, request: int) -> Taken:
        view = await request_queries.card(request, person, self.now)
        if view is None:
            return Taken("no_party")
        kept, wrong = await self._keep_files(person)
        act = self._meant(view, kept)
        if act in following.FOLLOWING and view.offers(act):
            return await self._follow(person, view, act)
        intent = self._intent(person, view, kept)
        if intent is None:
            return self._empty(person, request, wrong)
        return await self._act(person, intent, wrong)

    async def _follow(self, person: PersonView, view: CardView, act: Act) -> Taken:
        """Send the request that takes this one's place; what it still lacks is asked."""
        details = self._details(act, ())
        try:
            edits = edits_of(self.reading.text, self.now.date())
            pages = {"pages": details.pages.replace("-", "–")} if details.pages else {}
            draft = await following.follow(view.id, act, person.id, self.now, edits={**edits, **pages})
        except Refusal as refusal:
            return await self._refused(person, self._as_intent(person, view, act, details), refusal)
        ready = await draft_queries.draft(draft, person.id)
        if ready is None or not form.is_complete(ready.service, ready.values):
            self.say(person, NoticeKind.DRAFT_ASKED, {"draft": draft})
            return Taken("draft", self.slips)
        return await self.send_draft(person, draft, key=self.key)

    async def _keep_files(self, person: PersonView) -> tuple[tuple[int, ...], list[FileWrongKind]]:
        kept: list[int] = []
        wrong: list[FileWrongKind] = []
        for attached in self.reading.attachments:
            try:
                kept.append(await self._keep(attached, person))
            except FileWrongKind as refusal:
                wrong.append(refusal)
        return tuple(kept), wrong

    async def _keep(self, attached: File, person: PersonView) -> int:
        arrived = files.Arrived(name=attached.name, data=attached.content)
        return await files.keep(self.files, arrived, self.now, owner=person.id)

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
        if kept and view.offers(Act.DELIVER) and word in {None, "sent", "yes", *LAST}:
            return Act.DELIVER
        return (meant(word, view) or intended(word)) if word else None

    def _details(self, act: Act, kept: tuple[int, ...]) -> Details:
        details = details_of(self.reading.details, act)
        note = details.note or self._rest_of_text()
        if note is None and act in EXPLAINED:
            note = tail_of(self._said())
        more = LAST.get(self.reading.act or "") if act is Act.DELIVER else None
        return replace(details, note=note, files=kept, more=more)

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
            key=self.key,
            seen=self.found.seen,
            details=details,
            signed_by=(self.found.signed_by or "")[:LONGEST_NAME] or None,
            language=person.language if details.note else None,
        )

    def _empty(self, person: PersonView, request: int, wrong: Sequence[Refusal]) -> Taken:
        refusal: Refusal = wrong[0] if wrong else EmptyReply()
        self.say(person, NoticeKind.REFUSAL, {"request": request, "refusal": refusal.facts()})
        return Taken("empty", self.slips)

    async def _act(self, person: PersonView, intent: Intent, wrong: Sequence[Refusal]) -> Taken:
        try:
            outcome = await requests.act(intent, self.now)
        except Refusal as refusal:
            return await self._refused(person, intent, refusal)
        await self.remember(person, outcome)
        facts = {"request": outcome.request, "event": outcome.event}
        if wrong:
            self.say(person, NoticeKind.REFUSAL, {"request": intent.request, "refusal": wrong[0].facts()})
        elif intent.act is not Act.COMMENT and not self.reading.wants_no_receipt:
            self.say(person, NoticeKind.RECEIPT, facts)
        elif self.reading.unclear or (self.reading.act and self.found.standing is Standing.COMMENTS):
            self.say(person, NoticeKind.UNCLEAR, {"request": intent.request})
        return Taken("acted" if intent.act is not Act.COMMENT else "comment", self.slips)

    async def _refused(self, person: PersonView, intent: Intent, refusal: Refusal) -> Taken:
        """An act that is not possible now is kept as a comment and answered with the reason (rule 2)."""
        note = self._said()[:LONGEST_COMMENT] or None
        comment = self._comment_instead(intent, note)
        if comment is not None:
            await self.remember(person, await requests.act(comment, self.now))
        self.say(person, NoticeKind.REFUSAL, {"request": intent.request, "refusal": refusal.facts()})
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
