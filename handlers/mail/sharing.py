"""Information for colleagues by mail: shared by lines, answered by replying, ended by one word."""

from collections.abc import Mapping
from typing import Any

from handlers.mail.parse import ReadNote
from handlers.mail.scans import Scans
from handlers.mail.visit import LONGEST_NAME, Taken
from handlers.text.labelledlines import chosen, followed, read_lines
from models.operations import bulletinchanges, bulletins
from models.operations.bulletinchanges import ChangeIntent
from models.operations.bulletins import NewBulletin, NewReply
from models.queries import bulletins as queries
from models.queries.bulletins import BulletinView
from models.queries.parties import PersonView
from models.rules import asking
from models.rules.citation import ProblemKind
from models.rules.errors import BadAnswer, EmptyReply, NotUnderstood, Refusal
from models.rules.sharing import said
from models.rules.vocabulary import FormName, NoticeKind, Pace, Say, SharedChange, Topic, Via

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
    """Words go to the author; from who may change it, lines correct it and one word withdraws it."""
    if stopped := await _stopped(visit, person):
        return stopped
    view = await queries.bulletin(bulletin, person)
    changed = await _changed(visit, person, view) if view and view.changes else None
    return changed or await _reply(visit, person, bulletin)


async def _changed(visit: Scans, person: PersonView, view: BulletinView) -> Taken | None:
    """None where the mail changes nothing: a coordinator also answers the author in words of their own."""
    lines = read_lines(_words(visit), NAMES)
    withdraws = visit.reading.act == "cancel"
    if not (withdraws or lines.fields or view.own):
        return None
    intent = ChangeIntent(bulletin=view.id, actor=person.id, via=Via.EMAIL, key=visit.key)
    kept = SharedChange.WITHDRAW if withdraws else SharedChange.CORRECT
    try:
        if withdraws:
            await bulletinchanges.withdraw(intent, visit.now)
        else:
            await _correct(visit, person, view, intent)
    except Refusal as refusal:
        visit.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
        visit.say(person, NoticeKind.BULLETIN, {"bulletin": view.id})
        return Taken("refused", visit.slips)
    visit.say(person, NoticeKind.BULLETIN, {"bulletin": view.id, "kept": kept})
    return Taken("shared_changed", visit.slips)


async def _correct(visit: Scans, person: PersonView, view: BulletinView, intent: ChangeIntent) -> None:
    """The lines that the mail has take the place of what it says; files are added."""
    given = _given(visit, read_lines(_words(visit), NAMES).fields)
    kept = await _kept_files(visit, person)
    if not (given or kept):
        raise NotUnderstood
    await bulletinchanges.correct(
        intent, said({**view.values, **given}, person.language, files=kept), visit.now
    )


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
    values = _given(visit, lines.fields)
    if missing := asking.lacking(FormName.BULLETIN, values):
        raise BadAnswer(form=FormName.BULLETIN, field=missing, kind=ProblemKind.EMPTY)
    new = NewBulletin(
        author=person.id,
        said=said(values, person.language, files=await _kept_files(visit, person)),
        via=Via.EMAIL,
        key=visit.key,
        signed_by=_signed(visit),
    )
    shared = await bulletins.share(new, visit.now)
    visit.say(person, NoticeKind.BULLETIN, {"bulletin": shared.bulletin, "kept": "share"})


def _given(visit: Scans, fields: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: asking.read_answer(
            FormName.BULLETIN, name, chosen(FormName.BULLETIN, name, words), today=visit.now.date()
        )
        for name, words in fields.items()
    }


async def _kept_files(visit: Scans, person: PersonView) -> tuple[int, ...]:
    """What is attached; a file that cannot be kept is told, and the rest goes on."""
    kept, wrong = await visit.keep_files(person)
    for refusal in wrong[:1]:
        visit.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
    return kept
