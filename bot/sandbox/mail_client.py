"""The bytes that a real mail client sends when somebody presses "Reply". It knows nothing of how we read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from hashlib import sha256
from html import escape

from bot.sandbox.quoting_habits import LINES, PAGES, Client, Original, block
from handlers.mail.compose import Attachment, Letter, compose
from handlers.mail.headers import Mailbox, message_ids, references
from models.rules.vocabulary import Language

__all__ = ["Client", "reply"]

_BARS = "_" * 32
_ID_HOSTS = {
    Client.GMAIL: "mail.gmail.com",
    Client.OUTLOOK: "AM0PR01MB0001.eurprd01.prod.exchangelabs.com",
    Client.APPLE: "icloud.com",
    Client.YANDEX: "mail.yandex.ru",
    Client.MAILRU: "f1.i.mail.ru",
}


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A reply in both forms."""

    text: str
    html: str


def reply(
    original: bytes,
    *,
    body: str,
    client: Client,
    language: Language,
    from_name: str,
    from_address: str,
    now: datetime,
    attachments: Sequence[Attachment] = (),
    html: bool = True,
) -> bytes:
    """Answer a message as this client would, set to this language, quoting the whole of it below.

    It goes to Reply-To, else to From; dates are shown in the zone of `now`. Without `html`, and always from
    `Client.PLAIN`, it is text alone. The same call gives the same bytes.
    """
    read = message_from_bytes(original, policy=policy.default)
    quoted = _original(read, now)
    written = _write(quoted, body, client=client, language=language)
    seal = sha256(original + body.encode() + from_address.encode() + now.isoformat().encode()).hexdigest()[
        :32
    ]
    letter = Letter(
        sender=Mailbox(from_name, from_address),
        to=_answer_to(read),
        subject=_subject(quoted.subject, client),
        text=written.text,
        html=written.html if html and client is not Client.PLAIN else None,
        message_id=f"<{seal}@{_ID_HOSTS.get(client, from_address.rpartition('@')[2])}>",
        in_reply_to=quoted.message_id,
        references=references(message_ids(str(read.get("References", ""))), quoted.message_id),
        date=now,
        language=language,
        attachments=tuple(attachments),
        ours=False,
    )
    return compose(letter)


def _answer_to(read: EmailMessage) -> Mailbox:
    name, address = parseaddr(str(read.get("Reply-To") or read["From"]))
    return Mailbox(name, address)


def _subject(subject: str, client: Client) -> str:
    if re.match(r"re\s*:", subject, re.IGNORECASE):
        return subject
    return f"{'RE' if client is Client.OUTLOOK else 'Re'}: {subject}"


def _original(read: EmailMessage, now: datetime) -> Original:
    name, address = parseaddr(str(read["From"]))
    plain, rich = read.get_body(("plain",)), read.get_body(("html",))
    text = _content(plain).rstrip()
    return Original(
        name=name,
        address=address,
        to=parseaddr(str(read["To"]))[1],
        subject=str(read.get("Subject", "")),
        date=read["Date"].datetime.astimezone(now.tzinfo),
        message_id=str(read.get("Message-ID", "")).strip(),
        text=text,
        html=_inner(_content(rich)) if rich is not None else _as_html(text),
    )


def _content(part: MIMEPart | None) -> str:
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


def _inner(page: str) -> str:
    found = re.search(r"<body[^>]*>(.*)</body>", page, re.DOTALL | re.IGNORECASE)
    return (found[1] if found else page).strip()


def _as_html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>\n")


def _write(original: Original, body: str, *, client: Client, language: Language) -> _Quoted:
    if client is Client.OUTLOOK:
        return _outlook(original, body, language)
    line = LINES[client][language].of(original)
    above = _as_html(line)
    rich = PAGES[client].format(
        body=_as_html(body), line=above, html=original.html, id=original.message_id[1:-1]
    )
    return _Quoted(f"{body}\n\n{_text_line(line, client)}\n\n{_marked(original.text)}\n", rich)


def _text_line(line: str, client: Client) -> str:
    # Gmail breaks its own long line, and always there.
    return line.replace("<", "<\n") if client is Client.GMAIL and len(line) > 78 else line


def _marked(text: str) -> str:
    return "\n".join(f"> {line}" if line and line[0] != ">" else f">{line}" for line in text.split("\n"))


def _outlook(original: Original, body: str, language: Language) -> _Quoted:
    rows = block(original, language)
    plain = "\n".join(f"{label}: {value}" for label, value in rows)
    rich = "<br>\n".join(f"<b>{label}:</b> {_as_html(value)}" for label, value in rows)
    text = f"{body}\n\n{_BARS}\n{plain}\n\n{original.text}\n"
    return _Quoted(text, PAGES[Client.OUTLOOK].format(body=_as_html(body), line=rich, html=original.html))
