"""What coordinators are reminded of: a headline for every step, dates and their reason, the ways to answer.

After a silence of the program one message holds everything: what still matters in full, the rest in a line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.text.agreement.dates import (
    LAST_DAY,
    TERM,
    days_left,
    deadline_lines,
    outcome_line,
    span,
)
from handlers.text.agreement.page import OPEN, answer_rows, head, open_lines
from handlers.text.agreement.sight import Sight
from handlers.text.cards import library_name
from handlers.text.rich import Line, Lines, bold, italic, labelled, line, stacked
from handlers.text.screens import Button, Screen, Tap, Verb
from handlers.text.voice import Label, Voice, label, message
from handlers.text.words import display
from models.queries.between import Figures, OpenMatters
from models.queries.renewals import RenewalView
from models.rules.renewal import row_of
from models.rules.vocabulary import RenewalAnswer, RenewalGroup, RenewalStep, Told

S = RenewalStep
NEAR = label("renewal_step", "The last day for a notice is near")
APPROACHING = label("renewal_step", "The renewal of the agreement is approaching")
ENDING = label("renewal_step", "The agreement is ending")
HEADLINES: dict[RenewalStep, Label] = {
    S.MONTHS_12: APPROACHING,
    S.MONTHS_6: APPROACHING,
    S.DAYS_90: APPROACHING,
    S.DAYS_30: APPROACHING,
    S.DAYS_14: NEAR,
    S.DAYS_7: NEAR,
    S.DAYS_1: NEAR,
    S.LAST_DAY: label("renewal_step", "The last day for a notice"),
    S.CLOSED: label("renewal_step", "The time for a notice is over"),
    S.RENEWED: label("renewal_step", "The agreement has been renewed"),
    S.ENDS_60: ENDING,
    S.ENDS_30: ENDING,
    S.ENDS_14: ENDING,
    S.ENDS_7: ENDING,
    S.ENDS_1: ENDING,
    S.ENDED: label("renewal_step", "The agreement has ended"),
}
SEEN = label("button", "Seen")
ASKED_BY_MAIL: dict[RenewalAnswer, str] = {
    RenewalAnswer.RENEW: "renew",
    RenewalAnswer.TALK: "talk",
    RenewalAnswer.NOTICE: "notice",
}
"""The words of a mail that answer; the notice itself is recorded in chat."""
MEANINGS: dict[RenewalAnswer, str] = {
    RenewalAnswer.RENEW: message("we let it renew; no more reminders of this term"),
    RenewalAnswer.TALK: message("we want to talk; the reminders of the last 14 days still come"),
    RenewalAnswer.NOTICE: message("we will give notice; all reminders come until it is recorded"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A step that still matters, with what its words need."""

    sight: Sight
    step: RenewalView
    matters: OpenMatters
    figures: Figures

    @property
    def asks(self) -> bool:
        """Whether an answer is expected."""
        return row_of(self.step.step).asks


def headline(voice: Voice, step: RenewalStep) -> str:
    """What a step says first."""
    return voice.label(HEADLINES[step])


def reminder(
    voice: Voice, items: Sequence[Item], past: Sequence[RenewalView], *, today: date, by_mail: bool
) -> Screen:
    """One message about everything; `past` is only mentioned."""
    first = items[0]
    blocks = [item_lines(voice, item, today=today) for item in items]
    ways = answer_words(voice) if by_mail and any(item.asks for item in items) else ()
    return Screen(
        lines=stacked(*blocks, _mentioned(voice, past, today=today), ways),
        rows=_rows(voice, items),
        subject=f"{headline(voice, first.step.step)}: {library_name(voice, first.sight.partner)}",
        agreement=first.sight.facts.id,
    )


def item_lines(voice: Voice, item: Item, *, today: date) -> Lines:
    """One step in full."""
    late = (today - item.step.day).days
    said: list[Line] = [line(bold(headline(voice, item.step.step)))]
    if late > 0:
        said.append(line(italic(voice.plural("Late by {n} day.", "Late by {n} days.", late))))
    if item.step.told_as is not Told.COORDINATOR:
        said.append(line(voice.say("Nobody of your library has answered yet, so it comes to you.")))
    return stacked(said, head(voice, item.sight)[1:], _body(voice, item, today=today))


def _body(voice: Voice, item: Item, *, today: date) -> Lines:
    group = row_of(item.step.step).group
    if group is RenewalGroup.END:
        return tuple(_ending(voice, item, today=today))
    if item.asks:
        return tuple(_asking(voice, item, today=today))
    return tuple(_renewing(voice, item))


def _asking(voice: Voice, item: Item, *, today: date) -> Iterator[Line]:
    term = item.sight.facts.term(item.sight.now)
    yield line(bold(days_left(voice, item.step.anchor, today)))
    if term is not None:
        yield from deadline_lines(voice, item.sight, term)
        yield outcome_line(voice, item.sight, term)
    yield from figure_lines(voice, item)


def figure_lines(voice: Voice, item: Item) -> Iterator[Line]:
    """How many requests each library asked, and how many were supplied."""
    for side in item.sight.facts.sides:
        asked = item.figures.asked.get(side.id, 0)
        supplied = item.figures.supplied.get(side.id, 0)
        text = voice.say(
            "requests asked: {asked}, of them supplied: {supplied}",
            asked=voice.number(asked),
            supplied=voice.number(supplied),
        )
        yield labelled(library_name(voice, side), text)


def _renewing(voice: Voice, item: Item) -> Iterator[Line]:
    term = item.sight.facts.term(item.sight.now)
    if term is None:
        return
    if item.step.step is S.CLOSED:
        yield outcome_line(voice, item.sight, term)
        return
    yield labelled(voice.named(TERM), span(voice, term))
    yield from deadline_lines(voice, item.sight, term)


def _ending(voice: Voice, item: Item, *, today: date) -> Iterator[Line]:
    yield labelled(voice.named(LAST_DAY), voice.day(item.step.anchor))
    if item.step.step is S.ENDED:
        yield line(voice.say("Requests between the two libraries can be read; only returns go on."))
        yield from figure_lines(voice, item)
    else:
        yield line(bold(days_left(voice, item.step.anchor, today)))
    yield from open_lines(voice, item.matters)


def _mentioned(voice: Voice, past: Sequence[RenewalView], *, today: date) -> Iterator[Line]:
    for one in past:
        late = max((today - one.day).days, 0)
        day = voice.day(one.day)
        said = voice.plural("late by {n} day", "late by {n} days", late)
        yield line(italic(f"{day}: {headline(voice, one.step)} ({said})"))


def answer_words(voice: Voice) -> Iterator[Line]:
    """How a mail about an approaching renewal is answered."""
    yield line(bold(voice.say("To answer, reply to this mail. Begin with one of these:")))
    for answer, word in ASKED_BY_MAIL.items():
        yield line("• ", bold(display(word, voice.language)), f" — {voice.say(MEANINGS[answer])}")
    seen = voice.say("you have seen it; nobody else is asked instead of you")
    yield line("• ", bold(display("seen", voice.language)), f" — {seen}")
    yield line(
        voice.say("Accepting the calendar entry says the same. A notice itself is recorded in chat only.")
    )


def _rows(voice: Voice, items: Sequence[Item]) -> tuple[tuple[Button, ...], ...]:
    asking = next((item for item in items if item.asks), None)
    answers = answer_rows(voice, asking.sight) if asking else ()
    seen = Button(voice.label(SEEN), items[0].sight.tap("seen"))
    whole = Button(voice.label(OPEN), Tap(Verb.AGREEMENT, items[0].sight.facts.id, 0, "show"))
    return (*answers, (seen, whole) if asking else (whole,))
