"""Information for colleagues by mail: shared by lines, answered by replying, ended by one word."""

from handlers.mail.parse import ReadNote
from handlers.mail.scans import Scans
from handlers.mail.visit import LONGEST_NAME, Taken
from handlers.text.labelledlines import chosen, followed, read_lines
from models.operations import bulletins
from models.operations.bulletins import NewBulletin, NewReply, Words
from models.queries import bulletins as queries
from models.queries.parties import PersonView
from models.rules import asking
from models.rules.citation import ProblemKind
from models.rules.errors import BadAnswer, EmptyReply, NotUnderstood, Refusal
from models.rules.vocabulary import FormName, Language, NoticeKind, Pace, Say, Topic, Via

NAMES = tuple(one.name for one in asking.FORMS[FormName.BULLETIN])


def _words(visit: Scans) -> str:
    return "" if visit.reading.note is ReadNote.ONLY_QUOTE else visit.reading.text.strip()


async def _stopped(visit: Scans, person: PersonView) -> Taken | None:
    """STOP, from the mail's button or typed."""
    if visit.reading.act != "stop":
        return None
    await bulletins.stop(person.id)
    visit.say(person, NoticeKind.SAY, {"say": Say.FOLLOWS_NOTHING})
    return Taken("stopped", visit.slips)


async def bulletin_answered(visit: Scans, person: PersonView, bulletin: int) -> Taken:
    """Words go to the author."""
    return await _stopped(visit, person) or await _reply(visit, person, bulletin)


async def reply_answered(visit: Scans, person: PersonView, reply: int) -> Taken:
    """Words go back to who answered."""
    about = await queries.reply_of(reply)
    return await _stopped(visit, person) or await _reply(visit, person, about or 0, answers=reply)


async def _reply(visit: Scans, person: PersonView, bulletin: int, *, answers: int | None = None) -> Taken:
    text = _words(visit)
    new = NewReply(
        bulletin=bulletin,
        author=person.id,
        text=text,
        via=Via.EMAIL,
        key=visit.key,
        answers=answers,
        signed_by=_signed(visit),
    )
    try:
        if not text:
            raise EmptyReply
        await bulletins.reply(new, visit.now)
    except Refusal as refusal:
        visit.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
        return Taken("refused", visit.slips)
    visit.say(person, NoticeKind.SAY, {"say": Say.REPLY_TOLD})
    return Taken("replied", visit.slips)


def _signed(visit: Scans) -> str | None:
    return (visit.found.signed_by or "")[:LONGEST_NAME] or None


async def shared_answered(visit: Scans, person: PersonView) -> Taken:
    """Lines share something, or follow topics; STOP ends it all."""
    if stopped := await _stopped(visit, person):
        return stopped
    text = _words(visit)
    try:
        if topics := followed(text):
            await _follow(visit, person, topics)
        else:
            await _share(visit, person, text)
    except Refusal as refusal:
        visit.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
        visit.say(person, NoticeKind.SHARED, {})
        return Taken("refused", visit.slips)
    return Taken("shared", visit.slips)


async def _follow(visit: Scans, person: PersonView, topics: dict[str, str | None]) -> None:
    for topic, pace in topics.items():
        await bulletins.follow(person.id, Topic(topic), Pace(pace) if pace else None, visit.now)
    visit.say(person, NoticeKind.SHARED, {})


async def _share(visit: Scans, person: PersonView, text: str) -> None:
    lines = read_lines(text, NAMES)
    if "title" not in lines.fields:
        raise NotUnderstood
    values = {
        name: asking.read_answer(
            FormName.BULLETIN, name, chosen(FormName.BULLETIN, name, words), today=visit.now.date()
        )
        for name, words in lines.fields.items()
    }
    if missing := asking.lacking(FormName.BULLETIN, values):
        raise BadAnswer(form=FormName.BULLETIN, field=missing, kind=ProblemKind.EMPTY)
    kept, wrong = await visit.keep_files(person)
    language = Language(values.get("language") or person.language)
    second = Language(values["second"]) if values.get("second") else None
    new = NewBulletin(
        author=person.id,
        topics=tuple(Topic(one) for one in values["topics"]),
        words=Words(language=language, title=values["title"], text=values["text"]),
        second=_second(values, second),
        link=values.get("link"),
        file=kept[0] if kept else None,
        via=Via.EMAIL,
        key=visit.key,
        signed_by=_signed(visit),
    )
    shared = await bulletins.share(new, visit.now)
    for refusal in wrong[:1]:
        visit.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
    visit.say(person, NoticeKind.BULLETIN, {"bulletin": shared.bulletin, "kept": True})


def _second(values: dict[str, str], language: Language | None) -> Words | None:
    title, text = values.get("second_title", ""), values.get("second_text", "")
    if language is None or not (title or text):
        return None
    return Words(language=language, title=title or values["title"], text=text or values["text"])
