"""What a delivery report says: whom a mail did not reach, and whether to try again (RFC 3464, RFC 3463)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.mail import mime
from handlers.mail.mailboxes import mailboxes
from handlers.mail.mime import Part

_BLANK_LINE = re.compile(rb"(?:\r?\n){2,}")
_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])\d\d[ -]")
_ADDRESS = re.compile(r"[^\s<>()\",;:@]{1,64}@[^\s<>()\",;:@]{1,255}")
_MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]{1,995}>)", re.IGNORECASE | re.MULTILINE)
_ENOUGH = 20_000


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient. `status` is an enhanced code such as 5.1.1, empty where the report has none."""

    recipient: str
    status: str = ""
    delayed: bool = False

    @property
    def permanent(self) -> bool:
        """Whether another attempt is useless."""
        return self.status.startswith("5") and not self.delayed


def failures(top: Part) -> tuple[Failure, ...]:
    """The recipients that a report names, from its machine-readable part or else from its words."""
    reported = [failure for part in mime.walk(top) for failure in _reported(part)]
    return tuple(reported or _told(top))


def returned_id(top: Part) -> str:
    """The Message-ID of the mail that came back; empty where the report does not carry it."""
    found = [
        match[1].decode() for part in _below(top) if (match := _MESSAGE_ID.search(part.content[:_ENOUGH]))
    ]
    return found[0] if found else ""


def _below(top: Part) -> Iterator[Part]:
    """The parts of a report; its words where it has no parts."""
    parts = list(mime.walk(top))
    yield from (part for part in parts[1:] or parts if not part.type.value.startswith("multipart/"))


def _reported(part: Part) -> Iterator[Failure]:
    if part.type.value not in {"message/delivery-status", "message/global-delivery-status"}:
        return
    for block in _BLANK_LINE.split(part.content.strip()):
        fields = mime.parse(block + b"\n\n")
        recipient = _address(fields.text("final-recipient") or fields.text("original-recipient"))
        if recipient:
            delayed = fields.text("action").lower() == "delayed"
            yield Failure(
                recipient, _status(fields.text("status") or fields.text("diagnostic-code")), delayed
            )


def _told(top: Part) -> Iterator[Failure]:
    """Reports in words (qmail, Exim, webmail): a header, or the first address of the body."""
    words = next((part.content for part in mime.walk(top) if part.type.value.startswith("text/")), b"")
    text = words[:_ENOUGH].decode("utf-8", "replace")
    named = [mailbox.address for mailbox in mailboxes(top.raw("x-failed-recipients"))]
    found = _ADDRESS.search(text)
    for recipient in named or ([found[0].lower().rstrip(".")] if found else []):
        yield Failure(recipient, _status(text))


def _status(text: str) -> str:
    """An enhanced code; of a bare reply code only its class is known."""
    enhanced = _STATUS.search(text)
    if enhanced:
        return enhanced[0]
    plain = _REPLY_CODE.search(text)
    return f"{plain[1]}.0.0" if plain else ""


def _address(field: str) -> str:
    """The address of `rfc822; a@b`."""
    found = _ADDRESS.search(field.rpartition(";")[2])
    return found[0].lower() if found else ""
