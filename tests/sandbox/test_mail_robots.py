from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from bot.sandbox.mail_robots import bounce, out_of_office
from handlers.mail.compose import Letter, compose
from handlers.mail.headers import Mailbox
from models.rules.vocabulary import Language

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
ORIGINAL = compose(
    Letter(
        sender=Mailbox("", "requests@desk.example"),
        to=Mailbox("", "ill@anl.example"),
        reply_to=Mailbox("", "requests+r1.2.x@desk.example"),
        subject="Жаңа сұраныс",
        text="x",
        message_id="<m1@desk.example>",
        date=NOW,
        language="kk",
    )
)


@pytest.mark.parametrize("language", Language)
def test_an_absent_colleague_answers_as_a_robot(language: Language) -> None:
    raw = out_of_office(ORIGINAL, address="ill@anl.example", language=language, now=NOW)
    message = message_from_bytes(raw, policy=policy.default)
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["To"] == "requests+r1.2.x@desk.example"
    assert message["In-Reply-To"] == "<m1@desk.example>"
    assert message["Subject"].endswith(": Жаңа сұраныс")


@pytest.mark.parametrize(("status", "action"), [("5.1.1", "failed"), ("4.2.2", "delayed")])
def test_a_bounce_is_a_report_on_one_recipient(status: str, action: str) -> None:
    raw = bounce(
        ORIGINAL, recipient="ill@anl.example", to="requests+b1.2.x@desk.example", now=NOW, status=status
    )
    message = message_from_bytes(raw, policy=policy.default)
    words, report, returned = message.iter_parts()
    assert message["Content-Type"].params["report-type"] == "delivery-status"
    assert message["To"] == "requests+b1.2.x@desk.example"
    assert words.get_content().strip() == "<ill@anl.example>: 550 No such user"
    [about_server, about_recipient] = report.get_payload()
    assert about_server["Reporting-MTA"] == "dns; anl.example"
    assert dict(about_recipient.items()) == {
        "Final-Recipient": "rfc822; ill@anl.example",
        "Action": action,
        "Status": status,
        "Diagnostic-Code": "smtp; 550 No such user",
    }
    assert "<m1@desk.example>" in returned.get_content()
