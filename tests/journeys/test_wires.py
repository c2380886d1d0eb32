"""Wires that fail: a person who blocked the bot, Telegram away, a mail server down, files that do not fit."""

import pytest

from handlers.text import labels
from handlers.text.refusals import refusal_text
from handlers.text.voice import Voice
from models.operations import delivery
from models.rules.errors import FileTooLarge, FileWrongKind
from models.rules.vocabulary import Act, Language, Service
from tests.journeys.props import ARTICLE, BOOK, SCAN
from tests.journeys.stage import Mailbox, Story

NUMBER = "ANL-2026-0001"
OWN = "aytan@anl.example"
MEGABYTE = 1_000_000


@pytest.fixture
async def reachable(empty: Story) -> Story:
    """The librarian in Baku has a mail address of her own beside the chat."""
    await empty.enters("ANL", Language.AZ, email=OWN)
    await empty.enters("NLRK", Language.KK)
    empty.boxes["own"] = Mailbox(empty, OWN, Language.AZ)
    await empty.baku.pastes(BOOK)
    await empty.baku.presses(labels.SEND)
    return empty


async def test_mail_takes_over_from_a_person_who_blocked_the_bot(reachable: Story) -> None:
    reachable.baku.phone.blocks()
    await reachable.settles()
    await reachable.almaty.presses(Act.YES)

    own = reachable.boxes["own"]
    assert NUMBER in own.newest.subject
    assert own.voice.label(labels.NEWS[Act.YES]) in own.newest.text
    await own.replies("Təşəkkür edirik.")
    assert "Təşəkkür edirik." in reachable.almaty.reads


async def test_mail_takes_over_when_the_bot_learns_of_the_block_by_its_own_message(reachable: Story) -> None:
    reachable.faulty = True
    letters = len(reachable.boxes["own"].letters)
    reachable.baku.phone.chat.blocked = True
    await reachable.almaty.presses(Act.YES)
    await reachable.almaty.presses(Act.SHIP)

    assert len(reachable.boxes["own"].letters) == letters + 2


async def test_chat_comes_back_with_the_person(reachable: Story) -> None:
    reachable.baku.phone.blocks()
    await reachable.settles()
    await reachable.baku.starts()
    letters = len(reachable.boxes["own"].letters)

    await reachable.almaty.presses(Act.YES)
    assert reachable.baku.voice.label(labels.NEWS[Act.YES]) in reachable.baku.reads
    assert len(reachable.boxes["own"].letters) == letters


async def test_coordinator_hears_of_a_closed_chat_that_no_mail_replaces(desk: Story) -> None:
    desk.faulty = True
    await desk.baku.pastes(BOOK)
    await desk.baku.presses(labels.SEND)
    desk.baku.phone.chat.blocked = True
    await desk.almaty.presses(Act.YES)
    assert "Aytən Məmmədova" in desk.coordinator.reads


async def test_flood_control_delays_news_and_loses_none(chats: Story) -> None:
    chats.faulty = True
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    chats.world.api.faults.flood(30, chat_id=almaty.phone.id)
    await baku.presses(labels.SEND)
    assert len(almaty.everything) == 1

    await chats.advances(seconds=31)
    assert sum(NUMBER in text for text in almaty.everything) == 1


async def test_telegram_away_for_a_while_loses_nothing(chats: Story) -> None:
    chats.faulty = True
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    chats.world.api.faults.server_error(None, code=502, method="sendMessage")
    await almaty.presses(Act.YES)
    await almaty.presses(Act.SHIP)
    assert not any("Milli Kitabxanası: " in text.partition("\n")[0] for text in baku.everything)

    chats.world.api.faults.clear()
    await chats.advances(minutes=10)
    told = [text for text in baku.everything if "Milli Kitabxanası: " in text.partition("\n")[0]]
    assert [text.partition(" · ")[0].rpartition(": ")[2] for text in told] == [
        baku.voice.label(labels.NEWS[Act.YES]),
        baku.voice.label(labels.NEWS[Act.SHIP]),
    ]


async def test_scan_waits_while_telegram_does_not_hand_it_out(chats: Story) -> None:
    chats.faulty = True
    await chats.baku.pastes(ARTICLE)
    await chats.baku.presses(labels.SEND)
    chats.world.api.faults.server_error(1, code=502, method="getFile")

    await chats.almaty.replies_with_file(SCAN)

    assert [one.data for one in chats.baku.files] == [SCAN]
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.DELIVER]


@pytest.mark.parametrize("fault", ["lose", "error"])
async def test_answer_to_a_tap_that_is_lost_harms_nothing(chats: Story, fault: str) -> None:
    chats.faulty = True
    faults = chats.world.api.faults
    await chats.baku.pastes(BOOK)
    await chats.baku.presses(labels.SEND)
    lose = faults.lose_answer if fault == "lose" else faults.server_error
    lose(1, method="answerCallbackQuery")
    await chats.almaty.presses(Act.YES)
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.YES]


async def test_mail_server_down_is_retried_and_shown_when_it_lasts(desk: Story) -> None:
    baku, nlrk, coordinator = desk.baku, desk.nlrk, desk.coordinator
    letters, told = len(nlrk.letters), len(coordinator.everything)
    await desk.world.mail.down()
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    assert len(coordinator.everything) == told

    await desk.advances(minutes=90)
    assert coordinator.voice.say("Mail is not leaving.") in coordinator.reads
    await desk.advances(minutes=90)
    assert len(coordinator.everything) == told + 1

    await desk.world.mail.up()
    await desk.advances(hours=5)
    assert [one.subject.partition("]")[0] for one in nlrk.letters[letters:]] == [f"[{NUMBER}"]


async def test_address_that_refuses_for_good_is_marked_and_its_colleagues_told(desk: Story) -> None:
    desk.world.mail.faults.refuse(desk.nlrk.address)
    await desk.baku.pastes(BOOK)
    await desk.baku.presses(labels.SEND)

    assert desk.nlrk.address in "".join(desk.almaty.everything)
    desk.world.mail.faults.mend()
    letters = len(desk.nlrk.letters)
    await desk.baku.pastes(ARTICLE)
    await desk.baku.presses(labels.SEND)
    assert len(desk.nlrk.letters) == letters


async def test_mail_refused_for_its_content_is_told_and_leaves_the_address_open(desk: Story) -> None:
    said = "The mail server refused what the mail contains; the address itself is good."
    desk.world.mail.faults.refuse_content()
    for citation in (BOOK, ARTICLE, "Abay. Qara sözlər. — Almatı, 1993."):
        await desk.baku.pastes(citation)
        await desk.baku.presses(labels.SEND)
    assert desk.almaty.voice.say(said) in "".join(desk.almaty.everything)
    desk.world.mail.faults.mend()
    letters = len(desk.nlrk.letters)

    await desk.baku.pastes("Bakıxanov A. Gülüstani-İrəm. — Bakı : Elm, 1991.")
    await desk.baku.presses(labels.SEND)

    assert len(desk.nlrk.letters) == letters + 1


async def test_news_from_the_mail_limit_reaches_coordinators(desk: Story) -> None:
    await desk.world.doing(lambda now: delivery.mail_cap(now, left=320, cap=400))
    await desk.world.doing(lambda now: delivery.mail_cap(now, left=321, cap=400))

    assert [one for one in desk.coordinator.everything if "320" in one] == [desk.coordinator.reads]


async def test_greylisting_only_delays(desk: Story) -> None:
    letters = len(desk.nlrk.letters)
    desk.world.mail.faults.greylist(desk.nlrk.address, times=2)
    await desk.baku.pastes(BOOK)
    await desk.baku.presses(labels.SEND)
    assert len(desk.nlrk.letters) == letters
    await desk.advances(minutes=2)
    await desk.advances(minutes=6)
    assert len(desk.nlrk.letters) == letters + 1


async def test_answer_of_the_mail_server_that_is_lost_brings_the_same_mail_again(desk: Story) -> None:
    desk.world.mail.faults.lose_answer()
    await desk.baku.pastes(BOOK)
    await desk.baku.presses(labels.SEND)
    await desk.advances(minutes=2)

    first, second = [one for one in desk.nlrk.letters if NUMBER in one.subject]
    assert first.message["Message-ID"] == second.message["Message-ID"]
    await desk.nlrk.says("yes")
    assert await desk.acts(NUMBER) == [Act.SUBMIT, Act.YES]


async def test_file_over_20_megabytes_says_another_way(chats: Story) -> None:
    almaty = chats.almaty
    await chats.baku.pastes(ARTICLE)
    await chats.baku.presses(labels.SEND)

    await almaty.replies_with_file(SCAN + bytes(20 * MEGABYTE), name="journal.pdf")
    said = refusal_text(almaty.voice, FileTooLarge(name="journal.pdf", limit=20))
    assert almaty.reads.startswith(said)

    await almaty.presses(Act.DELIVER)
    await almaty.types("https://disk.example/journal.pdf")
    assert "https://disk.example/journal.pdf" in chats.baku.reads
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.DELIVER]


async def test_file_of_a_wrong_kind_is_refused_and_the_question_stays_open(chats: Story) -> None:
    almaty = chats.almaty
    await chats.baku.pastes(ARTICLE)
    await chats.baku.presses(labels.SEND)
    await almaty.presses(Act.DELIVER)

    await almaty.sends_file(b"MZ\x90\x00 a program", name="journal.pdf")
    assert refusal_text(almaty.voice, FileWrongKind(name="journal.pdf")) in almaty.everything

    await almaty.sends_file(SCAN, name="journal.pdf")
    assert [one.data for one in chats.baku.files] == [SCAN]


async def test_markup_emoji_and_length_in_a_title_arrive_as_typed(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    title = "<b>Abay & yolu</b> 📚 [x](y) *_`"
    await baku.types("/new")
    await baku.presses(Service.LOAN)
    await baku.types(title + "long " * 1200)
    assert Voice(Language.AZ).label(labels.SEND) not in baku.buttons
    await baku.types(title)
    await baku.presses(labels.FINISH)
    await baku.presses(labels.SEND)
    assert title in almaty.reads


async def test_something_that_is_no_text_and_no_file_is_answered(chats: Story) -> None:
    chats.world.api.updates.push(
        "message",
        chats.baku.phone.id,
        {
            "message_id": 5000,
            "date": 1,
            "chat": chats.baku.phone.chat.as_json(),
            "from": chats.baku.phone.user.as_json(),
            "location": {"latitude": 40.4, "longitude": 49.9},
        },
    )
    await chats.settles()
    assert "/new" in chats.baku.reads
