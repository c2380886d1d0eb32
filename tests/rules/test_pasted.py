"""A link alone is a delivery; words around it are words. What a channel cannot carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.filelimits import CHAT_OUT, MAIL_OUT, left_out
from models.rules.pasted import is_link, pasted_link
from models.rules.vocabulary import Channel


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://disk.example/d/abc", "https://disk.example/d/abc"),
        ("  <http://cloud.example.org:8443/f?id=1#x>\n", "http://cloud.example.org:8443/f?id=1#x"),
        ("see https://disk.example/d/abc", None),
        ("https://disk.example https://other.example", None),
        ("ftp://disk.example/abc", None),
        ("javascript:alert(1)", None),
        ("https://localhost/abc", None),
        ("https://", None),
        ("https://[::1/abc", None),
        ("https://disk.example:99999/", None),
        ("https://disk.example/" + "a" * 2000, None),
        ("https://disk.example/\u202egpj", None),
        ("", None),
    ],
)
def test_link_is_all_there_is(text: str, link: str | None) -> None:
    assert pasted_link(text) == link


@given(st.text())
def test_link_of_any_text_is_one_word_of_it(text: str) -> None:
    link = pasted_link(text)

    assert link is None or (link in text and is_link(link) and len(text.split()) == 1)


@pytest.mark.parametrize(
    ("channel", "sizes", "left"),
    [
        (Channel.CHAT, [CHAT_OUT, CHAT_OUT + 1, 1], [1]),
        (Channel.MAIL, [MAIL_OUT], []),
        (Channel.MAIL, [MAIL_OUT + 1, 5], [0]),
        (Channel.MAIL, [6_000_000, 6_000_000, 4_000_000], [1]),
        (Channel.MAIL, [], []),
    ],
)
def test_left_out_is_what_the_channel_cannot_carry(
    channel: Channel, sizes: list[int], left: list[int]
) -> None:
    assert left_out(channel, sizes) == left
