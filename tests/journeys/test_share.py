"""Information for colleagues: read in two languages, answered, told weekly, by mail, in a forum group."""

from bot.sandbox.botapi.forums import group, says
from handlers.text import asking as asking_text
from handlers.text import bulletins as share
from handlers.text import labels
from handlers.text.cooperation import FIELDS, NOT_FOLLOWED, PACES, TOPICS
from handlers.text.refusals import refusal_text
from handlers.text.voice import LANGUAGE_NAMES, Label
from handlers.text.words import display
from models.rules.errors import BulletinWithdrawn
from models.rules.vocabulary import Language, Pace, Topic
from tests.journeys.props import PHONES, SCAN
from tests.journeys.stage import Librarian, Mailbox, Story

GROUP = -1001234567890


async def follows(reader: Librarian, topic: Topic, pace: Pace) -> None:
    """Tap the topic until it has this pace."""
    await reader.types("/share")
    for _ in range(1 if pace is Pace.AT_ONCE else 2):
        await reader.presses(next(text for text in reader.buttons if text.startswith(named(reader, topic))))


def named(reader: Librarian, topic: Topic) -> str:
    return reader.voice.label(TOPICS[topic])


async def shares(author: Librarian, *, files: tuple[str, ...] = ()) -> None:
    """The whole form: two topics, a text in Azerbaijani and one in Russian."""
    await author.types("/share")
    await author.presses(share.SHARE)
    await author.presses(named(author, Topic.PUBLICATION))
    await author.presses(named(author, Topic.RESEARCH))
    await author.presses(labels.NEXT)
    await author.types("Yeni kataloq")
    await author.types("Nadir kitabların kataloqu çıxdı.")
    for name in files:
        await author.sends_file(SCAN, name=name)
    await author.types("https://anl.example/katalog")
    await author.presses(LANGUAGE_NAMES[Language.AZ])
    await author.presses(LANGUAGE_NAMES[Language.RU])
    await author.types("Новый каталог")
    await author.types("Вышел каталог редких книг.")
    await author.presses(asking_text.SEND)


async def test_a_bulletin_is_read_in_the_own_language_and_in_the_other_one(empty: Story) -> None:
    author = await empty.enters("ANL", Language.AZ)
    reader = await empty.enters("NLRK", Language.RU)
    await follows(reader, Topic.RESEARCH, Pace.AT_ONCE)
    await shares(author, files=("kataloq.pdf", "şəkil.pdf"))

    news = next(one for one in reversed(reader.everything) if "каталог" in one)
    assert "Вышел каталог редких книг." in news
    assert "Nadir" not in news
    assert [one.name for one in reader.files] == ["kataloq.pdf", "şəkil.pdf"]

    shown = next(one for one in reader.phone.messages if "Вышел" in one.text)
    await reader.presses_on(LANGUAGE_NAMES[Language.AZ], shown)
    assert "Nadir kitabların kataloqu çıxdı." in reader.reads
    await reader.replies("Можно ли получить экземпляр?")
    assert "Можно ли получить экземпляр?" in author.reads
    await author.replies("Əlbəttə.")
    assert "Əlbəttə." in reader.reads


async def test_who_does_not_follow_hears_nothing_and_reads_when_they_like(empty: Story) -> None:
    author = await empty.enters("ANL", Language.AZ)
    reader = await empty.enters("NLRK", Language.KK)
    heard = len(reader.everything)
    await shares(author)

    assert len(reader.everything) == heard
    await reader.types("/share")
    await reader.presses("Yeni kataloq")
    assert "Nadir kitabların kataloqu çıxdı." in reader.reads


async def test_a_week_is_told_in_one_message_and_ended_by_a_tap(empty: Story) -> None:
    author = await empty.enters("ANL", Language.AZ)
    reader = await empty.enters("NLRK", Language.RU)
    await follows(reader, Topic.PUBLICATION, Pace.WEEKLY)
    await shares(author)
    await shares(author)
    await empty.advances(days=8)

    digests = [one for one in reader.everything if one.startswith(reader.voice.say(share.WEEKLY_HEAD))]
    assert [one.count("Новый каталог") for one in digests] == [2]
    await reader.types("/share")
    await reader.presses(share.STOP)
    assert f"{named(reader, Topic.PUBLICATION)}: {reader.voice.label(NOT_FOLLOWED)}" in reader.buttons
    await shares(author)
    await empty.advances(days=8)
    assert len([one for one in reader.everything if one in digests]) == 1


def said(box: Mailbox, term: Label, value: str) -> str:
    return f"{box.voice.label(term)}: {value}"


async def test_everything_by_mail_alone(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    await nlrk.says("share")
    await nlrk.replies(said(nlrk, TOPICS[Topic.RESEARCH], nlrk.voice.label(PACES[Pace.AT_ONCE])))
    assert said(nlrk, TOPICS[Topic.RESEARCH], nlrk.voice.label(PACES[Pace.AT_ONCE])) in nlrk.newest.text
    await anl.says("share")
    lines = {
        "title": "Yeni kataloq",
        "text": "Nadir kitabların kataloqu çıxdı.",
        "topics": anl.voice.label(TOPICS[Topic.RESEARCH]),
        "language": "az",
        "second": "ru",
        "second_title": "Новый каталог",
        "second_text": "Вышел каталог редких книг.",
    }
    body = "\n".join(said(anl, FIELDS[name], value) for name, value in lines.items())
    await anl.replies(body, files={"kataloq.pdf": SCAN, "göstərici.pdf": SCAN})

    letter = nlrk.newest
    assert "Nadir kitabların kataloqu çıxdı." in letter.text
    assert "Вышел каталог редких книг." in letter.text
    assert letter.files == [("kataloq.pdf", SCAN), ("göstərici.pdf", SCAN)]
    assert "mailto:" in str(letter.message["List-Unsubscribe"])
    await nlrk.replies("Бір данасын алуға бола ма?")
    assert "Бір данасын алуға бола ма?" in anl.newest.text
    await anl.replies("Əlbəttə.")
    assert "Əlbəttə." in nlrk.newest.text

    await nlrk.replies(display("stop", nlrk.language), to=letter)
    heard = len(nlrk.letters)
    await anl.says("share")
    await anl.replies(body)
    assert len(nlrk.letters) == heard


async def test_what_is_missing_in_a_mail_is_told_and_nothing_is_shared(boxes: Story) -> None:
    anl = boxes.anl
    await anl.says("share")
    await anl.replies(said(anl, FIELDS["title"], "Yeni kataloq"))

    assert any(anl.voice.named(FIELDS["topics"]) in one.text for one in anl.letters)
    await anl.says("share")
    assert "Yeni kataloq" not in anl.newest.text


async def test_a_linked_forum_gets_a_thread_for_each_topic(empty: Story) -> None:
    author = await empty.enters("ANL", Language.AZ)
    boss = await empty.enters("boss", Language.KK)
    department = group(empty.world.api, GROUP, "Каталогтау бөлімі")
    says(empty.world.api, department, boss.phone.user, "/forum")
    await empty.settles()
    says(empty.world.api, department, boss.phone.user, "Сәлем!")
    await empty.settles()
    await shares(author)
    await shares(author)

    for topic in (Topic.PUBLICATION, Topic.RESEARCH):
        thread = department.thread(boss.voice.label(TOPICS[topic]))
        assert ["Nadir kitabların kataloqu çıxdı." in one.text for one in thread] == [True, True]
    said_there = [one for one in department.messages.values() if one.from_bot]
    assert len(said_there) == 1 + 4
    assert PHONES["boss"][1] not in said_there[-1].text


async def test_a_correction_and_a_withdrawal_are_told_to_who_was_told(empty: Story) -> None:
    author = await empty.enters("ANL", Language.AZ)
    reader = await empty.enters("NLRK", Language.RU)
    await follows(reader, Topic.RESEARCH, Pace.AT_ONCE)
    await shares(author)

    await author.presses(share.CORRECT)
    await author.presses(labels.EDIT)
    await author.presses(author.voice.named(FIELDS["second_text"]))
    await author.types("Вышел каталог старопечатных книг.")
    await author.sends_file(SCAN, name="əlavə.pdf")
    await author.presses(asking_text.SEND)

    assert author.voice.say(share.TOLD_AGAIN) in author.reads
    news = next(one for one in reversed(reader.everything) if "старопечатных" in one)
    assert news.startswith(reader.voice.say(share.CORRECTED))
    assert [one.name for one in reader.files] == ["əlavə.pdf"]

    await author.presses(share.WITHDRAW)
    await author.presses(share.WITHDRAW)
    assert "Nadir" not in author.reads
    assert "старопечатных" not in reader.reads
    assert "Новый каталог" in reader.reads
    await reader.replies("Почему?")
    assert refusal_text(reader.voice, BulletinWithdrawn()) in reader.reads
    await reader.types("/share")
    assert "Новый каталог" not in reader.buttons


async def test_who_read_it_in_the_week_hears_of_the_withdrawal_at_once(empty: Story) -> None:
    author = await empty.enters("ANL", Language.AZ)
    reader = await empty.enters("NLRK", Language.RU)
    await follows(reader, Topic.PUBLICATION, Pace.WEEKLY)
    await shares(author)
    await empty.advances(days=8)
    await author.types("/share")
    await author.presses("Yeni kataloq")
    await author.presses(share.WITHDRAW)
    await author.presses(share.WITHDRAW)

    assert reader.reads.count("Новый каталог") == 1
    assert reader.voice.say(share.WEEKLY_HEAD) not in reader.reads


async def test_a_mail_corrects_and_withdraws_what_a_mail_shared(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    await nlrk.says("share")
    await nlrk.replies(said(nlrk, TOPICS[Topic.RESEARCH], nlrk.voice.label(PACES[Pace.AT_ONCE])))
    await anl.says("share")
    given = {"title": "Yeni kataloq", "text": "Çıxdı.", "topics": anl.voice.label(TOPICS[Topic.RESEARCH])}
    await anl.replies("\n".join(said(anl, FIELDS[name], value) for name, value in given.items()))
    kept = anl.newest

    await anl.replies(said(anl, FIELDS["text"], "Mayda çıxacaq."), to=kept, files={"cədvəl.pdf": SCAN})
    assert anl.voice.say(share.TOLD_AGAIN) in anl.newest.text
    assert "Mayda çıxacaq." in nlrk.newest.text
    assert nlrk.voice.say(share.CORRECTED) in nlrk.newest.text
    assert nlrk.newest.files == [("cədvəl.pdf", SCAN)]

    await nlrk.says("cancel")
    assert display("cancel", nlrk.language) in anl.newest.text
    told = len(nlrk.letters)
    await anl.replies("Salam.", to=kept)
    assert len(nlrk.letters) == told
    await anl.says("cancel", to=kept)
    assert "Mayda" not in nlrk.newest.text
    assert len(nlrk.letters) == told + 1
