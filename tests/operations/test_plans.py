"""Plans: items answered and changed, versions kept, consent to one text, carried over; on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.operations import plancarry, planconsent, plans
from models.operations.plans import ItemIntent, Planned
from models.queries import planfigures
from models.queries import plans as queries
from models.rules.errors import NotAllowed
from models.rules.planning import Contents, PlanTerm
from models.rules.planning.refusals import (
    ItemLacks,
    ItemMoved,
    ItemNotPossible,
    ItemOtherSide,
    NothingToAgree,
    OlderText,
    UnknownPlan,
)
from models.rules.vocabulary import ItemAct, ItemKind, ItemStage, Language, NoticeKind, Role, Via
from models.tables import Plan, PlanEdition, PlanEvent, PlanItem, PlanText
from tests.desk import Desk, library, told

SEMINAR = Contents(kind=ItemKind.SEMINAR, title="Rare books", when="2027-05-14", place="Baku")
BAKU_CHAT, ALMATY_CHAT = ("chat", "1002"), ("chat", "2002")


class Planning:
    """A desk with a coordinator on each side and a plan between them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.plan = 0
        self._keys = 0

    async def open(self) -> "Planning":
        await self.desk.person("rashad", self.desk.baku, chat=1002, role=Role.COORDINATOR)
        await self.desk.person("dana", self.desk.almaty, chat=2002, role=Role.COORDINATOR)
        self.plan = await plans.open_plan(
            self.desk.people["rashad"], self.desk.almaty, PlanTerm(2027, 2027), self.desk.now
        )
        return self

    def key(self) -> str:
        self._keys += 1
        return f"tap:{self._keys}"

    async def proposes(self, who: str = "rashad", contents: Contents = SEMINAR) -> int:
        self.desk.now += timedelta(minutes=1)
        done = await plans.propose(
            self.plan,
            contents,
            actor=self.desk.people[who],
            via=Via.TELEGRAM,
            key=self.key(),
            now=self.desk.now,
        )
        return done.item

    def intent(self, item: int, act: ItemAct, who: str, **more: Any) -> ItemIntent:
        seen = more.pop("seen", None)
        key = more.pop("key", None) or self.key()
        return ItemIntent(
            item=item,
            act=act,
            actor=self.desk.people[who],
            via=Via.TELEGRAM,
            key=key,
            seen=seen,
            details=more,
        )

    async def does(self, item: int, act: ItemAct, who: str, **more: Any) -> Planned:
        self.desk.now += timedelta(minutes=1)
        return await plans.act(self.intent(item, act, who, **more), self.desk.now)

    async def accepted(self, contents: Contents = SEMINAR) -> int:
        item = await self.proposes(contents=contents)
        await self.does(item, ItemAct.ACCEPT, "dana")
        return item

    async def consents(self, who: str, text: int) -> Planned:
        self.desk.now += timedelta(minutes=1)
        intent = self.intent(0, ItemAct.CONSENT, who)
        return await planconsent.consent(self.plan, text, intent, self.desk.now)

    async def agreed(self) -> int:
        item = await self.accepted()
        text = (await self.seen("rashad")).text
        await self.consents("rashad", text)
        await self.consents("dana", text)
        return item

    async def seen(self, who: str) -> queries.PlanView:
        view = await queries.plan(self.plan, await self.desk.view(who))
        assert view is not None
        return view


@pytest.fixture
async def planning(desk: Desk) -> Planning:
    return await Planning(desk).open()


async def test_a_plan_is_begun_once_whichever_side_begins(planning: Planning) -> None:
    again = await plans.open_plan(
        planning.desk.people["dana"], planning.desk.baku, PlanTerm(2027, 2027), planning.desk.now
    )

    assert again == planning.plan


async def test_a_proposal_is_told_to_the_other_coordinators_alone(planning: Planning) -> None:
    item = await planning.proposes()

    view = await queries.item(item, await planning.desk.view("dana"))
    assert view is not None
    assert (view.stage, view.own, view.contents) == (ItemStage.PROPOSED, False, SEMINAR)
    assert await told(NoticeKind.ITEM_NEWS) == [ALMATY_CHAT]


async def test_librarians_read_and_do_not_propose(planning: Planning) -> None:
    item = await planning.proposes()

    assert await queries.item(item, await planning.desk.view("leyla")) is not None
    with pytest.raises(NotAllowed):
        await planning.proposes("leyla")
    with pytest.raises(NotAllowed):
        await planning.does(item, ItemAct.ACCEPT, "gulnar")


async def test_others_see_and_answer_nothing(planning: Planning) -> None:
    from models.operations import libraries

    elsewhere = await libraries.add_library(library("LIB", "Europe/London", Language.EN), planning.desk.now)
    await planning.desk.person("grace", elsewhere, chat=3001, role=Role.COORDINATOR)
    item = await planning.proposes()

    assert await queries.item(item, await planning.desk.view("grace")) is None
    with pytest.raises(UnknownPlan):
        await planning.does(item, ItemAct.ACCEPT, "grace")


async def test_a_mailbox_speaks_for_a_library_without_a_coordinator(desk: Desk) -> None:
    planning = Planning(desk)
    await desk.person("rashad", desk.baku, chat=1002, role=Role.COORDINATOR)
    await desk.person("ill", desk.almaty, email="ill@nlrk.example", is_mailbox=True)
    planning.plan = await plans.open_plan(desk.people["rashad"], desk.almaty, PlanTerm(2027, 2027), desk.now)

    item = await planning.proposes()
    await planning.does(item, ItemAct.ACCEPT, "ill")

    assert await told(NoticeKind.ITEM_NEWS) == [("mail", "ill@nlrk.example"), BAKU_CHAT]


async def test_a_mailbox_does_not_speak_where_there_is_a_coordinator(planning: Planning) -> None:
    await planning.desk.person("ill", planning.desk.almaty, email="ill@nlrk.example", is_mailbox=True)
    item = await planning.proposes()

    with pytest.raises(NotAllowed):
        await planning.does(item, ItemAct.ACCEPT, "ill")


async def test_versions_are_kept_and_the_last_is_accepted(planning: Planning) -> None:
    item = await planning.proposes()
    await planning.does(item, ItemAct.CHANGE, "dana", values={"when": "2027-06-11"})
    await planning.does(item, ItemAct.CHANGE, "rashad", values={"place": "Almaty"})
    await planning.does(item, ItemAct.ACCEPT, "dana")

    row = await PlanItem.get(id=item)
    editions = await PlanEdition.filter(item_id=item).order_by("number")
    assert (row.stage, row.edition, row.accepted) == (ItemStage.ACCEPTED, 3, 3)
    assert [one.contents.get("when") for one in editions] == ["2027-05-14", "2027-06-11", "2027-06-11"]
    assert [one.contents.get("place") for one in editions] == ["Baku", "Baku", "Almaty"]


async def test_a_change_of_the_kind_counts_under_the_new_clause(planning: Planning) -> None:
    item = await planning.proposes()
    await planning.does(item, ItemAct.CHANGE, "dana", values={"kind": ItemKind.WEBINAR.value})

    assert (await PlanItem.get(id=item)).kind is ItemKind.WEBINAR
    lines = await planfigures.figures(
        planning.desk.almaty, planning.desk.baku, date(2027, 1, 1), date(2027, 12, 31)
    )
    assert [(one.clause, one.stage, one.count) for one in lines] == [("3.2", ItemStage.PROPOSED, 1)]


async def test_a_repeated_act_changes_nothing(planning: Planning) -> None:
    item = await planning.proposes()

    first = await planning.does(item, ItemAct.ACCEPT, "dana", key="tap:same")
    again = await planning.does(item, ItemAct.ACCEPT, "dana", key="tap:same")

    assert again == replace(first, repeated=True)
    assert await PlanEvent.filter(item_id=item).count() == 2


async def test_a_repeated_proposal_is_the_same_item(planning: Planning) -> None:
    known = {"actor": planning.desk.people["rashad"], "via": Via.EMAIL, "key": "mail:7"}
    first = await plans.propose(planning.plan, SEMINAR, now=planning.desk.now, **known)
    again = await plans.propose(planning.plan, SEMINAR, now=planning.desk.now, **known)

    assert again == replace(first, repeated=True)
    assert await PlanItem.all().count() == 1


async def test_of_two_who_change_at_once_one_is_told(planning: Planning) -> None:
    item = await planning.proposes()
    seen = (await PlanItem.get(id=item)).version
    await planning.does(item, ItemAct.CHANGE, "dana", seen=seen, values={"place": "Almaty"})

    with pytest.raises(ItemMoved) as caught:
        await planning.does(item, ItemAct.CHANGE, "rashad", seen=seen, values={"place": "Ganja"})

    assert (caught.value.by, caught.value.act) == ("Dana", ItemAct.CHANGE)
    assert await PlanEdition.filter(item_id=item).count() == 2


async def test_no_side_accepts_its_own_words(planning: Planning) -> None:
    item = await planning.proposes()

    with pytest.raises(ItemOtherSide):
        await planning.does(item, ItemAct.ACCEPT, "rashad")


async def test_declining_needs_a_reason(planning: Planning) -> None:
    item = await planning.proposes()

    with pytest.raises(ItemLacks):
        await planning.does(item, ItemAct.DECLINE, "dana")
    await planning.does(item, ItemAct.DECLINE, "dana", reason="No hall in May")

    assert (await PlanItem.get(id=item)).stage is ItemStage.DECLINED


async def test_a_declined_change_leaves_the_agreed_words(planning: Planning) -> None:
    item = await planning.agreed()
    await planning.does(item, ItemAct.CHANGE, "dana", values={"place": "Almaty"})
    await planning.does(item, ItemAct.DECLINE, "rashad", reason="Baku was agreed")

    view = await queries.item(item, await planning.desk.view("dana"))
    assert view is not None
    assert (view.stage, view.contents.place) == (ItemStage.PLANNED, "Baku")


async def test_a_contact_is_named_without_a_new_text(planning: Planning) -> None:
    item = await planning.agreed()
    before = await planning.seen("dana")
    await planning.does(item, ItemAct.NAME_CONTACT, "dana", contact="Gulnar")

    after = await planning.seen("dana")
    assert after.items[0].contacts == {str(planning.desk.almaty): "Gulnar"}
    assert (after.text, after.is_agreed, after.items[0].version) == (
        before.text,
        True,
        before.items[0].version,
    )


async def test_a_plan_is_agreed_once_both_sides_consent_to_the_same_text(planning: Planning) -> None:
    item = await planning.accepted()
    assert (await PlanItem.get(id=item)).stage is ItemStage.ACCEPTED

    await planning.consents("rashad", 1)
    assert not (await planning.seen("dana")).is_agreed
    await planning.consents("dana", 1)

    view = await planning.seen("rashad")
    assert view.is_agreed
    assert view.items[0].stage is ItemStage.PLANNED


async def test_consent_to_an_older_text_is_refused(planning: Planning) -> None:
    await planning.accepted()
    await planning.consents("rashad", 1)
    await planning.accepted(SEMINAR.with_changes({"title": "Maps"}))

    with pytest.raises(OlderText):
        await planning.consents("dana", 1)

    view = await planning.seen("dana")
    assert (view.text, view.consents, view.is_agreed) == (2, frozenset(), False)


async def test_a_plan_without_accepted_items_has_nothing_to_agree_to(planning: Planning) -> None:
    await planning.proposes()

    with pytest.raises(NothingToAgree):
        await planning.consents("dana", 0)


async def test_consent_twice_is_consent_once(planning: Planning) -> None:
    await planning.accepted()
    first = await planning.consents("rashad", 1)
    again = await planning.consents("rashad", 1)

    assert again == replace(first, repeated=True)


async def test_an_agreed_text_stays_what_it_was_when_the_plan_goes_on(planning: Planning) -> None:
    item = await planning.agreed()
    agreed_body = await queries.body_of(planning.plan, 1)
    await planning.does(item, ItemAct.CANCEL, "rashad", reason="No money")

    view = await planning.seen("dana")
    assert (view.agreed_text, view.text, view.is_agreed) == (1, 2, False)
    assert await queries.body_of(planning.plan, 1) == agreed_body
    assert [one.number for one in await PlanText.filter(plan_id=planning.plan).order_by("number")] == [1, 2]


async def test_what_was_done_is_reported_with_both_sides_counted(planning: Planning) -> None:
    item = await planning.agreed()
    await planning.does(item, ItemAct.REPORT, "rashad", result="Two days", ours=12)
    await planning.does(item, ItemAct.REPORT, "dana", result="Two good days", ours=8)

    done = await planfigures.results(
        planning.desk.baku, planning.desk.almaty, date(2027, 1, 1), date(2027, 12, 31)
    )

    assert [(one.result, one.participants) for one in done] == [
        ("Two good days", {planning.desk.baku: 12, planning.desk.almaty: 8})
    ]


async def test_unfinished_items_are_carried_once_and_without_their_dates(planning: Planning) -> None:
    done = await planning.agreed()
    await planning.does(done, ItemAct.REPORT, "dana", result="Held")
    left = await planning.accepted(SEMINAR.with_changes({"title": "Maps"}))
    for key in ("tap:carry", "tap:carry again"):
        next_plan = await plancarry.carry_over(
            planning.plan,
            actor=planning.desk.people["rashad"],
            via=Via.TELEGRAM,
            key=key,
            now=planning.desk.now,
        )

    view = await queries.plan(next_plan.plan, await planning.desk.view("dana"))
    assert view is not None
    assert (str(view.term), [one.contents.title for one in view.items]) == ("2028", ["Maps"])
    assert (view.items[0].contents.when, view.items[0].stage) == ("", ItemStage.PROPOSED)
    assert (await PlanItem.get(id=left)).stage is ItemStage.CARRIED
    assert (await PlanItem.get(id=done)).stage is ItemStage.DONE


async def test_one_item_is_carried_by_itself_and_once(planning: Planning) -> None:
    left = await planning.agreed()
    other = await planning.accepted(SEMINAR.with_changes({"title": "Maps"}))
    intent = planning.intent(left, ItemAct.CARRY, "rashad")

    carried = await plans.act(intent, planning.desk.now)
    again = await plans.act(intent, planning.desk.now)

    assert again == replace(carried, repeated=True)
    view = await queries.plan(carried.plan, await planning.desk.view("dana"))
    assert view is not None
    assert (str(view.term), [one.id for one in view.items]) == ("2028", [carried.item])
    assert [(await PlanItem.get(id=one)).stage for one in (left, other)] == [
        ItemStage.CARRIED,
        ItemStage.ACCEPTED,
    ]


async def test_what_is_finished_or_has_changed_is_not_carried(planning: Planning) -> None:
    item = await planning.agreed()
    seen = (await PlanItem.get(id=item)).version
    await planning.does(item, ItemAct.POSTPONE, "dana", reason="Repairs")
    with pytest.raises(ItemMoved):
        await plans.act(planning.intent(item, ItemAct.CARRY, "rashad", seen=seen), planning.desk.now)

    await planning.does(item, ItemAct.REPORT, "dana", result="Held")
    with pytest.raises(ItemNotPossible):
        await plans.act(planning.intent(item, ItemAct.CARRY, "rashad"), planning.desk.now)
    assert await Plan.all().count() == 1


async def test_what_came_of_an_item_is_told_whatever_was_seen_of_it_last(planning: Planning) -> None:
    item = await planning.proposes()
    seen = (await PlanItem.get(id=item)).version
    await planning.does(item, ItemAct.ACCEPT, "dana")
    await planning.consents("rashad", 1)
    await planning.consents("dana", 1)

    await planning.does(item, ItemAct.REPORT, "dana", seen=seen, result="Held")

    assert (await PlanItem.get(id=item)).stage is ItemStage.DONE
