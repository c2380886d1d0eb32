"""From a row of the outbox to a letter: whom it continues, how it can be answered, what it carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import quote

from handlers.mail.addresses import Signer
from handlers.mail.compose import Attachment, Automatic, Letter
from handlers.mail.headers import Mailbox
from handlers.mail.separator import SEPARATOR_ATTRIBUTE, SEPARATOR_MARK
from handlers.text.citations import heading, shortened
from handlers.text.reader import Reader
from handlers.text.replies import Choice, choice_lines, choices
from handlers.text.rich import Line, as_html, as_text, line
from handlers.text.screens import Screen
from handlers.text.voice import Voice, message
from handlers.text.wording import word
from handlers.text.words import display
from models.operations.files import path_of
from models.operations.outbox import Leased
from models.queries import parties, requests, traffic
from models.queries.parties import PersonView
from models.queries.requests import CardView, FileView
from models.rules.vocabulary import Channel, Language, NoticeKind

NAME = "Abonement"
LARGEST_ATTACHED = 10_000_000
"""Octets of files in one mail: many servers take 25 MB, and base64 adds a third."""

AUTOMATIC: dict[NoticeKind, Automatic] = {
    NoticeKind.RECEIPT: Automatic.REPLIED,
    NoticeKind.REFUSAL: Automatic.REPLIED,
    NoticeKind.UNCLEAR: Automatic.REPLIED,
    NoticeKind.DRAFT_ASKED: Automatic.REPLIED,
    NoticeKind.LETTER_SENT: Automatic.REPLIED,
    NoticeKind.CARD: Automatic.REPLIED,
    NoticeKind.LIST: Automatic.REPLIED,
    NoticeKind.SAY: Automatic.REPLIED,
    NoticeKind.INVITATION: Automatic.GENERATED,
    NoticeKind.ASIDE: Automatic.GENERATED,
    NoticeKind.MAIL_TROUBLE: Automatic.GENERATED,
    NoticeKind.UNDELIVERED: Automatic.GENERATED,
    NoticeKind.REMINDER: Automatic.GENERATED,
    NoticeKind.DIGEST: Automatic.GENERATED,
    NoticeKind.SETTINGS: Automatic.REPLIED,
    NoticeKind.ADDRESS: Automatic.GENERATED,
}
"""Words relayed from a person carry no Auto-Submitted (RFC 3834 §5): robots may be answered by people."""

SUBJECTS: dict[NoticeKind, str] = {
    NoticeKind.INVITATION: message("Invitation to the desk for interlibrary loans"),
    NoticeKind.LIST: message("Requests of your library"),
    NoticeKind.ASIDE: message("A mail was kept aside"),
    NoticeKind.MAIL_TROUBLE: message("Mail is not leaving"),
    NoticeKind.UNDELIVERED: message("A mail could not be delivered"),
    NoticeKind.DIGEST: message("What waits for your library"),
    NoticeKind.SETTINGS: message("Your settings"),
    NoticeKind.ADDRESS: message("Please confirm this address"),
}
OTHER_SUBJECT = message("Interlibrary loans and copies")
ABOVE = message("Please write your answer above this line.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter ready to go, and what its thread has to remember."""

    letter: Letter
    envelope_sender: str
    request: int | None = None
    version: int | None = None


class Post:
    """Writes the installation's letters: one mailbox, signed addresses."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer

    async def write(self, row: Leased, now: datetime, *, files: Path) -> Written | None:
        """The letter for a row as of now; None when there is nothing to say any more."""
        person = await parties.person(row.person) if row.person else None
        reader = await _reader(row, person, now)
        screen = await word(row.kind, row.facts, reader) if reader else None
        if reader is None or screen is None:
            return None
        view = await _view(screen, person, now)
        letter = await self._letter(row, reader, screen, view=view, files=files)
        return Written(
            letter=letter,
            envelope_sender=self._envelope(row, person),
            request=screen.request,
            version=screen.version or None,
        )

    async def _letter(
        self, row: Leased, reader: Reader, screen: Screen, *, view: CardView | None, files: Path
    ) -> Letter:
        person, voice = reader.person, reader.voice
        attached, too_large = _fitting(screen.files)
        lines = (*screen.lines, *_left_out(voice, too_large))
        reply_to = self._reply_to(row, person, screen)
        offered = choices(voice, view) if view else ()
        subject = screen.subject or _subject(voice, row, view)
        thread = await requests.thread_of(view.id, person.id) if view and person else None
        return Letter(
            sender=Mailbox(NAME, self._signer.address),
            to=Mailbox(_own_name(person, row.target), row.target),
            subject=subject,
            text=_text(voice, lines, view),
            html=_html(voice, lines, view, offered=offered, reply_to=reply_to, subject=subject),
            message_id=self._message_id(row, person),
            date=row.created_at,
            language=voice.language.value,
            in_reply_to=thread.last if thread else screen.answers,
            references=thread.references if thread else tuple(filter(None, (screen.answers,))),
            reply_to=Mailbox(NAME, reply_to),
            auto_submitted=AUTOMATIC.get(row.kind),
            suppress_auto=row.kind in AUTOMATIC,
            list_unsubscribe=_unsubscribe(voice, reply_to) if row.kind is NoticeKind.DIGEST else None,
            attachments=tuple(_attachment(one, files) for one in attached),
        )

    def _reply_to(self, row: Leased, person: PersonView | None, screen: Screen) -> str:
        if row.kind is NoticeKind.INVITATION:
            return self._signer.invitation(row.facts["invitation"], 0, epoch=1)
        if person is None:
            return self._signer.address
        if row.kind is NoticeKind.ADDRESS:
            return self._signer.confirmation(person.id, epoch=person.epoch)
        if row.kind is NoticeKind.DRAFT_ASKED:
            return self._signer.letter(row.facts["draft"], person.id, epoch=person.epoch)
        if screen.letter is not None:
            return self._signer.thread(screen.letter, person.id, epoch=person.epoch)
        if screen.request is None:
            return self._signer.general(person.id, epoch=person.epoch)
        return self._signer.reply(screen.request, person.id, epoch=person.epoch)

    def _message_id(self, row: Leased, person: PersonView | None) -> str:
        epoch = person.epoch if person else 1
        return self._signer.message_id(row.id, person.id if person else 0, epoch=epoch)

    def _envelope(self, row: Leased, person: PersonView | None) -> str:
        epoch = person.epoch if person else 1
        return self._signer.bounce(row.id, person.id if person else 0, epoch=epoch)


async def _reader(row: Leased, person: PersonView | None, now: datetime) -> Reader | None:
    if person is not None:
        zone = (await parties.library(person.library)).zone if person.library else "UTC"
        return Reader(voice=Voice(person.language), now=now, person=person, zone=zone, channel=Channel.MAIL)
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


def _unsubscribe(voice: Voice, reply_to: str) -> str:
    """What a mail client offers beside a daily mail (RFC 2369 §3.2): the reply that ends it."""
    word = quote(display("stop", voice.language))
    return f"<mailto:{quote(reply_to)}?subject={word}&body={word}>"


def _own_name(person: PersonView | None, target: str) -> str:
    return "" if person is None or person.name == target else person.name


def _fitting(files: Sequence[FileView]) -> tuple[list[FileView], list[FileView]]:
    """What fits into one mail, and what does not."""
    fitting: list[FileView] = []
    left: list[FileView] = []
    for file in files:
        room = LARGEST_ATTACHED - sum(one.size for one in fitting)
        (fitting if file.size <= room else left).append(file)
    return fitting, left


def _left_out(voice: Voice, files: Sequence[FileView]) -> Sequence[Line]:
    return [
        line(voice.say("Too large for a mail: {name}. Please ask for it in another way.", name=one.name))
        for one in files
    ]


def _attachment(file: FileView, root: Path) -> Attachment:
    return Attachment(file.name, file.mime, path_of(root, file.sha256).read_bytes())


def _subject(voice: Voice, row: Leased, view: CardView | None) -> str:
    """The number first and the document's name: the same in every mail of a thread."""
    if view is not None:
        return f"[{view.number}] {shortened(heading(view.values), 150)}"
    return voice.say(SUBJECTS.get(row.kind, OTHER_SUBJECT))


def _text(voice: Voice, lines: Sequence[Line], view: CardView | None) -> str:
    answers = tuple(choice_lines(voice, view)) if view else ()
    parts = [f"{SEPARATOR_MARK} {voice.say(ABOVE)}", as_text(lines)]
    return "\n\n".join([*parts, as_text(answers)] if answers else parts) + "\n"


def _html(
    voice: Voice,
    lines: Sequence[Line],
    view: CardView | None,
    *,
    offered: Sequence[Choice],
    reply_to: str,
    subject: str,
) -> str:
    answers = tuple(choice_lines(voice, view)) if view else ()
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
