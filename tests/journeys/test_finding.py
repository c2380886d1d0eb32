"""Searching, filtering, asking twice: by tap and by mail."""

import pytest

from handlers.text import forms, found, labels, says
from handlers.text.voice import Voice
from handlers.text.words import display
from models.rules.vocabulary import Act, Filter, Group, Language, Service, Stage
from tests.journeys.props import ARTICLE, BOOK, PAIRS
from tests.journeys.stage import Librarian, Mailbox, Story

EVERY_TONGUE = pytest.mark.parametrize("tongues", PAIRS, indirect=True)
NIZAMI = "Nizami Gəncəvi. Xəmsə. — Bakı : Elm, 1983."


async def files(librarian: Librarian, citation: str) -> None:
    await librarian.pastes(citation)
    await librarian.presses(Act.SUBMIT)


def numbers(shown: Librarian | str) -> list[str]:
    """The request numbers of the lines that are shown, the running part alone."""
    text = shown if isinstance(shown, str) else shown.reads
    return [line.split(" · ")[0][-1] for line in text.splitlines() if line.startswith("ANL-")]


@EVERY_TONGUE
async def test_words_of_any_alphabet_find_the_request_and_a_tap_opens_it(chats: Story) -> None:
    await files(chats.baku, BOOK)
    await files(chats.baku, NIZAMI)

    await chats.almaty.types("/find Гянджеви хамса")
    assert numbers(chats.almaty) == ["2"]
    assert chats.almaty.voice.say(found.NEARLY) not in chats.almaty.reads
    await chats.almaty.presses("ANL-2026-0002 Xəmsə")

    assert chats.almaty.reads.startswith("ANL-2026-0002")
    assert await chats.acts("ANL-2026-0002") == [Act.SUBMIT, Act.OPEN]


async def test_a_search_begins_at_a_list_and_asks_for_words(chats: Story) -> None:
    await files(chats.baku, BOOK)
    await chats.baku.presses(labels.TO_LIST)
    await chats.baku.presses(labels.SEARCH)
    assert chats.baku.reads == chats.baku.voice.say(found.QUESTION)

    await chats.baku.types("Auezof")
    assert numbers(chats.baku) == ["1"]
    assert chats.baku.voice.say(found.NEARLY) in chats.baku.reads

    await chats.baku.presses(labels.SEARCH)
    await chats.baku.types("ювелир")
    assert chats.baku.voice.say(found.NOTHING) in chats.baku.reads


async def test_a_comment_is_found_by_the_other_side(chats: Story) -> None:
    await files(chats.baku, BOOK)
    await chats.baku.replies("Birinci cild kifayətdir")

    await chats.almaty.types("/find kifayet")

    assert numbers(chats.almaty) == ["1"]


async def test_a_number_typed_alone_opens_its_card_once_nothing_else_is_asked(chats: Story) -> None:
    await files(chats.baku, BOOK)

    await chats.almaty.types("anl-2026-1")
    assert chats.almaty.reads.startswith("ANL-2026-0001")
    assert await chats.acts("ANL-2026-0001") == [Act.SUBMIT, Act.OPEN]

    await chats.baku.types("/find ANL-2026-0001")
    assert chats.baku.reads.startswith("ANL-2026-0001")

    await chats.baku.types("ANL-2026-0002")
    assert chats.baku.reads == chats.baku.voice.say("This request is not one of your library's.")


async def test_an_isbn_that_is_known_already_is_a_new_request_all_the_same(chats: Story) -> None:
    await files(chats.baku, f"{BOOK} ISBN 5-02-013850-9")

    await chats.baku.types("5-02-013850-9")

    assert chats.baku.voice.say(forms.PROMPTS["title"]) in chats.baku.reads


async def test_more_than_ten_are_found_page_by_page(chats: Story) -> None:
    for year in range(1960, 1972):
        await files(chats.baku, f"Ауэзов М. О. Сборник {year}. — Алма-Ата : Жазушы, {year}.")
    await chats.baku.types("/find auezov")
    first = numbers(chats.baku)
    await chats.baku.presses(labels.NEXT)
    second = numbers(chats.baku)
    await chats.baku.presses(labels.PREVIOUS)

    assert (len(first), len(second)) == (10, 2)
    assert numbers(chats.baku) == first


@EVERY_TONGUE
async def test_a_filter_is_two_taps_away_and_stays(chats: Story) -> None:
    await files(chats.baku, BOOK)
    await files(chats.baku, ARTICLE)
    await chats.baku.presses(labels.MY_REQUESTS)
    await chats.baku.presses(Filter.MINE)
    assert numbers(chats.baku) == ["2", "1"]

    await chats.baku.presses(labels.NARROW)
    await chats.baku.presses(Service.COPY)
    assert numbers(chats.baku) == ["2"]
    await chats.baku.presses("ANL-2026-0002 Вопросы истории")
    await chats.baku.presses(labels.TO_LIST)
    assert numbers(chats.baku) == ["2"]
    await chats.restarts()
    await chats.baku.presses(labels.MY_REQUESTS)
    assert numbers(chats.baku) == ["2"]

    await chats.baku.presses(labels.NARROW)
    await chats.baku.presses(labels.GROUPS[Group.ON_THE_WAY])
    assert numbers(chats.baku) == []
    await chats.baku.presses(labels.NARROW)
    await chats.baku.presses(labels.WHOLE_LIST)
    assert numbers(chats.baku) == ["2", "1"]


async def test_a_line_says_where_the_request_stands_with_whom_and_until_when(chats: Story) -> None:
    await files(chats.baku, BOOK)
    await chats.almaty.presses(Act.YES)
    await chats.almaty.presses(Act.SHIP)
    voice = chats.baku.voice

    await chats.baku.presses(labels.MY_REQUESTS)

    [line] = [one for one in chats.baku.reads.splitlines() if one.startswith("ANL-")]
    assert line.split(" · ")[1:4] == [voice.label(labels.STAGES[Stage.SHIPPED]), "NLRK", "Путь Абая : роман"]
    assert line.endswith("31.05.2026")


@EVERY_TONGUE
async def test_what_was_asked_before_is_shown_and_may_be_sent_all_the_same(chats: Story) -> None:
    await files(chats.baku, BOOK)
    await files(chats.baku, "Auezov M. O. Путь Абая : роман. — 1977.")
    assert "ANL-2026-0001" in chats.baku.reads
    assert await chats.acts("ANL-2026-0001") == [Act.SUBMIT]

    await chats.baku.presses(labels.OPEN_THAT)
    assert chats.baku.reads.startswith("ANL-2026-0001")
    await files(chats.baku, BOOK)
    await chats.baku.presses(labels.SEND_AGAIN)

    assert chats.baku.reads.startswith("ANL-2026-0002")
    assert await chats.acts("ANL-2026-0002") == [Act.SUBMIT]


def told(box: Mailbox) -> str:
    return box.newest.text


@EVERY_TONGUE
async def test_by_mail_the_same_is_told_and_filed_at_a_word(boxes: Story) -> None:
    await boxes.anl.writes(BOOK)
    heard = len(boxes.nlrk.letters)
    await boxes.anl.writes(BOOK)
    assert "ANL-2026-0001" in told(boxes.anl)
    assert len(boxes.nlrk.letters) == heard

    await boxes.anl.says("file")

    assert "[ANL-2026-0002]" in boxes.anl.newest.subject
    assert await boxes.acts("ANL-2026-0002") == [Act.SUBMIT]


@EVERY_TONGUE
async def test_by_mail_a_word_finds_and_another_lists(boxes: Story) -> None:
    await boxes.anl.writes(BOOK)
    await boxes.anl.writes(NIZAMI)

    await boxes.nlrk.says("find", "Gencevi")
    assert numbers(told(boxes.nlrk)) == ["2"]
    await boxes.nlrk.says("find", "ANL-2026-0001")
    assert numbers(told(boxes.nlrk)) == ["1"]
    await boxes.nlrk.says("list")

    assert numbers(told(boxes.nlrk)) == ["1", "2"]
    assert "Xəmsə" in told(boxes.nlrk)


@EVERY_TONGUE
async def test_by_mail_the_word_alone_is_asked_for_more_words(boxes: Story) -> None:
    await boxes.nlrk.says("find")

    assert boxes.nlrk.voice.say(found.QUESTION) in told(boxes.nlrk)
    assert display("find", boxes.nlrk.language) in told(boxes.nlrk)


def test_the_words_by_which_a_mail_searches_and_lists_are_told() -> None:
    for voice in map(Voice, Language):
        assert any("/find" in voice.say(one) for one in says.HELP_LINES)
