"""What is said of agreements."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.text.agreement.news import news
from handlers.text.agreement.page import agreements_screen, answer_rows, page
from handlers.text.agreement.renewal import Item, answer_words, reminder
from handlers.text.agreement.sight import Sight
from handlers.text.agreement.steps import BUILDERS, step
from handlers.text.reader import Facts, Reader
from handlers.text.refusals import refusal_text
from handlers.text.rich import line, stacked
from handlers.text.screens import Screen
from handlers.text.wording.shape import Wordings
from models.queries import agreements, between
from models.queries import renewals as renewal_queries
from models.queries.agreements import AgreementFacts
from models.queries.files import FileView
from models.queries.renewals import RenewalView
from models.rules import renewal
from models.rules.errors import Refusal
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Channel, NoticeKind


def _own(reader: Reader, facts: Facts) -> int | None:
    """The library for which the words are made: the reader's, or the one whose address of record it is."""
    return reader.person.library if reader.person else facts.get("library")


def _sight(reader: Reader, known: AgreementFacts | None, own: int | None) -> Sight | None:
    if known is None or own is None or own not in known.places:
        return None
    records = reader.person is not None and may(Right.RECORD_NOTICE, Standpoint(reader.person.role))
    return Sight(facts=known, own=own, now=reader.now, records=records)


async def _agreement(reader: Reader, facts: Facts) -> Screen | None:
    own = _own(reader, facts)
    if facts.get("agreement") is None:
        found = await agreements.facts_of(own or 0, reader.now)
        sights = [sight for known in found if (sight := _sight(reader, known, own))]
        return agreements_screen(reader.voice, sights) if sights else None
    sight = _sight(reader, await agreements.facts(facts["agreement"], reader.now), own)
    if sight is None:
        return None
    problem = facts.get("refusal")
    said = refusal_text(reader.voice, Refusal.from_facts(problem), zone=reader.zone) if problem else ""
    return await _page(reader, sight, facts, said)


async def _page(reader: Reader, sight: Sight, facts: Facts, problem: str) -> Screen:
    """A page of a record that has become impossible shows the agreement, and why."""
    name = facts.get("page", "")
    if name in BUILDERS and sight.records:
        try:
            return step(reader.voice, sight, name, facts.get("value", ""), problem=problem)
        except Refusal as refusal:
            problem = refusal_text(reader.voice, refusal, zone=reader.zone)
    matters = await between.open_matters(sight.facts.id)
    screen = page(reader.voice, sight, matters, problem=problem)
    if reader.channel is Channel.MAIL and answer_rows(reader.voice, sight):
        return replace(screen, lines=stacked(screen.lines, answer_words(reader.voice)))
    return screen


async def _news(reader: Reader, facts: Facts) -> Screen | None:
    event = await renewal_queries.happened(facts["event"])
    if event is None:
        return None
    known = await agreements.facts(event.agreement, reader.now)
    sight = _sight(reader, known, _own(reader, facts))
    return news(reader.voice, sight, event, await between.open_matters(event.agreement)) if sight else None


async def _renewal(reader: Reader, facts: Facts) -> Screen | None:
    """Nothing once none of it is true any more; of one agreement's steps the newest is said in full."""
    own = _own(reader, facts)
    steps = await renewal_queries.renewals(facts["reminders"])
    items: list[Item] = []
    for number in dict.fromkeys(one.agreement for one in steps):
        sight = _sight(reader, await agreements.facts(number, reader.now), own)
        if sight is not None:
            items += await _items(sight, [one for one in steps if one.agreement == number])
    if not items:
        return None
    kept = {item.step.id for item in items}
    past = [one for one in steps if one.id not in kept]
    today = items[0].sight.today
    by_mail = reader.channel is Channel.MAIL
    return reminder(reader.voice, items, past, today=today, by_mail=by_mail)


async def _items(sight: Sight, steps: Sequence[RenewalView]) -> list[Item]:
    watch = sight.facts.watch(sight.own, sight.now)
    groups = {
        renewal.row_of(one.step).group: one
        for one in steps
        if renewal.matters(watch, one.step, one.anchor, today=sight.today)
    }
    if not groups:
        return []
    matters = await between.open_matters(sight.facts.id)
    term = sight.facts.term(sight.now)
    since = sight.facts.places[sight.own].at(term.first_day) if term else None
    figures = await between.figures(sight.facts.id, since)
    return [Item(sight=sight, step=one, matters=matters, figures=figures) for one in groups.values()]


async def _file(reader: Reader, facts: Facts) -> Screen | None:
    text = await agreements.text(facts["text"])
    known = await agreements.facts(text.agreement, reader.now) if text else None
    if text is None or _sight(reader, known, _own(reader, facts)) is None:
        return None
    file = FileView(
        id=0,
        name=text.name,
        size=text.size,
        mime=text.mime,
        sha256=text.sha256,
        telegram_file_id=None,
        event=None,
        until=reader.now,
    )
    return Screen(lines=(line(text.name),), files=(file,))


WORDINGS: Wordings = {
    NoticeKind.AGREEMENT: _agreement,
    NoticeKind.AGREEMENT_NEWS: _news,
    NoticeKind.AGREEMENT_FILE: _file,
    NoticeKind.RENEWAL: _renewal,
}
