"""The screens of plans and of shared information, in every language, at their longest."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.text import bulletins, planclock, plans
from handlers.text.asking import EDITING, Asked, asked_screen
from handlers.text.plananswers import item_answers, plan_answers
from handlers.text.rich import as_html, as_text, fitted
from handlers.text.screens import Screen
from handlers.text.voice import Voice
from models.queries.bulletins import BulletinView, ReplyView, SharedPage, Wording
from models.queries.plans import ItemView, PlanEventView, PlanView
from models.rules import asking
from models.rules.planning import Contents, ItemStanding, PlanTerm, possible_acts
from models.rules.vocabulary import (
    FormName,
    ItemAct,
    ItemKind,
    ItemStage,
    Language,
    Pace,
    PlanStepName,
    SharedChange,
    Topic,
)
from tests.text import views
from tests.text.test_limits import LONGEST_TEXT, VOICES
from tests.text.test_limits import check as check_whole

CONTENTS = Contents(
    kind=ItemKind.WEBINAR,
    title="Сирек қолжазбаларды цифрландыру <және> сипаттау мәселелері " * 4,
    description="Екі күндік семинар. " * 120,
    lead="NLRK",
    when="2028-Q4",
    place="Алматы, Абай даңғылы, 14",
    link="https://nlrk.example/seminar",
)


def check(screen: Screen, *, cut: bool = False) -> None:
    """Fail on what Telegram would refuse; what people write at length is shortened on its way (`cut`)."""
    lines = fitted(screen.lines, LONGEST_TEXT) if cut else screen.lines
    check_whole(replace(screen, lines=lines))


DETAILS = {"reason": "Зал бос емес. " * 60, "result": "Өтті. " * 100, "ours": 1200, "theirs": 0}


def event(act: ItemAct, *, own: bool = False) -> PlanEventView:
    return PlanEventView(
        id=views.ID,
        plan=views.ID,
        item=views.ID,
        act=act,
        own=own,
        library=views.ALMATY,
        by="Айгүл Сәрсенбаева",
        person=7,
        edition=3,
        text=3,
        details=DETAILS,
        at=views.NOW,
        files=(views.FILE,),
    )


def item(stage: ItemStage, *, own: bool, number: int = 40) -> ItemView:
    return ItemView(
        id=views.ID,
        plan=views.ID,
        term=PlanTerm(2028, 2032),
        number=number,
        stage=stage,
        version=views.VERSION,
        edition=12,
        contents=CONTENTS,
        agreed=replace(CONTENTS, when="2028-05-14"),
        own=own,
        library=views.BAKU,
        partner=views.ALMATY,
        contacts={"1": "Rəşad Əliyev, +994 12 493 40 03", "2": "Дана, +7 727 267 28 83"},
        acts=possible_acts(ItemStanding(stage=stage), own=own),
        events=tuple(event(act) for act in list(ItemAct)[:8]),
    )


def plan(items: int, **changes: Any) -> PlanView:
    view = PlanView(
        id=views.ID,
        term=PlanTerm(2028, 2032),
        library=views.BAKU,
        partner=views.ALMATY,
        items=tuple(item(ItemStage.PROPOSED, own=True, number=one) for one in range(1, items + 1)),
        text=12,
        mark="0" * 8,
        consents=frozenset({2}),
        agreed_text=11,
        agreed_at=views.NOW,
    )
    return replace(view, **changes)


@VOICES
@pytest.mark.parametrize("stage", ItemStage)
@pytest.mark.parametrize("own", [True, False], ids=["author", "other"])
def test_items_fit_at_every_stage_for_whoever_reads(voice: Voice, stage: ItemStage, *, own: bool) -> None:
    view = item(stage, own=own)
    for speaks in (True, False):
        check(plans.item_screen(voice, view, speaks=speaks, event=views.ID), cut=True)
    assert as_html(item_answers(voice, view))
    for step in PlanStepName:
        check(planclock.item_reminder(voice, view, step, event=1, speaks=True), cut=True)


@VOICES
@pytest.mark.parametrize("act", ItemAct)
def test_news_of_every_act_fits(voice: Voice, act: ItemAct) -> None:
    view = item(ItemStage.PLANNED, own=False)

    check(plans.item_news(voice, view, event(act), speaks=True), cut=True)


@VOICES
def test_participants_are_told_from_the_readers_side(voice: Voice) -> None:
    view = item(ItemStage.DONE, own=False)
    theirs = as_text(plans.item_news(voice, view, event(ItemAct.REPORT), speaks=True).lines)
    ours = as_text(plans.item_news(voice, view, event(ItemAct.REPORT, own=True), speaks=True).lines)
    told = f"{voice.named(plans.FIELDS['theirs'])}: {voice.number(1200)}"

    assert told in theirs
    assert told not in ours


@VOICES
@pytest.mark.parametrize("items", [0, 1, 25])
def test_plans_fit_however_far_they_are_agreed(voice: Voice, items: int) -> None:
    for changes in ({}, {"text": 0}, {"consents": frozenset({1})}, {"agreed_text": 12}, {"agreed_at": None}):
        view = plan(items, **changes)
        check(plans.plan_screen(voice, view, speaks=True, by_mail=False), cut=True)
        assert as_html(plans.plan_screen(voice, view, speaks=True, by_mail=True).lines)
        assert as_html(plan_answers(voice, view))


@VOICES
def test_lists_of_plans_and_the_two_questions_of_the_year_fit(voice: Voice) -> None:
    for found in ([], [plan(0), plan(1)]):
        check(plans.plans_screen(voice, found, speaks=True, by_mail=False))
        check(plans.plans_screen(voice, found, speaks=False, by_mail=True))
    for step in (PlanStepName.NEXT_PLAN, PlanStepName.REPORT_DUE):
        for by_mail in (False, True):
            check(planclock.year_reminder(voice, views.ALMATY, step, 2029, by_mail=by_mail))


VALUES = {
    "kind": "webinar",
    "title": "x" * 300,
    "description": "y" * 2500,
    "lead": "own",
    "when": "2028-Q3",
    "topics": [one.value for one in Topic],
    "language": "az",
    "second": "ru",
    "files": [1, 2],
}


@VOICES
@pytest.mark.parametrize("form", FormName)
def test_every_question_and_every_review_fits(voice: Voice, form: FormName) -> None:
    for step in (*(one.name for one in asking.FORMS[form]), None, EDITING):
        asked = Asked(form=form, ref=views.ID, values=VALUES, step=step)
        for month in ("", "2028-12"):
            check(asked_screen(voice, asked, today=views.TODAY, month=month, problem="!"))


BULLETIN = BulletinView(
    id=views.ID,
    library=views.ALMATY,
    by="Айгүл Сәрсенбаева",
    own=False,
    topics=tuple(Topic),
    wordings=(
        Wording(language=Language.KK, title="Жаңа каталог " * 20, text="Мәтін. " * 350),
        Wording(language=Language.AZ, title="Yeni kataloq " * 20, text="Mətn. " * 350),
    ),
    link="https://nlrk.example/katalog",
    files=(views.FILE,) * 3,
    at=views.NOW - timedelta(days=1),
)
PAGE = SharedPage(bulletins=(BULLETIN,) * 8, page=2, has_more=True, follows=dict.fromkeys(Topic, Pace.WEEKLY))


@VOICES
def test_shared_information_fits(voice: Voice) -> None:
    withdrawn = replace(BULLETIN, own=True, withdrawn_at=views.NOW)
    for view in (BULLETIN, replace(BULLETIN, own=True, changes=True), withdrawn):
        check(bulletins.bulletin_screen(voice, view, by_mail=False), cut=True)
        assert as_html(bulletins.bulletin_screen(voice, view, by_mail=True).lines)
        check(bulletins.shared_kept(voice, view, by_mail=False, corrected=True), cut=True)
        check(bulletins.sure_screen(voice, view), cut=True)
        for news in SharedChange:
            check(bulletins.news_screen(voice, view, news, by_mail=False), cut=True)
    check(bulletins.shared_screen(voice, PAGE))
    check(bulletins.shared_screen(voice, replace(PAGE, bulletins=(), page=0, follows={})))
    check(bulletins.weekly(voice, [BULLETIN] * 12, by_mail=False), cut=True)
    reply = ReplyView(id=1, bulletin=2, title="x" * 300, by="Айгүл", library=views.ALMATY, text="y" * 3500)
    check(bulletins.reply_screen(voice, reply))


@pytest.mark.parametrize("language", Language)
def test_a_reader_sees_the_own_language_where_there_is_one(language: Language) -> None:
    shown = as_text(bulletins.bulletin_screen(Voice(language), BULLETIN, by_mail=False).lines)

    own = "Yeni" if language is Language.AZ else "Жаңа"
    assert own in shown
    assert ("Yeni" in shown) != ("Жаңа" in shown)
