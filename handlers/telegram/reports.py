"""Reports: by command or button, from the figures to the requests behind them, and the confirmation."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.taps import Tapped
from handlers.text.report_words import AUTHENTIC
from handlers.text.reports import AS
from handlers.text.screens import Tap, Verb
from models.operations import reports
from models.queries import parties
from models.queries import reports as report_queries
from models.queries.parties import PersonView
from models.rules.errors import BadSpan, Damaged, NoAgreement
from models.rules.report import Span, SpanError
from models.rules.vocabulary import ReportForm

CONFIRM = "confirm"
PAPERS = frozenset({ReportForm.PDF, ReportForm.DOCX})


def router() -> Router:
    """The command and its buttons."""
    own = Router(name="reports")
    own.message.register(show, Command("report"))
    own.callback_query.register(turn, Tapped(Verb.REPORT))
    return own


async def show(
    _message: Message,
    command: CommandObject,
    *,
    person: PersonView,
    state: FSMContext,
    answers: Answers,
    now: datetime,
) -> None:
    """The report of the days named, else of this year; with several partners, which one is asked."""
    await state.clear()
    span = _span(command.args or str(await _year(person, now)))
    known = await report_queries.agreements_of(person)
    if not known:
        raise NoAgreement
    answers.report(known[0][0] if len(known) == 1 else 0, span.pack())


async def turn(
    _query: CallbackQuery, tap: Tap, *, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Another span, another part, or a coordinator's word that the figures are right."""
    span = _span(tap.word or str(await _year(person, now)))
    if await report_queries.report(tap.id, span, viewer=person) is None:
        raise NoAgreement
    if tap.extra == CONFIRM:
        await reports.confirm(tap.id, span, person, now)
        answers.report(tap.id, span.pack())
        return
    if tap.extra.startswith(AS):
        _file(tap, span, person, answers)
        return
    answers.report(tap.id, span.pack(), part=tap.extra, page=tap.version)


def _file(tap: Tap, span: Span, person: PersonView, answers: Answers) -> None:
    """A paper comes in each language of the agreement, anything else in the reader's."""
    form = tap.extra.removeprefix(AS)
    if form not in set(ReportForm):
        raise Damaged
    languages = AUTHENTIC if form in PAPERS else (person.language,)
    for language in languages:
        answers.report_file(tap.id, span.pack(), ReportForm(form), language=language)


def _span(text: str) -> Span:
    try:
        return Span.read(text)
    except SpanError:
        raise BadSpan from None


async def _year(person: PersonView, now: datetime) -> int:
    if person.library is None:
        return now.astimezone(ZoneInfo("UTC")).year
    return (await parties.today_at(person.library, now)).year
