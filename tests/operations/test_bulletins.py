"""Information for colleagues: told to followers, answered to its author, once a week in one message."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.operations import bulletinchanges, bulletins, forums, libraries, weeklies
from models.operations.bulletinchanges import ChangeIntent
from models.operations.bulletins import NewBulletin, NewReply
from models.queries import bulletins as queries
from models.rules.errors import BulletinMoved, BulletinWithdrawn, LetterTooLong, NotAllowed, UnknownBulletin
from models.rules.sharing import Said, Words
from models.rules.vocabulary import Channel, Language, NoticeKind, Pace, Role, Topic, Via
from models.tables import Bulletin, BulletinChange, BulletinReply, Notice, Subscription
from tests.desk import Desk, library, told

WORDS = Words(language=Language.AZ, title="Yeni kataloq", text="Nadir kitabların kataloqu çıxdı.")
RUSSIAN = Words(language=Language.RU, title="Новый каталог", text="Вышел каталог редких книг.")
MONDAY = datetime(2026, 3, 16, 5, 30, tzinfo=UTC)


SAID = Said(
    topics=(Topic.PUBLICATION, Topic.RESEARCH),
    words=WORDS,
    second=RUSSIAN,
    link="https://anl.example/katalog",
)


def new(desk: Desk, key: str = "tap:1", **changes: Any) -> NewBulletin:
    given = NewBulletin(author=desk.people["leyla"], said=SAID, via=Via.TELEGRAM, key=key)
    return replace(given, **changes)


async def test_followers_of_any_of_its_topics_hear_once_and_others_do_not(desk: Desk) -> None:
    await desk.person("aigul", desk.almaty, chat=2002)
    for topic in (Topic.PUBLICATION, Topic.RESEARCH):
        await bulletins.follow(desk.people["gulnar"], topic, Pace.AT_ONCE, desk.now)
    await bulletins.follow(desk.people["aigul"], Topic.WEBINAR, Pace.AT_ONCE, desk.now)
    await bulletins.follow(desk.people["leyla"], Topic.RESEARCH, Pace.AT_ONCE, desk.now)

    await bulletins.share(new(desk), desk.now)

    assert await told(NoticeKind.BULLETIN) == [("chat", "2001")]


async def test_a_repeated_tap_shares_once(desk: Desk) -> None:
    first = await bulletins.share(new(desk), desk.now)
    again = await bulletins.share(new(desk), desk.now)

    assert again == replace(first, repeated=True)
    assert await Bulletin.all().count() == 1


async def test_an_administrator_shares_nothing(desk: Desk) -> None:
    await desk.person("root", None, chat=1, role=Role.ADMIN)

    with pytest.raises(NotAllowed):
        await bulletins.share(new(desk, author=desk.people["root"]), desk.now)


async def test_both_languages_are_kept(desk: Desk) -> None:
    shared = await bulletins.share(new(desk), desk.now)

    view = await queries.bulletin(shared.bulletin, await desk.view("gulnar"))
    assert view is not None
    assert [(one.language, one.title) for one in view.wordings] == [
        (Language.AZ, WORDS.title),
        (Language.RU, RUSSIAN.title),
    ]


async def test_libraries_without_an_agreement_read_nothing(desk: Desk) -> None:
    elsewhere = await libraries.add_library(library("LIB", "Europe/London", Language.EN), desk.now)
    await desk.person("grace", elsewhere, chat=3001)
    await bulletins.follow(desk.people["grace"], Topic.RESEARCH, Pace.AT_ONCE, desk.now)

    shared = await bulletins.share(new(desk), desk.now)

    assert await told(NoticeKind.BULLETIN) == []
    assert await queries.bulletin(shared.bulletin, await desk.view("grace")) is None
    with pytest.raises(UnknownBulletin):
        await bulletins.reply(
            NewReply(
                bulletin=shared.bulletin,
                author=desk.people["grace"],
                text="Hello",
                via=Via.TELEGRAM,
                key="message:1",
            ),
            desk.now,
        )


async def test_an_answer_goes_to_the_author_and_the_authors_back_to_who_answered(desk: Desk) -> None:
    shared = await bulletins.share(new(desk), desk.now)
    asked = NewReply(
        bulletin=shared.bulletin, author=desk.people["gulnar"], text="A copy?", via=Via.TELEGRAM, key="m:1"
    )
    first = await bulletins.reply(asked, desk.now)
    assert await bulletins.reply(asked, desk.now) == first

    back = replace(asked, author=desk.people["leyla"], text="Gladly.", key="m:2", answers=first)
    await bulletins.reply(back, desk.now)

    assert await told(NoticeKind.BULLETIN_REPLY) == [("chat", "1001"), ("chat", "2001")]
    assert await BulletinReply.all().count() == 2


async def test_an_answer_too_long_for_a_chat_is_refused(desk: Desk) -> None:
    shared = await bulletins.share(new(desk), desk.now)

    with pytest.raises(LetterTooLong):
        await bulletins.reply(
            NewReply(
                bulletin=shared.bulletin,
                author=desk.people["gulnar"],
                text="x" * 4000,
                via=Via.TELEGRAM,
                key="m:1",
            ),
            desk.now,
        )


async def test_following_is_changed_and_ended(desk: Desk) -> None:
    person = desk.people["gulnar"]
    await bulletins.follow(person, Topic.RESEARCH, Pace.AT_ONCE, desk.now)
    await bulletins.follow(person, Topic.RESEARCH, Pace.WEEKLY, desk.now)
    await bulletins.follow(person, Topic.WEBINAR, Pace.WEEKLY, desk.now)
    await bulletins.follow(person, Topic.WEBINAR, None, desk.now)
    assert await queries.follows(person) == {Topic.RESEARCH: Pace.WEEKLY}

    await bulletins.stop(person)

    assert await Subscription.all().count() == 0


async def test_a_week_is_told_once_on_its_first_working_day(desk: Desk) -> None:
    await bulletins.follow(desk.people["gulnar"], Topic.RESEARCH, Pace.WEEKLY, desk.now)
    await bulletins.share(new(desk), desk.now + timedelta(minutes=1))

    assert await weeklies.plan(MONDAY - timedelta(days=1)) == 0
    assert await weeklies.plan(MONDAY) == 1
    assert await weeklies.plan(MONDAY + timedelta(minutes=1)) == 0
    assert await told(NoticeKind.BULLETINS) == [("chat", "2001")]


async def test_a_week_without_news_is_not_told(desk: Desk) -> None:
    await bulletins.follow(desk.people["gulnar"], Topic.RESEARCH, Pace.WEEKLY, desk.now)

    assert await weeklies.plan(MONDAY) == 0


async def test_after_a_silence_one_digest_tells_of_everything(desk: Desk) -> None:
    await bulletins.follow(desk.people["gulnar"], Topic.RESEARCH, Pace.WEEKLY, desk.now)
    await bulletins.share(new(desk), desk.now + timedelta(minutes=1))
    await bulletins.share(new(desk, key="tap:2"), desk.now + timedelta(days=8))

    assert await weeklies.plan(MONDAY + timedelta(days=28)) == 1

    row = await Notice.get(kind=NoticeKind.BULLETINS)
    since, until = (datetime.fromisoformat(row.facts[name]) for name in ("since", "until"))
    found = await queries.weekly_for(await desk.view("gulnar"), since, until)
    assert len(found) == 2


async def test_what_was_heard_at_once_is_not_told_again(desk: Desk) -> None:
    await bulletins.follow(desk.people["gulnar"], Topic.RESEARCH, Pace.WEEKLY, desk.now)
    await bulletins.follow(desk.people["gulnar"], Topic.PUBLICATION, Pace.AT_ONCE, desk.now)
    await bulletins.share(new(desk), desk.now)

    assert await weeklies.plan(MONDAY) == 0


async def test_a_linked_forum_hears_once_in_each_topic(desk: Desk) -> None:
    await desk.person("dana", desk.almaty, chat=2002, role=Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        await forums.link(-100500, desk.people["gulnar"], desk.now)
    await forums.link(-100500, desk.people["dana"], desk.now)
    await forums.link(-100500, desk.people["dana"], desk.now)

    shared = await bulletins.share(new(desk), desk.now)
    await forums.remember_thread(-100500, Topic.RESEARCH, 77)

    rows = await Notice.filter(kind=NoticeKind.FORUM).order_by("id")
    assert [(row.channel, row.target, row.facts["topic"]) for row in rows] == [
        (Channel.CHAT, "-100500", Topic.PUBLICATION),
        (Channel.CHAT, "-100500", Topic.RESEARCH),
    ]
    assert await queries.for_forum(shared.bulletin, -100500) is not None
    assert await queries.thread_of(-100500, Topic.RESEARCH) == 77
    assert await forums.unlink(-100500)
    assert not await forums.unlink(-100500)
    assert await queries.for_forum(shared.bulletin, -100500) is None


def change(desk: Desk, bulletin: int, who: str = "leyla", **more: Any) -> ChangeIntent:
    given = {"via": Via.TELEGRAM, "key": "change:1", **more}
    return ChangeIntent(bulletin=bulletin, actor=desk.people[who], **given)


async def test_a_correction_is_done_once_and_what_was_said_before_is_kept(desk: Desk) -> None:
    await bulletins.follow(desk.people["gulnar"], Topic.RESEARCH, Pace.AT_ONCE, desk.now)
    shared = (await bulletins.share(new(desk), desk.now)).bulletin
    says = replace(SAID, words=replace(WORDS, text="Mayda çıxacaq."), second=None)

    for _ in range(2):
        await bulletinchanges.correct(change(desk, shared, seen=1), says, desk.now)

    view = await queries.bulletin(shared, await desk.view("gulnar"))
    assert view is not None
    assert [one.text for one in view.wordings] == ["Mayda çıxacaq."]
    assert [one.before["text"] for one in await BulletinChange.all()] == [WORDS.text]
    assert await told(NoticeKind.BULLETIN) == [("chat", "2001")] * 2


async def test_of_two_corrections_the_second_is_told_that_it_saw_an_older_text(desk: Desk) -> None:
    await desk.person("rashad", desk.baku, chat=1002, role=Role.COORDINATOR)
    shared = (await bulletins.share(new(desk), desk.now)).bulletin
    await bulletinchanges.correct(change(desk, shared, "rashad", seen=1), SAID, desk.now)

    with pytest.raises(BulletinMoved):
        await bulletinchanges.correct(change(desk, shared, key="change:2", seen=1), SAID, desk.now)


async def test_nobody_else_changes_it_and_nothing_follows_its_withdrawal(desk: Desk) -> None:
    await desk.person("nigar", desk.baku, chat=1003)
    await desk.person("dana", desk.almaty, chat=2002, role=Role.COORDINATOR)
    await bulletins.follow(desk.people["gulnar"], Topic.RESEARCH, Pace.WEEKLY, desk.now)
    shared = (await bulletins.share(new(desk), desk.now + timedelta(minutes=1))).bulletin
    for who in ("nigar", "dana", "gulnar"):
        with pytest.raises(NotAllowed):
            await bulletinchanges.withdraw(change(desk, shared, who), desk.now)

    await bulletinchanges.withdraw(change(desk, shared), desk.now)

    assert await weeklies.plan(MONDAY) == 0
    assert (await queries.shared(await desk.view("gulnar"), 0)).bulletins == ()
    with pytest.raises(BulletinWithdrawn):
        await bulletinchanges.correct(change(desk, shared, key="change:2"), SAID, desk.now)
