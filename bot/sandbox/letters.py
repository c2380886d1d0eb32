"""A stored letter as the page shows it: its text, its files, what it puts into a calendar."""

from collections.abc import Sequence
from email.message import EmailMessage, MIMEPart
from html import unescape
from re import sub

from bot.sandbox.mail import StoredMail
from bot.sandbox.scene import Appointment, Attachment, Mail


def listed(mail_id: str, letter: StoredMail, *, answered: bool) -> Mail:
    """One row of a mailbox, with everything but the formatted part and the files' bytes."""
    message = letter.message
    return {
        "id": mail_id,
        "from": str(message["From"]),
        "subject": str(message["Subject"] or ""),
        "date": letter.received_at.isoformat(),
        "text": part_of(message, "plain"),
        "has_html": message.get_body(("html",)) is not None,
        "attachments": [_attachment(index, part) for index, part in enumerate(files_of(message))],
        "appointments": _appointments(message),
        "answered": answered,
    }


def part_of(message: EmailMessage, kind: str) -> str:
    """The text of this kind; the formatted one without its marks where there is no plain one."""
    part = message.get_body((kind,))
    if part is None:
        html = message.get_body(("html",))
        return unescape(sub("<[^>]+>", " ", html.get_content())) if html else ""
    return str(part.get_content())


def files_of(message: EmailMessage) -> list[MIMEPart]:
    """What is attached, in order."""
    return [part for part in message.walk() if part.get_content_disposition() == "attachment"]


def bytes_of(part: MIMEPart) -> bytes:
    """A part, decoded."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attachment(index: int, part: MIMEPart) -> Attachment:
    name, size = part.get_filename() or "file", len(bytes_of(part))
    return {"index": index, "name": name, "type": part.get_content_type(), "size": size}


def _appointments(message: EmailMessage) -> list[Appointment]:
    """What a calendar program would enter by itself: the parts that are calendars, not the files."""
    found = [
        bytes_of(part)
        for part in message.walk()
        if part.get_content_type() == "text/calendar" and part.get_content_disposition() != "attachment"
    ]
    return [entry for data in found for entry in _entries(data)]


def _entries(data: bytes) -> Sequence[Appointment]:
    from icalendar import Calendar

    calendar = Calendar.from_ical(data)
    gone = str(calendar.get("METHOD", "")) == "CANCEL"
    return [
        {"name": str(event.get("SUMMARY", "")), "at": event.decoded("DTSTART").isoformat(), "cancelled": gone}
        for event in calendar.walk("VEVENT")
    ]
