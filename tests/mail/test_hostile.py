"""Whatever the bytes, the reader answers, and finds no act that nobody wrote."""

import json
from functools import cache
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.mail.parse import MailKind, as_json, read

CORPUS = Path(__file__).parent.parent / "corpus"
SNIPPETS = [
    b"\r\n", b"\n", b"\r", b"\0", b"\xff", b"--", b"=?utf-8?B?", b'"', b"<div>", b"<blockquote>",
    b"(" * 3000, b">" * 50,
    b"Content-Type: text/html; charset=x\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n",
    b"From: ", b"a@[1.2.3.4", b"filename*0*=", b"Content-Transfer-Encoding: base64\r\n",
]  # fmt: skip
HEAD = b"From: a@x.example\r\nSubject: Re: x\r\nDate: Mon, 2 Nov 2026 10:00:00 +0500\r\n"


@cache
def rows() -> list[tuple[str, str | None]]:
    lines = (CORPUS / "expected.jsonl").read_text("utf-8").splitlines()
    return [(row["file"], row["act"]) for row in map(json.loads, lines)]


@cache
def raw(name: str) -> bytes:
    return (CORPUS / name).read_bytes()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
@example(HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 3000 + b"Yes")
@example(HEAD + b"Content-Type: text/plain; charset=undefined\r\n\r\n\xff")
@example(b"From: " + b"(" * 3000 + b"\r\n\r\n")
@example(HEAD + b"Date: Mon, 99 Foo 99999999999999999999 99:99:99 +9999999\r\n\r\n")
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    json.dumps(as_json(read(data)))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SNIPPETS) | st.binary(max_size=20), max_size=20))
def test_no_pieces_of_mail_make_the_reader_raise(pieces: list[bytes]) -> None:
    json.dumps(as_json(read(HEAD + b"".join(pieces))))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_wounded_mail_orders_what_it_did_or_nothing(data: st.DataObject) -> None:
    """Wounds below the first line of the body: what stands there is quote, signature or another part."""
    name, act = data.draw(st.sampled_from(rows()))
    whole = raw(name)
    body = whole.find(b"\r\n\r\n") + 4
    first = data.draw(st.integers(min(body + 400, len(whole)), len(whole)))
    gone = data.draw(st.integers(0, 200))
    junk = data.draw(st.sampled_from(SNIPPETS) | st.binary(max_size=20))

    reading = read(
        whole[:first] + junk + whole[first + gone :], own_addresses=frozenset({"requests@desk.example"})
    )

    assert reading.act in {None, act}


def test_a_long_thread_is_read_to_its_end() -> None:
    quote = "".join(f"> line {n}: a@x.example 2026:\n" for n in range(20_000))
    said = "".join(f"Line {n} of 2026, see a@x.example\n" for n in range(20_000))

    reading = read(HEAD + b"\r\n" + f"Received\n\n{quote}\n{said}".encode())

    assert (reading.kind, reading.act) == (MailKind.REPLY, "received")
    assert reading.text.endswith("Line 19999 of 2026, see a@x.example")
