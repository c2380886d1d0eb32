"""`/agreement`: how an agreement stands, its files, and for coordinators what they may record."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.text.agreement.dates import (
    LAST_DAY,
    TERM,
    days_left,
    deadline_lines,
    outcome_line,
    period,
    span,
)
from handlers.text.agreement.drafts import DRAFTS
from handlers.text.agreement.sight import Sight
from handlers.text.calendar_feed import BUTTON as CALENDAR
from handlers.text.cards import library_name, zone_name
from handlers.text.citations import heading, shortened
from handlers.text.rich import Line, Lines, bold, italic, labelled, line, stacked
from handlers.text.screens import Button, ButtonStyle, Rows, Screen, Tap, Verb, rows_of
from handlers.text.voice import LANGUAGE_NAMES, Label, Voice, label
from models.operations.amendments import NONE
from models.queries.agreements import AgreementFacts, AmendmentView, NoticeView
from models.queries.between import OpenMatters
from models.rules.period import Period
from models.rules.vocabulary import Language, RenewalAnswer

AGREEMENT = label("agreement", "cooperation agreement")
SIGNED = label("signing_date", "date of signing")
ENDED = label("agreement_fact", "ended after")
NOTICE = label("termination_notice", "notice of termination")
RECEIVED = label("agreement_fact", "received on")
GIVEN_BY = label("agreement_fact", "given by")
RECORDED = label("agreement_fact", "recorded by")
PROPOSED = label("agreement_fact", "proposed change")
NEW_LAST_DAY = label("agreement_fact", "new last day")
NOT_RENEWED = label("agreement_fact", "not renewed any more")
NOTICE_PERIOD = label("notice_period", "notice period")
RENEWAL_PERIOD = label("agreement_fact", "renewed each time for")
OWN_ANSWER = label("agreement_fact", "your library's answer")
TEXTS = label("agreement_fact", "texts, equally authentic")
TO_RETURN = label("agreement_fact", "loans to return")
TO_SEND = label("agreement_fact", "copies to send")
OTHERS = label("agreement_fact", "other open requests")
GAPS = label("agreement_fact", "from gap lists, not yet arrived")

RECORD = label("button", "Record a notice")
WITHDRAW = label("button", "Ask to withdraw")
LET_WITHDRAW = label("button", "Let it be withdrawn")
KEEP_NOTICE = label("button", "Leave it in force")
CHANGE = label("button", "Propose a change")
CONSENT = label("button", "Consent")
DECLINE = label("button_decline", "Decline")
RETRACT = label("button", "Take it back")
CONFIRM_READING = label("button", "Confirm the reading")
OPEN = label("button", "The agreement")
ANSWERS: dict[RenewalAnswer, Label] = {
    RenewalAnswer.RENEW: label("button_let_renew", "Let it renew"),
    RenewalAnswer.TALK: label("button_want_talk", "We want to talk"),
    RenewalAnswer.NOTICE: label("button_will_notice", "We will give notice"),
}
SHOWN = 5
GAP_LENGTH = 80


def page(voice: Voice, sight: Sight, matters: OpenMatters, *, problem: str = "") -> Screen:
    """The agreement as it stands."""
    lines = stacked(
        [line(bold(problem))] if problem else [],
        head(voice, sight),
        standing_lines(voice, sight),
        notice_lines(voice, sight),
        open_lines(voice, matters) if sight.end is not None else (),
        amendment_lines(voice, sight),
        _answers(voice, sight),
        _texts(voice, sight.facts),
    )
    return Screen(lines=lines, rows=_rows(voice, sight), agreement=sight.facts.id)


def head(voice: Voice, sight: Sight) -> Lines:
    """Between whom."""
    names = " – ".join(library_name(voice, one) for one in sight.facts.sides)
    return (line(bold(voice.named(AGREEMENT))), line(names))


def standing_lines(voice: Voice, sight: Sight) -> Lines:
    """In force since when, which term, until when, what happens without a notice."""
    facts = sight.facts
    term, end = facts.term(sight.now), sight.end
    lines = [labelled(voice.named(SIGNED), _signed(voice, facts))]
    if not sight.standing.in_force or term is None:
        over = facts.ended_on or end
        return (*lines, *([labelled(voice.named(ENDED), voice.day(over))] if over else []))
    lines.append(line(voice.say("In force since the day of signing.")))
    lines.append(labelled(voice.named(TERM), span(voice, term)))
    if end is not None:
        lines.append(labelled(voice.named(LAST_DAY), voice.day(end)))
        return (*lines, line(bold(days_left(voice, end, sight.today))))
    lines += deadline_lines(voice, sight, term)
    lines.append(outcome_line(voice, sight, term))
    return (*lines, *_reading(voice, facts))


def _signed(voice: Voice, facts: AgreementFacts) -> str:
    """The day, the place, and whose clock the day is read on where that is the clock of one of the two."""
    named = [voice.day(facts.duration.signed_on), facts.place.get(voice.language, "")]
    city = facts.place.get(Language.EN, "").replace(" ", "_")
    zone = next((one.zone for one in facts.sides if city and one.zone.rpartition("/")[2] == city), None)
    said = ", ".join(part for part in named if part)
    return f"{said} ({zone_name(voice, zone)})" if zone else said


def _reading(voice: Voice, facts: AgreementFacts) -> list[Line]:
    """The signed text does not say how often it renews: until both have confirmed it, that is said."""
    if facts.duration.renewal is None or facts.duration.renewals is not None:
        return []
    if facts.confirmed_by >= {one.id for one in facts.sides}:
        return []
    return [line(italic(voice.say("It is counted as renewing repeatedly; not yet confirmed by both sides.")))]


def notice_lines(voice: Voice, sight: Sight) -> Lines:
    """The notice that runs, and whether its withdrawal is asked."""
    found = sight.facts.running(sight.now)
    if found is None:
        return ()
    return (line(bold(voice.named(NOTICE))), *one_notice(voice, sight, found))


def one_notice(voice: Voice, sight: Sight, found: NoticeView) -> Iterator[Line]:
    """A notice, a line a fact."""
    recorded = voice.local_day(found.recorded_at, sight.home.zone)
    yield labelled(voice.named(GIVEN_BY), sight.name(voice, found.given_by))
    yield labelled(voice.named(RECEIVED), voice.day(found.received_on))
    yield labelled(voice.named(RECORDED), f"{found.recorded_by} · {recorded}")
    if found.asked_at is not None:
        day = voice.local_day(found.asked_at, sight.home.zone)
        yield line(voice.say("Its withdrawal is asked since {day}; the other side has to consent.", day=day))


def amendment_lines(voice: Voice, sight: Sight) -> Lines:
    """The change that waits for consent."""
    waiting = sight.facts.proposed()
    if waiting is None:
        return ()
    return (line(bold(voice.named(PROPOSED))), *one_amendment(voice, sight, waiting))


def one_amendment(voice: Voice, sight: Sight, waiting: AmendmentView) -> Iterator[Line]:
    """A proposed change, a line a fact."""
    yield line(f"{sight.name(voice, waiting.library)} · {waiting.proposed_by}")
    yield from change_lines(voice, waiting)


def change_lines(voice: Voice, change: AmendmentView) -> Iterator[Line]:
    """What would be otherwise."""
    if change.last_day is not None:
        yield labelled(voice.named(NEW_LAST_DAY), voice.day(change.last_day))
    yield from setting_lines(voice, change.settings)


def setting_lines(voice: Voice, settings: Mapping[str, str]) -> Iterator[Line]:
    """The settings that would be otherwise, as periods."""
    if notice := settings.get("notice"):
        yield labelled(voice.named(NOTICE_PERIOD), period(voice, Period.parse(notice)))
    renewal = settings.get("renewal", NONE)
    if renewal != NONE:
        yield labelled(voice.named(RENEWAL_PERIOD), period(voice, Period.parse(renewal)))
    elif "renewal" in settings:
        yield line(voice.named(NOT_RENEWED))


def open_lines(voice: Voice, matters: OpenMatters) -> Lines:
    """What is still open between the libraries."""
    kinds = (TO_RETURN, matters.to_return), (TO_SEND, matters.to_send), (OTHERS, matters.others)
    found = [labelled(voice.named(name), _numbers(voice, numbers)) for name, numbers in kinds if numbers]
    if matters.gaps:
        titles = [shortened(heading(values), GAP_LENGTH) for values in matters.gaps]
        found.append(labelled(voice.named(GAPS), _numbers(voice, titles, between="; ")))
    nothing = line(voice.say("Nothing is open between the libraries."))
    return tuple(found) or (nothing,)


def _numbers(voice: Voice, numbers: Sequence[str], *, between: str = ", ") -> str:
    more = len(numbers) - SHOWN
    shown = between.join(numbers[:SHOWN])
    return f"{shown} (+{voice.number(more)})" if more > 0 else shown


def _answers(voice: Voice, sight: Sight) -> list[Line]:
    """What the own library said to the renewal, and what is known of the other side."""
    deadline = sight.open_deadline
    if deadline is None:
        return []
    found = []
    if own := sight.facts.stand(sight.own, deadline):
        found.append(labelled(voice.named(OWN_ANSWER), f"{voice.label(ANSWERS[own.answer])} · {own.by}"))
    if seen := sight.facts.seen_by(sight.partner.id, deadline):
        day = voice.local_day(seen.at, sight.partner.zone)
        name = library_name(voice, sight.partner)
        found.append(line(voice.say("{library}: seen, {day}", library=name, day=day)))
    return found


def _texts(voice: Voice, facts: AgreementFacts) -> list[Line]:
    names = ", ".join(_language(one.language) for one in facts.texts)
    return [labelled(voice.named(TEXTS), names)] if names else []


def _language(code: str) -> str:
    return LANGUAGE_NAMES[Language(code)] if code in set(Language) else code


def _rows(voice: Voice, sight: Sight) -> Rows:
    texts = [Button(_language(one.language), sight.tap("text", str(one.id))) for one in sight.facts.texts]
    records = list(_recording(voice, sight)) if sight.records and sight.standing.in_force else []
    calendar = sight.button(voice, CALENDAR, "calendar")
    return (*answer_rows(voice, sight), *rows_of(records), *rows_of(texts), (calendar,))


def answer_rows(voice: Voice, sight: Sight) -> Rows:
    """The answers to an approaching renewal."""
    deadline = sight.open_deadline
    if deadline is None or not sight.records or not renews(sight):
        return ()
    return tuple(
        (sight.button(voice, term, "answer", f"{answer}.{deadline}"),) for answer, term in ANSWERS.items()
    )


def renews(sight: Sight) -> bool:
    """Whether another term follows the running one, unless a notice comes."""
    duration, running = sight.facts.duration, sight.facts.term(sight.now)
    if duration.renewal is None or running is None:
        return False
    return duration.renewals is None or running.number <= duration.renewals


def _recording(voice: Voice, sight: Sight) -> Iterator[Button]:
    yield from _of_notice(voice, sight)
    yield from _of_amendment(voice, sight)
    yield sight.button(voice, DRAFTS, "letters")
    reads = sight.facts.duration
    if reads.renewal is not None and reads.renewals is None and sight.own not in sight.facts.confirmed_by:
        yield sight.button(voice, CONFIRM_READING, "reading")


def _of_notice(voice: Voice, sight: Sight) -> Iterator[Button]:
    running = sight.facts.running(sight.now)
    if running is None:
        yield sight.button(voice, RECORD, "notice", style=ButtonStyle.DANGER)
    elif running.given_by == sight.own and running.asked_at is None:
        yield sight.button(voice, WITHDRAW, "withdraw", str(running.id))
    elif running.given_by != sight.own and running.asked_at is not None:
        yield sight.button(voice, LET_WITHDRAW, "let", str(running.id))
        yield sight.button(voice, KEEP_NOTICE, "keep", str(running.id))


def _of_amendment(voice: Voice, sight: Sight) -> Iterator[Button]:
    waiting = sight.facts.proposed()
    if waiting is None:
        yield sight.button(voice, CHANGE, "change")
    elif waiting.library == sight.own:
        yield sight.button(voice, RETRACT, "decline", str(waiting.id))
    else:
        yield sight.button(voice, CONSENT, "consent", str(waiting.id))
        yield sight.button(voice, DECLINE, "decline", str(waiting.id))


def agreements_screen(voice: Voice, sights: Sequence[Sight]) -> Screen:
    """Which of several agreements?"""
    buttons = [
        (Button(library_name(voice, one.partner), Tap(Verb.AGREEMENT, one.facts.id, 0, "open")),)
        for one in sights
    ]
    return Screen(lines=(line(voice.say("With which library?")),), rows=tuple(buttons))
