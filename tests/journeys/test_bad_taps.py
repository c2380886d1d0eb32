"""Taps that come too late, twice, to the wrong card, or with nonsense: each is answered, none does harm."""

from handlers.text import labels
from handlers.text.choices import CONFIRM
from handlers.text.refusals import refusal_text
from handlers.text.screens import Tap, Verb
from models.rules.errors import Failed, NotPossibleNow, Refusal, UnknownRequest
from models.rules.lifecycle import Detail
from models.rules.vocabulary import Act, Language, Stage
from tests.journeys.props import ARTICLE, BOOK
from tests.journeys.stage import Librarian, Story

NUMBER = "ANL-2026-0001"


def says(person: Librarian, refusal: Refusal) -> str:
    """The sentence for a refusal, in this person's language."""
    return refusal_text(person.voice, refusal)


def behind(person: Librarian, act: Act) -> str:
    """What the button says that stands there now; its message may change before it is tapped."""
    label = person.voice.label(labels.ACTS[act])
    buttons = (button for row in person.screen.keyboard for button in row)
    return next(button.callback_data or "" for button in buttons if button.text == label)


async def taps(story: Story, person: Librarian, data: str) -> None:
    """Send callback data that no button of the screen has."""
    message = next(one for one in reversed(person.phone.messages) if one.from_bot and one.keyboard)
    message.markup = {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}
    person.phone.presses(data, message=message.id)
    await story.settles()


async def test_two_taps_at_once_file_one_request(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)

    baku.phone.presses(baku.voice.label(labels.SEND))
    baku.phone.presses(baku.voice.label(labels.SEND))
    await chats.settles()

    assert NUMBER in baku.reads
    assert sum(NUMBER in text for text in almaty.everything) == 1
    assert await chats.acts(NUMBER) == [Act.SUBMIT]


async def test_two_people_at_once_the_second_reads_who_was_first(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    colleague = await chats.enters("colleague", Language.RU)
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)

    almaty.phone.presses(almaty.voice.label(labels.ACTS[Act.YES]))
    colleague.phone.presses(colleague.voice.label(labels.ACTS[Act.YES]))
    await chats.settles()

    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.YES]
    pair = [(almaty, colleague), (colleague, almaty)]
    told = [one for one, other in pair if other.phone.user.first_name in one.reads.partition("\n")[0]]
    assert len(told) == 1


async def test_stale_button_shows_the_card_as_it_stands(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    yes = behind(almaty, Act.YES)
    await baku.presses(Act.CANCEL)
    await baku.presses(CONFIRM)

    await taps(chats, almaty, yes)
    assert almaty.reads.startswith("Сұраныс ")
    assert almaty.voice.label(labels.STAGES[Stage.CANCELLED]) in almaty.reads
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.CANCEL]


async def test_stale_choice_says_what_is_possible_no_more(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    no = behind(almaty, Act.NO)
    await baku.presses(Act.CANCEL)
    await baku.presses(CONFIRM)

    await taps(chats, almaty, no)
    assert says(almaty, NotPossibleNow(act=Act.NO, stage=Stage.CANCELLED)) in almaty.reads


async def test_tap_on_a_card_of_other_libraries_shows_nothing_of_it(chats: Story) -> None:
    await chats.baku.pastes(BOOK)
    await chats.baku.presses(labels.SEND)
    outsider = await chats.enters("outsider", Language.EN)
    await outsider.presses(labels.NEW_REQUEST)

    for tap in (
        Tap(Verb.ACT, 1, 1, Act.YES),
        Tap(Verb.CARD, 1),
        Tap(Verb.HISTORY, 1),
        Tap(Verb.CHOOSE, 1, 1, Act.NO),
        Tap(Verb.ASK, 1, 1, Act.COMMENT, Detail.NOTE),
        Tap(Verb.DAY, 1, 1, Act.EXPECT, "2026-04"),
    ):
        await taps(chats, outsider, tap.pack())
        assert says(outsider, UnknownRequest()) == outsider.everything[-1], tap

    assert outsider.everything.count(says(outsider, UnknownRequest())) == 6
    assert "Путь Абая" not in "".join(outsider.everything)
    assert await chats.acts(NUMBER) == [Act.SUBMIT]


DAMAGED = [
    "x",
    "a",
    "a:1:1",
    "a:1:1:yes",
    "a:1:1:perhaps:",
    "a:1:1:no:rNothing",
    "a:1:1:yes:zzz",
    "a:99999999999:1:yes:",
    "o:1:1:perhaps:",
    "o:1:1:yes:",
    "o:1:1:later:q",
    "y:1:1:later:2026-99.rOnLoan",
    "y:1:1:yes:2026-12",
    "y:1:1:expect:0000-01",
    "q:1:1:yes:files",
    "q:1:1:comment:due",
    "q:1:1::",
    "d:1:0::",
    "f:1:0:nothing:",
    "p:1:0:nothing:1",
    "g:0:0:de:",
    "n:0:0:microfilm:",
    "w:1:0::abc",
    "w:1:0::",
    "s:1:0::maybe",
    "m:0:0::",
    "ⓐ:1:1:yes:",
    "a:1:1:yes:<b>",
    "ga:1:1:offer:gold",
    "ga:9:1:offer:copy",
    "ga:9:1:act:want",
    "ga:9:1:act:dance",
    "ga:9:1:drop:",
    "ga:0:0:list:nothing.open.0",
    "ga:0:0:list:ours.open.abc",
    "ga:9:0:item:",
    "ga:9:0:ex:",
    "ga:9:0:cols:",
    "ga:9:0:store:all",
    "ga:9:0:store:missing",
    "ga:9:0:field:0.title",
    "ga:0:0:add:nothing",
    "ga:0:0:dance:",
]


async def test_damaged_button_is_answered_by_a_sentence(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)

    for data in DAMAGED:
        before = len(almaty.everything), almaty.reads
        await taps(chats, almaty, data)
        assert (len(almaty.everything), almaty.reads) != before, data

    assert almaty.phone.unanswered == []
    assert says(almaty, Failed()) not in almaty.everything
    assert [act for act in await chats.acts(NUMBER) if act is not Act.OPEN] == [Act.SUBMIT]


async def test_button_of_a_deleted_draft_says_so(chats: Story) -> None:
    baku = chats.baku
    await baku.pastes(BOOK)
    review = baku.screen
    send = next(
        b.callback_data for row in review.keyboard for b in row if b.text == baku.voice.label(labels.SEND)
    )
    await baku.presses(f"✖ {baku.voice.label(labels.CANCEL)}")

    await baku.pastes(ARTICLE)
    await taps(chats, baku, str(send))
    assert baku.reads == "Bu qaralama artıq göndərilib və ya silinib."
    assert len(chats.almaty.everything) == 1


async def test_unknown_command_shows_what_can_be_done(chats: Story) -> None:
    await chats.baku.types("/borrow")
    assert "/new" in chats.baku.reads


async def test_update_that_nobody_understands_is_set_aside_with_an_apology(chats: Story) -> None:
    chats.faulty = True
    chats.world.api.updates.push("message", 101, {"chat": {"id": 101}, "text": 7})
    await chats.settles()
    assert says(chats.baku, Failed()) == chats.baku.reads

    await chats.baku.pastes(BOOK)
    await chats.baku.presses(labels.SEND)
    assert await chats.acts(NUMBER) == [Act.SUBMIT]


async def test_words_typed_for_an_act_that_came_too_late_are_kept_as_a_comment(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await almaty.presses(Act.SHIP)
    await baku.presses(Act.RECEIVE_DAMAGED)
    await almaty.presses(Act.CHANGE_DUE)
    await almaty.types("15.04.2026")

    await baku.types("Cildi cırılıb.")

    assert "Cildi cırılıb." in almaty.reads
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.SHIP, Act.CHANGE_DUE, Act.COMMENT]
