"""Nothing is forgotten: every member of a vocabulary has its words, its button, its screen."""

from collections.abc import Collection, Mapping
from enum import StrEnum

import polib
import pytest

from handlers.text import (
    agreement_letters,
    asking,
    card_buttons,
    choices,
    closures,
    cooperation,
    enclosures,
    exchanges,
    forms,
    gapfiles,
    gaps,
    labels,
    papers,
    planrefusals,
    readings,
    refusals,
    sayings,
    says,
    settings,
    stray,
    tools,
    wording,
)
from handlers.text.citations import SHOWN
from handlers.text.phrases import Kind as PhraseKind
from handlers.text.replies import MEANINGS, WORDS
from handlers.text.voice import Voice
from handlers.text.words import read, table
from models.rules import form, planning
from models.rules.asking import FORMS
from models.rules.citation import ProblemKind
from models.rules.errors import Refusal
from models.rules.lifecycle import CONDITION_REASONS, NO_REASONS, RETRY_REASONS, ROWS, Detail
from models.rules.papers import LetterKind, Paper
from models.rules.vocabulary import (
    Act,
    Also,
    Clock,
    Condition,
    DayKind,
    ExchangeAct,
    ExchangeStage,
    Filter,
    Flag,
    FormName,
    GapList,
    Group,
    ItemAct,
    ItemKind,
    ItemStage,
    ItemState,
    Kind,
    Language,
    ListProblem,
    Method,
    NoticeKind,
    Pace,
    Phrase,
    PlanStepName,
    Purpose,
    Reach,
    ReaderText,
    Reason,
    Role,
    RowProblem,
    Say,
    ScanProblem,
    Service,
    Settlement,
    Side,
    Stage,
    StandingTerm,
    Topic,
    Way,
)
from tests.text.catalogues import path_of


@pytest.mark.parametrize(
    ("labelled", "vocabulary"),
    [
        (labels.SERVICES, Service),
        (labels.ONLY_AS, Service),
        (labels.STAGES, Stage),
        (labels.FLAGS, Flag),
        (labels.GROUPS, Group),
        (labels.REASONS, Reason),
        (labels.CONDITIONS, Condition),
        (labels.SCAN_PROBLEMS, ScanProblem),
        (labels.SETTLEMENTS, Settlement),
        (labels.METHODS, Method),
        (labels.ROLES, Role),
        (labels.PURPOSES, Purpose),
        (labels.FILTERS, Filter),
        (labels.KINDS, Kind),
        (labels.ALSO, Also),
        (labels.STANDING_TERMS, StandingTerm),
        (sayings.SAYINGS, Phrase),
        (tools.READER_TEXTS, ReaderText),
        (labels.ACTS, Act),
        (labels.NEWS, Act),
        (settings.REACHES, Reach),
        (settings.CLOCKS, Clock),
        (closures.KINDS, DayKind),
        (gaps.LISTS, GapList),
        (gaps.STATES, ItemState),
        (exchanges.WAYS, Way),
        (exchanges.OFFERS, Way),
        (exchanges.OFFERED, Way),
        (exchanges.WAY_WORDS, Way),
        (exchanges.STAGES, ExchangeStage),
        (exchanges.ACTS, ExchangeAct),
        (exchanges.NEWS, ExchangeAct),
        (gapfiles.ROW_PROBLEMS, RowProblem),
        (gapfiles.LIST_PROBLEMS, ListProblem),
        (wording.WORDINGS, NoticeKind),
        (papers.PAPERS, Paper),
        (agreement_letters.TITLES, LetterKind),
        (agreement_letters.OPENINGS, LetterKind),
        (agreement_letters.CLOSINGS, LetterKind),
        (agreement_letters.CLAUSES, LetterKind),
        (cooperation.KINDS, ItemKind),
        (cooperation.STAGES, ItemStage),
        (cooperation.ACTS, ItemAct),
        (cooperation.NEWS, ItemAct),
        (cooperation.STEPS, PlanStepName),
        (cooperation.TOPICS, Topic),
        (cooperation.PACES, Pace),
        (cooperation.FORMS, FormName),
    ],
    ids=lambda given: given.__name__ if isinstance(given, type) else None,
)
def test_every_member_is_worded(labelled: Mapping[StrEnum, object], vocabulary: type[StrEnum]) -> None:
    assert set(labelled) == set(vocabulary)


@pytest.mark.parametrize("kind", Refusal.kinds.values(), ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_sentence(kind: type[Refusal]) -> None:
    by_itself = kind.__name__ in {"Stale", "ItemMoved"}

    assert (kind in refusals.SENTENCES) is not by_itself


def test_every_detail_that_an_act_needs_can_be_said_to_be_missing() -> None:
    needed = {need for row in ROWS for need in row.needs} | {Detail.CONDITIONS, "title", "pages"}

    assert needed <= set(refusals.MISSING)


def test_every_problem_of_a_field_has_a_sentence() -> None:
    assert set(ProblemKind) <= set(refusals.FIELD_PROBLEMS)


def test_every_fixed_message_is_written() -> None:
    assert set(says.SENTENCES) | set(says.PERSONAL) == set(Say) - {Say.WHICH_SERVICE}
    assert not set(says.SENTENCES) & set(says.PERSONAL)
    assert set(says.BUILDERS) <= set(says.SENTENCES)


def test_every_field_of_a_form_has_a_name_and_a_place_on_the_card_or_stays_at_home() -> None:
    fields = {name for names in form.EDITABLE.values() for name in names}

    assert fields <= set(labels.FIELDS)
    assert fields - set(SHOWN) == {form.READER, "our_number"}
    assert set(SHOWN) <= set(labels.FIELDS)


def test_every_question_of_the_form_is_asked_in_its_own_words() -> None:
    assert {step for steps in form.STEPS.values() for step in steps} <= set(forms.PROMPTS)


def test_every_question_of_the_short_forms_has_a_name_and_words() -> None:
    asked = {ask.name for asks in FORMS.values() for ask in asks}

    assert asked == set(asking.PROMPTS)
    assert asked <= set(cooperation.FIELDS)


def test_every_want_of_an_item_can_be_said_to_be_missing() -> None:
    assert {need for row in planning.ROWS for need in row.needs} == set(planrefusals.LACKS)


NOT_ON_CARD = {Act.SUBMIT, Act.OPEN, Act.UNDO, Act.COMMENT}
"""Done by the form, by looking, and by buttons that every card has."""


@pytest.mark.parametrize("side", Side)
def test_every_act_of_a_side_has_a_button_on_its_card(side: Side) -> None:
    acts = {row.act for row in ROWS if row.by is side} - NOT_ON_CARD

    assert set(card_buttons.ON_CARD[side]) == acts
    assert len(card_buttons.ON_CARD[side]) == len(acts)


@pytest.mark.parametrize("side", Side)
def test_what_a_button_needs_is_chosen_or_typed(side: Side) -> None:
    for row in (row for row in ROWS if row.by is side and row.act in card_buttons.ON_CARD[side]):
        typed = set(row.needs) & card_buttons.TYPED

        assert typed or not row.needs or row.act in choices.PROMPTS
        assert all((row.act, need) in choices.QUESTIONS or need in choices.QUESTIONS for need in typed)


def test_an_act_in_two_steps_asks_first() -> None:
    assert set(choices.PROMPTS) >= card_buttons.TWO_STEPS


def test_every_reason_is_offered_under_its_answer() -> None:
    assert set(choices.NO_REASONS) == NO_REASONS
    assert set(choices.LATER_REASONS) == RETRY_REASONS
    assert set(choices.CONDITION_REASONS) == CONDITION_REASONS - {Reason.MUST_MEET_CONDITION}


def test_every_detail_that_is_typed_for_a_reason_has_a_question() -> None:
    asked = {*choices.IN_WORDS.values(), Detail.PAGES, Detail.PARCEL, Detail.CONTENT, Detail.COST}
    asked |= {Detail.VALUE, Detail.INSURED}

    assert asked <= set(choices.QUESTIONS)


BY_ITSELF = {Act.OPEN, Act.SUBMIT, Act.COMMENT, Act.DELIVER}
"""A mail opens, comments and delivers without a word; a draft is sent by the word for filing."""


def test_every_word_that_acts_is_in_the_table_of_words() -> None:
    assert set(MEANINGS) <= set(table())


def test_every_act_of_a_side_can_be_said_by_mail() -> None:
    acts = {row.act for row in ROWS if row.by is not None}

    assert acts - set(WORDS) == BY_ITSELF


@pytest.mark.parametrize("act", WORDS)
def test_the_word_told_for_an_act_means_that_act(act: Act) -> None:
    assert act in MEANINGS[WORDS[act]]


@pytest.mark.parametrize("language", Language)
def test_every_word_is_said_in_every_language_and_means_one_thing(language: Language) -> None:
    told = [word.phrases[language][0] for word in table().values()]

    assert all(told)
    assert len(told) == len(set(told))


def test_every_phrase_is_offered_to_a_side_but_those_of_the_desk_itself() -> None:
    offered = {phrase for phrases in sayings.OFFERED.values() for phrase in phrases}

    assert offered == set(Phrase) - {Phrase.AGREED_BEFORE, Phrase.EXPORT_PERMITTED}


def test_every_alternative_is_offered_by_a_form() -> None:
    assert {also for alternatives in form.ALTERNATIVES.values() for also in alternatives} == set(Also)


def test_every_kind_of_phrase_has_phrases_in_every_language() -> None:
    rows = read("phrases.tsv")

    assert {row["kind"] for row in rows} == set(PhraseKind)


@pytest.mark.parametrize(
    ("kind", "vocabulary"),
    [
        (PhraseKind.REASON, Reason),
        (PhraseKind.CONDITION, Condition),
        (PhraseKind.PROBLEM, ScanProblem),
        (PhraseKind.SETTLEMENT, Settlement),
    ],
)
def test_phrases_name_what_the_vocabulary_knows(kind: PhraseKind, vocabulary: type[StrEnum]) -> None:
    values = {row["value"] for row in read("phrases.tsv") if row["kind"] == kind}

    assert values <= set(vocabulary)


MESSAGES: dict[str, Collection[str]] = {
    "refusals.MISSING": refusals.MISSING.values(),
    "refusals.FIELD_PROBLEMS": refusals.FIELD_PROBLEMS.values(),
    "says.SENTENCES": says.SENTENCES.values(),
    "enclosures.TOO_LARGE": enclosures.TOO_LARGE.values(),
    "forms.PROMPTS": forms.PROMPTS.values(),
    "choices.PROMPTS": choices.PROMPTS.values(),
    "choices.QUESTIONS": choices.QUESTIONS.values(),
    "settings.PROMPTS": settings.PROMPTS.values(),
    "closures.PROMPTS": closures.PROMPTS.values(),
    "readings.SENTENCES": readings.SENTENCES.values(),
    "sayings.SAYINGS": sayings.SAYINGS.values(),
    "tools.READER_TEXTS": tools.READER_TEXTS.values(),
    "gaps.QUESTIONS": gaps.QUESTIONS.values(),
    "gapfiles.LIST_PROBLEMS": gapfiles.LIST_PROBLEMS.values(),
    "tools.UNDATED": tools.UNDATED.values(),
    "asking.PROMPTS": asking.PROMPTS.values(),
    "planrefusals.LACKS": planrefusals.LACKS.values(),
    "planrefusals.ANSWERS": planrefusals.ANSWERS.values(),
}


@pytest.mark.parametrize("where", MESSAGES)
def test_every_message_of_a_table_is_in_the_catalogues(where: str) -> None:
    known = {entry.msgid for entry in polib.pofile(str(path_of(Language.EN)))}

    assert set(MESSAGES[where]) <= known


def test_every_label_is_in_the_catalogues() -> None:
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path_of(Language.EN)))}
    tables = [value for name, value in vars(labels).items() if name.isupper() and isinstance(value, dict)]
    terms = {term for value in tables for term in value.values()} | set(stray.VERDICTS.values())

    assert {(term.context, term.text) for term in terms} <= known


@pytest.mark.parametrize("language", Language)
def test_no_two_acts_share_their_news(language: Language) -> None:
    said = [Voice(language).label(labels.NEWS[act]) for act in Act]

    assert sorted(said) == sorted(set(said))
