"""Taps are packed and read whole; buttons are laid out two short ones to a row."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.text.screens import SHORT, Button, Tap, Verb, read_tap, rows_of

WORDS = st.text(st.sampled_from("abcxyzABCXYZ0189_.-"), max_size=24)
TAPS = st.builds(
    Tap,
    verb=st.sampled_from(Verb),
    id=st.integers(0, 10**18 - 1),
    version=st.integers(0, 10**9 - 1),
    word=WORDS,
    extra=st.text(st.sampled_from("abcxyzABCXYZ0189_.-"), max_size=48),
)


@given(tap=TAPS)
def test_a_tap_is_read_as_it_was_packed(tap: Tap) -> None:
    assert read_tap(tap.pack()) == tap


@given(data=st.text(max_size=70))
def test_whatever_is_read_packs_to_itself(data: str) -> None:
    tap = read_tap(data)

    assert tap is None or (tap.id, tap.version, tap.word) == (
        int(data.split(":")[1]),
        int(data.split(":")[2]),
        data.split(":")[3],
    )


@pytest.mark.parametrize(
    "data",
    [
        "",
        "a",
        "a:1:2:yes",
        "a:1:2:yes:x:y",
        "z:1:2:yes:",
        "A:1:2:yes:",
        "a:-1:2:yes:",
        "a:1:x:yes:",
        "a:1:2:да:",
        "a:1:2:y s:",
        "a:1:2:yes:\n",
        "a:1:2:yes:;drop",
        "a:١:2:yes:",
        f"a:{10**18}:2:yes:",
        f"a:1:2:{'y' * 25}:",
    ],
)
def test_a_damaged_or_foreign_button_is_none(data: str) -> None:
    assert read_tap(data) is None


def test_every_verb_has_a_letter_or_two_of_its_own() -> None:
    assert len(set(Verb)) == len(Verb.__members__)
    assert {len(verb.value) for verb in Verb} == {1, 2}


TEXTS = st.lists(st.text(st.sampled_from("aə🕮"), min_size=1, max_size=30), max_size=12)


@given(texts=TEXTS)
def test_buttons_keep_their_order_and_none_is_lost(texts: list[str]) -> None:
    rows = rows_of(Button(text) for text in texts)

    assert [button.text for row in rows for button in row] == texts


@given(texts=TEXTS)
def test_only_short_buttons_share_a_row(texts: list[str]) -> None:
    for row in rows_of(Button(text) for text in texts):
        assert len(row) == 1 or (len(row) == 2 and all(len(button.text) <= SHORT for button in row))


@given(texts=TEXTS)
def test_no_two_short_buttons_stand_under_one_another_without_need(texts: list[str]) -> None:
    rows = rows_of(Button(text) for text in texts)
    lone = [(one, two) for one, two in pairwise(rows) if len(one) == 1]

    assert all(len(one[0].text) > SHORT or len(two[0].text) > SHORT for one, two in lone)


def test_short_buttons_pair_up_and_a_long_one_stands_alone() -> None:
    texts = ["Yes", "No", "Accept the conditions", "Later", "Take", "Close"]

    assert [[button.text for button in row] for row in rows_of(map(Button, texts))] == [
        ["Yes", "No"],
        ["Accept the conditions"],
        ["Later", "Take"],
        ["Close"],
    ]
