"""What the clocks say: what is awaited, one truthful number of days, the request, the acts that fit."""

from datetime import date

from handlers.text import labels
from handlers.text.card_buttons import act_button
from handlers.text.cards import card_lines, head_lines
from handlers.text.citations import heading, shortened
from handlers.text.rich import Line, Lines, bold, line, stacked
from handlers.text.screens import Button, Screen, Tap, Verb, rows_of
from handlers.text.voice import Label, Voice, label
from handlers.text.words import display
from models.queries.lines import LineView
from models.queries.lists import COUNTED_TO, ListView
from models.queries.requests import CardView
from models.rules.reminders import Due
from models.rules.vocabulary import Act, Clock, Filter

DIGEST_LINES = 10

HEADLINES: dict[tuple[Clock, str], Label] = {
    (Clock.ANSWER, "reminder"): label("clock", "An answer is awaited"),
    (Clock.ANSWER, "coordinator"): label("clock", "A request has no answer yet"),
    (Clock.ANSWER, "question"): label("clock", "No answer has come: wait or cancel?"),
    (Clock.DECISION, "reminder"): label("clock", "Your library's decision is awaited"),
    (Clock.DECISION, "coordinator"): label("clock", "Your library has not decided yet"),
    (Clock.NEEDED_BY, "warning"): label("clock", "The needed-by date is near"),
    (Clock.NEEDED_BY, "question"): label("clock", "The needed-by date has come: wait or close?"),
    (Clock.SUPPLY, "reminder"): label("clock", "What was promised has not been sent yet"),
    (Clock.SUPPLY, "coordinator"): label("clock", "A promise has not been kept yet"),
    (Clock.ARRIVAL, "question"): label("clock", "Has the parcel arrived?"),
    (Clock.ARRIVAL, "claim"): label("clock", "The parcel is long on its way. Has it arrived?"),
    (Clock.DUE_SOON, "first"): label("clock", "The due date is near"),
    (Clock.DUE_SOON, "second"): label("clock", "The due date is near"),
    (Clock.OVERDUE, "first"): label("clock", "The due date has passed. First reminder"),
    (Clock.OVERDUE, "second"): label("clock", "The due date has passed. Second reminder"),
    (Clock.OVERDUE, "third"): label("clock", "The due date has passed. Third reminder"),
    (Clock.OVERDUE, "coordinator"): label("clock", "A loan has not been returned: to both coordinators"),
    (Clock.OVERDUE, "lost"): label("clock", "A loan has not been returned. Record it as lost?"),
    (Clock.RENEWAL, "reminder"): label("clock", "A renewal is asked and not yet answered"),
    (Clock.RETURN, "question"): label("clock", "Has the returned item arrived?"),
    (Clock.RETURN, "claim"): label("clock", "The returned item is long on its way. Has it arrived?"),
    (Clock.RETRY_DAY, "reminder"): label("clock", "The day has come: the request can be sent again"),
    (Clock.CANCELLATION, "reminder"): label("clock", "Cancellation is asked and not yet answered"),
    (Clock.RESEND, "reminder"): label("clock", "The copy is awaited again"),
    (Clock.SETTLEMENT, "coordinator"): label("clock", "A lost item is not settled yet"),
    **{
        (Clock.RECALL, f"reminder_{n}"): label("clock", "Early return is asked: please send the item back")
        for n in range(1, 21)
    },
}
"""What each step says first; the number of days follows in a line of its own."""

NEXT_MORNING = label("clock", "Next morning")
MORE = label("button", "All of them")


def headline(voice: Voice, due: Due) -> str:
    """What a step brings: its headline, or the news that it makes."""
    if due.step.moves is not None:
        return voice.named(labels.NEWS[due.step.moves])
    return voice.label(HEADLINES[due.clock, due.step.name])


def nothing_else(voice: Voice) -> str:
    """What comes next where no clock runs."""
    return voice.label(NEXT_MORNING)


def days_line(voice: Voice, due: Due, today: date) -> str:
    """How many days are left, or have gone by since the day until which somebody had to act."""
    late = due.late_days(today)
    day = voice.day(due.ends)
    if late == 0:
        return voice.say("The last day is today: {day}", day=day)
    if late > 0:
        return voice.plural(
            "{n} day has passed since: {day}", "{n} days have passed since: {day}", late, day=day
        )
    return voice.plural("{n} day is left until: {day}", "{n} days are left until: {day}", -late, day=day)


def reminder(voice: Voice, view: CardView, due: Due, *, today: date, whole: bool) -> Screen:
    """A reminder with the acts that fit it; `whole` shows the request in full, as a mail does."""
    said: Lines = (line(bold(headline(voice, due))), line(days_line(voice, due, today)))
    short = (*head_lines(voice, view), line(shortened(heading(view.values), 200)))
    request = card_lines(voice, view, history=False) if whole else short
    return Screen(
        lines=stacked(said, request),
        rows=rows_of([*_offered(voice, view, due), _open(voice, view)]),
        request=view.id,
        version=view.version,
    )


def _offered(voice: Voice, view: CardView, due: Due) -> list[Button]:
    return [act_button(voice, view, act) for act in due.step.offers if view.offers(act)]


def _open(voice: Voice, view: CardView) -> Button:
    return Button(voice.label(labels.ACTS[Act.OPEN]), Tap(Verb.CARD, view.id))


def digest(voice: Voice, waiting: ListView, *, by_mail: bool) -> Screen:
    """What waits for the library this morning, the most urgent first."""
    urgent = sorted(waiting.lines, key=lambda one: (one.deadline or date.max, one.id))[:DIGEST_LINES]
    return Screen(
        lines=stacked(
            [line(bold(_how_many(voice, waiting.total)))],
            [_waiting(voice, one) for one in urgent],
            _end(voice) if by_mail else (),
        ),
        rows=(*(_line_button(one) for one in urgent), (_all(voice),)),
    )


def _how_many(voice: Voice, waiting: int) -> str:
    if waiting > COUNTED_TO:
        return voice.say(
            "Good morning. More than {n} requests wait for your library.", n=voice.number(COUNTED_TO)
        )
    return voice.plural(
        "Good morning. {n} request waits for your library.",
        "Good morning. {n} requests wait for your library.",
        waiting,
    )


def _waiting(voice: Voice, one: LineView) -> Line:
    stage = voice.label(labels.STAGES[one.stage])
    until = f" · {voice.short_day(one.deadline)}" if one.deadline else ""
    return line("• ", bold(one.number), f"{until} · {stage} · {shortened(one.title)}")


def _line_button(one: LineView) -> tuple[Button, ...]:
    return (Button(shortened(f"{one.number} {one.title}", 40), Tap(Verb.CARD, one.id)),)


def _all(voice: Voice) -> Button:
    return Button(voice.label(MORE), Tap(Verb.LIST, 0, 0, Filter.TO_DO))


def _end(voice: Voice) -> Lines:
    """How the daily mails end; in a chat the settings do it."""
    word = display("stop", voice.language)
    return (line(voice.say("To end these daily mails, reply with the word {word}.", word=word)),)
