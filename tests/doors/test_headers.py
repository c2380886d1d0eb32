import base64
import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.mail.addresses import NonAsciiLocalPartError
from handlers.mail.headers import POLICY, WIDTH, Disposition, Mailbox, message_ids, one_line, references

SCRIPTS = (
    st.text("абвгґдеёжзіїйқңөұүһәғ «»—,.", max_size=60)
    | st.text("abcçdeəfgğhxıijkqlmnoöprsştuüvyz ,.", max_size=60)
    | st.text('abc ,;:<>()[]@\\"=?_.\t\r\n', max_size=60)
    | st.sampled_from(
        ["=?utf-8?q?x?=", "=?utf-8?b?0J/RgA==?=", " =?", "?= ", "a" * 80, "  ", "\r\nBcc: thief@x.example"]
    )
    | st.text(max_size=40)
)
HOSTILE = st.lists(SCRIPTS, max_size=6).map("".join)
NAMES = st.lists(SCRIPTS, max_size=3).map("".join)
IDS = st.from_regex(r"<[A-Za-z0-9.$+=_-]{1,300}@[a-z0-9.-]{1,80}>", fullmatch=True)


def written(**headers: object) -> bytes:
    message = EmailMessage(policy=POLICY)
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message.as_bytes()


def head(raw: bytes) -> bytes:
    return raw.partition(b"\r\n\r\n")[0]


def header_names(raw: bytes) -> list[str]:
    lines = head(raw).decode("ascii").split("\r\n")
    return [line.partition(":")[0] for line in lines if not line.startswith(" ")]


def by_the_letter(raw: bytes, name: str) -> str:
    """What RFC 2047 says the header means, without the standard library's newer parser."""
    value = message_from_bytes(raw)[name]
    return str(make_header(decode_header(re.sub(r"\r?\n ", " ", value)))) if value else ""


@settings(max_examples=500, deadline=None)
@given(HOSTILE)
@example("a" * 2000)
@example("=?utf-8?q?=41?= plain =?x")
@example("Қазақстан  тарихы\u2028Bcc: x@y")
def test_a_subject_reads_the_same_with_every_reader(subject: str) -> None:
    raw = written(Subject=one_line(subject))
    assert header_names(raw)[0] == "Subject"
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == one_line(subject)
    assert by_the_letter(raw, "Subject") == one_line(subject)


@settings(max_examples=500, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=3))
@example(["Mammadova, Leyla, " * 10])
@example(['"', "\\", "()", "a@b.example"])
def test_a_name_never_becomes_another_recipient(names: list[str]) -> None:
    mailboxes = [Mailbox(name, f"m{number}@x.example") for number, name in enumerate(names)]
    raw = written(To=mailboxes)
    read = message_from_bytes(raw, policy=policy.default)["To"].addresses
    # This reader puts a space between two encoded words of a name, against RFC 2047 §6.2.
    assert [("".join(one.display_name.split()), one.addr_spec) for one in read] == [
        ("".join(one.name.split()), one.address) for one in mailboxes
    ]
    plain = getaddresses([re.sub(r"\r\n ", " ", message_from_bytes(raw)["To"])])
    assert [(str(make_header(decode_header(name))), address) for name, address in plain] == [
        (one.name, one.address) for one in mailboxes
    ]


@settings(max_examples=200, deadline=None)
@given(st.lists(IDS, min_size=1, max_size=11))
def test_ids_are_never_encoded_or_cut(ids: list[str]) -> None:
    raw = written(Message_ID=ids[0], In_Reply_To=ids[-1], References=tuple(ids))
    for policy_ in (policy.default, policy.compat32):
        message = message_from_bytes(raw, policy=policy_)
        assert re.split(r"\s+", str(message["References"]).strip()) == ids
        assert str(message["Message-ID"]).strip() == ids[0]
        assert str(message["In-Reply-To"]).strip() == ids[-1]


@settings(max_examples=300, deadline=None)
@given(HOSTILE, NAMES, NAMES)
def test_no_text_makes_a_header_of_its_own_or_a_line_too_long(subject: str, name: str, other: str) -> None:
    raw = written(
        From=Mailbox(name, "a@x.example"), To=Mailbox(other, "b@x.example"), Subject=one_line(subject)
    )
    assert header_names(raw)[:3] == ["From", "To", "Subject"]
    assert raw.isascii()
    lines = head(raw).split(b"\r\n")
    assert all(
        len(line) <= 998 and line.strip() and b"\n" not in line and b"\r" not in line for line in lines
    )
    assert all(len(line) <= WIDTH for line in lines if b"=?utf-8?b?" in line and b"<" not in line)


def test_a_short_ascii_subject_stays_readable() -> None:
    assert written(Subject="[ANL-2026-0042] Loan request").startswith(
        b"Subject: [ANL-2026-0042] Loan request\r\n"
    )


def test_a_long_ascii_subject_is_folded_at_its_spaces() -> None:
    assert head(written(Subject="library " * 20)) == b"Subject: " + b"\r\n ".join(
        [b" ".join([b"library"] * 8), b" ".join([b"library"] * 9), b"library library library"]
    )


def test_a_subject_in_kazakh_is_cut_between_characters_with_its_spaces_inside() -> None:
    raw = written(Subject="Қазақстан Республикасының Ұлттық кітапханасы")
    words = re.findall(rb"=\?utf-8\?b\?(.*?)\?=", head(raw))
    assert [base64.b64decode(word).decode() for word in words] == [
        "Қазақстан Республика",
        "сының Ұлттық кітапханас",
        "ы",
    ]


def test_a_line_break_in_a_subject_is_refused_by_the_message_itself() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        written(Subject="x\r\nBcc: thief@x.example")


def test_any_other_header_is_as_safe() -> None:
    raw = written(X_Note="ə Bcc: thief@x.example", Content_Language="kk")
    assert header_names(raw)[:2] == ["X-Note", "Content-Language"]


def test_a_mailbox_without_a_name_is_its_address() -> None:
    assert written(To=Mailbox("", "ill@anl.example")).startswith(b"To: ill@anl.example\r\n")


def test_a_mailbox_at_an_international_domain_is_written_in_ascii() -> None:
    assert b"To: a@xn--80aaa1brkt0a3m.xn--80ao21a\r\n" in written(To=Mailbox("", "a@кітапхана.қаз"))


def test_a_mailbox_that_is_not_ascii_before_the_at_is_refused() -> None:
    with pytest.raises(NonAsciiLocalPartError):
        Mailbox("Лала", "лала@x.example")


def test_what_is_no_message_id_is_left_out() -> None:
    long = f"<{'x' * 950}@y>"
    assert message_ids(f"<a@b> junk <c d@e> <ж@x> {long} <f@g>,<h@i>") == ("<a@b>", "<f@g>", "<h@i>")


def test_references_keep_the_root_and_the_last_nine() -> None:
    chain = [f"<{number}@x>" for number in range(20)]
    assert references(chain, "<p@x>") == ("<0@x>", *chain[-8:], "<p@x>")
    assert references(["<a@x>", "<b@x>"], "<b@x>") == ("<a@x>", "<b@x>")
    assert references([], None) == ()


@settings(max_examples=300, deadline=None)
@given(NAMES.filter(lambda name: one_line(name) != ""))
@example("Тарих " * 20)
@example("a\"b\\c;d'e%f*.pdf")
def test_a_file_keeps_its_name_but_for_characters_that_file_systems_refuse(name: str) -> None:
    raw = written(Content_Disposition=Disposition("attachment", name))
    for policy_ in (policy.default, policy.compat32):
        read = message_from_bytes(raw, policy=policy_).get_filename()
        assert read == re.sub(r'[/\\:*?"<>|]', "_", one_line(name))
    assert all(len(line) <= WIDTH for line in raw.split(b"\r\n"))
