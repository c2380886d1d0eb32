"""A letter as bytes: seven-bit, lines that every server takes, the words in UTF-8 quoted-printable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from email.utils import format_datetime
from enum import StrEnum
from hashlib import sha256

from handlers.mail.headers import POLICY, Disposition, Mailbox, message_ids, one_line
from handlers.mail.separator import OWN_HEADER


class Automatic(StrEnum):
    """The values of Auto-Submitted (RFC 3834 §5) that we use; words relayed from a person carry none."""

    GENERATED = "auto-generated"
    REPLIED = "auto-replied"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file. `type` is a media type without parameters, e.g. `application/pdf`."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Calendar:
    """An iCalendar object (RFC 5545) with this METHOD; sent for the client to show, and as a file."""

    method: str
    content: str
    name: str = "invite.ics"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything that a mail says. The same letter always gives the same bytes.

    `ours` marks it as the desk's own, so that it is known when it comes back; others write without the mark.
    """

    sender: Mailbox
    to: Mailbox
    subject: str
    text: str
    message_id: str
    date: datetime
    language: str
    html: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    reply_to: Mailbox | None = None
    auto_submitted: Automatic | None = None
    suppress_auto: bool = False
    list_unsubscribe: str | None = None
    thread_index: str | None = None
    attachments: tuple[Attachment, ...] = ()
    calendar: Calendar | None = None
    ours: bool = True


def compose(letter: Letter) -> bytes:
    """The letter as it goes over the wire: RFC 5322, CRLF, seven-bit.

    The words are quoted-printable UTF-8, the files base64. One with a large file takes a while: use a thread.
    """
    message = EmailMessage(policy=POLICY)
    for name, value in _headers(letter):
        if value:
            message[name] = one_line(value) if isinstance(value, str) else value
    message["MIME-Version"] = "1.0"
    _fill(message, letter)
    # Last, for setting a body drops every earlier header whose name begins with "Content-".
    message["Content-Language"] = one_line(letter.language)
    return message.as_bytes()


def _headers(letter: Letter) -> Iterator[tuple[str, object]]:
    yield "From", letter.sender
    yield "To", letter.to
    yield "Reply-To", letter.reply_to
    yield "Subject", letter.subject
    yield "Date", format_datetime(letter.date)
    yield "Message-ID", letter.message_id
    yield "In-Reply-To", message_ids(letter.in_reply_to or "")
    yield "References", message_ids(" ".join(letter.references))
    yield "Thread-Index", letter.thread_index
    yield "Auto-Submitted", letter.auto_submitted
    yield "X-Auto-Response-Suppress", "All" if letter.suppress_auto else None
    yield "List-Unsubscribe", letter.list_unsubscribe
    yield OWN_HEADER, "1" if letter.ours else None


def _fill(root: MIMEPart, letter: Letter) -> None:
    files = list(_files(letter))
    if not files:
        _fill_words(root, letter)
        return
    words = MIMEPart(policy=POLICY)
    _fill_words(words, letter)
    _fill_multipart(root, "mixed", letter, [words, *files])


def _fill_words(part: MIMEPart, letter: Letter) -> None:
    versions = list(_versions(letter))
    if len(versions) == 1:
        _fill_text(part, letter.text, "plain")
    else:
        _fill_multipart(part, "alternative", letter, versions)


def _versions(letter: Letter) -> Iterator[MIMEPart]:
    """The same words from the plainest to the richest (RFC 2046 §5.1.4)."""
    yield _fill_text(MIMEPart(policy=POLICY), letter.text, "plain")
    if letter.html is not None:
        yield _fill_text(MIMEPart(policy=POLICY), letter.html, "html")
    if letter.calendar is not None:
        part = _fill_text(MIMEPart(policy=POLICY), letter.calendar.content, "calendar")
        part.set_param("method", letter.calendar.method)
        yield part


def _files(letter: Letter) -> Iterator[MIMEPart]:
    if letter.calendar is not None:
        yield _file(Attachment(letter.calendar.name, "application/ics", letter.calendar.content.encode()))
    yield from map(_file, letter.attachments)


def _file(attachment: Attachment) -> MIMEPart:
    part = MIMEPart(policy=POLICY)
    main, sub = _media_type(attachment.type)
    part.set_content(attachment.content, maintype=main, subtype=sub, cte="base64")
    part["Content-Disposition"] = Disposition("attachment", attachment.name)
    return part


def _media_type(written: str) -> tuple[str, str]:
    # Composite types may not be base64 (RFC 2046 §5.1, §5.2.1): as files they travel unnamed.
    found = re.fullmatch(r"(?!message/|multipart/)([a-z]+)/([a-z0-9.+-]+)", written.lower())
    return (found[1], found[2]) if found else ("application", "octet-stream")


def _fill_text(part: MIMEPart, text: str, kind: str) -> MIMEPart:
    sound = text.encode(errors="replace").decode()
    part.set_content(sound, subtype=kind, charset="utf-8", cte="quoted-printable")
    return part


def _fill_multipart(part: MIMEPart, kind: str, letter: Letter, children: list[MIMEPart]) -> None:
    # Neither quoted-printable nor base64 can contain "=_": this boundary needs no luck, and it repeats.
    mark = sha256(f"{kind} {letter.message_id}".encode()).hexdigest()[:24]
    part["Content-Type"] = f'multipart/{kind}; boundary="=_{mark}"'
    for child in children:
        part.attach(child)
