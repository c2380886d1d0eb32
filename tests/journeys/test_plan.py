"""A year planned by two libraries, item by item: in chat, by mail alone, and what the clock says of it."""

from datetime import date, timedelta

import icalendar
import pytest

from handlers.text import asking as asking_text
from handlers.text import labels, plans
from handlers.text.cooperation import ACTS, FIELDS, KINDS, LEADS, NEWS, STAGES, STEPS
from handlers.text.refusals import refusal_text
from handlers.text.voice import Label, Voice
from handlers.text.words import display
from models.operations.libraries import NewAgreement, add_agreement, add_library, library_number
from models.queries import parties, planfigures
from models.queries import plans as queries
from models.rules.errors import NotAllowed
from models.rules.planning import PlanTerm
from models.rules.planning.refusals import OlderText
from models.rules.vocabulary import ItemAct, ItemKind, ItemStage, Language, PlanStepName
from tests.journeys.props import ELSEWHERE, PAIRS, PHONES, SCAN
from tests.journeys.stage import Librarian, Mailbox, Story

TITLES = (
    "Rare books",
    "Metadata",
    "Digital reading rooms",
    "Young librarians",
    "Maps",
    "Newspapers",
    "Music prints",
    "Terminology",
    "Exhibition",
    "Joint bibliography",
)
YEAR = 2027


@pytest.fixture
async def bosses(empty: Story, tongues: tuple[Language, Language]) -> Story:
    """A coordinator on each side, in chat alone."""
    await empty.enters("coordinator", tongues[0])
    await empty.enters("boss", tongues[1])
    return empty


async def begins_plan(boss: Librarian) -> None:
    """The first plan of the library."""
    await boss.types("/plan")
    await boss.presses(plans.NEW_PLAN)
    await boss.presses(str(YEAR))


async def proposes(boss: Librarian, title: str, *, kind: ItemKind = ItemKind.SEMINAR, when: str = "") -> None:
    """The form, one question at a time, with what can be skipped skipped."""
    await boss.presses(ACTS[ItemAct.PROPOSE])
    await boss.presses(boss.voice.named(KINDS[kind]))
    await boss.types(title)
    await boss.presses(labels.SKIP)
    await boss.presses(boss.voice.named(LEADS["both"]))
    if when:
        await boss.types(when)
    else:
        await boss.presses(labels.SKIP)
    await boss.presses(labels.FINISH)
    await boss.presses(asking_text.SEND)


async def opens_plan(boss: Librarian, year: int = YEAR) -> None:
    """The plan of a year, from wherever they are."""
    await boss.types("/plan")
    wanted = plans.plan_title(boss.voice, PlanTerm(year, year))
    if wanted not in boss.reads or any(text.startswith(wanted) for text in boss.buttons):
        await boss.presses(next(text for text in boss.buttons if text.startswith(wanted)))


async def opens_item(boss: Librarian, number: int, year: int = YEAR) -> None:
    await opens_plan(boss, year)
    await boss.presses(next(text for text in boss.buttons if text.startswith(f"{number}. ")))


def heard(boss: Librarian, act: ItemAct) -> bool:
    """Whether the newest message tells of this act."""
    return boss.voice.label(NEWS[act]) in boss.reads


async def member(code: str) -> parties.PersonView:
    return (await parties.members_of(await library_number(code)))[0]


async def the_plan(code: str = "ANL", year: int = YEAR) -> queries.PlanView:
    viewer = await member(code)
    found = next(one for one in await queries.plans_of(viewer) if one.term.first == year)
    view = await queries.plan(found.id, viewer)
    assert view is not None
    return view


async def stages(year: int = YEAR) -> list[ItemStage]:
    return [one.stage for one in (await the_plan(year=year)).items]


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_ten_items_in_three_versions_agreed_half_done_and_carried_over_in_chat(bosses: Story) -> None:
    baku, almaty = bosses.coordinator, bosses.phones["boss"]
    await begins_plan(baku)
    for title in TITLES:
        await opens_plan(baku)
        await proposes(baku, title, when="14.05.2027")
        assert heard(almaty, ItemAct.PROPOSE)
        assert title in almaty.reads

    await changes_place(almaty, 1, "Almaty")
    assert heard(baku, ItemAct.CHANGE)
    await changes_place(baku, 1, "Baku")
    for number in range(1, len(TITLES) + 1):
        await opens_item(almaty, number)
        await almaty.presses(ACTS[ItemAct.ACCEPT])
    assert heard(baku, ItemAct.ACCEPT)
    assert await stages() == [ItemStage.ACCEPTED] * len(TITLES)
    assert ((await the_plan()).items[0].edition, (await the_plan()).items[0].contents.place) == (3, "Baku")

    await opens_plan(baku)
    await baku.presses(ACTS[ItemAct.CONSENT])
    assert heard(almaty, ItemAct.CONSENT)
    await almaty.presses(ACTS[ItemAct.CONSENT])
    assert heard(baku, ItemAct.AGREE)
    assert await stages() == [ItemStage.PLANNED] * len(TITLES)

    for number in range(1, 6):
        await reports(almaty, number)
    assert heard(baku, ItemAct.REPORT)

    await opens_plan(baku)
    await baku.presses(plans.CARRY_ALL)
    assert heard(almaty, ItemAct.CARRY)
    assert await stages() == [ItemStage.DONE] * 5 + [ItemStage.CARRIED] * 5
    assert await stages(YEAR + 1) == [ItemStage.PROPOSED] * 5
    carried = await the_plan(year=YEAR + 1)
    assert [one.contents.title for one in carried.items] == list(TITLES[5:])
    assert await counted() == {("3.1", ItemStage.DONE): 5, ("3.1", ItemStage.CARRIED): 5}


async def changes_place(boss: Librarian, number: int, place: str) -> None:
    """A changed version, one field of the form."""
    await opens_item(boss, number)
    await boss.presses(ACTS[ItemAct.CHANGE])
    await boss.presses(labels.EDIT)
    await boss.presses(boss.voice.named(FIELDS["place"]))
    await boss.types(place)
    await boss.presses(asking_text.SEND)


async def reports(boss: Librarian, number: int) -> None:
    """What came of it, and how many took part on each side."""
    await opens_item(boss, number)
    await boss.presses(ACTS[ItemAct.REPORT])
    await boss.types("It was held.")
    await boss.types("8")
    await boss.types("12")


async def counted() -> dict[tuple[str, ItemStage], int]:
    """The year's items by clause and stage, as the report will have them."""
    sides = await library_number("ANL"), await library_number("NLRK")
    lines = await planfigures.figures(*sides, date(YEAR, 1, 1), date(YEAR, 12, 31))
    return {(one.clause, one.stage): one.count for one in lines}


def said(box: Mailbox, term: Label, value: str) -> str:
    """A line as the mail shows it."""
    return f"{box.voice.label(term)}: {value}"


@pytest.mark.parametrize("tongues", PAIRS, indirect=True)
async def test_ten_items_in_three_versions_agreed_half_done_and_carried_over_by_mail(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    await anl.says("plan", str(YEAR))
    await anl.replies(
        "\n\n".join(
            f"{said(anl, FIELDS['kind'], anl.voice.label(KINDS[ItemKind.SEMINAR]))}\n"
            f"{said(anl, FIELDS['title'], title)}\n{said(anl, FIELDS['when'], '14.05.2027')}"
            for title in TITLES
        )
    )
    proposals = [one for one in nlrk.letters if nlrk.voice.label(NEWS[ItemAct.PROPOSE]) in one.text]
    assert len(proposals) == len(TITLES)

    await nlrk.replies(said(nlrk, FIELDS["place"], "Almaty"), to=proposals[0])
    assert anl.voice.label(NEWS[ItemAct.CHANGE]) in anl.newest.text
    await anl.replies(said(anl, FIELDS["place"], "Baku"))
    await nlrk.says("yes")
    for proposal in proposals[1:]:
        await nlrk.replies(answer(nlrk), to=proposal)
    assert await stages() == [ItemStage.ACCEPTED] * len(TITLES)
    assert ((await the_plan()).items[0].edition, (await the_plan()).items[0].contents.place) == (3, "Baku")

    await boxes.advances(minutes=15)
    await nlrk.says("plan")
    await nlrk.says("yes")
    assert anl.voice.label(NEWS[ItemAct.CONSENT]) in anl.newest.text
    await anl.says("yes")
    assert await stages() == [ItemStage.PLANNED] * len(TITLES)

    for proposal in proposals[1:6]:
        await nlrk.replies(result(nlrk), to=proposal)
    assert anl.voice.label(NEWS[ItemAct.REPORT]) in anl.newest.text
    await boxes.advances(minutes=15)
    await nlrk.says("plan")
    await nlrk.says("carry")
    assert anl.voice.label(NEWS[ItemAct.CARRY]) in anl.newest.text
    assert await counted() == {("3.1", ItemStage.DONE): 5, ("3.1", ItemStage.CARRIED): 5}
    assert await stages(YEAR + 1) == [ItemStage.PROPOSED] * 5


def answer(box: Mailbox) -> str:
    """YES, as the mailbox writes it."""
    return display("yes", box.language)


def result(box: Mailbox) -> str:
    """The lines of a result."""
    return "\n".join(
        said(box, FIELDS[name], value)
        for name, value in (("result", "It was held."), ("ours", "8"), ("theirs", "12"))
    )


async def test_consent_to_an_older_text_is_refused_in_plain_words(bosses: Story) -> None:
    baku, almaty = bosses.coordinator, bosses.phones["boss"]
    await begins_plan(baku)
    await proposes(baku, "Maps")
    await almaty.presses(ACTS[ItemAct.ACCEPT])
    await opens_plan(baku)
    stale = baku.screen
    await opens_plan(baku)
    await proposes(baku, "Music prints")
    await opens_item(almaty, 2)
    await almaty.presses(ACTS[ItemAct.ACCEPT])

    await baku.presses_on(ACTS[ItemAct.CONSENT], stale)

    assert refusal_text(baku.voice, OlderText(term=str(YEAR))) in baku.reads
    assert (await the_plan()).consents == frozenset()


async def test_librarians_read_the_plan_and_are_told_who_answers(bosses: Story) -> None:
    reader = await bosses.enters("ANL", Language.AZ)
    await begins_plan(bosses.coordinator)
    await proposes(bosses.coordinator, "Maps")

    await opens_item(reader, 1)

    assert "Maps" in reader.reads
    assert reader.buttons == [reader.voice.label(plans.OPEN_PLAN)]
    assert not any(refusal_text(reader.voice, NotAllowed()) in one for one in reader.everything)


async def planned(story: Story, when: str) -> None:
    """One item on a day, agreed by both."""
    baku, almaty = story.coordinator, story.phones["boss"]
    await baku.types("/plan")
    await baku.presses(plans.NEW_PLAN)
    await baku.presses("2026")
    await proposes(baku, "Maps", when=when)
    await almaty.presses(ACTS[ItemAct.ACCEPT])
    await opens_plan(baku, 2026)
    await baku.presses(ACTS[ItemAct.CONSENT])
    await almaty.presses(ACTS[ItemAct.CONSENT])


def reminded(boss: Librarian, step: PlanStepName) -> int:
    """How often a step was told."""
    return sum(one.startswith(boss.voice.label(STEPS[step])) for one in boss.everything)


async def test_the_clock_reminds_both_sides_before_and_asks_for_the_result_after(bosses: Story) -> None:
    baku, almaty = bosses.coordinator, bosses.phones["boss"]
    await planned(bosses, "15.04.2026")

    await bosses.advances(days=60)

    for boss in (baku, almaty):
        told = {step: reminded(boss, step) for step in PlanStepName}
        assert told == {
            PlanStepName.MONTH_BEFORE: 1,
            PlanStepName.WEEK_BEFORE: 1,
            PlanStepName.DAY_BEFORE: 1,
            PlanStepName.RESULT: 1,
            PlanStepName.NEXT_PLAN: 0,
            PlanStepName.REPORT_DUE: 0,
        }


async def test_after_a_downtime_only_what_is_still_to_be_said_is_said(bosses: Story) -> None:
    await planned(bosses, "15.04.2026")
    await bosses.world.stop()
    bosses.world.clock.advance(bosses.world.clock() + timedelta(days=43))

    await bosses.world.start()
    await bosses.advances(minutes=5)

    told = {step: reminded(bosses.coordinator, step) for step in PlanStepName}
    assert {step for step, times in told.items() if times} == {PlanStepName.DAY_BEFORE}


async def test_november_asks_for_a_plan_and_january_for_the_report(bosses: Story) -> None:
    await bosses.advances(days=250)
    asked = reminded(bosses.coordinator, PlanStepName.NEXT_PLAN)
    await bosses.advances(days=90)

    for boss in (bosses.coordinator, bosses.phones["boss"]):
        assert reminded(boss, PlanStepName.NEXT_PLAN) == asked == 1
        assert reminded(boss, PlanStepName.REPORT_DUE) == 1
        assert "/report 2026" in boss.reads


async def test_a_comment_is_a_reply(bosses: Story) -> None:
    baku, almaty = bosses.coordinator, bosses.phones["boss"]
    await begins_plan(baku)
    await proposes(baku, "Maps")
    await almaty.replies("Could it be in June?")

    assert "Could it be in June?" in baku.reads
    assert heard(baku, ItemAct.COMMENT)


async def test_a_partner_by_mail_declines_with_a_reason_and_gets_the_day_in_the_calendar(
    empty: Story,
) -> None:
    baku = await empty.enters("coordinator", Language.AZ)
    nlrk = await empty.opens_box("NLRK", Language.KK)
    await begins_plan(baku)
    await proposes(baku, "Maps", when="14.05.2027")
    await nlrk.says("no", "Мамырда зал бос емес")
    assert "Мамырда зал бос емес" in baku.reads
    assert await stages() == [ItemStage.DECLINED]

    await baku.presses(ACTS[ItemAct.CHANGE])
    await baku.presses(labels.EDIT)
    await baku.presses(baku.voice.named(FIELDS["when"]))
    await baku.types("11.06.2027")
    await baku.presses(asking_text.SEND)
    await nlrk.says("yes")
    assert baku.voice.label(STAGES[ItemStage.ACCEPTED]) in baku.reads
    await opens_item(baku, 1)
    await baku.presses(ACTS[ItemAct.NAME_CONTACT])
    await baku.types("Rəşad")

    parts = [part for part in nlrk.newest.message.walk() if part.get_content_type() == "text/calendar"]
    assert parts
    assert "20270611" in parts[0].get_content()
    assert Voice(Language.KK).label(NEWS[ItemAct.NAME_CONTACT]) in nlrk.newest.text


async def test_known_days_are_taken_from_the_chat_into_a_calendar(bosses: Story) -> None:
    baku = bosses.coordinator
    await planned(bosses, "15.04.2026")

    await opens_plan(baku, 2026)
    await baku.presses(plans.CALENDAR)
    await opens_item(baku, 1, 2026)
    await baku.presses(plans.CALENDAR)

    for file in baku.files:
        entries = icalendar.Calendar.from_ical(bosses.world.api.file(file.file_id)).walk("VEVENT")
        assert [(str(one["SUMMARY"]), one["DTSTART"].dt) for one in entries] == [("Maps", date(2026, 4, 15))]
    assert [one.name for one in baku.files] == ["plan.ics", "plan.ics"]


async def test_the_result_comes_with_its_files(bosses: Story) -> None:
    baku, almaty = bosses.coordinator, bosses.phones["boss"]
    await planned(bosses, "15.04.2026")
    await opens_item(almaty, 1, 2026)
    await almaty.presses(ACTS[ItemAct.REPORT])
    await almaty.sends_file(SCAN, name="programme.pdf")
    await almaty.types("Two days, forty papers.")
    await almaty.types("8")
    await almaty.types("12")

    assert "Two days, forty papers." in baku.everything[-1] + baku.everything[-2]
    assert [one.name for one in baku.files] == ["programme.pdf"]


async def test_of_two_who_answer_at_once_the_second_reads_what_happened(bosses: Story) -> None:
    baku, almaty = bosses.coordinator, bosses.phones["boss"]
    await begins_plan(baku)
    await proposes(baku, "Maps")
    proposal = almaty.screen
    await opens_item(baku, 1)
    await changes_place(baku, 1, "Baku")

    await almaty.presses_on(ACTS[ItemAct.ACCEPT], proposal)

    changed = almaty.voice.label(NEWS[ItemAct.CHANGE])
    assert any(changed in one and PHONES["coordinator"][1] in one for one in almaty.everything[-2:])
    assert await stages() == [ItemStage.PROPOSED]


async def test_one_item_is_carried_to_the_next_year_by_a_tap(bosses: Story) -> None:
    baku, almaty = bosses.coordinator, bosses.phones["boss"]
    await begins_plan(baku)
    await proposes(baku, "Maps")
    await opens_plan(baku)
    await proposes(baku, "Music prints")

    await opens_item(almaty, 1)
    await almaty.presses(ACTS[ItemAct.CARRY])

    assert plans.plan_title(almaty.voice, PlanTerm(YEAR + 1, YEAR + 1)) in almaty.reads
    assert heard(baku, ItemAct.CARRY)
    assert await stages() == [ItemStage.CARRIED, ItemStage.PROPOSED]
    assert await stages(YEAR + 1) == [ItemStage.PROPOSED]


async def test_one_item_is_carried_to_the_next_year_by_a_word(boxes: Story) -> None:
    anl, nlrk = boxes.anl, boxes.nlrk
    await anl.says("plan", str(YEAR))
    await anl.replies(said(anl, FIELDS["title"], "Maps"))
    await nlrk.says("carry")

    assert nlrk.voice.label(NEWS[ItemAct.CARRY]) in nlrk.newest.text
    assert plans.plan_title(nlrk.voice, PlanTerm(YEAR + 1, YEAR + 1)) in nlrk.newest.text
    assert anl.voice.label(NEWS[ItemAct.CARRY]) in anl.newest.text
    assert await stages() == [ItemStage.CARRIED]


async def meets_another_library(story: Story) -> None:
    """A second partner of Baku."""
    now = story.world.clock()
    await add_library(ELSEWHERE, now)
    await add_agreement(NewAgreement(parties=("ANL", "LIB"), signed_on=date(2020, 1, 1)), now)


async def test_with_several_partners_a_plan_begins_with_the_one_that_was_chosen(bosses: Story) -> None:
    await meets_another_library(bosses)
    baku = bosses.coordinator
    await baku.types("/plan")
    await baku.presses(plans.NEW_PLAN)
    assert baku.voice.say(plans.WITH_WHOM) in baku.reads
    await baku.presses("Library Elsewhere")
    await baku.presses(str(YEAR))
    assert "Library Elsewhere" in baku.reads


async def test_by_mail_a_code_says_with_which_partner_a_plan_begins(boxes: Story) -> None:
    await meets_another_library(boxes)
    anl = boxes.anl
    await anl.says("plan", str(YEAR))
    assert "NLRK, LIB" in anl.newest.text or "LIB, NLRK" in anl.newest.text
    await anl.says("plan", f"{YEAR} LIB")
    assert "Library Elsewhere" in anl.newest.text
    await anl.says("plan", f"{YEAR} NLRK")
    assert "Library Elsewhere" not in anl.newest.text
    assert plans.plan_title(anl.voice, PlanTerm(YEAR, YEAR)) in anl.newest.text
