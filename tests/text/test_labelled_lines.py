"""Lines by mail: labels in four languages, choices in words, what is no label stays as it was."""

import pytest

from handlers.text.cooperation import FIELDS, KINDS, LEADS, NOT_FOLLOWED, PACES, TOPICS
from handlers.text.labelledlines import chosen, field_named, followed, read_lines
from handlers.text.voice import Voice
from models.rules.vocabulary import FormName, ItemKind, Language, Pace, Topic

NAMES = ("title", "when", "place", "description", "lead", "contact", "result")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", FIELDS)
def test_every_label_is_read_as_it_is_shown(name: str, language: Language) -> None:
    voice = Voice(language)

    assert field_named(voice.label(FIELDS[name])) == name
    assert field_named(voice.named(FIELDS[name])) == name


@pytest.mark.parametrize("language", Language)
def test_every_choice_is_read_as_it_is_shown(language: Language) -> None:
    voice = Voice(language)

    assert [chosen(FormName.ITEM, "kind", voice.named(KINDS[one])) for one in ItemKind] == list(ItemKind)
    assert [chosen(FormName.ITEM, "lead", voice.label(term)) for term in LEADS.values()] == list(LEADS)
    topics = ", ".join(voice.label(TOPICS[one]) for one in Topic)
    assert chosen(FormName.BULLETIN, "topics", topics) == ",".join(Topic)


def test_words_that_are_no_choice_stay_for_the_refusal() -> None:
    assert chosen(FormName.ITEM, "kind", "Party") == "Party"
    assert chosen(FormName.ITEM, "title", "Seminar") == "Seminar"


def test_lines_with_labels_are_taken_and_others_are_kept() -> None:
    lines = read_lines("Hello,\ndate: 14.05.2027\n- Yer: Bakı\nописание: Первый день\nвторой день", NAMES)

    assert lines.fields == {"when": "14.05.2027", "place": "Bakı", "description": "Первый день\nвторой день"}
    assert lines.rest == "Hello,"


def test_a_long_text_keeps_its_paragraphs_and_a_place_ends_with_its_line() -> None:
    long = read_lines("result: One.\n\nTwo.", NAMES)
    short = read_lines("place: Baku\n\nSee you there", NAMES)

    assert long.fields == {"result": "One.\nTwo."}
    assert (short.fields, short.rest) == ({"place": "Baku"}, "See you there")


@pytest.mark.parametrize("text", ["Tel: +994 12 493 40 03", "See: https://anl.az", "12:30", "Ad: Aytən"])
def test_a_signature_changes_nothing(text: str) -> None:
    assert read_lines(text, NAMES).fields == {}


@pytest.mark.parametrize("language", Language)
def test_topics_are_followed_and_left_in_any_language(language: Language) -> None:
    voice = Voice(language)
    text = "\n".join(
        f"{voice.label(TOPICS[topic])}: {voice.label(term)}"
        for topic, term in (
            (Topic.RESEARCH, PACES[Pace.WEEKLY]),
            (Topic.WEBINAR, PACES[Pace.AT_ONCE]),
            (Topic.PROJECT, NOT_FOLLOWED),
        )
    )

    assert followed(text) == {Topic.RESEARCH: Pace.WEEKLY, Topic.WEBINAR: Pace.AT_ONCE, Topic.PROJECT: None}
