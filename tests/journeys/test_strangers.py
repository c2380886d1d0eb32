"""Whoever is not on the desk: no code, wrong codes, old invitations, people who left, odd clients."""

import pytest

from handlers.text import says
from handlers.text.refusals import refusal_text
from handlers.text.voice import Voice
from models.operations import people
from models.operations.libraries import library_number
from models.queries import parties
from models.rules.errors import CodeExpired, CodeUnknown
from models.rules.vocabulary import Language, Role
from tests.journeys.props import BOOK, SCAN
from tests.journeys.stage import Librarian, Story


def arrives(
    story: Story, code: str | None, *, number: int = 909, speaks: Language = Language.EN
) -> Librarian:
    """Somebody whom nobody knows, with a telephone in some language."""
    phone = story.world.phone(number, "Somebody", language=code)
    story.phones[f"stranger {number}"] = person = Librarian(story, phone, speaks)
    return person


async def invited(story: Story) -> str:
    """The code of a new invitation."""
    made = await people.invite(await library_number("ANL"), Role.LIBRARIAN, story.world.clock())
    return made.code


async def test_stranger_gets_one_sentence_and_the_desk_gets_nothing(chats: Story) -> None:
    stranger = arrives(chats, "en")
    await stranger.starts()
    await stranger.types(BOOK)
    await stranger.sends_file(SCAN)
    assert set(stranger.everything) == {says.STRANGER}
    assert len(chats.baku.everything) == len(chats.almaty.everything) == 1


async def test_wrong_codes_are_answered_five_times_and_then_by_silence(empty: Story) -> None:
    stranger = arrives(empty, "en")
    for attempt in range(7):
        await stranger.starts(f"guess-{attempt}")
    assert stranger.everything == [refusal_text(Voice(Language.EN), CodeUnknown())] * 5

    code = await invited(empty)
    await stranger.starts(code)
    assert len(stranger.everything) == 5
    await empty.advances(hours=2)
    await stranger.starts(code)
    assert stranger.reads.startswith("Welcome!")


async def test_invitation_older_than_seven_days_says_whom_to_ask(empty: Story) -> None:
    code = await invited(empty)
    await empty.advances(days=8)
    stranger = arrives(empty, "ru", speaks=Language.RU)
    await stranger.starts(code)
    assert stranger.reads == refusal_text(Voice(Language.RU), CodeExpired())


async def test_used_invitation_lets_nobody_else_in(empty: Story) -> None:
    code = await invited(empty)
    owner, other = arrives(empty, "en", number=901), arrives(empty, "en", number=902)
    await owner.starts(code)
    await owner.starts(code)
    await other.starts(code)
    assert [text.startswith("Welcome!") for text in owner.everything] == [True, True]
    assert other.everything == [refusal_text(Voice(Language.EN), CodeUnknown())]


async def test_code_typed_by_hand_opens_the_door(empty: Story) -> None:
    stranger = arrives(empty, "kk", speaks=Language.KK)
    await stranger.types(await invited(empty))
    assert stranger.reads.startswith("Қош келдіңіз!")


async def test_removed_person_is_a_stranger_and_hears_no_more(desk: Story) -> None:
    baku, almaty = desk.baku, desk.almaty
    await baku.pastes(BOOK)
    old = next(one for one in reversed(baku.phone.messages) if one.from_bot and one.keyboard)
    member = await parties.person_in_chat(baku.phone.id)
    assert member is not None
    await people.remove(member.id, desk.world.clock())

    await baku.presses_on(baku.buttons[0], old)
    await baku.types(BOOK)

    assert baku.everything[-2:] == [Voice(Language.AZ).say(says.STRANGER)] * 2
    assert len(almaty.everything) == 1


async def test_mail_of_a_removed_mailbox_is_kept_aside(desk: Story) -> None:
    await desk.baku.pastes(BOOK)
    await desk.baku.presses("Sorğunu göndər")
    member = (await parties.people_at(desk.nlrk.address))[0]
    letters = len(desk.nlrk.letters)
    await people.remove(member.id, desk.world.clock())

    await desk.nlrk.says("yes")

    assert "ill@nlrk.example" in desk.coordinator.reads
    assert len(desk.nlrk.letters) == letters
    assert len(await desk.acts("ANL-2026-0001")) == 1


@pytest.mark.parametrize(
    ("code", "spoken"),
    [
        ("ru-raw", Language.RU),
        ("", Language.AZ),
        ("az-Latn", Language.AZ),
        ("az_AZ", Language.AZ),
        ("kz", Language.KK),
        ("zh-hans", Language.AZ),
        (None, Language.AZ),
    ],
)
async def test_language_is_the_clients_if_it_is_ours_else_the_librarys(
    empty: Story, code: str | None, spoken: Language
) -> None:
    person = arrives(empty, code)
    await person.starts(await invited(empty))
    assert person.reads.startswith(Voice(spoken).say("Welcome! You are on the desk now."))
    await person.types("/help")
    assert person.reads == Voice(spoken).say(says.HELP)


async def test_language_chosen_by_button_stays(chats: Story) -> None:
    await chats.baku.types("/language")
    await chats.baku.presses("Русский")
    await chats.restarts()
    await chats.baku.types("/help")
    assert chats.baku.reads == Voice(Language.RU).say(says.HELP)
