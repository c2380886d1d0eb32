"""What one library lacks is found at the other: once in chat, once by mail alone, everything told twice."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from handlers.text import exchanges, gapfiles, gaps, labels, report_words
from handlers.text.gapwords import display
from handlers.text.voice import Voice
from handlers.text.words import display as word
from models.operations.libraries import library_number
from models.queries import gaps as gap_queries
from models.queries import parties
from models.queries.gaps import Balance, ItemView
from models.rules.vocabulary import (
    Act,
    ExchangeAct,
    ExchangeStage,
    ExchangeStep,
    GapList,
    Holding,
    ItemState,
    Language,
    Reason,
    Way,
)
from tests.journeys.props import BOOK, PAIRS, SCAN
from tests.journeys.stage import Letterhead, Mailbox, Story

NUMBER = "ANL-2026-0001"
LIST = (
    "Автор;Заглавие;Год;ISBN\n"
    "Әуезов М.;Абай жолы;1977;\n"
    "Есенберлин І.;Көшпенділер;1976;\n"
    "Kim;Yanlış nömrə;2001;978-5-17-090831-9\n"
).encode()


async def balance_of(code: str) -> Balance:
    """What the library gave its partner, and took."""
    members = await parties.members_of(await library_number(code))
    [found] = await gap_queries.balances(members[0])
    return found


async def lines_of(code: str, chosen: GapList, state: ItemState | None = None) -> list[ItemView]:
    members = await parties.members_of(await library_number(code))
    return list((await gap_queries.page_of(members[0], chosen, state=state)).lines)


def book(*rows: tuple[object, ...]) -> bytes:
    workbook, target = Workbook(), io.BytesIO()
    assert workbook.active is not None
    for row in rows:
        workbook.active.append(row)
    workbook.save(target)
    return target.getvalue()


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_not_held_is_offered_sent_received_and_counted_in_chat(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await an_offer(chats)
    assert baku.voice.label(exchanges.OFFERED[Way.ORIGINAL]) in baku.reads
    await baku.presses(exchanges.ACTS[ExchangeAct.WANT])
    await almaty.presses(exchanges.SENT_AS)
    await almaty.types("RR123456789KZ")
    assert "RR123456789KZ" in baku.reads
    await baku.replies("Спасибо!")
    assert "Спасибо!" in almaty.reads
    await baku.presses(exchanges.ACTS[ExchangeAct.RECEIVE])

    assert almaty.voice.label(exchanges.STAGES[ExchangeStage.RECEIVED]) in almaty.reads
    [line] = await lines_of("ANL", GapList.OURS)
    assert line.state is ItemState.FILLED
    assert (await balance_of("NLRK")).given == {Way.ORIGINAL: 1}
    await baku.types("/gaps")
    await baku.presses(gaps.LISTS[GapList.EXCHANGES])
    assert baku.voice.label(gaps.TAKEN).casefold() in baku.reads.casefold()

    await baku.types("/report")
    assert given(baku.voice) in baku.reads


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_not_held_is_offered_sent_received_and_counted_by_mail_alone(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    await anl.writes(BOOK)
    await nlrk.says("no", nlrk.voice.label(labels.REASONS[Reason.NOT_HELD]))
    await anl.says("gap")
    [line] = await lines_of("ANL", GapList.OURS)

    await nlrk.writes(word("gaps", nlrk.language))
    assert f"№ {line.id}" in nlrk.newest.text
    await nlrk.replies(f"{display('original', nlrk.language)} {line.id}")
    offer = about_exchange(anl)
    assert anl.voice.label(exchanges.OFFERED[Way.ORIGINAL]) in offer.text
    await anl.replies(display("want", anl.language), to=offer)
    await nlrk.replies(f"{display('sent', nlrk.language)} RR123456789KZ", to=about_exchange(nlrk))
    assert "RR123456789KZ" in anl.newest.text
    await anl.replies("Paket nə vaxt çıxıb?", to=anl.newest)
    assert "Paket nə vaxt çıxıb?" in nlrk.newest.text
    await anl.replies(display("received", anl.language), to=about_exchange(anl))

    assert nlrk.voice.label(exchanges.STAGES[ExchangeStage.RECEIVED]) in nlrk.newest.text
    [line] = await lines_of("ANL", GapList.OURS)
    assert line.state is ItemState.FILLED
    assert (await balance_of("ANL")).taken == {Way.ORIGINAL: 1}

    await nlrk.writes(word("report", nlrk.language), subject="?")
    assert given(nlrk.voice) in nlrk.newest.text


async def test_a_step_is_taken_back_and_a_parcel_that_does_not_come_is_asked_for(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await an_offer(chats)
    await baku.presses(exchanges.ACTS[ExchangeAct.WANT])
    await almaty.presses(exchanges.ACTS[ExchangeAct.SEND])
    await almaty.presses(labels.UNDO)
    assert baku.voice.label(exchanges.NEWS[ExchangeAct.UNDO]) in baku.reads
    await almaty.presses(exchanges.ACTS[ExchangeAct.SEND])
    assert baku.voice.label(labels.UNDO) not in baku.buttons

    await chats.advances(days=40)
    asked = baku.voice.say(exchanges.STEPS[ExchangeStep.ARRIVED])
    assert sum(asked in one for one in baku.everything) == 1
    assert asked in baku.reads
    await baku.presses(exchanges.ACTS[ExchangeAct.RECEIVE])
    assert baku.voice.label(exchanges.STAGES[ExchangeStage.RECEIVED]) in baku.reads


async def an_offer(chats: Story) -> None:
    """Baku lacks a book, and Almaty can give it."""
    baku, almaty = chats.baku, chats.almaty
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await almaty.presses(Act.NO)
    await almaty.presses(Reason.NOT_HELD)
    await baku.presses(Act.TO_GAP_LIST)
    [line] = await lines_of("ANL", GapList.OURS)
    assert line.values["title"].startswith("Путь Абая")
    await almaty.types("/gaps")
    await almaty.presses(next(one for one in almaty.buttons if one.startswith(f"№ {line.id}")))
    await almaty.presses(exchanges.OFFERS[Way.ORIGINAL])


async def test_a_step_is_taken_back_by_a_word(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    await anl.writes(f"{word('gaps', anl.language)}\n{BOOK}")
    [line] = await lines_of("ANL", GapList.OURS)
    await nlrk.writes(word("gaps", nlrk.language))
    await nlrk.replies(f"{display('original', nlrk.language)} {line.id}")
    offer = about_exchange(anl)
    await anl.replies(display("want", anl.language), to=offer)
    await anl.replies(display("undo", anl.language), to=offer)

    assert nlrk.voice.label(exchanges.NEWS[ExchangeAct.UNDO]) in about_exchange(nlrk).text
    [line] = await lines_of("ANL", GapList.OURS)
    assert line.state is ItemState.OPEN


def given(voice: Voice) -> str:
    """How the report counts one original."""
    return f"{voice.label(report_words.GAVE)}: {voice.label(exchanges.WAYS[Way.ORIGINAL])} 1"


def about_exchange(box: Mailbox) -> Letterhead:
    """The newest mail about an exchange."""
    return next(one for one in reversed(box.letters) if exchanges.MARK in one.text and "+x" in reply_to(one))


def reply_to(letter: Letterhead) -> str:
    return str(letter.message["Reply-To"])


async def test_a_list_is_shown_confirmed_and_its_bad_rows_come_back_in_chat(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty

    await baku.sends_file(LIST, name="lakuny.csv")
    assert await lines_of("ANL", GapList.OURS) == []
    assert "Заглавие" in baku.reads
    await baku.presses(gapfiles.AS_GAPS)

    [document] = baku.files
    rows = list(load_workbook(io.BytesIO(document.data)).active.iter_rows(values_only=True))
    assert rows[1][2:] == ("Kim", "Yanlış nömrə", "2001", "978-5-17-090831-9")
    assert len(await lines_of("ANL", GapList.OURS)) == 2
    assert "2" in almaty.reads
    await baku.sends_file(LIST, name="lakuny.csv")
    await baku.presses(gapfiles.AS_GAPS)
    assert len(await lines_of("ANL", GapList.OURS)) == 2


async def test_a_column_is_corrected_before_the_list_is_stored(chats: Story) -> None:
    baku = chats.baku

    await baku.sends_file(book(("Nr", "Was"), (1, "Абай жолы")), name="list.xlsx")
    await baku.presses(gapfiles.COLUMNS)
    await baku.presses("2. Was")
    await baku.presses(labels.FIELDS["title"])
    await baku.presses(gapfiles.AS_SPARES)

    [line] = await lines_of("ANL", GapList.OUR_SPARES)
    assert line.values == {"title": "Абай жолы"}


async def test_a_list_that_cannot_be_read_says_why(chats: Story) -> None:
    baku = chats.baku

    await baku.sends_file(b"PK\x03\x04 torn", name="list.xlsx")

    assert "list.xlsx" in baku.reads
    assert await lines_of("ANL", GapList.OURS) == []


async def test_a_list_comes_by_mail_is_confirmed_and_answered_by_its_numbers(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    await anl.replies(word("gaps", anl.language), files={"gaps.csv": LIST})
    shown = anl.newest
    assert "Заглавие" in shown.text
    assert await lines_of("ANL", GapList.OURS) == []

    await anl.replies(word("gaps", anl.language), to=shown)
    [(name, content)] = anl.newest.files
    assert name == "gaps-errors.xlsx"
    assert load_workbook(io.BytesIO(content)).active["C2"].value == "Kim"
    second, first = await lines_of("ANL", GapList.OURS)

    grown = nlrk.newest
    assert f"№ {first.id}" in grown.text
    assert [name for name, _ in grown.files] == [f"{nlrk.voice.label(gaps.GAPS)}.xlsx"]
    language = nlrk.language
    await nlrk.replies(
        f"{display('copy', language)} {first.id}\n{display('no', language)} {second.id}", to=grown
    )

    assert nlrk.voice.label(exchanges.STAGES[ExchangeStage.OFFERED]) in nlrk.newest.text
    assert nlrk.voice.label(exchanges.STAGES[ExchangeStage.REFUSED]) in nlrk.newest.text


async def test_a_wanted_copy_is_delivered_by_mail_like_any_other(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    await anl.writes(f"{word('gaps', anl.language)}\n{BOOK}")
    [line] = await lines_of("ANL", GapList.OURS)
    await nlrk.writes(word("gaps", nlrk.language))
    await nlrk.replies(f"{display('copy', nlrk.language)} {line.id}")

    await anl.replies(display("want", anl.language), to=about_exchange(anl))
    await nlrk.attaches(SCAN, name="abai.pdf")
    assert anl.newest.files == [("abai.pdf", SCAN)]
    await anl.says("fine")

    [line] = await lines_of("ANL", GapList.OURS)
    assert line.state is ItemState.FILLED
    assert (await balance_of("NLRK")).given == {Way.COPY: 1}


async def test_a_match_is_shown_to_both_and_a_duplicate_is_taken(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.types("/gaps")
    await baku.presses(gaps.LISTS[GapList.OURS])
    await baku.presses(gaps.ADD)
    await baku.types(BOOK)
    await almaty.types("/gaps")
    await almaty.presses(gaps.LISTS[GapList.OUR_SPARES])
    await almaty.presses(gaps.ADD)
    await almaty.types("Auezov M. O. Put Abaya. — Alma-Ata : Zhazushy, 1977.")

    assert baku.voice.label(exchanges.STAGES[ExchangeStage.PROPOSED]) in baku.reads
    await baku.presses(exchanges.ACTS[ExchangeAct.WANT])
    await almaty.presses(exchanges.ACTS[ExchangeAct.SEND])
    await baku.presses(exchanges.ACTS[ExchangeAct.RECEIVE])

    [line] = await lines_of("NLRK", GapList.OUR_SPARES)
    assert line.state is ItemState.FILLED
    assert line.holding is Holding.SPARE


async def test_lists_are_searched_in_any_alphabet_and_exported(chats: Story) -> None:
    baku, almaty = chats.baku, chats.almaty
    await baku.sends_file(LIST, name="lakuny.csv")
    await baku.presses(gapfiles.AS_GAPS)

    await almaty.types("/gaps")
    await almaty.presses(labels.SEARCH)
    await almaty.types("abay joly")
    assert "Абай жолы" in almaty.reads
    assert "Көшпенділер" not in almaty.reads
    await almaty.presses(gaps.EXPORT)

    document = almaty.files[-1]
    rows = list(load_workbook(io.BytesIO(document.data)).active.iter_rows(values_only=True))
    assert {row[1] for row in rows[1:]} == {"Абай жолы", "Көшпенділер"}


async def test_two_colleagues_answer_one_line_and_the_second_is_told(empty: Story) -> None:
    baku = await empty.enters("ANL", Language.AZ)
    almaty = await empty.enters("NLRK", Language.KK)
    colleague = await empty.enters("colleague", Language.KK)
    await baku.types("/gaps")
    await baku.presses(gaps.LISTS[GapList.OURS])
    await baku.presses(gaps.ADD)
    await baku.types(BOOK)
    [line] = await lines_of("ANL", GapList.OURS)
    for one in (almaty, colleague):
        await one.types("/gaps")
        await one.presses(next(text for text in one.buttons if text.startswith(f"№ {line.id}")))

    await almaty.presses(exchanges.OFFERS[Way.ORIGINAL])
    await colleague.presses(exchanges.ACTS[ExchangeAct.REFUSE])

    assert "Әсел Нұрланқызы" in colleague.reads
    [exchange] = (
        await gap_queries.page_of(
            (await parties.members_of(await library_number("ANL")))[0], GapList.EXCHANGES
        )
    ).exchanges
    assert exchange.stage is ExchangeStage.OFFERED
