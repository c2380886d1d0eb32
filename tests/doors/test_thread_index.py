import base64
from datetime import UTC, datetime, timedelta

import pytest

from handlers.mail.thread_index import continued

BEGUN = datetime(2026, 3, 1, 9, tzinfo=UTC)


def index_of(moment: datetime) -> str:
    ticks = (moment - datetime(1601, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 10
    return base64.b64encode((ticks >> 16).to_bytes(6, "big") + bytes(range(16))).decode()


@pytest.mark.parametrize(
    ("later", "far", "unit"),
    [(timedelta(hours=1), 0, 1 << 18), (timedelta(days=400), 0, 1 << 18), (timedelta(days=1000), 1, 1 << 23)],
)
def test_an_answer_adds_five_bytes_that_tell_the_time_since_the_first(
    later: timedelta, far: int, unit: int
) -> None:
    answer = continued(index_of(BEGUN), BEGUN + later)
    assert answer is not None
    raw = base64.b64decode(answer)
    assert raw[:22] == base64.b64decode(index_of(BEGUN))
    level = int.from_bytes(raw[22:26], "big")
    assert level >> 31 == far
    expected = later // timedelta(microseconds=1) * 10 // unit
    assert abs((level & 0x7FFFFFFF) - expected) <= 1
    assert len(raw) == 27


def test_a_folded_index_is_read_and_an_answer_before_its_time_is_at_once() -> None:
    folded = index_of(BEGUN)[:10] + "\r\n " + index_of(BEGUN)[10:]
    answer = continued(folded, BEGUN - timedelta(days=1))
    assert answer is not None
    assert base64.b64decode(answer)[22:] == bytes(5)


@pytest.mark.parametrize("index", ["", "Ac8l", "not base64!", "ə", base64.b64encode(bytes(24)).decode()])
def test_what_is_no_thread_index_is_not_continued(index: str) -> None:
    assert continued(index, BEGUN) is None


def test_a_thread_does_not_grow_for_ever() -> None:
    index = index_of(BEGUN)
    for number in range(60):
        index = continued(index, BEGUN + timedelta(hours=number)) or ""
    assert len(base64.b64decode(index)) == 22 + 5 * 40
