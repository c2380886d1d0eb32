"""Where a mailbox lies, what a server answers, how much is fetched at a time."""

import pytest

from bot.intake.imap import BULK, BULK_OCTETS, ImapServer, bulks
from bot.intake.mailbox import Waiting, bodies
from bot.mail_url import Security


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (
            "imaps://requests%40desk.example:se%3Acret@mail.desk.example/INBOX",
            ImapServer("mail.desk.example", 993, Security.TLS, "requests@desk.example", "se:cret", "INBOX"),
        ),
        (
            "imap+starttls://desk:x@mail.desk.example:1143/In/Box",
            ImapServer("mail.desk.example", 1143, Security.STARTTLS, "desk", "x", "In/Box"),
        ),
        ("imap://desk:x@127.0.0.1", ImapServer("127.0.0.1", 143, Security.NONE, "desk", "x", "INBOX")),
        ("imaps://desk@mail.desk.example", ImapServer("mail.desk.example", 993, Security.TLS, "desk")),
    ],
)
def test_an_address_is_read(url: str, server: ImapServer) -> None:
    assert ImapServer.from_url(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "imap://desk:secret@mail.desk.example/INBOX",
        "pop3://desk:secret@mail.desk.example",
        "imaps://mail.desk.example",
        "imaps://desk:secret@mail.desk.example:port",
        "imaps://desk:secret@mail.desk.example/INBOX?x=secret",
    ],
)
def test_a_wrong_one_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"mailbox|imap") as refused:
        ImapServer.from_url(url)

    assert "secret" not in str(refused.value)


def test_bodies_are_found_wherever_the_server_puts_the_uid() -> None:
    answer = [(b"1 (UID 5 BODY[] {3}", b"abc"), b")", (b"2 (BODY[] {2}", b"de"), b" UID 7)", b"3 (FLAGS ())"]

    assert bodies(answer) == {5: b"abc", 7: b"de"}


def test_a_bulk_holds_fifty_messages_and_no_more_than_its_octets() -> None:
    small = [Waiting(uid, 1000) for uid in range(1, 2 * BULK + 2)]
    large = [Waiting(uid, BULK_OCTETS // 2) for uid in range(1, 4)]
    huge = [Waiting(1, 10 * BULK_OCTETS), Waiting(2, 10)]

    assert [len(bulk) for bulk in bulks(small)] == [BULK, BULK, 1]
    assert [len(bulk) for bulk in bulks(large)] == [2, 1]
    assert [len(bulk) for bulk in bulks(huge)] == [1, 1]
    assert bulks([]) == []
