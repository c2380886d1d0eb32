"""What coordinators record, step by step: each shows its effect in dates before it is confirmed."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from handlers.text import labels
from handlers.text.agreement import page as pages
from handlers.text.agreement.dates import LAST_DAY, NOTICE_DEADLINE, days_left, period, span
from handlers.text.agreement.drafts import WHICH, letters_page
from handlers.text.agreement.page import head
from handlers.text.agreement.sight import Sight
from handlers.text.cards import library_name, zone_name
from handlers.text.rich import Line, bold, labelled, line, stacked
from handlers.text.screens import Button, ButtonStyle, Rows, Screen
from handlers.text.voice import Voice, label, message
from models.operations.amendments import Change, following
from models.operations.amendments import effect_of as effect_of_change
from models.operations.terminations import NewNotice
from models.operations.terminations import effect_of as effect_of_notice
from models.rules.period import Period
from models.rules.term import Effect, end_by_notice

GO_ON = label("button", "Go on")
LATER_END = label("button", "It names a later end")
NO_MORE = label("button", "End with this term")
OTHER_LAST_DAY = label("button", "Another last day")
OTHER_NOTICE = label("button", "Another notice period")
OTHER_RENEWAL = label("button", "Another renewal period")
PROPOSE = label("button", "Propose it")
CONFIRM = label("button_confirm", "Confirm")
EARLIEST = label("agreement_fact", "earliest end")
NEXT_TERM = label("agreement_fact", "next term")
NOTICES = ("1m", "2m", "3m", "6m", "30d", "90d")
RENEWALS = ("1y", "2y", "3y", "5y")
"""Periods that have a button; another one is typed."""
EXAMPLES = {"years": "4y", "months": "4m", "days": "45d"}
RECENT = 8
"""Days of receipt that have a button; an earlier one is typed."""

PROMPTS: dict[str, str] = {
    "letters": WHICH,
    "notice": message("Which library gave the notice?"),
    "received": message("On which day was it received? Choose a day or type it, for example 08.08.2028."),
    "later": message("Which last day does the notice name? Please type it, for example 31.12.2028."),
    "effect": message("This is what the notice does. Nothing is recorded yet."),
    "code": message("To record the notice, please type day and month of the last day as four digits: {code}"),
    "withdraw": message("The other side has to consent; until then the notice stands."),
    "let": message("The notice is withdrawn from today, and the agreement goes on as follows."),
    "keep": message("The notice stays in force; the other side is told."),
    "change": message("What shall be changed? The other side has to consent."),
    "last_day": message("Which is the new last day? Please type it, for example 31.12.2029."),
    "notice_period": message(
        "How long before the end shall a notice be received? Choose a period or type one: {months} is four "
        "months, {days} is forty-five days."
    ),
    "renewal_period": message(
        "For how long shall it be renewed from the next term on? Choose a period or type one: {years} is "
        "four years, {months} is four months."
    ),
    "proposal": message("This is what the change does, once the other side has consented."),
    "consent": message("This is what the change does from today."),
    "decline": message("The proposed change is dropped; the other side is told."),
    "reading": message(
        "The agreement is read so: without a notice it renews each time for the same period, without limit."
    ),
}
"""The pages behind the first one, and what each says first."""


def step(voice: Voice, sight: Sight, page: str, value: str, *, problem: str = "") -> Screen:
    """A page of a record; raises a `Refusal` for what the agreement's calendar does not allow."""
    lines, rows = BUILDERS[page](voice, sight, value)
    back = sight.button(voice, labels.BACK, "open")
    code = code_of(sight, value) if page == "code" else ""
    prompt = voice.say(PROMPTS[page], code=code, **EXAMPLES)
    return Screen(
        lines=stacked(
            [line(bold(problem))] if problem else [], head(voice, sight), lines, [line(bold(prompt))]
        ),
        rows=(*rows, (back,)),
    )


Page = tuple[list[Line], Rows]


def _notice(voice: Voice, sight: Sight, _value: str) -> Page:
    sides = (sight.home, sight.partner)
    rows = tuple((Button(library_name(voice, one), sight.tap("received", str(one.id))),) for one in sides)
    return [], rows


def _received(voice: Voice, sight: Sight, value: str) -> Page:
    given_by = giver(sight, value)
    receiving = sight.facts.other(given_by)
    today = sight.facts.today(sight.now, at=receiving.id)
    lines = [
        labelled(voice.named(pages.GIVEN_BY), sight.name(voice, given_by)),
        line(
            voice.say(
                "The day of the receiving library counts: {library} ({zone}).",
                library=library_name(voice, receiving),
                zone=zone_name(voice, receiving.zone),
            )
        ),
    ]
    days = [today - timedelta(days=back) for back in range(RECENT)]
    buttons = [Button(voice.short_day(day), sight.tap("effect", f"{given_by}.{day}")) for day in days]
    return lines, tuple(tuple(buttons[at : at + 2]) for at in range(0, RECENT, 2))


def giver(sight: Sight, value: str) -> int:
    """The library that gave the notice, as a button carries it."""
    number = value.partition(".")[0]
    return sight.partner.id if number == str(sight.partner.id) else sight.own


def notice_of(sight: Sight, value: str) -> NewNotice:
    """`2.2028-08-08` or `2.2028-08-08.2028-12-31`; raises `ValueError` for anything else."""
    days = [date.fromisoformat(one) for one in value.split(".")[1:3]]
    if not days:
        raise ValueError(value)
    named = days[1] if len(days) > 1 else None
    return NewNotice(given_by=giver(sight, value), received_on=days[0], named_end=named)


def code_of(sight: Sight, value: str) -> str:
    """Day and month of the last day: who types it has read it."""
    return f"{effect_of_notice(sight.facts, notice_of(sight, value), sight.now).ends:%d%m}"


def _effect(voice: Voice, sight: Sight, value: str) -> Page:
    go_on = sight.button(voice, GO_ON, "code", value, style=ButtonStyle.DANGER)
    later = sight.button(voice, LATER_END, "later", value)
    return _effect_lines(voice, sight, value), ((go_on,), (later,))


def _effect_lines(voice: Voice, sight: Sight, value: str) -> list[Line]:
    new = notice_of(sight, value)
    done = effect_of_notice(sight.facts, new, sight.now)
    return [
        labelled(voice.named(pages.GIVEN_BY), sight.name(voice, new.given_by)),
        labelled(voice.named(pages.RECEIVED), voice.day(new.received_on)),
        *_ends(voice, sight, done),
    ]


def _ends(voice: Voice, sight: Sight, done: Effect) -> Iterator[Line]:
    yield labelled(voice.named(EARLIEST), voice.day(done.earliest_end))
    yield labelled(voice.named(LAST_DAY), voice.day(done.ends))
    yield line(days_left(voice, done.ends, sight.today))
    if done.in_time_for_term_end:
        yield line(voice.say("The notice is in time: the agreement does not renew."))
    else:
        yield line(voice.say("The notice is late for the end of the term: the agreement renews until then."))


def _code(voice: Voice, sight: Sight, value: str) -> Page:
    return _effect_lines(voice, sight, value), ()


def _withdraw(voice: Voice, sight: Sight, value: str) -> Page:
    return list(pages.notice_lines(voice, sight)), ((sight.button(voice, CONFIRM, "do.withdraw", value),),)


def _let(voice: Voice, sight: Sight, value: str) -> Page:
    """The dates as they would be without the notice."""
    left = [one.notice for one in sight.facts.notices if one.stands and str(one.id) != value]
    end = end_by_notice(sight.facts.duration, left, day=sight.facts.today(sight.now))
    running = sight.facts.term(sight.now)
    last_day = end or (running.last_day if running else None)
    lines = [labelled(voice.named(LAST_DAY), voice.day(last_day))] if last_day else []
    if end is None and running is not None and running.last_day_for_notice:
        lines.append(labelled(voice.named(NOTICE_DEADLINE), voice.day(running.last_day_for_notice)))
    return lines, ((sight.button(voice, CONFIRM, "do.let", value),),)


def _keep(voice: Voice, sight: Sight, value: str) -> Page:
    return list(pages.notice_lines(voice, sight)), ((sight.button(voice, CONFIRM, "do.keep", value),),)


def _change(voice: Voice, sight: Sight, _value: str) -> Page:
    ways = [
        sight.button(voice, OTHER_LAST_DAY, "last_day"),
        sight.button(voice, OTHER_NOTICE, "notice_period"),
    ]
    if pages.renews(sight):
        ways.append(sight.button(voice, OTHER_RENEWAL, "renewal_period"))
        ways.append(sight.button(voice, NO_MORE, "proposal", "none"))
    return [], tuple((way,) for way in ways)


def _notice_period(voice: Voice, sight: Sight, _value: str) -> Page:
    return [], _periods(voice, sight, "notice", NOTICES)


def _renewal_period(voice: Voice, sight: Sight, _value: str) -> Page:
    return [], _periods(voice, sight, "renewal", RENEWALS)


def _periods(voice: Voice, sight: Sight, what: str, offered: tuple[str, ...]) -> Rows:
    buttons = [
        Button(period(voice, Period.parse(one)), sight.tap("proposal", f"{what}.{one}")) for one in offered
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def change_of(value: str) -> Change:
    """`none`, `notice.4m`, `renewal.3y`, or a new last day; raises `ValueError` for anything else."""
    if value == "none":
        return Change(settings={"renewal": "none"})
    what, dot, length = value.partition(".")
    if what in {"notice", "renewal"} and dot:
        return Change(settings={what: length})
    return Change(last_day=date.fromisoformat(value))


def _proposal(voice: Voice, sight: Sight, value: str) -> Page:
    lines = _change_lines(voice, sight, change_of(value))
    return lines, ((sight.button(voice, PROPOSE, "do.propose", value),),)


def _consent(voice: Voice, sight: Sight, value: str) -> Page:
    waiting = sight.facts.proposed()
    if waiting is None:
        return [], ()
    change = Change(last_day=waiting.last_day, settings=waiting.settings)
    by = line(f"{sight.name(voice, waiting.library)} · {waiting.proposed_by}")
    lines = [by, *_change_lines(voice, sight, change)]
    return lines, ((sight.button(voice, CONFIRM, "do.consent", value),),)


def _change_lines(voice: Voice, sight: Sight, change: Change) -> list[Line]:
    changed = effect_of_change(sight.facts, change, sight.now)
    coming = following(sight.facts, change, sight.now)
    lines = [
        *pages.setting_lines(voice, change.settings),
        labelled(voice.named(LAST_DAY), voice.day(changed.last_day)),
    ]
    if changed.last_day_for_notice is not None and coming is not None:
        lines.append(labelled(voice.named(NOTICE_DEADLINE), voice.day(changed.last_day_for_notice)))
    return [*lines, *([labelled(voice.named(NEXT_TERM), span(voice, coming))] if coming else [])]


def _decline(voice: Voice, sight: Sight, value: str) -> Page:
    return list(pages.amendment_lines(voice, sight)), ((sight.button(voice, CONFIRM, "do.decline", value),),)


def _reading(voice: Voice, sight: Sight, value: str) -> Page:
    return [], ((sight.button(voice, CONFIRM, "do.reading", value),),)


def _typed(_voice: Voice, _sight: Sight, _value: str) -> Page:
    return [], ()


BUILDERS: dict[str, Callable[[Voice, Sight, str], Page]] = {
    "notice": _notice,
    "received": _received,
    "later": _typed,
    "effect": _effect,
    "code": _code,
    "withdraw": _withdraw,
    "let": _let,
    "keep": _keep,
    "change": _change,
    "last_day": _typed,
    "notice_period": _notice_period,
    "renewal_period": _renewal_period,
    "proposal": _proposal,
    "consent": _consent,
    "decline": _decline,
    "reading": _reading,
    "letters": letters_page,
}
TYPED = frozenset({"received", "later", "code", "last_day", "notice_period", "renewal_period"})
"""Pages on which the next message is an answer."""
