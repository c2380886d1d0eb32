"""What an act still needs, as buttons or as a question."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from handlers.text import carry, labels
from handlers.text.calendar import month_rows
from handlers.text.card_buttons import TWO_STEPS
from handlers.text.cards import head_lines
from handlers.text.citations import shortened
from handlers.text.details import of_pieces, reason_text
from handlers.text.enclosures import upload_rows
from handlers.text.rich import Line, bold, line, stacked
from handlers.text.screens import Button, ButtonStyle, Rows, Screen, Tap, Verb, rows_of
from handlers.text.voice import Voice, label, message
from models.queries.requests import CardView
from models.rules.effects import renewed_until
from models.rules.lifecycle import Detail, Details, fits
from models.rules.vocabulary import Act, Condition, Method, Phrase, Reason, ScanProblem, Service, Settlement

NO_REASONS = (
    Reason.NOT_HELD,
    Reason.NOT_ON_SHELF,
    Reason.LOST,
    Reason.NON_CIRCULATING,
    Reason.POOR_CONDITION,
    Reason.COPYRIGHT,
    Reason.POLICY_PROBLEM,
    Reason.NOT_FOR_ILL,
    Reason.FREE_ONLINE,
    Reason.LIBRARY_CLOSED,
    Reason.OUT_OF_PRINT,
    Reason.NOT_FOR_SALE,
    Reason.EXPORT_FORBIDDEN,
    Reason.NO_FUNDS,
    Reason.OTHER,
)
LATER_REASONS = (
    Reason.ON_LOAN,
    Reason.AT_BINDERY,
    Reason.ON_ORDER,
    Reason.IN_PROCESS,
    Reason.NOT_FOUND_AS_CITED,
)
CONDITION_REASONS = (
    Reason.SERVICE,
    Reason.COST,
    Reason.TOO_LATE,
    Reason.EDITION,
    Reason.FORMAT,
    Reason.VOLUME,
)
IN_WORDS = {
    Reason.OTHER: Detail.NOTE,
    Reason.POLICY_PROBLEM: Detail.NOTE,
    Reason.FREE_ONLINE: Detail.NOTE,
    Reason.COST: Detail.COST,
    Reason.EDITION: Detail.NOTE,
    Reason.FORMAT: Detail.NOTE,
    Reason.VOLUME: Detail.NOTE,
}
"""Reasons that say little without somebody's own words."""

WITH_A_DAY = frozenset(
    {Reason.ON_LOAN, Reason.AT_BINDERY, Reason.ON_ORDER, Reason.IN_PROCESS, Reason.TOO_LATE}
)
DAYS = {
    Act.EXPECT: Detail.UNTIL,
    Act.TRY_AGAIN: Detail.UNTIL,
    Act.CHANGE_DUE: Detail.DUE,
    Act.ASK_RENEWAL: Detail.DUE,
    Act.GRANT_RENEWAL: Detail.DUE,
}
RENEWALS = frozenset({Act.ASK_RENEWAL, Act.GRANT_RENEWAL})
MOST_PIECES = 8
"""Pieces that have a button of their own; a larger parcel is told in a comment."""
BY_PAGES = frozenset({ScanProblem.PAGES_MISSING, ScanProblem.CUT_OFF})
"""Problems that are about some of the pages: they are asked for."""
CHECKED_FIELDS = ("title", "author", "year", "volume", "issue", "pages", "isbn")

MOST_COLLEAGUES = 50
"""Buttons of one message (Bot API: 100), with room for the way back."""

WITHOUT_DAY = label("button", "Day not known")
CONFIRM = label("button_confirm", "Confirm")
PERMITTED = label("button", "Permission received")
DECLARED = label("button", "Declared value")
INSURED = label("button", "Insured value")

PROMPTS: dict[Act, str] = {
    Act.NO: message("Please choose the reason."),
    Act.LATER: message("Why not now?"),
    Act.CONDITIONS: message("On which conditions?"),
    Act.PROBLEM: message("What is wrong with the copy?"),
    Act.PROPOSE_SETTLEMENT: message("What do you propose?"),
    Act.EXPECT: message("When do you expect it? Choose a day or type it, for example 14.01.2027."),
    Act.TRY_AGAIN: message("On which day shall we remind you? Choose a day or type it."),
    Act.CHANGE_DUE: message("Which is the right due date? Choose a day or type it, for example 14.01.2027."),
    Act.CANCEL: message("Cancel this request? The other library will be told."),
    Act.LOSE: message("Record the item as lost? The other library will be told."),
    Act.CLOSE: message("Close this request? The other library will be told and can reopen it."),
    Act.RECALL: message("Ask the other library to send the item back early?"),
    Act.ASK_RENEWAL: message("Until which day would you like to keep it? Choose a day or type it."),
    Act.GRANT_RENEWAL: message("Until which day is the loan renewed? Choose a day or type it."),
    Act.RECEIVE: message("How many pieces have arrived?"),
    Act.SEND_BACK: message("How many pieces go back?"),
    Act.SHIP: message(
        "The document is so old that it may leave the country only with an export permission. Has the "
        "permission been received?"
    ),
    Act.HAND_OVER: message("Which colleague shall look after the request from now on?"),
}
DAY_PROMPT = message("Until when? Choose a day or type it, for example 14.01.2027.")
FIELD_PROMPT = message("Which detail of the citation needs checking?")

QUESTIONS: dict[tuple[Act, Detail] | Detail, str] = {
    (Act.COMMENT, Detail.NOTE): message("Please write your comment. The other library will read it."),
    (Act.REOPEN, Detail.NOTE): message("Why should the request be open again? One sentence is enough."),
    (Act.RECEIVE_DAMAGED, Detail.NOTE): message("Please describe the damage in a sentence."),
    (Act.CHECK_IN_DAMAGED, Detail.NOTE): message("What is damaged or missing? One sentence is enough."),
    (Act.OBTAIN, Detail.COST): message(
        "What did it cost, and where does it come from? For example 12 EUR, bookshop; or a dash for a gift."
    ),
    (Act.CANNOT_RESEND, Detail.NOTE): message("Why can the copy not be sent again? One sentence is enough."),
    (Act.CHANGE_DUE, Detail.NOTE): message(
        "The agreement ends before that day. Why should the loan last longer? One sentence is enough."
    ),
    Detail.NOTE: message("Please add a sentence for the other library."),
    Detail.COST: message("How much would it cost? For example 12 EUR."),
    Detail.PAGES: message("Which pages? For example 15–17."),
    (Act.DETAIL_DISPATCH, Detail.PARCEL): message(
        "Please type the tracking number, or choose how the parcel went and how many pieces are in it."
    ),
    Detail.PARCEL: message("Please type the tracking number."),
    Detail.VALUE: message("Which value is declared for the parcel? For example 50 EUR."),
    Detail.INSURED: message("For which value is the parcel insured? For example 50 EUR."),
    Detail.CONTENT: message(
        "Please send the scan as a file (PDF, JPEG, TIFF, PNG, DjVu or ZIP, up to 20 MB) "
        "or paste a link to it."
    ),
}


TYPED: dict[Act, Detail] = {
    Act.DETAIL_DISPATCH: Detail.PARCEL,
    Act.DELIVER: Detail.CONTENT,
    Act.OBTAIN: Detail.COST,
    Act.CANNOT_RESEND: Detail.NOTE,
    Act.RECEIVE_DAMAGED: Detail.NOTE,
    Act.CHECK_IN_DAMAGED: Detail.NOTE,
    Act.REOPEN: Detail.NOTE,
    Act.COMMENT: Detail.NOTE,
}
"""Acts that need nothing but what the next message says."""


def can_choose(act: Act, chosen: Details) -> bool:
    """Whether there are buttons for what the act still needs."""
    return act in PROMPTS or day_of(act, chosen) is not None


def can_ask(act: Act, wants: Detail) -> bool:
    """Whether there is a question for this detail of the act."""
    return (act, wants) in QUESTIONS or wants in QUESTIONS


def day_of(act: Act, chosen: Details) -> Detail | None:
    """Which detail a day would be, where a day is what is wanted now."""
    return DAYS.get(act) or (Detail.UNTIL if chosen.reason in WITH_A_DAY else None)


def choices(voice: Voice, view: CardView, act: Act, *, chosen: Details, today: date, month: str) -> Screen:
    """The next thing to choose for an act; `chosen` is what was chosen so far, `month` the shown month."""
    prompt, rows = _choices(voice, view, act, chosen=chosen, today=today, month=month)
    back = Button(voice.label(labels.BACK), Tap(Verb.CARD, view.id))
    return Screen(
        lines=stacked(head_lines(voice, view), (line(bold(voice.say(prompt))),)),
        rows=(*rows, (back,)),
        request=view.id,
        version=view.version,
    )


def _choices(
    voice: Voice, view: CardView, act: Act, *, chosen: Details, today: date, month: str
) -> tuple[str, Rows]:
    if day_of(act, chosen):
        return _days(voice, view, act, chosen=chosen, today=today, month=month)
    if chosen.reason is Reason.NOT_FOUND_AS_CITED:
        return FIELD_PROMPT, _column(_fields(voice, view, act, chosen))
    if act in TWO_STEPS:
        sure = Button(voice.label(CONFIRM), Tap(Verb.ACT, view.id, view.version, act), ButtonStyle.DANGER)
        return PROMPTS[act], ((sure,),)
    return PROMPTS[act], _column(_options(voice, view, act))


def _column(buttons: Iterator[Button]) -> Rows:
    """One reason, condition or field a row: they are too long for two."""
    return tuple((button,) for button in buttons)


def _options(voice: Voice, view: CardView, act: Act) -> Iterator[Button]:
    if act is Act.CONDITIONS:
        yield from (_condition(voice, view, condition) for condition in Condition)
    yield from (_reason(voice, view, act, reason) for reason in _reasons(view, act))
    if act is Act.PROBLEM:
        yield from (_problem(voice, view, problem) for problem in ScanProblem)
    if act in {Act.RECEIVE, Act.SEND_BACK}:
        yield from _pieces(voice, view, act, most=view.standing.pieces or 1)
    if act is Act.PROPOSE_SETTLEMENT:
        yield from (_settlement(voice, view, one) for one in Settlement)
    if act is Act.SHIP:
        details = Details(phrase=Phrase.EXPORT_PERMITTED)
        yield _button(view, voice.label(PERMITTED), act, details)
    if act is Act.HAND_OVER:
        yield from (_colleague(view, number, name) for number, name in view.colleagues[:MOST_COLLEAGUES])


def _reasons(view: CardView, act: Act) -> Iterator[Reason]:
    """Those that fit the service; what a document costs is asked where it is bought, or by the agreement."""
    offered = {Act.NO: NO_REASONS, Act.LATER: LATER_REASONS, Act.CONDITIONS: CONDITION_REASONS}.get(act, ())
    costs = view.costs or view.service is Service.ACQUISITION
    for reason in offered:
        if fits(reason, view.service) and (costs or reason is not Reason.COST):
            yield reason


def _button(view: CardView, text: str, act: Act, details: Details, *, asks: Detail | None = None) -> Button:
    carried = carry.pack(details)
    if asks:
        return Button(text, Tap(Verb.ASK, view.id, view.version, act, f"{asks}.{carried}"))
    return Button(text, Tap(Verb.ACT, view.id, view.version, act, carried))


def _reason(voice: Voice, view: CardView, act: Act, reason: Reason) -> Button:
    text = reason_text(voice, reason, view.service)
    details = Details(reason=reason)
    if reason in WITH_A_DAY or reason is Reason.NOT_FOUND_AS_CITED:
        return Button(text, Tap(Verb.CHOOSE, view.id, view.version, act, carry.pack(details)))
    return _button(view, text, act, details, asks=IN_WORDS.get(reason))


def _condition(voice: Voice, view: CardView, condition: Condition) -> Button:
    details = Details(reason=Reason.MUST_MEET_CONDITION, conditions=(condition,))
    asks = Detail.NOTE if condition is Condition.OTHER else None
    return _button(view, voice.label(labels.CONDITIONS[condition]), Act.CONDITIONS, details, asks=asks)


def _problem(voice: Voice, view: CardView, problem: ScanProblem) -> Button:
    asks = Detail.PAGES if problem in BY_PAGES else None
    text = voice.label(labels.SCAN_PROBLEMS[problem])
    return _button(view, text, Act.PROBLEM, Details(problem=problem), asks=asks)


def _settlement(voice: Voice, view: CardView, settlement: Settlement) -> Button:
    asks = Detail.COST if settlement is Settlement.PAYMENT else None
    text = voice.label(labels.SETTLEMENTS[settlement])
    return _button(view, text, Act.PROPOSE_SETTLEMENT, Details(settlement=settlement), asks=asks)


def _pieces(voice: Voice, view: CardView, act: Act, *, most: int) -> Iterator[Button]:
    """All of them first, then every smaller number."""
    for count in range(most, max(0, most - MOST_PIECES), -1):
        yield _button(view, of_pieces(voice, count, most), act, Details(pieces=count))


def _parcel(voice: Voice, view: CardView) -> Iterator[Button]:
    act = Act.DETAIL_DISPATCH
    for method in Method:
        yield _button(view, voice.label(labels.METHODS[method]), act, Details(method=method))
    for count in range(2, MOST_PIECES + 1):
        text = voice.plural("{n} piece", "{n} pieces", count)
        yield _button(view, text, act, Details(pieces=count))
    for name, asks in ((DECLARED, Detail.VALUE), (INSURED, Detail.INSURED)):
        yield _button(view, voice.label(name), act, Details(), asks=asks)


def _colleague(view: CardView, number: int, name: str) -> Button:
    return _button(view, shortened(name, 40), Act.HAND_OVER, Details(colleague=number))


def _fields(voice: Voice, view: CardView, act: Act, chosen: Details) -> Iterator[Button]:
    for name in CHECKED_FIELDS:
        yield _button(view, voice.named(labels.FIELDS[name]), act, replace(chosen, field=name))


def _days(
    voice: Voice, view: CardView, act: Act, *, chosen: Details, today: date, month: str
) -> tuple[str, Rows]:
    carried = carry.pack(chosen)
    letter = "e" if DAYS.get(act) is Detail.DUE else "d"
    start = max(today, view.due or today) if act in RENEWALS else today
    first = start + timedelta(days=1)

    def tap(day: str) -> Tap:
        if len(day) == len("2026-12"):
            return Tap(Verb.DAY, view.id, view.version, act, f"{day}.{carried}")
        extra = ".".join(filter(None, (carried, f"{letter}{day}")))
        if act is Act.CHANGE_DUE and view.may_outlive and view.ends and date.fromisoformat(day) > view.ends:
            return Tap(Verb.ASK, view.id, view.version, act, f"{Detail.NOTE}.{extra}")
        return Tap(Verb.ACT, view.id, view.version, act, extra)

    shown = date.fromisoformat(f"{month}-01") if month else first
    rows = month_rows(voice, shown, first=first, tap=tap)
    if act is Act.GRANT_RENEWAL:
        usual = renewed_until(view.asked_due, due=view.due, today=today)
        rows = (
            (Button(voice.say("Until {day}", day=voice.short_day(usual)), tap(usual.isoformat())),),
            *rows,
        )
    if act not in DAYS:
        skip = Button(voice.label(WITHOUT_DAY), Tap(Verb.ACT, view.id, view.version, act, carried))
        rows = (*rows, (skip,))
    return PROMPTS[act] if act in DAYS else DAY_PROMPT, rows


def question(voice: Voice, view: CardView, act: Act, wants: Detail, *, upload: str | None = None) -> Screen:
    """A detail that has to be typed or sent; a comment may also be a ready sentence.

    `upload` is the page that takes what a chat does not.
    """
    text = QUESTIONS.get((act, wants)) or QUESTIONS[wants]
    asked: Line = line(bold(voice.say(text)))
    back = Button(voice.label(labels.CANCEL), Tap(Verb.CARD, view.id))
    return Screen(
        lines=stacked(head_lines(voice, view), (asked,)),
        rows=(*upload_rows(voice, upload), *_instead(voice, view, act), (back,)),
        request=view.id,
        version=view.version,
        placeholder=voice.label(labels.ACTS[act]),
    )


def _instead(voice: Voice, view: CardView, act: Act) -> Rows:
    """What can be pressed instead of typing."""
    if act is Act.COMMENT:
        return ((Button(voice.label(labels.PHRASES), Tap(Verb.PHRASES, view.id, view.version)),),)
    return rows_of(_parcel(voice, view)) if act is Act.DETAIL_DISPATCH else ()
