"""From a row of the outbox to a letter: whom it continues, how it can be answered, what it carries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import quote

from handlers.links import Links
from handlers.mail import agreement_calendar
from handlers.mail.addresses import Purpose, Signer
from handlers.mail.bridge import bridged
from handlers.mail.calendar import due_date
from handlers.mail.compose import Attachment, Automatic, Calendar, Letter
from handlers.mail.headers import Mailbox
from handlers.mail.plancalendar import item_date
from handlers.mail.separator import SEPARATOR_ATTRIBUTE, SEPARATOR_MARK
from handlers.mail.thread_index import continued
from handlers.papers.press import enclosed
from handlers.text.citations import heading, shortened
from handlers.text.enclosures import WHICH, instead
from handlers.text.reader import Reader
from handlers.text.replies import Choice, choice_lines, choices
from handlers.text.rich import Line, Lines, as_html, as_text, stacked
from handlers.text.screens import Matter, Screen
from handlers.text.voice import Voice, message
from handlers.text.wording import word
from handlers.text.words import display
from models.operations.files import path_of
from models.operations.outbox import Leased
from models.queries import history, parties, requests, threads, traffic
from models.queries.files import FileView
from models.queries.parties import PersonView
from models.queries.requests import CardView
from models.rules.filelimits import left_out
from models.rules.vocabulary import Channel, Language, NoticeKind

NAME = "Abonement"

AUTOMATIC: dict[NoticeKind, Automatic] = {
    NoticeKind.RECEIPT: Automatic.REPLIED,
    NoticeKind.REFUSAL: Automatic.REPLIED,
    NoticeKind.UNCLEAR: Automatic.REPLIED,
    NoticeKind.DRAFT_ASKED: Automatic.REPLIED,
    NoticeKind.SPLIT: Automatic.REPLIED,
    NoticeKind.LETTER_SENT: Automatic.REPLIED,
    NoticeKind.CARD: Automatic.REPLIED,
    NoticeKind.LIST: Automatic.REPLIED,
    NoticeKind.FOUND: Automatic.REPLIED,
    NoticeKind.SAY: Automatic.REPLIED,
    NoticeKind.INVITATION: Automatic.GENERATED,
    NoticeKind.ASIDE: Automatic.GENERATED,
    NoticeKind.MAIL_TROUBLE: Automatic.GENERATED,
    NoticeKind.UNDELIVERED: Automatic.GENERATED,
    NoticeKind.REMINDER: Automatic.GENERATED,
    NoticeKind.DIGEST: Automatic.GENERATED,
    NoticeKind.SETTINGS: Automatic.REPLIED,
    NoticeKind.ADDRESS: Automatic.GENERATED,
    NoticeKind.WHICH: Automatic.REPLIED,
    NoticeKind.TOO_LARGE: Automatic.REPLIED,
    NoticeKind.FILE_EXPIRES: Automatic.GENERATED,
    NoticeKind.UNSTORED: Automatic.GENERATED,
    NoticeKind.WAS_IT_YOU: Automatic.GENERATED,
    NoticeKind.ASIDES: Automatic.GENERATED,
    NoticeKind.MAIL_FLOOD: Automatic.GENERATED,
    NoticeKind.PAPER: Automatic.REPLIED,
    NoticeKind.CALENDAR: Automatic.REPLIED,
    NoticeKind.AGREEMENT: Automatic.REPLIED,
    NoticeKind.AGREEMENT_NEWS: Automatic.GENERATED,
    NoticeKind.RENEWAL: Automatic.GENERATED,
    NoticeKind.PLAN: Automatic.REPLIED,
    NoticeKind.PLANS: Automatic.REPLIED,
    NoticeKind.ITEM: Automatic.REPLIED,
    NoticeKind.SHARED: Automatic.REPLIED,
    NoticeKind.PLAN_CLOCK: Automatic.GENERATED,
    NoticeKind.PLAN_YEAR: Automatic.GENERATED,
    NoticeKind.BULLETINS: Automatic.GENERATED,
    NoticeKind.MAIL_CAP: Automatic.GENERATED,
    NoticeKind.REPORT: Automatic.REPLIED,
    NoticeKind.REPORT_FILE: Automatic.REPLIED,
    NoticeKind.GAPS: Automatic.REPLIED,
    NoticeKind.GAP_IMPORT: Automatic.REPLIED,
    NoticeKind.GAP_STORED: Automatic.REPLIED,
    NoticeKind.GAP_NEWS: Automatic.GENERATED,
    NoticeKind.EXCHANGE_CLOCK: Automatic.GENERATED,
}
"""Words relayed from a person carry no Auto-Submitted (RFC 3834 §5): robots may be answered by people."""

SUBJECTS: dict[NoticeKind, str] = {
    NoticeKind.INVITATION: message("Invitation to the desk for interlibrary loans"),
    NoticeKind.LIST: message("Requests of your library"),
    NoticeKind.FOUND: message("What was found"),
    NoticeKind.ASIDE: message("A mail was kept aside"),
    NoticeKind.MAIL_TROUBLE: message("Mail is not leaving"),
    NoticeKind.UNDELIVERED: message("A mail could not be delivered"),
    NoticeKind.DIGEST: message("What waits for your library"),
    NoticeKind.CALENDAR: message("The calendar of your library"),
    NoticeKind.SETTINGS: message("Your settings"),
    NoticeKind.ADDRESS: message("Please confirm this address"),
    NoticeKind.WHICH: WHICH,
    NoticeKind.UNSTORED: message("Mail could not be taken in"),
    NoticeKind.WAS_IT_YOU: message("Was this you?"),
    NoticeKind.ASIDES: message("Mails were kept aside"),
    NoticeKind.MAIL_FLOOD: message("Too many mails from one sender"),
    NoticeKind.AGREEMENT: message("The agreement and its dates"),
    NoticeKind.MAIL_CAP: message("Almost as many mails have left as a day allows"),
}
UNSUBSCRIBED = frozenset({NoticeKind.DIGEST, NoticeKind.BULLETIN, NoticeKind.BULLETINS})
"""What comes regularly, and is ended by one word."""
PURPOSES: dict[Matter, Purpose] = {
    Matter.PLAN: Purpose.PLAN,
    Matter.UNTEXTED: Purpose.UNTEXTED,
    Matter.ITEM: Purpose.ITEM,
    Matter.BULLETIN: Purpose.BULLETIN,
    Matter.REPLY: Purpose.ANSWER,
    Matter.SHARED: Purpose.SHARED,
    Matter.EXCHANGE: Purpose.EXCHANGE,
}
STRAY = frozenset({NoticeKind.ASIDE, NoticeKind.WAS_IT_YOU})
"""What a reply to decides about: a mail that was kept aside."""
GAP_KINDS = frozenset({NoticeKind.GAPS, NoticeKind.GAP_STORED, NoticeKind.GAP_NEWS})
"""Mails whose reply answers lines of gap lists."""
OTHER_SUBJECT = message("Interlibrary loans and copies")
ABOVE = message("Please write your answer above this line.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter ready to go, and what its thread has to remember."""

    letter: Letter
    envelope_sender: str
    request: int | None = None
    version: int | None = None
    enclosed: tuple[int, ...] = ()


class Post:
    """Writes the installation's letters: one mailbox, signed addresses, links where a page is public."""

    def __init__(self, signer: Signer, links: Links | None = None) -> None:
        self._signer = signer
        self._links = links

    async def write(self, row: Leased, now: datetime, *, files: Path) -> Written | None:
        """The letter for a row as of now; None when there is nothing to say any more."""
        person = await parties.person(row.person) if row.person else None
        reader = await _reader(row, person, now, links=self._links)
        screen = await word(row.kind, row.facts, reader) if reader else None
        if reader is None or screen is None:
            return None
        view = await _view(screen, person, now)
        screen = _fitted(reader, await bridged(screen, row, reader))
        screen = await enclosed(screen, row.kind, row.facts, reader)
        letter = await self._letter(row, reader, screen, view=view, files=files)
        made = [Attachment(one.name, one.mime, one.content) for one in screen.documents]
        letter = replace(letter, attachments=(*letter.attachments, *made))
        return Written(
            letter=letter,
            envelope_sender=self._envelope(row, person),
            request=screen.request,
            version=screen.version or None,
            enclosed=tuple(one.id for one in screen.files),
        )

    async def _letter(
        self, row: Leased, reader: Reader, screen: Screen, *, view: CardView | None, files: Path
    ) -> Letter:
        person, voice = reader.person, reader.voice
        answers = tuple(choice_lines(voice, view, upload=reader.upload_link(view))) if view else ()
        reply_to = self._reply_to(row, person, screen)
        offered = choices(voice, view) if view else ()
        thread = await threads.thread_of(view.id, person.id) if view and person else None
        subject = screen.subject or _subject(voice, row, view, tags=thread.tags if thread else None)
        return Letter(
            sender=Mailbox(NAME, self._signer.address),
            to=Mailbox(_own_name(person, row.target), row.target),
            subject=subject,
            text=_text(voice, screen.lines, answers),
            html=_html(voice, screen.lines, answers, offered=offered, reply_to=reply_to, subject=subject),
            message_id=self._message_id(row, person),
            date=row.created_at,
            language=voice.language.value,
            in_reply_to=thread.last if thread else screen.answers,
            references=thread.references if thread else tuple(filter(None, (screen.answers,))),
            reply_to=Mailbox(NAME, reply_to),
            thread_index=continued(thread.index, row.created_at) if thread and thread.index else None,
            calendar=await _calendar(row, reader, screen, view=view, reply_to=reply_to),
            auto_submitted=AUTOMATIC.get(row.kind),
            suppress_auto=row.kind in AUTOMATIC,
            list_unsubscribe=_unsubscribe(reply_to) if row.kind in UNSUBSCRIBED else None,
            attachments=tuple(_attachment(one, files) for one in screen.files),
        )

    def _reply_to(self, row: Leased, person: PersonView | None, screen: Screen) -> str:
        if row.kind is NoticeKind.INVITATION:
            return self._signer.invitation(row.facts["invitation"], 0, epoch=1)
        if person is None:
            return self._signer.address
        if row.kind is NoticeKind.ADDRESS:
            return self._signer.confirmation(person.id, epoch=person.epoch)
        if row.kind in {NoticeKind.DRAFT_ASKED, NoticeKind.SPLIT}:
            return self._signer.letter(row.facts["draft"], person.id, epoch=person.epoch)
        if row.kind in STRAY:
            return self._signer.stray(row.facts["aside"], person.id, epoch=person.epoch)
        if (about := self._about(row, person, screen)) is not None:
            return about
        if screen.letter is not None:
            return self._signer.thread(screen.letter, person.id, epoch=person.epoch)
        if screen.agreement is not None:
            return self._signer.renewal(screen.agreement, person.id, epoch=person.epoch)
        if screen.request is None:
            return self._signer.general(person.id, epoch=person.epoch)
        return self._signer.reply(screen.request, person.id, epoch=person.epoch)

    def _about(self, row: Leased, person: PersonView, screen: Screen) -> str | None:
        """Where a mail about what the libraries do together, or about gap lists, is answered."""
        if screen.shows is not None:
            purpose = PURPOSES[screen.shows.matter]
            return self._signer.about(purpose, screen.shows.ref, person.id, epoch=person.epoch)
        if row.kind is NoticeKind.GAP_IMPORT:
            return self._signer.gap_import(row.facts["import"], person.id, epoch=person.epoch)
        if row.kind in GAP_KINDS:
            return self._signer.gaps(person.id, epoch=person.epoch)
        return None

    def _message_id(self, row: Leased, person: PersonView | None) -> str:
        epoch = person.epoch if person else 1
        return self._signer.message_id(row.id, person.id if person else 0, epoch=epoch)

    def _envelope(self, row: Leased, person: PersonView | None) -> str:
        epoch = person.epoch if person else 1
        return self._signer.bounce(row.id, person.id if person else 0, epoch=epoch)


async def _reader(
    row: Leased, person: PersonView | None, now: datetime, *, links: Links | None
) -> Reader | None:
    if person is not None:
        zone = (await parties.library(person.library)).zone if person.library else "UTC"
        voice = Voice(person.language)
        return Reader(voice, now, person, zone, channel=Channel.MAIL, links=links)
    if "language" in row.facts:
        language = Language(row.facts["language"])
    elif row.kind is NoticeKind.INVITATION:
        invited = await traffic.invitation(row.facts["invitation"])
        language = invited.language if invited else Language.EN
    else:
        return None
    return Reader(voice=Voice(language), now=now, person=None, zone="UTC", channel=Channel.MAIL)


async def _view(screen: Screen, person: PersonView | None, now: datetime) -> CardView | None:
    if screen.request is None or person is None:
        return None
    return await requests.card(screen.request, person, now)


async def _calendar(
    row: Leased, reader: Reader, screen: Screen, *, view: CardView | None, reply_to: str
) -> Calendar | None:
    """The due date, the day of a plan's item or of an agreement, where the news is about one."""
    if screen.agreement is not None:
        return await agreement_calendar.entry(
            row, reader, screen.agreement, organizer=reply_to, attendee=row.target
        )
    if row.kind is NoticeKind.ITEM_NEWS:
        return await item_date(row, reader, organizer=reply_to)
    if view is None or reader.person is None or row.kind not in {NoticeKind.EVENT, NoticeKind.RECEIPT}:
        return None
    event = await history.event(row.facts["event"], reader.person)
    if event is None:
        return None
    return due_date(
        reader.voice, view, event.act, organizer=reply_to, attendee=row.target, now=row.created_at
    )


def _unsubscribe(reply_to: str) -> str:
    """What a client offers beside a daily mail (RFC 2369 §3.2): the reply that ends it, in plain ASCII."""
    word = display("stop", Language.EN)
    return f"<mailto:{quote(reply_to, safe='@+')}?subject={word}&body={word}>"


def _own_name(person: PersonView | None, target: str) -> str:
    return "" if person is None or person.name == target else person.name


def _fitted(reader: Reader, screen: Screen) -> Screen:
    """With the files that one mail carries, and a sentence or a link in place of each of the others."""
    kept = [one for one in screen.files if not one.expired]
    stuck = left_out(Channel.MAIL, [one.size for one in kept])
    attached = [one for place, one in enumerate(kept) if place not in stuck]
    lines = stacked(screen.lines, *(_instead(reader, kept[place]) for place in stuck))
    return replace(screen, files=attached, lines=lines)


def _instead(reader: Reader, file: FileView) -> Lines:
    return instead(reader.voice, file, channel=Channel.MAIL, url=reader.file_link(file))


def _attachment(file: FileView, root: Path) -> Attachment:
    return Attachment(file.name, file.mime, path_of(root, file.sha256).read_bytes())


def _subject(voice: Voice, row: Leased, view: CardView | None, *, tags: str | None) -> str:
    """The number first, the tags of the other side's system, the document: the same throughout a thread."""
    if view is not None:
        return " ".join(filter(None, (f"[{view.number}]", tags, shortened(heading(view.values), 150))))
    return voice.say(SUBJECTS.get(row.kind, OTHER_SUBJECT))


def _text(voice: Voice, lines: Sequence[Line], answers: Sequence[Line]) -> str:
    parts = [f"{SEPARATOR_MARK} {voice.say(ABOVE)}", as_text(lines)]
    return "\n\n".join([*parts, as_text(answers)] if answers else parts) + "\n"


def _html(
    voice: Voice,
    lines: Sequence[Line],
    answers: Sequence[Line],
    *,
    offered: Sequence[Choice],
    reply_to: str,
    subject: str,
) -> str:
    links = " ".join(_link(one, reply_to, subject) for one in offered)
    return (
        f'<!doctype html><html lang="{voice.language.value}"><head><meta charset="utf-8"></head><body>'
        f'<div {SEPARATOR_ATTRIBUTE}="1" style="color:#777">{SEPARATOR_MARK} {escape(voice.say(ABOVE))}</div>'
        f"<p>{as_html(lines)}</p>"
        + (f"<hr><p>{as_html(answers)}</p>" if answers else "")
        + (f"<p>{links}</p>" if links else "")
        + "</body></html>"
    )


def _link(choice: Choice, reply_to: str, subject: str) -> str:
    """A mail with the word filled in; nothing is changed by opening it (RFC 6068)."""
    address = f"mailto:{quote(reply_to)}?subject={quote('Re: ' + subject)}&body={quote(choice.words)}"
    return f'<a href="{escape(address)}">{escape(choice.words)}</a>'
