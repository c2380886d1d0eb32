"""Gap lists in every language, at their longest; the words by which their mails are answered."""

from dataclasses import replace

import pytest

from handlers.mail.gaplines import answers_in, word_of
from handlers.mail.gaps import ACTS, WAYS
from handlers.text import exchanges, gapfiles, gaps, gapwords, labels
from handlers.text.rich import as_text
from handlers.text.voice import Voice
from models.queries.gaps import Balance, ExchangeEventView, ExchangeView, GapPage, ImportView, ItemView
from models.rules.fold import fold
from models.rules.gaps import items
from models.rules.gaps.columns import HEADINGS
from models.rules.lifecycle import Details
from models.rules.vocabulary import (
    ExchangeAct,
    ExchangeStage,
    GapList,
    Holding,
    ItemState,
    Language,
    ListProblem,
    Method,
    Side,
    Way,
)
from tests.text import views
from tests.text.test_limits import VOICES, check

VALUES = {name: views.VALUES[name] for name in items.FIELDS if name in views.VALUES}


def event(act: ExchangeAct) -> ExchangeEventView:
    return ExchangeEventView(
        id=views.ID,
        act=act,
        own=False,
        by=views.PERSON.name,
        stage=ExchangeStage.OFFERED,
        details=Details(note="ә" * 300),
        at=views.NOW,
    )


EXCHANGE = ExchangeView(
    id=views.ID,
    side=Side.SUPPLYING,
    own=views.ALMATY,
    partner=views.BAKU,
    values=VALUES,
    gap=1,
    spare=2,
    way=Way.ORIGINAL,
    stage=ExchangeStage.WANTED,
    version=views.VERSION,
    dispatch=Details(parcel="RR123456785KZ", method=Method.OTHER_LIBRARY, pieces=2),
    request=views.ID,
    number="ANL-2028-0042",
    events=tuple(map(event, ExchangeAct)),
)
ITEM = ItemView(
    id=views.ID,
    own=False,
    library=views.ALMATY,
    holding=Holding.MISSING,
    values=VALUES,
    state=ItemState.OPEN,
    version=views.VERSION,
    number="ANL-2028-0042",
)
IMPORT = ImportView(
    id=views.ID,
    name="жетіспейтін құжаттар тізімі.xlsx",
    holding=Holding.MISSING,
    state="shown",
    format="XLSX",
    header=tuple(f"Бағанның атауы {at}" for at in range(20)),
    columns=("title", "author", "year", *[None] * 17),
    sample=(("Абай жолы " * 20, "Әуезов М.", "1977"),) * 3,
    rows=100_000,
    added=99_000,
    known=500,
    wrong=500,
    matched=12,
)


@VOICES
@pytest.mark.parametrize("chosen", GapList)
def test_every_list_fits_in_every_state(voice: Voice, chosen: GapList) -> None:
    balance = Balance(partner=views.BAKU, given=dict.fromkeys(Way, 999), taken={})
    for state in gaps.SHOWN_STATES:
        page = GapPage(
            list=chosen,
            state=state,
            lines=() if chosen is GapList.EXCHANGES else (ITEM,) * 6,
            exchanges=(EXCHANGE,) * 6 if chosen is GapList.EXCHANGES else (),
            page=3,
            more=True,
            counts=dict.fromkeys(GapList, 50_000),
        )
        check(gaps.list_screen(voice, page, words="Абай", search=views.ID, balances=[balance]))


@VOICES
@pytest.mark.parametrize("holding", Holding)
@pytest.mark.parametrize("own", [True, False])
def test_a_line_fits_whoever_looks(voice: Voice, holding: Holding, *, own: bool) -> None:
    for state in ItemState:
        for stage in ExchangeStage:
            with_one = (replace(EXCHANGE, stage=stage),)
            view = replace(ITEM, holding=holding, own=own, state=state, exchanges=with_one)
            check(gaps.item_screen(voice, view, problem="…"))


@VOICES
@pytest.mark.parametrize("stage", ExchangeStage)
def test_exchanges_fit_at_every_stage_on_both_sides(voice: Voice, stage: ExchangeStage) -> None:
    for side in Side:
        for way in (*Way, None):
            view = replace(EXCHANGE, stage=stage, side=side, way=way)
            for told in (None, *map(event, ExchangeAct)):
                check(exchanges.exchange_screen(voice, view, event=told, by_mail=False))
                assert as_text(exchanges.exchange_screen(voice, view, event=told, by_mail=True).lines)


@VOICES
def test_imports_fit(voice: Voice) -> None:
    for column in (None, gapfiles.WHICH_COLUMN, 0, 19):
        check(gapfiles.import_screen(voice, IMPORT, column=column, by_mail=False))
    assert as_text(gapfiles.import_screen(voice, IMPORT, by_mail=True).lines)
    check(gapfiles.stored_screen(voice, IMPORT))
    for asked in gaps.QUESTIONS:
        check(gaps.question_screen(voice, asked))
    for holding in Holding:
        check(gaps.grown_screen(voice, "A" * 60, holding, 50_000))
    for why in ListProblem:
        assert "лакуны.xlsx" in gapfiles.unread(voice, why, "лакуны.xlsx", 5)


@pytest.mark.parametrize("language", Language)
def test_every_word_is_said_in_every_language_and_means_one_thing(language: Language) -> None:
    told = [gapwords.display(name, language) for name in gapwords.names()]

    assert all(told)
    assert [word_of(text) for text in told] == [(name, "") for name in gapwords.names()]


def test_every_word_does_something() -> None:
    assert gapwords.names() == {*ACTS, *WAYS, "remove"}
    assert set(exchanges.WORDS.values()) | set(exchanges.WAY_WORDS.values()) <= gapwords.names()


@VOICES
def test_a_column_is_named_by_its_label(voice: Voice) -> None:
    named = {name: HEADINGS.get(fold(voice.label(labels.FIELDS[name]))) for name in items.FIELDS}

    assert named == {name: name for name in items.FIELDS}


@pytest.mark.parametrize(
    ("line", "word", "numbers", "rest"),
    [
        ("original 12", "original", (12,), ""),
        ("12, 15: copy", "copy", (12, 15), ""),
        ("Көшірме 12, 15", "copy", (12, 15), ""),
        ("№ 7 — нет, в одном экземпляре", "no", (7,), "в одном экземпляре"),
        ("sent 31 RR123456789KZ", "sent", (31,), "RR123456789KZ"),
        ("istəyirik 4", "want", (4,), ""),
        ("  • убрать № 40", "remove", (40,), ""),
    ],
)
def test_lines_of_a_mail_are_understood(line: str, word: str, numbers: tuple[int, ...], rest: str) -> None:
    [said] = answers_in(line)

    assert (said.word, said.numbers, said.rest) == (word, numbers, rest)


@pytest.mark.parametrize("line", ["Dear colleagues", "12", "1977 год", "", "x" * 400])
def test_other_lines_answer_nothing(line: str) -> None:
    assert answers_in(line) == []


def test_a_long_list_says_only_that_it_is_long() -> None:
    voice = Voice(Language.EN)
    assert gaps.counted(voice, 9_999) == "9,999"
    assert gaps.counted(voice, 10_000) == "9,999+"
