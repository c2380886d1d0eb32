import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.mail.compose import Attachment, Automatic, Calendar, Letter, compose
from handlers.mail.headers import Mailbox, one_line

LETTER = Letter(
    sender=Mailbox("Абонемент", "requests@desk.example"),
    to=Mailbox("Leyla", "ill@anl.example"),
    subject="[ANL-2026-0042] Жаңа сұраныс",
    text="Сәлеметсіз бе!\n\n.\nFrom here\n",
    message_id="<m1.2.a@desk.example>",
    date=datetime(2026, 3, 1, 9, tzinfo=UTC),
    language="kk",
)
INVITATION = Calendar("REQUEST", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n")


def read(letter: Letter) -> EmailMessage:
    return message_from_bytes(compose(letter), policy=policy.default)


def shape(message: EmailMessage) -> object:
    kind = message.get_content_type()
    return (kind, [shape(part) for part in message.iter_parts()]) if message.is_multipart() else kind


def words(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_letter_carries_what_it_says() -> None:
    message = read(
        replace(
            LETTER,
            reply_to=Mailbox("", "requests+r1.2.x@desk.example"),
            in_reply_to="<p@x>",
            references=("<r@x>", "<p@x>"),
            list_unsubscribe="<mailto:requests+g0.2.x@desk.example?subject=STOP>",
            thread_index="AdXyz==",
        )
    )
    assert dict(message.items()) == {
        "From": "Абонемент <requests@desk.example>",
        "To": "Leyla <ill@anl.example>",
        "Reply-To": "requests+r1.2.x@desk.example",
        "Subject": "[ANL-2026-0042] Жаңа сұраныс",
        "Date": "Sun, 01 Mar 2026 09:00:00 +0000",
        "Message-ID": "<m1.2.a@desk.example>",
        "In-Reply-To": "<p@x>",
        "References": "<r@x> <p@x>",
        "Thread-Index": "AdXyz==",
        "Content-Language": "kk",
        "List-Unsubscribe": "<mailto:requests+g0.2.x@desk.example?subject=STOP>",
        "X-Abonement": "1",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    assert words(message) == LETTER.text


def test_ids_that_are_none_leave_no_empty_header() -> None:
    message = read(replace(LETTER, in_reply_to="junk", references=("more junk",)))
    assert (message["In-Reply-To"], message["References"]) == (None, None)


def test_words_of_a_person_carry_no_sign_of_a_robot_and_reminders_do() -> None:
    assert read(LETTER)["Auto-Submitted"] is None
    assert read(LETTER)["X-Auto-Response-Suppress"] is None
    reminder = read(replace(LETTER, auto_submitted=Automatic.GENERATED, suppress_auto=True))
    assert (reminder["Auto-Submitted"], reminder["X-Auto-Response-Suppress"]) == ("auto-generated", "All")


PDF = Attachment("скан.pdf", "application/pdf", b"%PDF")
ALTERNATIVE = ("multipart/alternative", ["text/plain", "text/html"])


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        (LETTER, "text/plain"),
        (replace(LETTER, html="<p>x</p>"), ALTERNATIVE),
        (replace(LETTER, attachments=(PDF,)), ("multipart/mixed", ["text/plain", "application/pdf"])),
        (
            replace(LETTER, html="<p>x</p>", attachments=(PDF, PDF)),
            ("multipart/mixed", [ALTERNATIVE, "application/pdf", "application/pdf"]),
        ),
        (
            replace(LETTER, html="<p>x</p>", calendar=INVITATION),
            (
                "multipart/mixed",
                [("multipart/alternative", ["text/plain", "text/html", "text/calendar"]), "application/ics"],
            ),
        ),
    ],
)
def test_the_parts_stand_in_the_order_that_clients_expect(letter: Letter, expected: object) -> None:
    assert shape(read(letter)) == expected


def test_an_invitation_names_its_method_in_both_places() -> None:
    message = read(replace(LETTER, html="<p>x</p>", calendar=INVITATION))
    [_, _, calendar] = next(message.iter_parts()).iter_parts()
    [file] = message.iter_attachments()
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert calendar.get_content() == INVITATION.content
    assert (file.get_filename(), file.get_content()) == ("invite.ics", INVITATION.content.encode())


def test_a_file_arrives_with_its_name_and_bytes() -> None:
    content = bytes(range(256)) * 100
    [file] = read(replace(LETTER, attachments=(replace(PDF, content=content),))).iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == (
        "скан.pdf",
        "application/pdf",
        content,
    )


@pytest.mark.parametrize(
    "kind", ["message/rfc822", "multipart/mixed", "x", "text/plain; charset=x", "a/b\r\nX: y"]
)
def test_a_type_that_cannot_be_written_becomes_plain_bytes(kind: str) -> None:
    [file] = read(replace(LETTER, attachments=(replace(PDF, type=kind),))).iter_attachments()
    assert (file.get_content_type(), file.get_content()) == ("application/octet-stream", b"%PDF")


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter = replace(LETTER, html="<p>x</p>", attachments=(PDF,), calendar=INVITATION)
    assert compose(letter) == compose(letter)
    assert compose(letter) != compose(replace(letter, message_id="<m2.2.a@desk.example>"))


TEXTS = st.text() | st.text("абвəқ\n\r\t .=_-~", max_size=400)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_words_arrive_as_they_were_written(text: str, page: str, subject: str, name: str) -> None:
    letter = replace(LETTER, text=text, html=page, subject=subject, to=Mailbox(name, "ill@anl.example"))
    message = read(letter)
    assert words(message) == lines(text)
    assert words(message, "html") == lines(page)
    assert message.get("Subject", "") == one_line(subject)
    assert [one.addr_spec for one in message["To"].addresses] == ["ill@anl.example"]


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.binary(max_size=500), TEXTS)
def test_every_letter_is_plain_ascii_in_lines_that_any_server_takes(
    text: str, content: bytes, name: str
) -> None:
    raw = compose(
        replace(LETTER, text=text, subject=text, attachments=(Attachment(name, "image/png", content),))
    )
    assert raw.isascii()
    assert b"\0" not in raw
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", raw) is None
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


def lines(text: str) -> str:
    """The text with one kind of line end and one at its end, which is all that mail promises to keep."""
    return re.sub(r"\r\n|\r", "\n", text.encode(errors="replace").decode()).removesuffix("\n") + "\n"
