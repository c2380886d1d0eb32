"""The details of an act, stored and read again."""

from dataclasses import replace

import pytest

from models.rules.lifecycle import (
    Detail,
    Details,
)
from models.rules.vocabulary import (
    Reason,
)
from tests.rules.lives import EVERYTHING


def test_details_survive_storage() -> None:
    details = replace(EVERYTHING, reason=Reason.COST, url="https://example.org/scan")

    assert Details.from_json(details.as_json()) == details


def test_details_not_given_are_not_stored() -> None:
    assert Details().as_json() == {}


def test_an_unknown_detail_is_not_read() -> None:
    with pytest.raises(KeyError):
        Details.from_json({"colour": "blue"})


@pytest.mark.parametrize("detail", Detail)
def test_a_detail_is_there_when_it_was_given(detail: Detail) -> None:
    full = replace(EVERYTHING, reason=Reason.COST, more=True)

    assert (full.has(detail), Details().has(detail)) == (True, False)


def test_a_link_is_content_as_a_file_is() -> None:
    assert Details(url="https://example.org/scan").has(Detail.CONTENT)
