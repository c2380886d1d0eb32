"""Gap lists in chat: browsing, adding lines, answering the partner's, and the exchanges that follow."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.telegram.answers import Answers
from handlers.telegram.requests import message_key
from handlers.telegram.taps import Tapped
from handlers.text.screens import Matter, Tap, Verb, row_number
from models.operations import search
from models.operations.gaps import exchanges, imports, keeping
from models.operations.gaps.exchanges import ExchangeIntent
from models.queries import gaps as gap_queries
from models.queries.parties import PersonView
from models.rules.errors import Damaged, NotAllowed, Refusal
from models.rules.gaps import items
from models.rules.gaps.refusals import ImportOver, UnknownItem
from models.rules.lifecycle import Details
from models.rules.vocabulary import ExchangeAct, GapList, Holding, ItemState, NoticeKind, Via, Way

ADD, FIND, FILE, PARCEL = "gap_add", "gap_find", "gap_file", "gap_parcel"
ASKED = frozenset({ADD, FIND, FILE, PARCEL})
"""States in which the next message belongs to gap lists."""
HOLDINGS = {GapList.OURS: Holding.MISSING, GapList.OUR_SPARES: Holding.SPARE}
SHOWN = frozenset({"all", *ItemState})


def router() -> Router:
    """The command and the buttons; what is typed comes through `typed`, replies through `replied`."""
    own = Router(name="gaps")
    own.message.register(show, Command("gaps"))
    own.callback_query.register(turn, Tapped(Verb.GAP))
    return own


async def show(_message: Message, person: PersonView, state: FSMContext, answers: Answers) -> None:
    """The partner's gaps: what this library can answer."""
    await state.clear()
    _member(person)
    _list(answers, GapList.THEIRS)


def _member(person: PersonView) -> None:
    if person.library is None:
        raise NotAllowed


def _list(answers: Answers, chosen: GapList, *, state: str = "open", search: int = 0, page: int = 0) -> None:
    facts = {"list": chosen, "state": state, "search": search, "page": page}
    answers.gaps(NoticeKind.GAPS, facts)


async def turn(
    query: CallbackQuery, tap: Tap, *, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """Whatever button of gap lists was pressed; a damaged one raises `Damaged`."""
    await state.clear()
    _member(person)
    if tap.word in _ASKS:
        await _ask(tap, state, answers)
    elif tap.word in _SHOWS:
        await _show(tap, person, answers)
    elif tap.word in {"offer", "refuse", "want", "act"}:
        await _act(query, tap, person=person, answers=answers, now=now)
    elif tap.word == "drop":
        await _drop(tap, person, answers, now)
    else:
        await _on_import(tap, person, answers, now)


_ASKS = {"add": ADD, "find": FIND, "import": FILE, "parcel": PARCEL}
_SHOWS = frozenset({"list", "item", "ex", "export", "shown", "cols", "col"})


async def _ask(tap: Tap, state: FSMContext, answers: Answers) -> None:
    if tap.word != "parcel":
        _which(tap.extra)
    await state.set_state(_ASKS[tap.word])
    await state.set_data({"list": tap.extra, "exchange": tap.id, "seen": tap.version})
    answers.gaps(NoticeKind.GAP_ASKED, {"asked": tap.word})


def _which(name: str) -> GapList:
    if name not in set(GapList):
        raise Damaged
    return GapList(name)


async def _show(tap: Tap, person: PersonView, answers: Answers) -> None:
    match tap.word:
        case "list":
            _show_list(tap, answers)
        case "item":
            if await gap_queries.item(tap.id, person) is None:
                raise UnknownItem
            answers.gaps(NoticeKind.GAP, {"item": tap.id})
        case "ex":
            if await gap_queries.exchange(tap.id, person) is None:
                raise UnknownItem
            answers.gaps(NoticeKind.EXCHANGE, {"exchange": tap.id})
        case "export":
            answers.gaps(NoticeKind.GAP_EXPORT, {"list": _which(tap.extra)}, fresh=True)
        case _:
            await _show_import(tap, person, answers)


def _show_list(tap: Tap, answers: Answers) -> None:
    name, _, rest = tap.extra.partition(".")
    state, _, search = rest.partition(".")
    number = row_number(search or "0")
    if state not in SHOWN or number is None:
        raise Damaged
    _list(answers, _which(name), state=state, search=number, page=tap.id)


async def _show_import(tap: Tap, person: PersonView, answers: Answers) -> None:
    """A list on its way in; -1 asks which column, a number what is in that one."""
    view = await gap_queries.import_view(tap.id, person)
    if view is None or view.state != "shown":
        raise ImportOver
    columns = {"shown": None, "cols": -1, "col": row_number(tap.extra)}
    answers.gaps(NoticeKind.GAP_IMPORT, {"import": tap.id, "column": columns[tap.word]})


async def _act(
    query: CallbackQuery, tap: Tap, *, person: PersonView, answers: Answers, now: datetime
) -> None:
    """Answer a line, or move an exchange; what is refused is told above what is true now."""
    intent = _intent(query.id, tap, person)
    try:
        done = await exchanges.act(intent, now)
    except UnknownItem:
        raise
    except Refusal as refusal:
        if intent.exchange is None:
            answers.gaps(NoticeKind.GAP, {"item": tap.id}, refusal=refusal)
        else:
            answers.gaps(NoticeKind.EXCHANGE, {"exchange": tap.id}, refusal=refusal)
        return
    answers.gaps(NoticeKind.EXCHANGE, {"exchange": done.exchange})


def _intent(key: str, tap: Tap, person: PersonView) -> ExchangeIntent:
    """`act` moves an exchange, any other word answers a line."""
    moves = tap.word == "act"
    act, _, way = tap.extra.partition(".") if moves else (tap.word, "", tap.extra)
    if act not in set(ExchangeAct) or (way and way not in set(Way)):
        raise Damaged
    return ExchangeIntent(
        act=ExchangeAct(act),
        actor=person.id,
        via=Via.TELEGRAM,
        key=key,
        exchange=tap.id if moves else None,
        item=None if moves else tap.id,
        seen=tap.version,
        way=Way(way) if way else None,
    )


async def _drop(tap: Tap, person: PersonView, answers: Answers, now: datetime) -> None:
    try:
        await keeping.withdraw(tap.id, person.id, now, seen=tap.version)
    except UnknownItem:
        raise
    except Refusal as refusal:
        answers.gaps(NoticeKind.GAP, {"item": tap.id}, refusal=refusal)
        return
    answers.gaps(NoticeKind.GAP, {"item": tap.id})


async def _on_import(tap: Tap, person: PersonView, answers: Answers, now: datetime) -> None:
    match tap.word:
        case "store":
            if tap.extra not in set(Holding):
                raise Damaged
            await imports.store(tap.id, person.id, now, holding=Holding(tap.extra))
            answers.gaps(NoticeKind.GAP_STORED, {"import": tap.id})
        case "toss":
            await imports.drop(tap.id, person.id)
            _list(answers, GapList.OURS)
        case "field":
            at, _, field = tap.extra.partition(".")
            number = row_number(at)
            if number is None:
                raise Damaged
            await imports.rename_column(tap.id, person.id, number, None if field == "-" else field)
            answers.gaps(NoticeKind.GAP_IMPORT, {"import": tap.id})
        case _:
            raise Damaged


async def typed(
    text: str, message: Message, *, person: PersonView, state: FSMContext, answers: Answers, now: datetime
) -> None:
    """The words that a question of gap lists asked for."""
    asked, about = await state.get_state(), await state.get_data()
    await state.clear()
    match asked:
        case "gap_find":
            number = await search.remember(person.id, " ".join(text.split()), now)
            answers.gaps(NoticeKind.GAPS, {"list": about["list"], "search": number}, fresh=True)
        case "gap_parcel":
            await _sent(
                text, message, about["exchange"], about["seen"], person=person, answers=answers, now=now
            )
        case _:
            holding = HOLDINGS.get(GapList(about["list"]), Holding.MISSING)
            await _add(text, message, holding, person=person, answers=answers, now=now)


async def _sent(
    text: str,
    message: Message,
    exchange: int,
    seen: int,
    *,
    person: PersonView,
    answers: Answers,
    now: datetime,
) -> None:
    intent = ExchangeIntent(
        exchange=exchange,
        act=ExchangeAct.SEND,
        actor=person.id,
        via=Via.TELEGRAM,
        key=message_key(message),
        seen=seen,
        details=Details(parcel=" ".join(text.split())[:LONGEST_PARCEL]),
    )
    await exchanges.act(intent, now)
    answers.gaps(NoticeKind.EXCHANGE, {"exchange": exchange}, fresh=True)


LONGEST_PARCEL = 60


async def _add(
    text: str, message: Message, holding: Holding, *, person: PersonView, answers: Answers, now: datetime
) -> None:
    """One citation is a line at once; several are shown first, like a list in a file."""
    lines = items.lines_in(text)
    if len(lines) > 1:
        data = "\n".join(lines).encode()
        number = await imports.receive_text(
            person.id, data, holding=holding, via=Via.TELEGRAM, key=message_key(message), now=now
        )
        answers.gaps(NoticeKind.GAP_IMPORT, {"import": number}, fresh=True)
        return
    added = await keeping.add(person.id, holding, items.cited(text), now=now)
    answers.gaps(NoticeKind.GAP, {"item": added.item}, fresh=True)


async def replied(
    text: str,
    matter: tuple[str, int],
    message: Message,
    *,
    person: PersonView,
    answers: Answers,
    now: datetime,
) -> bool:
    """A reply to the message of an exchange is a comment on it; False where it is none."""
    about, exchange = matter
    if about != Matter.EXCHANGE:
        return False
    intent = ExchangeIntent(
        exchange=exchange,
        act=ExchangeAct.COMMENT,
        actor=person.id,
        via=Via.TELEGRAM,
        key=message_key(message),
        details=Details(note=text.strip()[:LONGEST_NOTE]),
    )
    await exchanges.act(intent, now)
    answers.gaps(NoticeKind.EXCHANGE, {"exchange": exchange}, fresh=True)
    return True


LONGEST_NOTE = 3000
