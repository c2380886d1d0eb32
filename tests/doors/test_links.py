"""Signed links: good for one thing, one person, and for a while."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.links import UPLOAD_FOR, LinkKind, Links, read_token
from models.queries.files import FileView
from models.queries.parties import PersonView
from models.rules.vocabulary import Language, Reach, Role

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LINKS = Links("https://desk.example", b"k" * 32)
NUMBERS = st.integers(min_value=1, max_value=10**17)


def person(number: int = 7, *, epoch: int = 1) -> PersonView:
    return PersonView(
        id=number,
        name="Dana",
        role=Role.LIBRARIAN,
        library=1,
        language=Language.KK,
        chat=None,
        email=None,
        reach=Reach.CHAT,
        is_mailbox=False,
        epoch=epoch,
        settings={},
        telegram=None,
    )


def file(number: int = 5, *, name: str = "scan.pdf") -> FileView:
    return FileView(
        id=number,
        name=name,
        size=1,
        mime="application/pdf",
        sha256="0" * 64,
        telegram_file_id=None,
        event=1,
        until=NOW + timedelta(days=30),
    )


def token_of(link: str) -> str:
    return link.removeprefix("https://desk.example/").split("/")[1]


@given(NUMBERS, NUMBERS, st.integers(min_value=1, max_value=10**6))
def test_a_link_opens_what_it_was_made_for(ref: int, number: int, epoch: int) -> None:
    claim = read_token(token_of(LINKS.file(file(ref), person(number, epoch=epoch))), LinkKind.FILE)

    assert claim is not None
    assert (claim.ref, claim.person) == (ref, number)
    assert LINKS.verify(claim, epoch=epoch, now=NOW)


@given(st.data())
def test_a_changed_token_opens_nothing(data: st.DataObject) -> None:
    token = token_of(LINKS.upload(42, person(), NOW))
    place = data.draw(st.integers(min_value=0, max_value=len(token) - 2))
    letter = data.draw(st.sampled_from("0123456789abcXYZ-_.fu"))
    changed = token[:place] + letter + token[place + 1 :]
    claim = read_token(changed, LinkKind.UPLOAD)

    assert changed == token or claim is None or not LINKS.verify(claim, epoch=1, now=NOW)


@given(st.text(max_size=80))
def test_any_other_text_is_no_token(text: str) -> None:
    claim = read_token(text, LinkKind.FILE)

    assert claim is None or not LINKS.verify(claim, epoch=1, now=NOW)


def test_one_kind_does_not_open_the_other() -> None:
    token = token_of(LINKS.file(file(), person()))
    claim = read_token(token, LinkKind.FILE)

    assert read_token(token, LinkKind.UPLOAD) is None
    assert claim is not None
    assert not LINKS.verify(replace(claim, kind=LinkKind.UPLOAD), epoch=1, now=NOW)


@pytest.mark.parametrize(
    ("epoch", "late", "good"),
    [
        (1, timedelta(), True),
        (1, UPLOAD_FOR - timedelta(seconds=1), True),
        (1, UPLOAD_FOR, False),
        (2, timedelta(), False),
    ],
)
def test_a_link_ends_with_its_time_or_its_epoch(epoch: int, late: timedelta, good: object) -> None:
    claim = read_token(token_of(LINKS.upload(42, person(), NOW)), LinkKind.UPLOAD)

    assert claim is not None
    assert LINKS.verify(claim, epoch=epoch, now=NOW + late) is good


def test_the_address_of_a_calendar_lasts_until_the_persons_links_end() -> None:
    claim = read_token(token_of(LINKS.calendar(person())), LinkKind.CALENDAR)

    assert claim is not None
    assert (claim.ref, claim.person) == (1, 7)
    assert LINKS.verify(claim, epoch=1, now=NOW + timedelta(days=365 * 50))
    assert not LINKS.verify(claim, epoch=2, now=NOW)
    assert not LINKS.verify(replace(claim, kind=LinkKind.FILE), epoch=1, now=NOW)


def test_another_installation_does_not_believe_it() -> None:
    claim = read_token(token_of(LINKS.file(file(), person())), LinkKind.FILE)

    assert claim is not None
    assert not Links(LINKS.base, b"q" * 32).verify(claim, epoch=1, now=NOW)


def test_a_name_stays_one_segment_of_the_address() -> None:
    link = LINKS.file(file(name="Абай/жолы? 1.pdf"), person())

    assert [link.count("/"), unquote(link.rsplit("/", 1)[1])] == [5, "Абай/жолы? 1.pdf"]


def test_the_secret_is_never_shown() -> None:
    assert "kkkk" not in repr(LINKS)
