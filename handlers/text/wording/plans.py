"""Cooperation plans: what they say, what happens to their items, what the clock says of them."""

from dataclasses import replace

from handlers.text import planclock, plans
from handlers.text.asking import Asked, asked_screen
from handlers.text.cooperation import NEWS
from handlers.text.plananswers import item_answers, plan_answers
from handlers.text.reader import Facts, Reader
from handlers.text.refusals import refusal_text
from handlers.text.rich import Line, bold, line, stacked
from handlers.text.screens import Matter, Screen, Shows
from handlers.text.wording.shape import Wordings
from models.operations.planteam import speaks
from models.queries import parties
from models.queries import plans as queries
from models.rules.errors import Refusal
from models.rules.vocabulary import Channel, ItemStage, NoticeKind, PlanStepName


def problem_of(reader: Reader, facts: Facts) -> str:
    """Why the last thing was not done, in a sentence; empty where it was."""
    refusal = facts.get("refusal")
    return refusal_text(reader.voice, Refusal.from_facts(refusal), zone=reader.zone) if refusal else ""


async def _asked(reader: Reader, facts: Facts) -> Screen | None:
    return asked_screen(
        reader.voice,
        Asked.of(facts),
        today=reader.today(),
        month=facts.get("month", ""),
        problem=problem_of(reader, facts),
    )


async def _plans(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None or reader.person.library is None:
        return None
    partners = await parties.partners_of(reader.person.library)
    if facts.get("choose"):
        return plans.partners_screen(reader.voice, partners)
    found = await queries.plans_of(reader.person)
    by_mail = reader.channel is Channel.MAIL
    speaking = await speaks(reader.person)
    return plans.plans_screen(reader.voice, found, speaks=speaking, by_mail=by_mail, partners=partners)


async def _days(reader: Reader, facts: Facts) -> Screen | None:
    """The known days of a plan, or of one item, for the reader's calendar."""
    if reader.person is None:
        return None
    one = await queries.item(facts["item"], reader.person) if "item" in facts else None
    whole = await queries.plan(facts["plan"], reader.person) if "plan" in facts else None
    items = whole.items if whole else (one,) if one else ()
    return plans.calendar_screen(reader.voice, items, reader.now)


async def _plan(reader: Reader, facts: Facts) -> Screen | None:
    return await plan_screen(reader, facts["plan"], lead=problem_of(reader, facts))


async def plan_screen(
    reader: Reader, plan: int, *, lead: str = "", news: tuple[Line, ...] = ()
) -> Screen | None:
    """A plan as it stands; by mail an answer to it speaks of the text that it shows."""
    view = await queries.plan(plan, reader.person) if reader.person else None
    if view is None or reader.person is None:
        return None
    by_mail = reader.channel is Channel.MAIL
    speaking = await speaks(reader.person)
    screen = plans.plan_screen(reader.voice, view, speaks=speaking, by_mail=by_mail)
    answers = plan_answers(reader.voice, view) if by_mail and speaking else ()
    text = await queries.text_number(view.id, view.text)
    shows = Shows(Matter.PLAN, text) if text else Shows(Matter.UNTEXTED, view.id)
    lines = stacked([line(bold(lead))] if lead else [], news, screen.lines, answers)
    return replace(screen, lines=lines, shows=shows)


async def _item(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    view = await queries.item(facts["item"], reader.person)
    event = await queries.newest_event(facts["item"])
    if view is None or event is None:
        return None
    speaking = await speaks(reader.person)
    screen = plans.item_screen(reader.voice, view, speaks=speaking, event=event)
    answers = item_answers(reader.voice, view) if reader.channel is Channel.MAIL and speaking else ()
    lead = problem_of(reader, facts) or _done(reader, facts)
    return replace(screen, lines=stacked([line(bold(lead))] if lead else [], screen.lines, answers))


def _done(reader: Reader, facts: Facts) -> str:
    """What an answer by mail did, confirmed."""
    if "done" not in facts:
        return ""
    what = reader.voice.label(NEWS[facts["done"]])
    return reader.voice.say("Recorded: {what}.", what=what)


async def _news(reader: Reader, facts: Facts) -> Screen | None:
    event = await queries.event(facts["plan_event"], reader.person) if reader.person else None
    if event is None or reader.person is None:
        return None
    if event.item is None:
        return await plan_screen(reader, event.plan, news=plans.news_lines(reader.voice, event))
    view = await queries.item(event.item, reader.person)
    if view is None:
        return None
    speaking = await speaks(reader.person)
    answers = item_answers(reader.voice, view) if reader.channel is Channel.MAIL and speaking else ()
    return plans.item_news(reader.voice, view, event, speaks=speaking, answers=answers)


STILL: dict[PlanStepName, frozenset[ItemStage]] = {
    name: frozenset({ItemStage.ACCEPTED, ItemStage.PLANNED}) for name in PlanStepName
}
"""Where an item has to stand for a step to be still true."""


async def _clock(reader: Reader, facts: Facts) -> Screen | None:
    view = await queries.item(facts["item"], reader.person) if reader.person else None
    event = await queries.newest_event(facts["item"])
    step = PlanStepName(facts["step"])
    if view is None or event is None or reader.person is None or view.stage not in STILL[step]:
        return None
    anchor = planclock.anchor_of(facts)
    over = step is not PlanStepName.RESULT and reader.today() > anchor
    if over or (view.when and anchor not in (view.when.first, view.when.last)):
        return None
    speaking = await speaks(reader.person)
    answers = item_answers(reader.voice, view) if reader.channel is Channel.MAIL and speaking else ()
    return planclock.item_reminder(reader.voice, view, step, event=event, speaks=speaking, answers=answers)


async def _year(reader: Reader, facts: Facts) -> Screen | None:
    partner = await parties.library(facts["partner"])
    return planclock.year_reminder(
        reader.voice,
        partner,
        PlanStepName(facts["step"]),
        facts["year"],
        by_mail=reader.channel is Channel.MAIL,
    )


WORDINGS: Wordings = {
    NoticeKind.ASKED: _asked,
    NoticeKind.PLANS: _plans,
    NoticeKind.PLAN: _plan,
    NoticeKind.ITEM: _item,
    NoticeKind.ITEM_NEWS: _news,
    NoticeKind.PLAN_CLOCK: _clock,
    NoticeKind.PLAN_YEAR: _year,
    NoticeKind.PLAN_DAYS: _days,
}
