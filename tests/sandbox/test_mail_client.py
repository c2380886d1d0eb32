from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from bot.sandbox.mail_client import reply
from bot.sandbox.quoting_habits import LINES, PAGES, Client
from handlers.mail.compose import Attachment, Letter, compose
from handlers.mail.headers import Mailbox
from models.rules.vocabulary import Language

BAKU = timezone(timedelta(hours=4))
ORIGINAL = Letter(
    sender=Mailbox("Ә. Б.", "a@b.example"),
    to=Mailbox("Leyla", "ill@anl.example"),
    reply_to=Mailbox("", "requests+r1.2.aabcdefghijklmnop@desk.example"),
    subject="[ANL-2026-0042] Жаңа сұраныс",
    text="Bring {this} <book>\n\n> earlier\n",
    html="<html><body><p>Bring {this} &lt;book&gt;</p></body></html>",
    message_id="<m1.2.a@desk.example>",
    references=("<root@desk.example>",),
    date=datetime(2013, 11, 11, 11, 15, tzinfo=UTC),
    language="kk",
)


def answered(client: Client, language: Language, letter: Letter = ORIGINAL, **more: object) -> EmailMessage:
    raw = reply(
        compose(letter),
        body="YES\nthank you",
        client=client,
        language=language,
        from_name="Leyla Mammadova",
        from_address="leyla@anl.example",
        now=datetime(2013, 11, 12, 9, tzinfo=BAKU),
        **more,
    )
    return message_from_bytes(raw, policy=policy.default)


def text(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("client", Client)
def test_a_reply_goes_to_reply_to_and_into_the_thread(client: Client) -> None:
    message = answered(client, Language.EN)
    assert message["To"].addresses[0].addr_spec == "requests+r1.2.aabcdefghijklmnop@desk.example"
    assert message["From"] == "Leyla Mammadova <leyla@anl.example>"
    assert message["In-Reply-To"] == "<m1.2.a@desk.example>"
    assert message["References"] == "<root@desk.example> <m1.2.a@desk.example>"
    assert message["Subject"].lower() == "re: [anl-2026-0042] жаңа сұраныс"
    assert message["Message-ID"] != message["In-Reply-To"]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("client", Client)
def test_a_reply_begins_with_the_words_and_ends_with_the_quote(client: Client, language: Language) -> None:
    written = text(answered(client, language))
    assert written.startswith("YES\nthank you\n\n")
    assert written.rstrip().endswith("earlier")
    assert "Bring {this} <book>" in written


@pytest.mark.parametrize("client", [client for client in Client if client is not Client.PLAIN])
def test_the_html_holds_the_words_and_the_quoted_page(client: Client) -> None:
    page = text(answered(client, Language.RU), "html")
    assert "YES<br>\nthank you" in page
    assert "<p>Bring {this} &lt;book&gt;</p>" in page


@pytest.mark.parametrize(
    ("client", "language", "line"),
    [
        (Client.GMAIL, Language.EN, "On Mon, Nov 11, 2013 at 3:15\u202fPM Ә. Б. <a@b.example> wrote:"),
        (Client.GMAIL, Language.RU, "пн, 11 нояб. 2013 г. в 15:15, Ә. Б. <a@b.example>:"),
        (Client.APPLE, Language.RU, "11 нояб. 2013 г., в 15:15, Ә. Б. <a@b.example> написал(а):"),
        (Client.THUNDERBIRD, Language.RU, "11.11.2013 15:15, Ә. Б. пишет:"),
        (Client.THUNDERBIRD, Language.KK, "11.11.2013 15:15 уақытында, Ә. Б. жазған:"),
        (Client.YANDEX, Language.AZ, '11.11.2013, 15:15, "Ә. Б." <a@b.example>:'),
        (Client.MAILRU, Language.RU, "понедельник, 11 ноября 2013, 15:15 +04:00 от Ә. Б. <a@b.example>:"),
        (Client.PLAIN, Language.EN, "On Mon, Nov 11, 2013 at 03:15:00PM +0400, Ә. Б. wrote:"),
    ],
)  # fmt: skip
def test_the_line_above_the_quote_is_that_of_the_client(
    client: Client, language: Language, line: str
) -> None:
    written = text(answered(client, language))
    assert line in written
    assert f"{line}\n\n> Bring" in written


def test_gmail_breaks_a_long_line_before_the_address() -> None:
    long = Mailbox("Kitabxanalararası abonement xidməti", "requests@desk.example")
    written = text(answered(Client.GMAIL, Language.EN, replace(ORIGINAL, sender=long)))
    assert "Kitabxanalararası abonement xidməti <\nrequests@desk.example> wrote:" in written


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        (Language.EN, ["From", "Sent", "To", "Subject"]),
        (Language.RU, ["От", "Отправлено", "Кому", "Тема"]),
        (Language.KK, ["Кімнен", "Күні", "Кімге", "Тақырыбы"]),
        (Language.AZ, ["Kimdən", "Tarix", "Kimə", "Mövzu"]),
    ],
)
def test_outlook_writes_a_block_of_headers(language: Language, labels: list[str]) -> None:
    lines = text(answered(Client.OUTLOOK, language)).split("\n")
    start = lines.index("_" * 32) + 1
    assert [line.partition(":")[0] for line in lines[start : start + 4]] == labels


def test_html_can_be_left_out() -> None:
    assert answered(Client.GMAIL, Language.EN, html=False).get_content_type() == "text/plain"
    assert answered(Client.PLAIN, Language.EN).get_content_type() == "text/plain"


def test_files_travel_along() -> None:
    files = (Attachment("Тапсырыс.pdf", "application/pdf", b"%PDF"),)
    message = answered(Client.MAILRU, Language.RU, attachments=files)
    assert [part.get_filename() for part in message.iter_attachments()] == ["Тапсырыс.pdf"]


def test_an_answer_to_an_answer_keeps_its_subject() -> None:
    message = answered(Client.GMAIL, Language.EN, replace(ORIGINAL, subject="RE: x"))
    assert message["Subject"] == "RE: x"


def test_every_client_has_its_habits_in_every_language() -> None:
    assert set(PAGES) == set(Client)
    assert set(LINES) == set(Client) - {Client.OUTLOOK}
    assert all(set(lines) == set(Language) for lines in LINES.values())
