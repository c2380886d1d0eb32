"""The dates of an agreement in words: terms, the last day for a notice, where it comes from."""

from collections.abc import Iterator
from datetime import date

from handlers.text.agreement.sight import Sight
from handlers.text.cards import zone_name
from handlers.text.rich import Line, bold, labelled, line
from handlers.text.voice import Voice, label
from models.rules import term as terms
from models.rules.period import Period
from models.rules.renewal import Derivation, derivation
from models.rules.term import Term
from models.rules.workdays import NoWorkingDayError

LAST_DAY = label("agreement_fact", "last day of the agreement")
NOTICE_DEADLINE = label("agreement_fact", "last day for a notice")
TERM = label("agreement_fact", "present term")


def period(voice: Voice, length: Period) -> str:
    """A length in years, months or days."""
    years, months = divmod(length.months, 12)
    parts = [
        voice.plural("{n} year", "{n} years", years) if years else "",
        voice.plural("{n} month", "{n} months", months) if months else "",
        voice.plural("{n} day", "{n} days", length.days) if length.days else "",
    ]
    return " ".join(part for part in parts if part)


def derived(voice: Voice, found: Derivation) -> str:
    """Where a last day for a notice comes from, in one line."""
    notice = period(voice, found.notice)
    if found.agreed_last_day is None:
        return voice.say(
            "Counted from: signing on {day}, plus {period}; the notice period before it: {notice}.",
            day=voice.day(found.signed_on),
            period=period(voice, found.counted or Period()),
            notice=notice,
        )
    agreed = voice.day(found.agreed_last_day)
    if found.later == Period():
        return voice.say(
            "Counted from: last day agreed by both, {day}; the notice period before it: {notice}.",
            day=agreed,
            notice=notice,
        )
    return voice.say(
        "Counted from: last day agreed by both, {day}, plus {period}; the notice period before it: {notice}.",
        day=agreed,
        period=period(voice, found.later),
        notice=notice,
    )


def span(voice: Voice, term: Term) -> str:
    """The number of a term and its days."""
    days = f"{voice.day(term.first_day)} – {voice.day(term.last_day)}"
    return f"{voice.number(term.number)} ({days})"


def deadline_lines(voice: Voice, sight: Sight, term: Term) -> Iterator[Line]:
    """The last day for a notice: derivation, whose clock counts, the day to aim at while it lies ahead."""
    deadline = term.last_day_for_notice
    if deadline is None:
        return
    yield labelled(voice.named(NOTICE_DEADLINE), voice.day(deadline))
    yield line(derived(voice, derivation(sight.facts.duration, term)))
    yield line(
        voice.say(
            "The day counts where the notice is received. "
            "A notice from you: {theirs}; a notice to you: {ours}.",
            theirs=zone_name(voice, sight.partner.zone),
            ours=zone_name(voice, sight.home.zone),
        )
    )
    if sight.records and sight.open_deadline == deadline and (aim := _advised(sight, deadline)):
        day = voice.day(aim)
        yield line(voice.say("To be safe, aim at a working day of the other library: {day}.", day=day))


def _advised(sight: Sight, deadline: date) -> date | None:
    """A working day of the library that would receive the notice."""
    try:
        day = terms.advised_day(deadline, sight.facts.places[sight.partner.id].calendar)
    except NoWorkingDayError:
        return None
    return day if day >= sight.today else None


def outcome_line(voice: Voice, sight: Sight, term: Term) -> Line:
    """What happens without a notice, or whatever happens now."""
    following = _following(sight, term)
    if following is None:
        return line(voice.say("It is not renewed: it ends after {day}.", day=voice.day(term.last_day)))
    first, last = voice.day(following.first_day), voice.day(following.last_day)
    if sight.open_deadline is None:
        return line(bold(voice.say("It will renew on {first}, until {last}.", first=first, last=last)))
    return line(voice.say("Without a notice it renews on {first}, until {last}.", first=first, last=last))


def _following(sight: Sight, term: Term) -> Term | None:
    return next((one for one in terms.terms(sight.facts.duration) if one.number == term.number + 1), None)


def days_left(voice: Voice, day: date, today: date) -> str:
    """One truthful number of days until a day, or since it."""
    left = (day - today).days
    if left == 0:
        return voice.say("The last day is today: {day}", day=voice.day(day))
    if left < 0:
        return voice.plural(
            "{n} day has passed since: {day}", "{n} days have passed since: {day}", -left, day=voice.day(day)
        )
    return voice.plural(
        "{n} day is left until: {day}", "{n} days are left until: {day}", left, day=voice.day(day)
    )
