"""Whatever the bytes, the reader answers, and finds no act that nobody wrote."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.mail.parse import MailKind, as_json, read

CORPUS = Path(__file__).parent.parent / "corpus"
OWN = frozenset({"requests@desk.example"})
SNIPPETS = [
    b"\r\n", b"\n", b"\r", b"\0", b"\xff", b"--", b"=?utf-8?B?", b'"', b"<div>", b"<blockquote>",
    b"(" * 3000, b">" * 50,
    b"Content-Type: text/html; charset=x\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n",
    b"From: ", b"a@[1.2.3.4", b"filename*0*=", b"Content-Transfer-Encoding: base64\r\n",
]  # fmt: skip
HEAD = b"From: a@x.example\r\nSubject: Re: x\r\nDate: Mon, 2 Nov 2026 10:00:00 +0500\r\n"

Row = dict[str, Any]


@cache
def rows() -> list[Row]:
    return [json.loads(line) for line in (CORPUS / "expected.jsonl").read_text("utf-8").splitlines()]


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
    """Wounds outside the writer's words: in a quote, a signature, another part, a robot's mail."""
    row = data.draw(st.sampled_from(rows()))
    whole = raw(row["file"])
    start = data.draw(st.integers(after_words(row), len(whole)))
    gone = data.draw(st.integers(0, 200))
    junk = data.draw(st.sampled_from(SNIPPETS) | st.binary(max_size=20))

    reading = read(whole[:start] + junk + whole[start + gone :], own_addresses=OWN)

    assert reading.act in {None, row["act"]}


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_foreign_headers_change_no_act(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(rows()))
    junk = data.draw(st.binary(max_size=200)).replace(b"\n", b"").replace(b"\r", b"")

    reading = read(b"X-Foreign: " + junk + b"\r\n" + raw(row["file"]), own_addresses=OWN)

    assert reading.act in {None, row["act"]}


def after_words(row: Row) -> int:
    """Where the writer's words have ended for the last time; the end of the mail where they stand encoded."""
    whole = raw(row["file"])
    if row["kind"] in {"bounce", "auto_reply", "loop"}:
        return whole.find(b"\r\n\r\n") + 4
    last = row["text"].rpartition("\n")[2].encode()
    found = whole.rfind(last) if last else -1
    return found + len(last) if found >= 0 else len(whole)


def test_a_long_thread_is_read_to_its_end() -> None:
    quote = "".join(f"> line {n}: a@x.example 2026:\n" for n in range(20_000))
    said = "".join(f"Line {n} of 2026, see a@x.example\n" for n in range(20_000))

    reading = read(HEAD + b"\r\n" + f"Received\n\n{quote}\n{said}".encode())

    assert (reading.kind, reading.act) == (MailKind.REPLY, "received")
    assert reading.text.endswith("Line 19999 of 2026, see a@x.example")
