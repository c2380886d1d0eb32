"""Mail that no person wrote: what a mailbox or a mail server answers by itself."""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import MIMEPart
from email.utils import format_datetime, parseaddr
from hashlib import sha256

from handlers.mail.compose import Automatic, Letter, compose
from handlers.mail.headers import POLICY, Mailbox
from models.rules.vocabulary import Language

_AWAY = {
    Language.EN: ("Automatic reply", "I am out of the office."),
    Language.RU: ("Автоматический ответ", "Меня нет на рабочем месте."),
    Language.KK: ("Автоматты жауап", "Мен жұмыс орнында емеспін."),
    Language.AZ: ("Avtomatik cavab", "Mən iş yerində deyiləm."),
}


def out_of_office(original: bytes, *, address: str, language: Language, now: datetime) -> bytes:
    """What the absent owner of this mailbox answers to the message (RFC 3834)."""
    read = message_from_bytes(original, policy=policy.default)
    subject, text = _AWAY[language]
    message_id = str(read["Message-ID"]).strip()
    return compose(
        Letter(
            sender=Mailbox("", address),
            to=Mailbox("", parseaddr(str(read.get("Reply-To") or read["From"]))[1]),
            subject=f"{subject}: {read['Subject']}",
            text=text,
            message_id=_message_id(original, address, now),
            in_reply_to=message_id,
            references=(message_id,),
            date=now,
            language=language,
            auto_submitted=Automatic.REPLIED,
            ours=False,
        )
    )


def bounce(
    original: bytes,
    *,
    recipient: str,
    to: str,
    now: datetime,
    status: str = "5.1.1",
    said: str = "550 No such user",
) -> bytes:
    """A delivery status notification (RFC 3464): the message did not reach `recipient`.

    `to` is the envelope sender of the original; the notification's own envelope sender is to be empty.
    """
    host = recipient.rpartition("@")[2]
    report = MIMEPart(policy=POLICY)
    report["From"] = Mailbox("Mail Delivery System", f"MAILER-DAEMON@{host}")
    report["To"] = Mailbox("", to)
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Date"] = format_datetime(now)
    report["Message-ID"] = _message_id(original, recipient, now)
    report["Auto-Submitted"] = Automatic.REPLIED
    report["MIME-Version"] = "1.0"
    report["Content-Type"] = 'multipart/report; report-type=delivery-status; boundary="=_report"'
    report.attach(_text(f"<{recipient}>: {said}\n", "plain"))
    report.attach(_status(host, recipient, status=status, said=said))
    report.attach(_text(original.partition(b"\r\n\r\n")[0].decode("ascii", "replace"), "rfc822-headers"))
    return report.as_bytes()


def _text(text: str, kind: str) -> MIMEPart:
    part = MIMEPart(policy=POLICY)
    part.set_content(text, subtype=kind)
    return part


def _status(host: str, recipient: str, *, status: str, said: str) -> MIMEPart:
    action = "failed" if status.startswith("5") else "delayed"
    part = MIMEPart(policy=POLICY)
    part["Content-Type"] = "message/delivery-status"
    part.attach(_fields({"Reporting-MTA": f"dns; {host}"}))
    part.attach(
        _fields(
            {
                "Final-Recipient": f"rfc822; {recipient}",
                "Action": action,
                "Status": status,
                "Diagnostic-Code": f"smtp; {said}",
            }
        )
    )
    return part


def _fields(fields: dict[str, str]) -> MIMEPart:
    block = MIMEPart(policy=POLICY)
    for name, value in fields.items():
        block[name] = value
    return block


def _message_id(original: bytes, address: str, now: datetime) -> str:
    seal = sha256(original + address.encode() + now.isoformat().encode()).hexdigest()[:32]
    return f"<{seal}@{address.rpartition('@')[2]}>"
