"""The generated pages are what the tables say today."""

import re

import pytest

from models.rules.vocabulary import Act, Flag, Reason, Stage
from tests.architecture.generate import DOCS, PAGES
from tests.architecture.lifecycle_page import lifecycle_page


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run: make docs"


@pytest.mark.parametrize("vocabulary", [Stage, Act, Flag, Reason])
def test_the_lifecycle_page_names_everything_that_can_happen(vocabulary: type[Stage]) -> None:
    named = set(re.findall(r"`(\w+)`", lifecycle_page()))

    assert {member.value for member in vocabulary} - named == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_row_of_a_table_has_as_many_cells_as_its_head(name: str) -> None:
    width = 0
    for row in PAGES[name]().splitlines():
        cells = len(re.findall(r"(?<!\\)\|", row)) if row.startswith("|") else 0
        assert cells in {0, width} or width == 0
        width = cells
