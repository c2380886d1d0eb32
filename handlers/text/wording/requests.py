"""A request, its news and what can be done with it: rows become screens."""

from dataclasses import replace

from handlers.text import (
    carry,
    enclosures,
    notices,
    tools,
)
from handlers.text.card_buttons import as_partner
from handlers.text.cards import card, card_lines, history_lines
from handlers.text.choices import choices, question
from handlers.text.reader import Facts, Reader
from handlers.text.refusals import refusal_text
from handlers.text.rich import line
from handlers.text.says import SENTENCES
from handlers.text.screens import Screen, recorded_for_partner
from handlers.text.wording.shape import Wordings, card_view
from models.queries import history as history_queries
from models.queries import requests
from models.rules.errors import FileTooLarge, Refusal
from models.rules.lifecycle import Detail, Details
from models.rules.vocabulary import Act, Channel, Language, NoticeKind, Say, Side


async def _event(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    if view is None or reader.person is None:
        return None
    event = await history_queries.event(facts["event"], reader.person)
    if event is None:
        return None
    if reader.channel is Channel.MAIL:
        return notices.event_letter(reader.voice, view, event)
    return notices.event_screen(reader.voice, view, event)


async def _card(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts, history=50 if facts.get("history") else requests.HISTORY)
    if view is None:
        return None
    screen = card(reader.voice, view)
    if facts.get("history"):
        lines = (*card_lines(reader.voice, view, history=False)[:2], (), *history_lines(reader.voice, view))
        screen = replace(screen, lines=lines)
    if note := facts.get("refusal"):
        sentence = refusal_text(reader.voice, Refusal.from_facts(note), zone=reader.zone)
        screen = replace(screen, lines=(line(sentence), (), *screen.lines))
    return screen


async def _choices(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    chosen = carry.unpack(facts.get("carry", "")) or Details()
    if view is None:
        return None
    act, month = Act(facts["act"]), facts.get("month", "")
    partner = facts.get("for_partner", False)
    acting = as_partner(view) if partner else view
    screen = choices(reader.voice, acting, act, chosen=chosen, today=reader.today(), month=month)
    return recorded_for_partner(screen) if partner else screen


async def _question(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    if view is None:
        return None
    wants = Detail(facts["wants"])
    upload = reader.upload_link(view) if wants is Detail.CONTENT else None
    return question(reader.voice, view, Act(facts["act"]), wants, upload=upload)


async def _receipt(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    event = await history_queries.event(facts["event"], reader.person) if reader.person else None
    return notices.receipt(reader.voice, view, event) if view and event else None


async def _unclear(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    return notices.unclear(reader.voice, view) if view else None


async def _refusal(reader: Reader, facts: Facts) -> Screen | None:
    sentence = refusal_text(reader.voice, Refusal.from_facts(facts["refusal"]), zone=reader.zone)
    view = await card_view(reader, facts) if facts.get("request") else None
    if view is None:
        return Screen(lines=(line(sentence),))
    kept = (line(reader.voice.say(SENTENCES[Say.COMMENT_KEPT])),) if facts.get("kept") else ()
    lines = (line(sentence), *kept, (), *card_lines(reader.voice, view, history=False))
    upload = reader.upload_link(view) if facts["refusal"]["refusal"] == FileTooLarge.__name__ else None
    rows = enclosures.upload_rows(reader.voice, upload)
    return Screen(lines=lines, rows=rows, request=view.id, version=view.version)


async def _for_partner(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    return tools.for_partner_screen(reader.voice, view) if view else None


async def _phrases(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    return tools.phrases_screen(reader.voice, view) if view else None


async def _reader_text(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    if view is None or view.side is not Side.REQUESTING:
        return None
    return tools.reader_screen(reader.voice, view, Language(facts["language"]))


WORDINGS: Wordings = {
    NoticeKind.EVENT: _event,
    NoticeKind.CARD: _card,
    NoticeKind.CHOICES: _choices,
    NoticeKind.QUESTION: _question,
    NoticeKind.RECEIPT: _receipt,
    NoticeKind.UNCLEAR: _unclear,
    NoticeKind.REFUSAL: _refusal,
    NoticeKind.FOR_PARTNER: _for_partner,
    NoticeKind.PHRASES: _phrases,
    NoticeKind.READER_TEXT: _reader_text,
}
