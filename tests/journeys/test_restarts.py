"""The program stops or dies between any two steps; what came in is done once, and said once."""

from bot.database import database
from bot.intake.lmtp import Envelope
from bot.intake.mail import store
from handlers.text import labels
from models.operations.inbox import Arrival, store_updates
from models.rules.vocabulary import Act, Service
from models.tables import Mail, Update
from tests.journeys.props import ARTICLE, BOOK, SCAN
from tests.journeys.stage import Story

NUMBER = "ANL-2026-0001"


async def test_restart_in_the_middle_of_a_form_keeps_the_answers(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty

    await baku.types("/new")
    await baku.presses(Service.LOAN)
    await baku.types("Xəmsə")
    await chats.restarts()
    await baku.types("Nizami Gəncəvi")
    await chats.restarts()
    await baku.presses(labels.FINISH)
    await baku.presses(labels.SEND)

    assert "Nizami Gəncəvi" in almaty.reads
    assert await chats.acts(NUMBER) == [Act.SUBMIT]


async def test_restart_in_the_middle_of_a_question_keeps_it_open(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)

    await almaty.opens(NUMBER)
    await almaty.presses(labels.COMMENT)
    await chats.restarts()
    await almaty.types("Қай томы керек?")

    assert "Қай томы керек?" in baku.reads
    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.OPEN, Act.COMMENT]


async def test_button_of_before_the_restart_still_works_three_weeks_later(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    news = almaty.screen

    await chats.restarts()
    await chats.advances(days=21)
    await almaty.presses_on(Act.YES, news)

    assert baku.voice.label(labels.NEWS[Act.YES]) in baku.reads


async def test_what_is_typed_while_the_program_is_down_is_done_when_it_is_back(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)

    await chats.world.stop()
    almaty.phone.presses(almaty.voice.label(labels.ACTS[Act.YES]))
    almaty.phone.sends("Кітап дайын.", reply_to=almaty.screen.id)
    await chats.world.start()
    await chats.settles()

    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.YES, Act.COMMENT]


async def test_mail_stored_but_not_done_is_done_after_the_restart(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    await anl.writes(ARTICLE)
    raw = nlrk.composes("", files={"scan.pdf": SCAN})
    to = str(nlrk.newest.message["Reply-To"].addresses[0].addr_spec)

    await boxes.world.stop()
    async with database(boxes.world.settings.database):
        envelope = Envelope(raw=raw, sender=nlrk.address, recipient=to, source="lmtp 127.0.0.1")
        assert await store(envelope, boxes.world.clock())
        assert not await store(envelope, boxes.world.clock())
    await boxes.world.start()
    await boxes.settles()

    assert anl.newest.files == [("scan.pdf", SCAN)]
    assert await boxes.acts(NUMBER) == [Act.SUBMIT, Act.DELIVER]


async def test_update_stored_but_not_confirmed_is_done_once(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)

    await chats.world.stop()
    almaty.phone.presses(almaty.voice.label(labels.ACTS[Act.YES]))
    async with database(chats.world.settings.database):
        waiting = [
            Arrival(update_id=one.id, chat=one.chat_id, body=one.as_json())
            for one in chats.world.api.updates.waiting
        ]
        await store_updates(waiting, chats.world.clock())
    await chats.world.start()
    await chats.settles()

    assert await chats.acts(NUMBER) == [Act.SUBMIT, Act.YES]
    assert sum(baku.voice.label(labels.NEWS[Act.YES]) in text for text in baku.everything) == 1


async def test_everything_done_once_more_after_a_crash_says_nothing_twice(desk: Story) -> None:
    """As if the program had died each time after the act and before its update or mail was marked done."""
    baku, almaty, nlrk = desk.baku, desk.almaty, desk.nlrk
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await nlrk.says("yes")
    await almaty.replies("Кітап дайын.")
    await almaty.opens(NUMBER)
    await almaty.presses(Act.SHIP)
    await nlrk.writes(ARTICLE)
    await baku.replies_with_file()
    acts, sent = await desk.acts(NUMBER), desk.sent()
    desk.faulty = True  # Telegram refuses a second answer to a tap

    await desk.world.stop()
    async with database(desk.world.settings.database):
        await Update.all().update(done_at=None)
        await Mail.all().update(done_at=None)
    await desk.world.start()
    await desk.settles()

    assert await desk.acts(NUMBER) == acts
    assert await desk.acts("NLRK-2026-0001") == [Act.SUBMIT, Act.DELIVER]
    assert desk.sent() == sent
