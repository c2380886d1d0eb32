"""Gap lists and exchanges."""

from handlers.text import exchanges, gapfiles
from handlers.text import gaps as screens
from handlers.text.cards import library_name
from handlers.text.reader import Facts, Reader
from handlers.text.refusals import refusal_text
from handlers.text.rich import Line, bold, line, stacked
from handlers.text.screens import Screen
from handlers.text.wording.shape import Wordings
from models.queries import gaps, parties, search
from models.queries.parties import PersonView
from models.rules.errors import Refusal
from models.rules.vocabulary import Channel, ExchangeStep, GapList, Holding, ItemState, NoticeKind

IN_A_MAIL = 25
"""Lines of each list in a mail; the whole lists are in its workbook."""
IN_MAIL_ORDER = (GapList.THEIRS, GapList.THEIR_SPARES, GapList.OURS, GapList.OUR_SPARES)


async def _gaps(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    if reader.channel is Channel.MAIL:
        return await _letter(reader, reader.person, facts)
    number = facts.get("search", 0)
    words = await search.words_of_search(number, reader.person.id) if number else None
    chosen = GapList(facts["list"])
    state = ItemState(facts["state"]) if facts.get("state", "all") != "all" else None
    page = await gaps.page_of(
        reader.person, chosen, page=facts.get("page", 0), state=state, words=words or ""
    )
    balances = await gaps.balances(reader.person) if chosen is GapList.EXCHANGES else []
    return screens.list_screen(
        reader.voice, page, words=words or "", search=number if words else 0, balances=balances
    )


async def _letter(reader: Reader, person: PersonView, facts: Facts) -> Screen:
    """All lists in one mail: the newest lines, and how they are answered."""
    voice, words = reader.voice, facts.get("words", "")
    told = await _told(reader, person, facts)
    if told:
        return Screen(lines=stacked(told, gapfiles.mail_help(voice)), subject=voice.label(screens.GAPS))
    blocks = [await _block(reader, person, chosen, words) for chosen in (*IN_MAIL_ORDER, GapList.EXCHANGES)]
    sums = screens.balance_lines(voice, await gaps.balances(person))
    return Screen(lines=stacked(*blocks, sums, gapfiles.mail_help(voice)), subject=voice.label(screens.GAPS))


async def _block(reader: Reader, person: PersonView, chosen: GapList, words: str) -> list[Line]:
    """The newest lines of a list under its name and count."""
    voice = reader.voice
    page = await gaps.page_of(person, chosen, words=words, size=IN_A_MAIL)
    rows = [screens.item_line(voice, one) for one in page.lines]
    rows += [exchanges.exchange_line(voice, one) for one in page.exchanges]
    head = line(bold(f"{voice.label(screens.LISTS[chosen])}: {screens.counted(voice, page.counts[chosen])}"))
    return [head, *screens.nearly_lines(voice, page), *rows] if rows or not words else []


async def _told(reader: Reader, person: PersonView, facts: Facts) -> list[Line]:
    """What became of each line that a mail answered or added."""
    found: list[Line] = []
    for one in facts.get("told", ()):
        problem = _problem(reader, one)
        view = await gaps.exchange(one["exchange"], person) if one.get("exchange") else None
        if problem:
            found.append(line(bold(f"{one['said']}: "), problem))
        elif view is not None:
            found.append(line(bold(f"{one['said']}: "), *exchanges.exchange_line(reader.voice, view)))
        elif (item := await gaps.item(one["item"], person)) is not None:
            found.append(screens.item_line(reader.voice, item))
    return found


async def _gap(reader: Reader, facts: Facts) -> Screen | None:
    view = await gaps.item(facts["item"], reader.person) if reader.person else None
    return screens.item_screen(reader.voice, view, problem=_problem(reader, facts)) if view else None


def _problem(reader: Reader, facts: Facts) -> str:
    refusal = facts.get("refusal")
    return refusal_text(reader.voice, Refusal.from_facts(refusal), zone=reader.zone) if refusal else ""


async def _asked(reader: Reader, facts: Facts) -> Screen | None:
    return screens.question_screen(reader.voice, facts["asked"])


async def _import(reader: Reader, facts: Facts) -> Screen | None:
    view = await gaps.import_view(facts["import"], reader.person) if reader.person else None
    by_mail = reader.channel is Channel.MAIL
    if view is None or view.state != "shown":
        return None
    return gapfiles.import_screen(reader.voice, view, column=facts.get("column"), by_mail=by_mail)


async def _stored(reader: Reader, facts: Facts) -> Screen | None:
    view = await gaps.import_view(facts["import"], reader.person) if reader.person else None
    return gapfiles.stored_screen(reader.voice, view) if view else None


async def _export(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    chosen = GapList(facts["list"])
    views = await gaps.every_line(reader.person, chosen)
    head = f"{reader.voice.label(screens.LISTS[chosen])}: {reader.voice.number(len(views))}"
    return Screen(lines=(line(bold(head)),))


async def _grown(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    library = library_name(reader.voice, await parties.library(facts["library"]))
    screen = screens.grown_screen(reader.voice, library, Holding(facts["holding"]), facts["added"])
    if reader.channel is not Channel.MAIL:
        return screen
    return await _letter_after(reader, reader.person, screen)


async def _letter_after(reader: Reader, person: PersonView, screen: Screen) -> Screen:
    letter = await _letter(reader, person, {})
    return Screen(lines=stacked(screen.lines, letter.lines), subject=letter.subject)


async def _exchange(reader: Reader, facts: Facts) -> Screen | None:
    view = await gaps.exchange(facts["exchange"], reader.person) if reader.person else None
    if view is None:
        return None
    event = next((one for one in view.events if one.id == facts.get("event")), None)
    return exchanges.exchange_screen(
        reader.voice,
        view,
        event=event,
        problem=_problem(reader, facts),
        may_undo=view.may_undo(reader.now),
        by_mail=reader.channel is Channel.MAIL,
    )


async def _clock(reader: Reader, facts: Facts) -> Screen | None:
    """A reminder, unless the exchange has moved on."""
    view = await gaps.exchange(facts["exchange"], reader.person) if reader.person else None
    if view is None or view.version != facts["version"]:
        return None
    return exchanges.reminder_screen(
        reader.voice,
        view,
        ExchangeStep(facts["step"]),
        may_undo=view.may_undo(reader.now),
        by_mail=reader.channel is Channel.MAIL,
    )


WORDINGS: Wordings = {
    NoticeKind.GAPS: _gaps,
    NoticeKind.GAP: _gap,
    NoticeKind.GAP_ASKED: _asked,
    NoticeKind.GAP_IMPORT: _import,
    NoticeKind.GAP_STORED: _stored,
    NoticeKind.GAP_EXPORT: _export,
    NoticeKind.GAP_NEWS: _grown,
    NoticeKind.EXCHANGE: _exchange,
    NoticeKind.EXCHANGE_CLOCK: _clock,
}
