"""The life of a plan's item, its text, its clock."""

from datetime import date

import pytest

from models.rules import planning
from models.rules.errors import Refusal
from models.rules.planning import BOTH, Contents, ItemStanding, PlanTerm, Who, move_item, possible_acts
from models.rules.planning.life import agreed
from models.rules.planning.refusals import ItemLacks, ItemNotPossible, ItemOtherSide
from models.rules.vocabulary import ItemAct, ItemKind, ItemStage, PlanStepName
from models.rules.workdays import Calendar

ALWAYS_OPEN = Calendar("", weekend=frozenset())
WEEKDAYS = Calendar("")
TERM = PlanTerm(2027, 2027)
SAID = {"reason": "-", "values": {"place": "Baku"}, "result": "-", "contact": "-", "note": "-"}


def standing(stage: ItemStage, **more: int | ItemStage | None) -> ItemStanding:
    return ItemStanding(stage=stage, **more)


def test_every_act_is_in_the_table_or_speaks_of_the_whole_plan() -> None:
    assert {row.act for row in planning.ROWS} == set(ItemAct) - {
        ItemAct.PROPOSE,
        ItemAct.CONSENT,
        ItemAct.OBJECT,
    }


@pytest.mark.parametrize("stage", ItemStage)
@pytest.mark.parametrize("own", [True, False], ids=["author", "other"])
@pytest.mark.parametrize("act", [row.act for row in planning.ROWS if row.by is not Who.BOTH])
def test_what_is_offered_can_be_done_and_nothing_else(stage: ItemStage, act: ItemAct, *, own: bool) -> None:
    offered = act in possible_acts(standing(stage), own=own)

    try:
        move_item(standing(stage), act, own=own, details=SAID)
    except Refusal:
        assert not offered
    else:
        assert offered


@pytest.mark.parametrize("row", [row for row in planning.ROWS if row.needs], ids=lambda row: row.act)
def test_what_an_act_needs_is_asked_for(row: planning.ItemRow) -> None:
    own = row.by is not Who.OTHER
    stage = next(one for one in ItemStage if one in row.at)

    with pytest.raises(ItemLacks):
        move_item(standing(stage), row.act, own=own, details={})


def test_the_side_that_wrote_the_edition_cannot_accept_it() -> None:
    with pytest.raises(ItemOtherSide):
        move_item(standing(ItemStage.PROPOSED), ItemAct.ACCEPT, own=True, details={})


def test_what_is_done_cannot_be_cancelled() -> None:
    with pytest.raises(ItemNotPossible):
        move_item(standing(ItemStage.DONE), ItemAct.CANCEL, own=True, details=SAID)


def test_three_editions_end_in_an_accepted_one() -> None:
    now = standing(ItemStage.PROPOSED)
    for own in (False, True):
        now = move_item(now, ItemAct.CHANGE, own=own, details=SAID)[1]
    now = move_item(now, ItemAct.ACCEPT, own=False, details={})[1]

    assert now == standing(ItemStage.ACCEPTED, edition=3, newest=3, accepted=3)
    assert agreed(now) == standing(ItemStage.PLANNED, edition=3, newest=3, accepted=3)


def test_a_declined_change_leaves_what_was_agreed() -> None:
    planned = standing(ItemStage.PLANNED, edition=2, newest=2, accepted=2)

    changed = move_item(planned, ItemAct.CHANGE, own=True, details=SAID)[1]
    declined = move_item(changed, ItemAct.DECLINE, own=False, details=SAID)[1]
    again = move_item(declined, ItemAct.CHANGE, own=True, details=SAID)[1]

    assert changed == standing(ItemStage.PROPOSED, edition=3, newest=3, accepted=2, before=ItemStage.PLANNED)
    assert declined == standing(ItemStage.PLANNED, edition=2, newest=3, accepted=2)
    assert again.edition == 4


def test_a_plan_agreed_while_a_change_is_discussed_plans_what_the_change_would_replace() -> None:
    discussed = standing(ItemStage.PROPOSED, edition=2, newest=2, accepted=1, before=ItemStage.ACCEPTED)

    after = agreed(discussed)

    assert after is not None
    assert move_item(after, ItemAct.DECLINE, own=False, details=SAID)[1].stage is ItemStage.PLANNED
    assert agreed(standing(ItemStage.PROPOSED)) is None


SEMINAR = Contents(kind=ItemKind.SEMINAR, title="Rare books", when="2027-05-14", place="Baku")


def test_contents_survive_storage_and_change_field_by_field() -> None:
    assert Contents.read(SEMINAR.as_json()) == SEMINAR
    changed = SEMINAR.with_changes({"when": "2027-Q2", "place": ""})
    assert (changed.when, changed.place, changed.title, changed.lead) == ("2027-Q2", "", "Rare books", BOTH)


def test_the_text_of_a_plan_is_the_same_whoever_reads_it_and_in_whatever_order() -> None:
    other = Contents(kind=ItemKind.WEBINAR, title="Metadata\nfor all")
    one = planning.plan_text(TERM, ("ANL", "NLRK"), [(1, SEMINAR), (2, other)])

    assert one == planning.plan_text(TERM, ("NLRK", "ANL"), [(2, other), (1, SEMINAR)])
    assert one.splitlines() == [
        "plan 2027 ANL NLRK",
        "1 kind: seminar | title: Rare books | lead: both | when: 2027-05-14 | place: Baku",
        "2 kind: webinar | title: Metadata for all | lead: both",
    ]


def test_a_letter_changed_is_another_text() -> None:
    texts = {
        planning.digest(planning.plan_text(TERM, ("A", "B"), [(1, SEMINAR.with_changes({"place": place}))]))
        for place in ("Baku", "baku", "Bakı")
    }

    assert len(texts) == 3


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2027-Q1", date(2027, 1, 1), date(2027, 3, 31)),
        ("2027-Q2", date(2027, 4, 1), date(2027, 6, 30)),
        ("2027-Q4", date(2027, 10, 1), date(2027, 12, 31)),
        ("2027-05-14", date(2027, 5, 14), date(2027, 5, 14)),
    ],
)
def test_a_day_or_a_quarter_has_its_ends(written: str, first: date, last: date) -> None:
    assert planning.read_when(written) == planning.When(first, last)


def test_an_item_is_announced_a_month_a_week_and_a_day_before_and_asked_for_two_weeks_after() -> None:
    steps = planning.item_steps(planning.read_when("2027-05-14"), TERM, ALWAYS_OPEN)

    assert [(one.name, one.day) for one in steps] == [
        (PlanStepName.MONTH_BEFORE, date(2027, 4, 14)),
        (PlanStepName.WEEK_BEFORE, date(2027, 5, 7)),
        (PlanStepName.DAY_BEFORE, date(2027, 5, 13)),
        (PlanStepName.RESULT, date(2027, 5, 28)),
    ]


def test_a_reminder_before_a_monday_comes_on_friday_and_one_after_waits_for_monday() -> None:
    steps = planning.item_steps(planning.read_when("2027-05-17"), TERM, WEEKDAYS)
    by_name = {one.name: one.day for one in steps}

    assert by_name[PlanStepName.DAY_BEFORE] == date(2027, 5, 14)
    assert planning.item_steps(planning.read_when("2027-05-15"), TERM, WEEKDAYS)[-1].day == date(2027, 5, 31)


def test_a_quarter_is_announced_once_and_an_open_item_asked_for_after_the_plan() -> None:
    quarter = planning.item_steps(planning.read_when("2027-Q2"), TERM, ALWAYS_OPEN)
    never = planning.item_steps(None, TERM, ALWAYS_OPEN)

    assert [(one.name, one.day) for one in quarter] == [
        (PlanStepName.MONTH_BEFORE, date(2027, 3, 2)),
        (PlanStepName.RESULT, date(2027, 7, 14)),
    ]
    assert [(one.name, one.day) for one in never] == [(PlanStepName.RESULT, date(2028, 1, 14))]


@pytest.mark.parametrize(
    ("today", "name"),
    [
        (date(2027, 4, 13), None),
        (date(2027, 4, 20), PlanStepName.MONTH_BEFORE),
        (date(2027, 5, 13), PlanStepName.DAY_BEFORE),
        (date(2027, 5, 14), PlanStepName.DAY_BEFORE),
        (date(2027, 5, 20), None),
        (date(2027, 6, 1), PlanStepName.RESULT),
        (date(2027, 12, 1), None),
    ],
)
def test_after_a_silence_only_what_is_still_worth_saying_is_said(
    today: date, name: PlanStepName | None
) -> None:
    steps = planning.item_steps(planning.read_when("2027-05-14"), TERM, ALWAYS_OPEN)

    newest = planning.latest(steps, today)[1]

    assert (newest.name if newest else None) == name


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2027, 10, 31), []),
        (date(2027, 11, 1), [(PlanStepName.NEXT_PLAN, 2028)]),
        (date(2027, 12, 31), [(PlanStepName.NEXT_PLAN, 2028)]),
        (date(2028, 1, 1), []),
        (date(2028, 1, 15), [(PlanStepName.REPORT_DUE, 2027)]),
        (date(2028, 4, 1), []),
    ],
)
def test_november_asks_for_a_plan_and_january_for_a_report(
    today: date, said: list[tuple[PlanStepName, int]]
) -> None:
    assert [(one.name, one.year) for one in planning.year_steps(today)] == said


def test_every_kind_serves_a_clause() -> None:
    assert set(planning.CLAUSES) == set(ItemKind)
