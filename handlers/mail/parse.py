"""From the bytes of a mail to what a colleague would understand of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from handlers.mail import bounces, kinds, quoting
from handlers.mail.bounces import Failure
from handlers.mail.bytes import File, Letter, Piece, open_letter
from handlers.mail.commands import ORDERS, Command, command
from handlers.mail.details import REQUEST, Details
from handlers.mail.lines import Line, clean, plain_lines
from handlers.mail.mailboxes import Mailbox, mailboxes
from handlers.mail.markup import html_lines
from handlers.mail.mime import Part
from handlers.mail.quoting import Visible
from handlers.mail.trust import Findings


class MailKind(StrEnum):
    """What a mail is to the desk."""

    REPLY = "reply"
    NEW = "new"
    COMMAND = "command"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    LOOP = "loop"
    UNREADABLE = "unreadable"


class ReadNote(StrEnum):
    """Why a mail was read as it was, where that is not plain."""

    NOT_A_MAIL = "not_a_mail"
    NO_SENDER = "no_sender"
    DELIVERY_REPORT = "delivery_report"
    NO_PERSON = "no_person"
    OUR_OWN = "our_own"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    ONLY_QUOTE = "only_quote"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Reading:
    """A mail as understood. Addresses are in lower case; Message-IDs keep their angle brackets.

    `text` holds the writer's own words, or everything where there are none (`ReadNote.ONLY_QUOTE`); `act` is
    a first column of `words.tsv`, and None unless a person plainly said it; `unclear` is the act that the
    text began with and did not plainly say. `doubtful_sender` is set when the From header
    says two things; `accepted`: a calendar took up an entry of ours; `failures` and `returned_id` are what a
    delivery report tells.
    """

    kind: MailKind
    sender: str = ""
    sender_name: str = ""
    doubtful_sender: bool = False
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    request: str | None = None
    text: str = ""
    removed: str = ""
    context: str = ""
    act: str | None = None
    unclear: str | None = None
    details: Details = field(default_factory=Details)
    attachments: tuple[File, ...] = ()
    authentication: Findings = field(default_factory=Findings)
    failures: tuple[Failure, ...] = ()
    returned_id: str = ""
    wants_no_receipt: bool = False
    thread_index: str = ""
    accepted: bool = False
    note: ReadNote | None = None


_RECIPIENTS = (
    "to",
    "cc",
    "bcc",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "resent-to",
)
_ID = re.compile(r"<[^<>\s]{1,995}>")
_SUBJECT_TAG = re.compile(rf"\[\s*({REQUEST.pattern})\s*\]", re.IGNORECASE)
_REPLY_PREFIX = re.compile(
    r"\s*(?:re|aw|sv|отв|ответ|на|жауап|жау|cavab|cvb|ynt|yan|hа)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]",
    re.IGNORECASE,
)
_FORWARD_PREFIX = re.compile(
    r"\s*(?:fwd?|wg|пересл|пер|i̇lt|ilt|ilet|yön|yönl|бағ)\s*(?:\[\d+\])?\s*[:：]", re.IGNORECASE
)
_SIGNED_LOCAL_PART = re.compile(r"[^@]+[+-][rbidgmtasnpcvfoq][0-9a-z]{1,9}\.[0-9a-z]{1,9}\.[a-z2-7]{17}@")


def read(raw: bytes, *, own_addresses: frozenset[str] = frozenset()) -> Reading:
    """The mail in these bytes. Never raises; what cannot be understood is `MailKind.UNREADABLE`.

    `own_addresses` are those under which the desk itself writes, in lower case and without a plus part: by
    them mail of our own is known.
    """
    letter = open_letter(raw)
    if not letter.top.raw("from") and not letter.top.raw("message-id") and not letter.top.raw("subject"):
        return Reading(MailKind.UNREADABLE, note=ReadNote.NOT_A_MAIL)
    recipients = _recipients(letter.top)
    robot = _robot(letter.top, own_addresses, recipients)
    if robot is MailKind.BOUNCE:
        return _report(letter, recipients)
    if robot is not None:
        return _by_nobody(letter, recipients, robot)
    if not mailboxes(letter.top.raw("from")):
        return _by_nobody(letter, recipients, MailKind.UNREADABLE)
    return _by_person(letter, recipients)


def as_json(reading: Reading, sentence: Callable[[ReadNote], str] = str) -> dict[str, object]:
    """The reading in the shape that `mail read --json` prints; `sentence` words the note."""
    return {
        "kind": str(reading.kind),
        "from": reading.sender,
        "message_id": reading.message_id,
        "request": reading.request,
        "text": reading.text,
        "act": reading.act,
        "details": reading.details.as_json(),
        "attachments": [
            {"name": file.name, "type": file.type, "size": file.size} for file in reading.attachments
        ],
        "reason": sentence(reading.note) if reading.note else None,
    }


def _robot(top: Part, own: frozenset[str], recipients: tuple[str, ...]) -> MailKind | None:
    if kinds.is_bounce(top):
        return MailKind.BOUNCE
    if kinds.is_ours(top, own, recipients):
        return MailKind.LOOP
    return MailKind.AUTO_REPLY if kinds.is_automatic(top) else None


_NOBODY = {
    MailKind.BOUNCE: ReadNote.DELIVERY_REPORT,
    MailKind.LOOP: ReadNote.OUR_OWN,
    MailKind.AUTO_REPLY: ReadNote.NO_PERSON,
    MailKind.UNREADABLE: ReadNote.NO_SENDER,
}


def _report(letter: Letter, recipients: tuple[str, ...]) -> Reading:
    reading = _by_nobody(letter, recipients, MailKind.BOUNCE)
    found, returned = bounces.failures(letter.top), bounces.returned_id(letter.top)
    return replace(reading, failures=found, returned_id=returned)


def _by_nobody(letter: Letter, recipients: tuple[str, ...], kind: MailKind) -> Reading:
    """What no person answers for: its words are kept, and order nothing."""
    seen = quoting.visible(_lines(letter))
    return _reading(letter, recipients, kind=kind, seen=seen, said=Command(), note=_NOBODY[kind])


def _by_person(letter: Letter, recipients: tuple[str, ...]) -> Reading:
    seen = quoting.visible(_lines(letter))
    sent = _date(letter.top)
    said = Command() if seen.whole else command(seen.text, sent=_civil(sent))
    if not seen.text and not _is_answer(letter.top, recipients):
        said = _order_in_subject(letter.top, sent)
    kind = _personal_kind(letter.top, recipients, said)
    return _reading(letter, recipients, kind=kind, seen=seen, said=said, note=_note(letter, seen, said))


def _order_in_subject(top: Part, sent: datetime | None) -> Command:
    """An order may stand in the subject of a new mail that has no text; an act never does."""
    said = command(top.text("subject"), sent=_civil(sent))
    return said if said.act in ORDERS else Command()


def _personal_kind(top: Part, recipients: tuple[str, ...], said: Command) -> MailKind:
    if said.act in ORDERS:
        return MailKind.COMMAND
    return MailKind.REPLY if _is_answer(top, recipients) else MailKind.NEW


def _is_answer(top: Part, recipients: tuple[str, ...]) -> bool:
    """Whether it continues something: by a signed address, the number, or as a reply that is no forward."""
    subject = top.text("subject")
    if _request(subject) or any(_SIGNED_LOCAL_PART.match(address) for address in recipients):
        return True
    if _FORWARD_PREFIX.match(subject):
        return False
    return bool(
        top.raw("in-reply-to").strip() or top.raw("references").strip() or _REPLY_PREFIX.match(subject)
    )


def _note(letter: Letter, seen: Visible, said: Command) -> ReadNote | None:
    if letter.body.encrypted:
        return ReadNote.ENCRYPTED
    if letter.body.damaged:
        return ReadNote.DAMAGED
    if seen.whole and seen.text:
        return ReadNote.ONLY_QUOTE
    return ReadNote.UNCLEAR if said.unclear else None


def _reading(
    letter: Letter,
    recipients: tuple[str, ...],
    *,
    kind: MailKind,
    seen: Visible,
    said: Command,
    note: ReadNote | None,
) -> Reading:
    top = letter.top
    senders = mailboxes(top.raw("from"))
    sender = senders[0] if senders else Mailbox("", "")
    first_line = seen.text.partition("\n")[0] if said.act in ORDERS else ""
    return Reading(
        kind=kind,
        sender=sender.address,
        sender_name=clean(sender.name),
        doubtful_sender=len(senders) != 1 or len(top.all("from")) != 1 or sender.deceptive,
        message_id=_first_id(top.text("message-id")),
        in_reply_to=_first_id(top.text("in-reply-to")),
        references=tuple(_ID.findall(top.text("references"))),
        recipients=recipients,
        subject=clean(top.text("subject")),
        date=_date(top),
        request=_request(top.text("subject")) or _request(first_line),
        text=seen.text,
        removed=seen.removed,
        context=seen.context,
        act=said.act,
        unclear=said.unclear,
        details=said.details,
        attachments=letter.body.files,
        authentication=Findings.of(top),
        thread_index="".join(top.text("thread-index").split())[:400],
        wants_no_receipt=kinds.wants_no_receipt(top),
        accepted=kinds.accepts_invitation(top),
        note=note,
    )


def _lines(letter: Letter) -> list[Line]:
    return [line for piece in letter.body.pieces for line in _piece_lines(piece)]


def _piece_lines(piece: Piece) -> list[Line]:
    """The HTML form where it shows anything: it keeps whole lines and says what is quoted."""
    shown = html_lines(piece.html) if piece.html else []
    if any(line.text for line in shown):
        return shown
    return plain_lines(piece.plain, flowed=piece.flowed, delsp=piece.delsp)


def _recipients(top: Part) -> tuple[str, ...]:
    found = (box.address for name, value in top.headers if name in _RECIPIENTS for box in mailboxes(value))
    return tuple(dict.fromkeys(found))


def _request(text: str) -> str | None:
    tagged = _SUBJECT_TAG.search(text) or REQUEST.search(text)
    return tagged[tagged.lastindex or 0].upper() if tagged else None


def _first_id(text: str) -> str:
    found = _ID.search(text)
    return found[0] if found else ""


def _date(top: Part) -> datetime | None:
    try:
        return parsedate_to_datetime(top.text("date")[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _civil(moment: datetime | None) -> date | None:
    """The day that the writer's calendar showed."""
    return moment.date() if moment else None
