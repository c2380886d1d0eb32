"""A mailbox is invited: it says yes, something else, nothing sensible, or yes too late."""

from datetime import datetime

from handlers.text.refusals import refusal_text
from handlers.text.voice import Voice
from models.operations import people
from models.operations.libraries import library_number
from models.queries import parties
from models.rules.errors import CodeExpired
from models.rules.vocabulary import Language, Role
from tests.journeys.props import BOXES
from tests.journeys.stage import Mailbox, Story


async def invited(story: Story, code: str = "NLRK") -> Mailbox:
    """The mailbox with its one invitation in it."""
    library = await library_number(code)
    box = story.boxes[code] = Mailbox(story, BOXES[code], Language.KK)

    async def invite(now: datetime) -> None:
        await people.invite(library, Role.LIBRARIAN, now, email=box.address, mailbox=True)

    await story.world.doing(invite)
    return box


async def members(story: Story) -> list[str]:
    """Who has joined."""
    return [one.name for one in await parties.members_of(await library_number("NLRK"))]


async def test_yes_makes_the_mailbox_a_member_that_is_told_how_to_work(empty: Story) -> None:
    box = await invited(empty)
    await box.says("yes")
    assert await members(empty) == [box.address]
    assert len(box.letters) == 2


async def test_no_is_taken_for_an_answer(empty: Story) -> None:
    box = await invited(empty)
    await box.says("no")
    assert await members(empty) == []
    assert len(box.letters) == 1


async def test_anything_else_gets_the_invitation_once_more_and_no_oftener(empty: Story) -> None:
    box = await invited(empty)
    await box.replies("Бұл не?")
    await box.replies("Түсінбедім.")
    assert len(box.letters) == 2
    assert box.letters[1].text == box.letters[0].text
    await box.says("yes")
    assert await members(empty) == [box.address]


async def test_yes_after_seven_days_is_answered_by_whom_to_ask(empty: Story) -> None:
    box = await invited(empty)
    await empty.advances(days=8)
    await box.says("yes")
    assert await members(empty) == []
    assert refusal_text(Voice(Language.KK), CodeExpired()) in box.newest.text


async def test_invitation_answered_from_another_address_invites_the_invited_one(empty: Story) -> None:
    box = await invited(empty)
    await box.replies("иә", sender="director@nlrk.example")
    assert await members(empty) == [box.address]
