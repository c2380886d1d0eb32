"""Bytes to parts: exact slices, lenient in everything, never an exception."""

import pytest

from handlers.mail import mime
from handlers.mail.mime import parse, structured


def test_headers_keep_their_order_and_the_body_its_bytes() -> None:
    part = parse(b"To: a@x.example\r\nReceived: one\r\n two\r\nReceived: three\r\n\r\nbody \xff\r\n")

    assert part.headers == (("to", b"a@x.example"), ("received", b"one\r\n two"), ("received", b"three"))
    assert part.all("received") == ["one two", "three"]
    assert part.body == b"body \xff\r\n"


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (b"", b""),
        (b"\r\n", b""),
        (b"no header here", b"no header here"),
        (b"A: b", b""),
        (b"A: b\nnot a header\n\nrest", b"not a header\n\nrest"),
        (b"From a@b Mon Jan 1\nA: b\n\nrest", b"rest"),
        (b"A: b\r\rrest", b"rest"),
    ],
)
def test_the_body_begins_where_the_headers_end(raw: bytes, body: bytes) -> None:
    assert parse(raw).body == body


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b'attachment; filename="plain.pdf"', "plain.pdf"),
        (b"attachment; filename=plain.pdf; size=3", "plain.pdf"),
        (b"attachment; filename*=UTF-8''%D0%B0.pdf", "а.pdf"),
        (b"attachment; filename*=windows-1251'ru'%E0.pdf", "а.pdf"),
        (b'attachment; filename*0="long "; filename*1=name.pdf', "long name.pdf"),
        (b"attachment; filename*1*=%D0%B1; filename*0*=utf-8''%D0%B0; filename*2=.pdf", "аб.pdf"),
        (b"attachment; filename=ascii.pdf; filename*=utf-8''%D0%B0.pdf", "а.pdf"),
        (b'attachment; filename="=?utf-8?B?0LA=?=.pdf"', "а.pdf"),
        ('attachment; filename="ə.pdf"'.encode(), "ə.pdf"),
        (b'attachment; filename="with \\"quotes\\".pdf"', 'with "quotes".pdf'),
        (b'attachment; filename="never closed', "never closed"),
        (b"attachment; filename*99999999999999999999*=x", "x"),
        (b"attachment; filename*=no-quotes", "no-quotes"),
    ],
)
def test_parameters_in_every_dialect(header: bytes, name: str) -> None:
    assert structured(header).parameters.get("filename", "") == name


def test_children_stop_at_the_closing_delimiter() -> None:
    part = parse(
        b"Content-Type: multipart/mixed; boundary=b\n\nbefore\n"
        b"--b\n\none\n--b\n\ntwo\n--b--\n\nafter\n--b\n\nthree\n"
    )

    assert [child.body for child in mime.children(part)] == [b"one", b"two"]


def test_an_inner_boundary_that_begins_like_the_outer_is_another() -> None:
    inner = b"Content-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--"
    part = parse(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + inner + b"\n--b--\n")

    assert [leaf.body for leaf in mime.walk(part)][2:] == [b"one"]


def test_nesting_is_followed_only_so_far() -> None:
    raw = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(200))

    assert len(list(mime.walk(parse(raw)))) == mime.DEEPEST + 1


@pytest.mark.parametrize(
    ("encoding", "body", "content"),
    [
        (b"base64", b"UmVj\r\nZWl2ZWQ=", b"Received"),
        (b"BASE64 ", b"UmVjZWl2ZWQ", b"Received"),
        (b"base64", b"UmVj!ZWl2ZWQ=\n--\n", b"Received"),
        (b"quoted-printable", b"Rec=\r\neived =D0=B0=ZZ", b"Received \xd0\xb0=ZZ"),
        (b"x-uuencode", b"begin 644 x\n(4F5C96EV960 \n`\nend\n", b"Received"),
        (b"nonsense", b"as it is", b"as it is"),
    ],
)
def test_content_without_its_transfer_encoding(encoding: bytes, body: bytes, content: bytes) -> None:
    assert parse(b"Content-Transfer-Encoding: " + encoding + b"\n\n" + body).content == content
