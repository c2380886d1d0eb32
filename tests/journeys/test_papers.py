"""Papers leave through both doors; a photographed one opens its request; an old book needs a permission."""

from io import BytesIO

import icalendar
import pytest

from handlers.text import labels
from handlers.text.calendar_feed import BUTTON as CALENDAR
from handlers.text.cards import AWAITED
from handlers.text.choices import CONFIRM, PERMITTED
from handlers.text.papers import PAPERS
from handlers.text.sayings import SAYINGS
from handlers.text.says import SENTENCES
from models.operations.libraries import edit_library
from models.rules.papers import Paper
from models.rules.vocabulary import Act, Language, Phrase, Say
from tests.files.pictures import jpeg
from tests.journeys.props import BOOK, PAIRS
from tests.journeys.stage import Librarian, Story
from tests.papers.props import photographed, text_of

NUMBER = "ANL-2026-0001"
TITLE = "Путь Абая"


async def asked(story: Story) -> Librarian:
    """Baku asks for a book; Almaty, which answers."""
    await story.baku.pastes(BOOK)
    await story.baku.presses(labels.SEND)
    await story.almaty.opens(NUMBER)
    return story.almaty


def picture_of(pdf: bytes) -> bytes:
    out = BytesIO()
    photographed(pdf, turned=8).save(out, "JPEG")
    return out.getvalue()


async def prints(almaty: Librarian, paper: Paper) -> bytes:
    await almaty.presses(labels.PRINT)
    await almaty.presses(almaty.voice.named(PAPERS[paper]))
    return almaty.files[-1].data


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_a_paper_is_printed_by_one_tap_and_its_code_opens_the_card(chats: Story) -> None:
    almaty = await asked(chats)

    pdf = await prints(almaty, Paper.PULL_SLIP)
    assert TITLE in text_of(pdf)
    assert [one.name for one in almaty.files] == [f"{NUMBER}-pull-slip.pdf"]

    almaty.phone.photo(picture_of(pdf))
    await chats.settles()
    assert almaty.reads.startswith(NUMBER)
    assert almaty.voice.label(labels.ACTS[Act.SHIP]) in almaty.buttons


async def test_following_the_code_with_another_program_opens_the_card_too(chats: Story) -> None:
    almaty = await asked(chats)

    await almaty.types("hello")
    await almaty.starts(f"r_{NUMBER}")
    assert almaty.reads.startswith(NUMBER)


async def test_a_code_says_nothing_to_whom_the_request_does_not_concern(chats: Story) -> None:
    pdf = await prints(await asked(chats), Paper.PULL_SLIP)
    outsider = await chats.enters("outsider", Language.EN)

    await outsider.starts(f"r_{NUMBER}")
    outsider.phone.photo(picture_of(pdf))
    await chats.settles()
    assert not any(TITLE in one or one.startswith(NUMBER) for one in outsider.everything)


async def test_a_stranger_with_a_code_learns_the_one_sentence_only(empty: Story) -> None:
    stranger = empty.world.phone(909, "Nobody", language="en")
    stranger.starts(f"r_{NUMBER}")
    await empty.settles()

    assert [NUMBER in one.text for one in stranger.messages if one.from_bot] == [False]


async def test_a_photograph_without_a_code_is_what_it_was_before(chats: Story) -> None:
    almaty = await asked(chats)

    almaty.phone.photo(jpeg())
    await chats.settles()
    assert almaty.reads == almaty.voice.say(SENTENCES[Say.FILE_LATER])


async def test_a_paper_of_the_past_is_answered_with_those_of_now(chats: Story) -> None:
    almaty = await asked(chats)
    await almaty.presses(labels.PRINT)
    choice = almaty.screen
    await chats.baku.presses(Act.CANCEL)
    await chats.baku.presses(CONFIRM)
    await almaty.presses_on(almaty.voice.named(PAPERS[Paper.REQUEST_FORM]), choice)

    assert TITLE in text_of(almaty.files[-1].data)


async def test_the_papers_come_by_mail_on_a_word(boxes: Story) -> None:
    await boxes.anl.writes(BOOK)
    await boxes.nlrk.says("print")

    files = dict(boxes.nlrk.newest.files)
    assert list(files) == [
        f"{NUMBER}-{paper}.pdf"
        for paper in (Paper.PULL_SLIP, Paper.DISPATCH_SLIP, Paper.LABEL, Paper.CUSTOMS, Paper.REQUEST_FORM)
    ]
    assert all(NUMBER in text_of(data) for data in files.values())
    assert await boxes.acts(NUMBER) == [Act.SUBMIT]


async def test_the_word_alone_is_answered_with_help(boxes: Story) -> None:
    await boxes.nlrk.writes("print")

    assert boxes.nlrk.newest.files == []
    assert boxes.nlrk.voice.say("Nothing was found.") not in boxes.nlrk.newest.text


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_an_old_book_is_sent_once_the_permission_is_there(chats: Story) -> None:
    await edit_library("NLRK", names={}, export_years=40)
    almaty, baku = await asked(chats), chats.baku

    assert almaty.voice.label(AWAITED) in almaty.reads
    await almaty.presses(Act.SHIP)
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.OPEN]
    await almaty.presses(PERMITTED)

    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.OPEN, Act.SHIP]
    assert baku.voice.say(SAYINGS[Phrase.EXPORT_PERMITTED]) in baku.reads
    assert almaty.voice.label(AWAITED) not in almaty.reads


async def test_a_new_book_is_sent_by_one_tap(chats: Story) -> None:
    await edit_library("NLRK", names={}, export_years=100)
    almaty = await asked(chats)

    await almaty.presses(Act.SHIP)
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.OPEN, Act.SHIP]


def events(data: bytes) -> dict[str, str]:
    """Summaries by day."""
    calendar = icalendar.Calendar.from_ical(data)
    return {str(one["DTSTART"].dt): str(one["SUMMARY"]) for one in calendar.walk("VEVENT")}


async def test_the_calendar_comes_in_chat(chats: Story) -> None:
    almaty = await asked(chats)
    await almaty.presses(Act.SHIP)
    await almaty.types("/settings")
    await almaty.presses(CALENDAR)

    [calendar] = almaty.files
    days = events(calendar.data)
    assert calendar.name == "abonement.ics"
    assert {"2028-08-08", "2028-11-08", "2033-08-08", "2033-11-08"} < set(days)
    assert any(NUMBER in said for said in days.values())


async def test_the_calendar_comes_by_mail(boxes: Story) -> None:
    await boxes.nlrk.writes("күнтізбе")

    [(name, data)] = boxes.nlrk.newest.files
    assert name == "abonement.ics"
    assert set(events(data if isinstance(data, bytes) else data.encode())) == {
        "2028-08-08",
        "2028-11-08",
        "2033-08-08",
        "2033-11-08",
    }
