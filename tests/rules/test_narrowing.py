"""Which part of a list is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.narrowing import Narrowing
from models.rules.vocabulary import Group, Service

NARROWINGS = st.builds(
    Narrowing,
    partner=st.none() | st.integers(min_value=1, max_value=999_999_999),
    service=st.none() | st.sampled_from(Service),
    group=st.none() | st.sampled_from(Group),
)


@given(NARROWINGS)
def test_a_button_carries_it_whole(narrowing: Narrowing) -> None:
    code = narrowing.pack()

    assert Narrowing.read(code) == narrowing
    assert len(code) <= 44


@pytest.mark.parametrize("code", ["", "x", "p", "scopyx", "gnothing", "p1.p2", "gsent.scopy", "p1234567890"])
def test_what_is_not_ours_narrows_nothing(code: str) -> None:
    assert Narrowing.read(code) == Narrowing()
    assert not Narrowing.read(code)


@given(NARROWINGS, st.sampled_from([Narrowing(service=Service.COPY), Narrowing(group=Group.SENT)]))
def test_a_second_tap_takes_back_the_first(narrowing: Narrowing, part: Narrowing) -> None:
    once = narrowing.turned(part)

    assert once.has(part) is not narrowing.has(part)
    assert not once.has(part) or not once.turned(part).has(part)


def test_a_choice_leaves_the_others() -> None:
    chosen = Narrowing(partner=2, service=Service.LOAN).turned(Narrowing(service=Service.COPY))

    assert chosen == Narrowing(partner=2, service=Service.COPY)
