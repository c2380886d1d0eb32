"""The page's own words: the same keys and places in four languages, and the glossary's terms."""

import csv
import re
from pathlib import Path

import pytest

from handlers.text.page import words
from models.rules.vocabulary import Language, Role

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "bot" / "sandbox" / "page"
TERMS = {
    "send": "button_send",
    "close": "button_close",
    "download": "button_download",
    "attach": "button_attach_file",
    "message": "message",
    "language": "button_language",
    "role_librarian": "role_librarian",
    "role_coordinator": "role_coordinator",
    "role_admin": "role_administrator",
    "zone_Asia/Baku": "local_time_baku",
    "zone_Asia/Almaty": "local_time_almaty",
}


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


@pytest.mark.parametrize("language", Language)
def test_every_language_has_the_same_keys_places_and_lists(language: Language) -> None:
    ours, english = words(language), words(Language.EN)
    assert list(ours) == list(english)
    for key, text in english.items():
        assert ours[key].strip() == ours[key] != ""
        assert places(ours[key]) == places(text), key
        assert ours[key].count("|") == text.count("|"), key


@pytest.mark.parametrize("language", Language)
def test_terms_are_those_of_the_glossary(language: Language) -> None:
    with (ROOT / "locales" / "glossary.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        glossary = {row["term_id"]: row[language] for row in rows}
    ours = words(language)
    assert {key: ours[key].casefold() for key in TERMS} == {
        key: glossary[term].casefold() for key, term in TERMS.items()
    }


def test_every_role_has_a_word() -> None:
    assert {f"role_{role}" for role in Role} <= words(Language.EN).keys()


def test_every_word_that_the_page_asks_for_exists_and_none_is_idle() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted((PAGE / "js").glob("*.js")))
    bound = set(re.findall(r"(?:word|label|hint|knows|words): ?\"(\w+)\"", source))
    called = set(re.findall(r"\bwords?\(\"(\w+)\"", source))
    known = words(Language.EN).keys()
    assert bound | called <= known
    made = ("zone_", "role_", "chaos_", "view_", "stage_", "tour_", "robot_", "rows_", "column_", "value_")
    idle = {key for key in known - bound - called if not key.startswith(made) and f'"{key}"' not in source}
    assert idle - {"clock_hour", "clock_day", "clock_week"} == set()


def test_page_names_no_address_outside_this_machine() -> None:
    allowed = {"http://www.w3.org/2000/svg"}  # a name, never fetched
    for path in (p for p in PAGE.rglob("*") if p.is_file()):
        found = set(
            re.findall(r"(?:https?:)?//[a-z][\w.-]+\.[a-z]{2,}[\w/]*", path.read_text(encoding="utf-8"))
        )
        assert found <= allowed, path.name


def test_page_never_parses_markup() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function"
    )
    for path in (PAGE / "js").glob("*.js"):
        assert not forbidden.search(path.read_text(encoding="utf-8")), path.name
