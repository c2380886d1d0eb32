"""A stored mail, understood and done: the mail door's counterpart of a tap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.desk import Desk
from handlers.mail import parse, splitting, stray
from handlers.mail.addresses import Purpose, Signer, Token
from handlers.mail.correspondence import Correspondence
from handlers.mail.dkim import Signatures
from handlers.mail.floods import Flood, alerts, flood
from handlers.mail.gaps import Gaps
from handlers.mail.parse import MailKind, Reading, ReadNote
from handlers.mail.renewals import accepted, renewal_answered, shown
from handlers.mail.returned import returned, to_our_envelope
from handlers.mail.said import EXPLAINED, colleague_named, details_of, edits_of, tail_of
from handlers.mail.scans import Chosen
from handlers.mail.threading import ASIDE, Place, Standing, let_through, place
from handlers.mail.together import TOGETHER, answered_together, ordered_together, thread_of
from handlers.mail.trust import Trust, verdict
from handlers.mail.visit import LONGEST_NAME, Taken
from handlers.text.papers import papers_of
from handlers.text.reader import Facts
from handlers.text.replies import intended, meant
from models.operations import asides, digests, files, following, people, preferences, requests
from models.operations.inbox import WaitingMail
from models.operations.intents import Intent
from models.operations.outbox import Slip
from models.queries import drafts as draft_queries
from models.queries import requests as request_queries
from models.queries.parties import PersonView
from models.queries.requests import CardView
from models.rules import form
from models.rules.errors import EmptyReply, Refusal
from models.rules.lifecycle import Details
from models.rules.vocabulary import (
    Act,
    Filter,
    Language,
    NoticeKind,
    Say,
    Via,
)

LONGEST_COMMENT = 3000
LONGEST_REST = 20_000
LAST = {"more": True, "complete": False}
"""Words beside a delivered file: whether further ones will follow."""

_HELP: tuple[NoticeKind, Facts] = (NoticeKind.SAY, {"say": Say.MAIL_HELP})
_SETTINGS: tuple[NoticeKind, Facts] = (NoticeKind.SETTINGS, {})
SHOWN: dict[str, tuple[NoticeKind, Facts]] = {
    "list": (NoticeKind.LIST, {"filter": Filter.TO_DO, "page": 0}),
    "settings": _SETTINGS,
    "language": _SETTINGS,
    "calendar": (NoticeKind.CALENDAR, {}),
    "gaps": (NoticeKind.GAPS, {}),
    "duplicates": (NoticeKind.GAPS, {}),
    "help": _HELP,
    "status": _HELP,
    "print": _HELP,
}
"""Orders that only show something; those that need a request, without one."""


@dataclass(frozen=True, slots=True)
class MailDoor:
    """Everything the door needs: the desk, the signer of addresses, whose authentication results count.

    Where no mail server is trusted with that, `signatures` checks mails itself.
    """

    desk: Desk
    signer: Signer
    authserv_id: str | None = None
    signatures: Signatures | None = None

    async def take(self, mail: WaitingMail, now: datetime) -> Taken:
        """Understand one stored mail and do what it asks. Doing it twice changes nothing more."""
        reading = parse.read(mail.body, own_addresses=frozenset({self.signer.address.lower()}))
        if reading.kind is MailKind.BOUNCE:
            await returned(mail, reading, self.signer, now)
            return Taken(reading.kind)
        if reading.kind is MailKind.LOOP:
            return Taken(reading.kind)
        if reading.kind is MailKind.AUTO_REPLY and to_our_envelope(mail, self.signer):
            return Taken(reading.kind)
        trust = await self._trust(mail, reading)
        found = await place(reading, mail.recipients, signer=self.signer, trust=trust)
        if mail.let_through:
            found = let_through(found, reading)
        if reading.kind is MailKind.UNREADABLE or found.standing in ASIDE:
            return Taken(*await stray.keep(mail, reading, found, now))
        reply = _Reply(self.desk, mail, reading, found, now)
        return await reply.take() if mail.let_through else await _heard(reply)

    async def set_aside(self, mail: WaitingMail, now: datetime) -> list[Slip]:
        """What coordinators are shown of a mail that could not be done, whatever it is."""
        reading = replace(parse.read(mail.body), kind=MailKind.UNREADABLE)
        _, slips = await stray.keep(mail, reading, Place(standing=Standing.STRANGER), now)
        return slips

    async def _trust(self, mail: WaitingMail, reading: Reading) -> Trust:
        """What the own mail server found out; where none is named, what the signature says."""
        if self.authserv_id is not None or self.signatures is None:
            return verdict(reading.authentication, sender=reading.sender, authserv_id=self.authserv_id)
        return Trust.VOUCHED if await self.signatures.vouch(mail.body, reading.sender) else Trust.NONE


async def _heard(reply: "_Reply") -> Taken:
    """Robots and floods are recorded in their thread; they move nothing and get no answer."""
    reading, found = reply.reading, reply.found
    if reading.accepted and await accepted(reply):
        return Taken("accepted")
    too_much = await flood(reply.mail.id, reading, found.request or thread_of(found.token), reply.now)
    if reading.kind is not MailKind.AUTO_REPLY and too_much is None:
        return await reply.take()
    if found.person is not None and found.request is not None:
        await reply.remember(found.person, request=found.request, event=None)
    if too_much is Flood.TOO_MANY:
        return Taken(too_much, await alerts(reading.sender, found.request, found.person, reply.now))
    return Taken(too_much or reading.kind)


class _Reply(Correspondence, Gaps):
    """The way of one mail: orders, matters of their own, and what is said about a request."""

    __slots__ = ()

    async def take(self) -> Taken:
        token = self.found.token
        if token is not None and token.purpose is Purpose.INVITATION:
            return await self.invitation(token.ref)
        person = self.found.person
        if person is None:
            return Taken("nobody")
        if self.reading.sender == (person.writes_from or "").lower():
            await people.open_mail(person.id)
        answered = await self._answered(person, token) if token is not None else None
        if answered is not None:
            return answered
        matter = await self.gap_matter(person)
        if matter is not None:
            return matter
        if self.reading.kind is MailKind.COMMAND and await self._command(person):
            return Taken("command", self.slips)
        chosen = await self.chosen(person)
        if chosen is not None:
            return chosen if isinstance(chosen, Taken) else await self._deliver(person, chosen)
        if self.brings_files_alone():
            return await self.which(person)
        if self.found.request is None:
            return await self.new_matter(person)
        return await self._reply(person, self.found.request)

    async def _answered(self, person: PersonView, token: Token) -> Taken | None:
        """What is asked under an address of its own; None for the addresses of requests."""
        match token.purpose:
            case Purpose.ADDRESS:
                return await self._address(person)
            case Purpose.STRAY:
                return await self._stray(person, token.ref)
            case Purpose.LETTER:
                return await self.draft_answered(person, token.ref)
            case Purpose.THREAD:
                return await self.letter(person, token.ref)
            case Purpose.RENEWAL:
                return await renewal_answered(self, person, token.ref)
            case Purpose.GAPS:
                return await self.lines_answered(person)
            case Purpose.GAP_IMPORT:
                return await self.import_answered(person, token.ref)
            case Purpose.EXCHANGE:
                return await self.exchange_answered(person, token.ref)
            case _:
                return await answered_together(self, person, token)

    async def _stray(self, person: PersonView, aside: int) -> Taken:
        """YES lets the mail through that was kept aside, NO leaves it; anything else is asked again."""
        if self.reading.act == "yes":
            await asides.let_through(aside, self.now)
            self.say(person, NoticeKind.SAY, {"say": Say.STRAY_THROUGH})
        elif self.reading.act == "no":
            await asides.drop(aside, self.now)
            self.say(person, NoticeKind.SAY, {"say": Say.STRAY_LEFT})
        else:
            self.say(person, NoticeKind.WAS_IT_YOU, {"aside": aside})
        return Taken("stray", self.slips)

    async def _address(self, person: PersonView) -> Taken:
        """YES makes the address that answers the person's own, if it is the one that was asked."""
        if self.reading.act != "yes":
            return Taken("not_confirmed")
        confirmed = await preferences.confirm_address(person.id, self.reading.sender, self.now)
        return Taken("confirmed" if confirmed else "not_confirmed")

    async def _command(self, person: PersonView) -> bool:
        """Orders that change no request: LIST, FIND, PRINT, AGREEMENT, LANGUAGE and the like."""
        act, request = self.reading.act, self.found.request
        if act == "status" and request is not None:
            self.say(person, NoticeKind.CARD, {"request": request})
        elif act == "print" and request is not None:
            await self._print(person, request)
        elif act == "find":
            words = self.reading.details.note
            self.say(person, NoticeKind.FOUND, {"words": words} if words else {})
        elif act == "language" and (chosen := self.reading.details.note) in set(Language):
            await people.set_language(person.id, Language(chosen), self.now)
            self.say(person, NoticeKind.SAY, {"say": Say.LANGUAGE_SET})
        elif act == "stop":
            await digests.stop(person.id)
            self.say(person, NoticeKind.SAY, {"say": Say.DIGEST_OFF})
        elif act == "agreement":
            await shown(self, person)
        elif act in TOGETHER:
            await ordered_together(self, person, act)
        elif act == "report":
            await self.report(person)
        elif act in SHOWN:
            self.say(person, *SHOWN[act])
        else:
            return False
        return True

    async def _print(self, person: PersonView, request: int) -> None:
        """All the papers that make sense now, in one mail."""
        view = await request_queries.card(request, person, self.now)
        if view is not None:
            self.say(person, NoticeKind.PAPER, {"request": request, "papers": list(papers_of(view))})

    async def _reply(self, person: PersonView, request: int) -> Taken:
        view = await request_queries.card(request, person, self.now)
        if view is None:
            return Taken("no_party")
        made, wrong = await self.bound_files(person, view)
        act = self._meant(view, made.files)
        if act in following.FOLLOWING and view.offers(act):
            return await self._follow(person, view, act)
        intent = self._intent(person, view, made.files)
        if intent is None:
            return self._empty(person, request, wrong)
        taken = await self._act(person, intent, wrong)
        # What one PDF stands for, and what a repeated mail brought again.
        await files.discard([*made.replaced, *made.files])
        return await splitting.offer(self, person, view, taken) if intent.act is Act.COMMENT else taken

    async def _deliver(self, person: PersonView, chosen: Chosen) -> Taken:
        """Deliver files that waited for their request."""
        view, made = chosen.view, chosen.made
        act = Act.DELIVER if view.offers(Act.DELIVER) else Act.COMMENT
        intent = self._as_intent(person, view, act, Details(files=made.files, note=chosen.note))
        taken = await self._act(person, replace(intent, seen=None), [])
        await files.discard([*made.replaced, *made.files])
        return taken

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

    def _intent(self, person: PersonView, view: CardView, kept: tuple[int, ...]) -> Intent | None:
        """The act that the mail means; a comment where it means none; None for a mail without anything."""
        act = self._meant(view, kept)
        if act is Act.HAND_OVER:
            named = colleague_named(self.reading.details.note, view.colleagues)
            return self._as_intent(person, view, act, Details(colleague=named))
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
        content = kept or self.link()
        if content and view.offers(Act.DELIVER) and word in {None, "sent", "yes", *LAST}:
            return Act.DELIVER
        return (meant(word, view) or intended(word)) if word else None

    def _details(self, act: Act, kept: tuple[int, ...]) -> Details:
        details = details_of(self.reading.details, act)
        link = self.link() if act is Act.DELIVER and not kept else None
        if link is not None:
            return Details(url=link)
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
            removed=self.reading.removed.strip()[:LONGEST_REST] or None,
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
        await self.remember(person, request=outcome.request, event=outcome.event)
        facts = {"request": outcome.request, "event": outcome.event}
        if wrong:
            self.say(person, NoticeKind.REFUSAL, {"request": intent.request, "refusal": wrong[0].facts()})
        elif intent.act is not Act.COMMENT and not self.reading.wants_no_receipt:
            self.say(person, NoticeKind.RECEIPT, facts)
        elif self.reading.unclear or (self.reading.act and self.found.standing is Standing.COMMENTS):
            self.say(person, NoticeKind.UNCLEAR, {"request": intent.request})
        elif not self.reading.wants_no_receipt:
            once = f"comment:{intent.request}:{person.id}:{self.now:%Y-%m-%d}"
            self.say(person, NoticeKind.RECEIPT, facts, dedupe=once)
        return Taken("acted" if intent.act is not Act.COMMENT else "comment", self.slips)

    async def _refused(self, person: PersonView, intent: Intent, refusal: Refusal) -> Taken:
        """An act that is not possible now is kept as a comment and answered with the reason (rule 2)."""
        note = self._said()[:LONGEST_COMMENT] or None
        comment = self._comment_instead(intent, note)
        if comment is not None:
            done = await requests.act(comment, self.now)
            await self.remember(person, request=done.request, event=done.event)
        facts = {"request": intent.request, "refusal": refusal.facts(), "kept": comment is not None}
        self.say(person, NoticeKind.REFUSAL, facts)
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
            removed=intent.removed,
            language=intent.language,
        )
