"""The ladder of charsets, and header words."""

import pytest

from handlers.mail.charsets import decode, header


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        ("Göndərildi", "utf-8", "iso-8859-9"),
        ("Отправлено", "cp1251", "windows-1251"),
        ("Отправлено", "cp1251", ""),
        ("Отправлено", "cp1251", "us-ascii"),
        ("Отправлено", "cp1251", "iso-8859-1"),
        ("Отправлено", "koi8-r", "KOI8-R"),
        ("Қорымызда бар", "kz1048", "STRK1048"),
        ("Қорымызда бар", "ptcp154", "pt154"),
        ("Alındı, çox sağ olun", "iso8859-9", "iso-8859-9"),
        ("Déjà reçu", "iso8859-1", "iso-8859-1"),
        ("Получено", "utf-16", ""),
        ("Получено", "utf-16-le", "utf-16le"),
        ("Alındı", "utf-7", "utf-7"),
        ("Received", "ascii", "rot13"),
        ("Received", "ascii", "\0"),
        ("Received", "ascii", "undefined"),
    ],
)
def test_the_right_characters_and_nothing_lost(text: str, codec: str, declared: str) -> None:
    assert decode(text.encode(codec), declared) == (text, False)


def test_bytes_of_no_charset_are_read_and_said_to_be_damaged() -> None:
    text, damaged = decode(b"\x98\x00\x01\x02 Yes", "us-ascii")

    assert damaged
    assert text.endswith("Yes")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"plain", "plain"),
        (b"folded\r\n  over\r\n\tlines", "folded over lines"),
        (b"=?utf-8?Q?a_b=3F?=", "a b?"),
        (b"=?utf-8?B?0LA=?= =?utf-8?B?0LE=?=", "аб"),
        (b"=?utf-8?B?0A==?=\r\n =?utf-8?B?sA==?=", "а"),
        (b"=?utf-8?B?0LA?= and =?koi8-r?B?wQ==?=", "а and а"),
        (b"=?utf-8*kk?Q?=D2=9B?=", "қ"),
        ("raw Абай".encode(), "raw Абай"),
        ("raw Абай".encode("cp1251"), "raw Абай"),
        (b"=?nonsense?B?QQ==?=", "A"),
        (b"=?utf-8?B?broken", "=?utf-8?B?broken"),
    ],
)
def test_headers_as_a_person_reads_them(raw: bytes, shown: str) -> None:
    assert header(raw) == shown
