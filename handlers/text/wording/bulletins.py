"""Information for colleagues: read, shared, followed, answered."""

from datetime import datetime

from handlers.text import bulletins
from handlers.text.cooperation import FIELDS, TOPICS
from handlers.text.reader import Facts, Reader
from handlers.text.screens import Screen
from handlers.text.wording.shape import Wordings
from models.queries import bulletins as queries
from models.rules.vocabulary import Channel, Language, NoticeKind, SharedChange, Topic

LINES = ("title", "text", "topics", "link")
"""The lines that share something by mail; a second language follows the first in the same way."""


async def _bulletin(reader: Reader, facts: Facts) -> Screen | None:
    view = await queries.bulletin(facts["bulletin"], reader.person) if reader.person else None
    if view is None:
        return None
    by_mail = reader.channel is Channel.MAIL
    kept, news = facts.get("kept"), facts.get("news")
    if kept == "sure":
        return bulletins.sure_screen(reader.voice, view) if view.changes else None
    if kept:
        corrected = kept == SharedChange.CORRECT
        return bulletins.shared_kept(reader.voice, view, by_mail=by_mail, corrected=corrected)
    if news:
        return bulletins.news_screen(reader.voice, view, SharedChange(news), by_mail=by_mail)
    language = Language(facts["language"]) if facts.get("language") else None
    return bulletins.bulletin_screen(reader.voice, view, by_mail=by_mail, language=language)


async def _bulletins(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    since, until = (datetime.fromisoformat(facts[name]) for name in ("since", "until"))
    found = await queries.weekly_for(reader.person, since, until)
    by_mail = reader.channel is Channel.MAIL
    return bulletins.weekly(reader.voice, found, by_mail=by_mail) if found else None


async def _shared(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None or reader.person.library is None:
        return None
    page = await queries.shared(reader.person, facts.get("page", 0))
    if reader.channel is not Channel.MAIL:
        return bulletins.shared_screen(reader.voice, page)
    topics = ", ".join(reader.voice.label(TOPICS[one]) for one in list(Topic)[:2])
    samples = {"topics": topics, "link": "https://…"}
    lines = [(reader.voice.label(FIELDS[name]), samples.get(name, "…")) for name in LINES]
    return bulletins.shared_letter(reader.voice, page, lines)


async def _reply(reader: Reader, facts: Facts) -> Screen | None:
    view = await queries.reply(facts["reply"], reader.person) if reader.person else None
    return bulletins.reply_screen(reader.voice, view) if view else None


async def _forum(reader: Reader, facts: Facts) -> Screen | None:
    view = await queries.for_forum(facts["bulletin"], facts["chat"])
    news = SharedChange(facts["news"]) if facts.get("news") else None
    return bulletins.forum_screen(reader.voice, view, news) if view else None


WORDINGS: Wordings = {
    NoticeKind.BULLETIN: _bulletin,
    NoticeKind.BULLETINS: _bulletins,
    NoticeKind.SHARED: _shared,
    NoticeKind.BULLETIN_REPLY: _reply,
    NoticeKind.FORUM: _forum,
}
