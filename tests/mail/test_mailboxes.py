"""Addresses in headers: structure before decoding, so that no comma of a name becomes a recipient."""

import pytest

from handlers.mail.mailboxes import Mailbox, mailboxes


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a@x.example", [Mailbox("", "a@x.example")]),
        (b"A B <A@X.example>", [Mailbox("A B", "a@x.example")]),
        (
            b'"Kim, Olga" <o@x.example>, b@x.example',
            [Mailbox("Kim, Olga", "o@x.example"), Mailbox("", "b@x.example")],
        ),
        (b"=?utf-8?Q?Kim=2C_Olga?= <o@x.example>", [Mailbox("Kim, Olga", "o@x.example")]),
        (b"o@x.example (Olga (Kim), desk)", [Mailbox("Olga (Kim), desk", "o@x.example")]),
        (b"Group: a@x.example, b@x.example;", [Mailbox("", "a@x.example"), Mailbox("", "b@x.example")]),
        (b"undisclosed-recipients:;", []),
        (b'"a@x.example" <b@y.example>', [Mailbox("a@x.example", "b@y.example")]),
        (b"<", []),
        (b"(" * 5000, []),
        (b"a@[1.2.3.4", [Mailbox("", "a@[1.2.3.4")]),
    ],
)
def test_mailboxes(raw: bytes, expected: list[Mailbox]) -> None:
    assert mailboxes(raw) == expected


def test_a_name_that_shows_another_address_deceives() -> None:
    [mailbox] = mailboxes(b'"director@anl.example" <x@evil.example>')

    assert mailbox.deceptive
    assert not Mailbox("x@evil.example", "x@evil.example").deceptive
