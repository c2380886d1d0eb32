"""The screens of agreements, in every language, at their longest; what they must say in any case."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import islice

import polib
import pytest

from handlers.text.agreement import news, page, renewal, steps
from handlers.text.agreement.dates import derived, period
from handlers.text.agreement.sight import Sight
from handlers.text.refusals import TERM_REFUSALS
from handlers.text.rich import as_text
from handlers.text.screens import Screen, Verb
from handlers.text.voice import Label, Voice
from models.queries.agreements import (
    AgreementFacts,
    AmendmentView,
    NoticeView,
    SeenView,
    StandView,
    TextView,
)
from models.queries.between import Figures, OpenMatters
from models.queries.renewals import AgreementEventView, RenewalView
from models.rules.errors import TermRefused
from models.rules.hours import Place
from models.rules.period import Period, TermRefusalKind
from models.rules.renewal import derivation, row_of
from models.rules.term import Amendment, Duration, terms
from models.rules.vocabulary import (
    AgreementAct,
    AmendmentState,
    Language,
    RenewalAnswer,
    RenewalGroup,
    RenewalStep,
    Told,
)
from models.rules.workdays import Calendar
from tests.text import views
from tests.text.catalogues import path_of
from tests.text.test_limits import VOICES, check

NOW = datetime(2028, 7, 31, 6, tzinfo=UTC)
DEADLINE, END = date(2028, 8, 8), date(2028, 11, 8)
MATTERS = OpenMatters(
    to_return=("NLRK-2028-9999",) * 40,
    to_send=("ANL-2028-9999",) * 40,
    others=("ANL-2028-9998",) * 40,
    gaps=({"title": "Абай энциклопедиясы " * 9},) * 40,
)
FIGURES = Figures(asked={1: 1234, 2: 4321}, supplied={1: 1200, 2: 4000})
NOTICE = NoticeView(
    id=views.ID,
    given_by=1,
    received_on=date(2028, 7, 30),
    named_end=None,
    recorded_by="Ғалымжан Әбдірахманұлы Қожахметов-Сәрсенбаев",
    recorded_at=NOW,
    asked_by="Aygün",
    asked_at=NOW,
    withdrawn_on=None,
)
AMENDMENT = AmendmentView(
    id=views.ID,
    library=1,
    last_day=date(2029, 12, 31),
    settings={"renewal": "none"},
    state=AmendmentState.PROPOSED,
    proposed_by="Aygün Məmmədova",
    proposed_at=NOW,
    agreed_on=None,
)
TEXTS = tuple(
    TextView(id=n, agreement=1, language=code, name=f"{code}.pdf", size=1, mime="application/pdf", sha256="0")
    for n, code in enumerate(("az", "kk", "ru", "de"), start=1)
)
FACTS = AgreementFacts(
    id=views.ID,
    sides=(views.BAKU, views.ALMATY),
    places={1: Place(Calendar("AZ"), "Asia/Baku"), 2: Place(Calendar("KZ"), "Asia/Almaty")},
    place=dict.fromkeys(Language, "Алматы"),
    duration=Duration(date(2013, 11, 8)),
    edition=999,
    dated_at=NOW,
    created_at=NOW,
    ended_on=None,
    stands=(
        StandView(library=2, deadline=DEADLINE, answer=RenewalAnswer.TALK, by="Айгүл", at=NOW),
        StandView(library=1, deadline=DEADLINE, answer=RenewalAnswer.NOTICE, by="Aygün", at=NOW),
    ),
    seen=(SeenView(library=1, anchor=DEADLINE, by="Aygün", at=NOW),),
    amendments=(AMENDMENT,),
    texts=TEXTS,
)
ENDING = replace(FACTS, notices=(NOTICE,))
ENDED = replace(ENDING, ended_on=END)


def sight(facts: AgreementFacts = FACTS, own: int = 2, *, now: datetime = NOW, records: bool = True) -> Sight:
    return Sight(facts=facts, own=own, now=now, records=records)


def words(screen: Screen) -> str:
    return as_text(screen.lines)


@VOICES
@pytest.mark.parametrize(
    "facts", [FACTS, ENDING, ENDED, replace(FACTS, duration=Duration(END, renewal=None))]
)
@pytest.mark.parametrize("records", [True, False])
def test_the_agreement_fits_for_both_sides(voice: Voice, facts: AgreementFacts, *, records: bool) -> None:
    for own in (1, 2):
        for now in (NOW, NOW + timedelta(days=60), NOW + timedelta(days=365)):
            screen = page.page(voice, sight(facts, own, now=now, records=records), MATTERS, problem="…")
            check(screen)
            taps = [button.tap for row in screen.rows for button in row if button.tap]
            assert records or all(tap.word in {"text", "calendar"} for tap in taps)
            assert "calendar" in {tap.word for tap in taps}


@VOICES
@pytest.mark.parametrize("name", steps.PROMPTS)
def test_every_step_of_a_record_fits(voice: Voice, name: str) -> None:
    values = {
        "received": "1",
        "effect": "1.2028-07-30",
        "later": "1.2028-07-30",
        "code": "1.2028-07-30.2028-12-31",
        "proposal": "2029-12-31",
        "letters": "",
    }
    facts = ENDING if name in {"withdraw", "let", "keep"} else FACTS
    for own in (1, 2):
        check(steps.step(voice, sight(facts, own), name, values.get(name, str(views.ID)), problem="…"))
    if name == "proposal":
        for value in ("none", "notice.99999m", "renewal.3y"):
            check(steps.step(voice, sight(), name, value))


def test_the_signing_day_is_that_of_the_city_where_it_was_signed() -> None:
    place = {Language.EN: "Almaty", Language.RU: "Алматы"}
    said = words(page.page(Voice(Language.EN), sight(replace(FACTS, place=place)), MATTERS))
    elsewhere = words(page.page(Voice(Language.EN), sight(replace(FACTS, place={})), MATTERS))

    assert "8 November 2013, Almaty (Almaty time)" in said
    assert "Date of signing: 8 November 2013\n" in elsewhere


def test_a_change_of_a_period_shows_its_effect_in_dates() -> None:
    english = Voice(Language.EN)
    notice = words(steps.step(english, sight(), "proposal", "notice.6m"))
    renewal = words(steps.step(english, sight(), "proposal", "renewal.3y"))

    assert "Notice period: 6 months\nLast day of the agreement: 8 November 2028" in notice
    assert "Last day for a notice: 8 May 2028" in notice
    assert "Renewed each time for: 3 years" in renewal
    assert "Next term: 4 (9 November 2028 – 8 November 2031)" in renewal


def test_every_step_has_its_words() -> None:
    assert set(steps.PROMPTS) == set(steps.BUILDERS)
    assert set(steps.TYPED) <= set(steps.BUILDERS)


@VOICES
@pytest.mark.parametrize("act", AgreementAct)
def test_news_fit_for_everything_that_happens(voice: Voice, act: AgreementAct) -> None:
    event = AgreementEventView(
        id=1,
        agreement=views.ID,
        act=act,
        by="Aygün Məmmədova",
        library=None if act is AgreementAct.END else 1,
        details={"answer": RenewalAnswer.TALK, "amendment": views.ID},
        at=NOW,
    )
    for facts in (FACTS, ENDING, ENDED):
        check(news.news(voice, sight(facts), event, MATTERS))


def told(step: RenewalStep, *, as_whom: Told = Told.COORDINATOR) -> RenewalView:
    anchor = {RenewalGroup.NOTICE_DAY: DEADLINE, RenewalGroup.END: END}.get(row_of(step).group, DEADLINE)
    return RenewalView(
        id=1, agreement=views.ID, library=2, step=step, anchor=anchor, day=date(2028, 7, 28), told_as=as_whom
    )


def reminded(
    voice: Voice, *said: RenewalView, past: tuple[RenewalView, ...] = (), mail: bool = True
) -> Screen:
    items = [renewal.Item(sight=sight(), step=one, matters=MATTERS, figures=FIGURES) for one in said]
    return renewal.reminder(voice, items, past, today=date(2028, 7, 31), by_mail=mail)


@VOICES
@pytest.mark.parametrize("step", RenewalStep)
@pytest.mark.parametrize("as_whom", Told)
def test_every_reminder_fits_alone_and_after_a_long_silence(
    voice: Voice, step: RenewalStep, as_whom: Told
) -> None:
    past = tuple(map(told, RenewalStep))
    for mail in (True, False):
        check(reminded(voice, told(step, as_whom=as_whom), past=past, mail=mail))
    check(reminded(voice, told(step), told(RenewalStep.ENDED), told(RenewalStep.CLOSED), past=past))


@VOICES
def test_a_late_reminder_says_by_how_many_days(voice: Voice) -> None:
    screen = reminded(voice, told(RenewalStep.DAYS_7), past=(told(RenewalStep.DAYS_14),))

    late = voice.plural("Late by {n} day.", "Late by {n} days.", 3)
    assert words(screen).splitlines()[1] == late
    mentioned = voice.plural("late by {n} day", "late by {n} days", 3)
    assert any(row.endswith(f"({mentioned})") for row in words(screen).splitlines())


@VOICES
def test_a_deadline_carries_its_reason_and_both_zones(voice: Voice) -> None:
    said = words(page.page(voice, sight(), MATTERS))

    assert voice.day(DEADLINE) in said
    assert voice.day(date(2013, 11, 8)) in said
    for zone in ("Baku time", "Almaty time"):
        term = f"local_time_{zone.split()[0].lower()}"
        assert voice.label(Label(term, zone)) in said


def test_the_other_side_is_told_as_seen_and_not_how_it_answered() -> None:
    voice = Voice(Language.EN)
    said = words(page.page(voice, sight(), MATTERS))

    assert "Azerbaijan National Library: seen, 31 July 2028" in said
    assert "We want to talk" in said
    assert "We will give notice" not in said


def test_until_both_have_confirmed_the_reading_it_is_called_one() -> None:
    voice = Voice(Language.EN)
    sentence = "It is counted as renewing repeatedly; not yet confirmed by both sides."

    for confirmed, shown in ((frozenset(), True), (frozenset({1}), True), (frozenset({1, 2}), False)):
        facts = replace(FACTS, confirmed_by=confirmed)
        assert (sentence in words(page.page(voice, sight(facts), MATTERS))) is shown


def test_between_the_deadline_and_the_end_of_the_term_it_will_renew() -> None:
    said = words(page.page(Voice(Language.EN), sight(now=datetime(2028, 9, 1, tzinfo=UTC)), MATTERS))

    assert "It will renew on 9 November 2028, until 8 November 2033." in said
    assert "8 August 2028" in said
    assert "8 August 2033" not in said


@pytest.mark.parametrize(
    ("duration", "number", "sentence"),
    [
        (
            Duration(date(2013, 11, 8)),
            2,
            "Counted from: signing on 8 November 2013, plus 15 years; the notice period before it: 3 months.",
        ),
        (
            Duration(
                date(2013, 11, 8),
                notice=Period(days=30),
                amendments=(Amendment(date(2014, 1, 1), date(2017, 2, 28), by_both=True),),
            ),
            0,
            "Counted from: last day agreed by both, 28 February 2017; the notice period before it: 30 days.",
        ),
    ],
)
def test_a_deadline_is_derived_in_one_line(duration: Duration, number: int, sentence: str) -> None:
    term = next(islice(terms(duration), number, None))

    assert derived(Voice(Language.EN), derivation(duration, term)) == sentence


@VOICES
def test_lengths_are_read_in_years_months_and_days(voice: Voice) -> None:
    assert all(period(voice, one) for one in (Period(60), Period(3), Period(63), Period(days=30)))


TABLES: dict[str, tuple[Mapping[StrEnum, object], type[StrEnum]]] = {
    "headlines": (renewal.HEADLINES, RenewalStep),
    "news": (news.NEWS, AgreementAct),
    "answers": (page.ANSWERS, RenewalAnswer),
    "mail": (renewal.ASKED_BY_MAIL, RenewalAnswer),
    "meanings": (renewal.MEANINGS, RenewalAnswer),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_member_has_its_words(name: str) -> None:
    table, vocabulary = TABLES[name]

    assert set(table) == set(vocabulary)


def test_every_refusal_of_the_calendar_has_a_sentence() -> None:
    assert set(TERM_REFUSALS) == set(TermRefusalKind)


@pytest.mark.parametrize(
    "said", [steps.PROMPTS, TERM_REFUSALS, renewal.MEANINGS], ids=["steps", "refusals", "mail"]
)
def test_every_sentence_is_in_the_catalogues(said: Mapping[str, str]) -> None:
    known = {entry.msgid for entry in polib.pofile(str(path_of(Language.EN)))}

    assert set(said.values()) <= known


def test_what_the_calendar_does_not_allow_is_refused_with_its_day() -> None:
    with pytest.raises(TermRefused) as refused:
        steps.step(Voice(Language.EN), sight(), "effect", "1.2028-08-02")

    assert refused.value == TermRefused(kind="in_the_future", day="2028-07-31")


def test_a_notice_shows_its_effect_before_anything_is_recorded() -> None:
    voice = Voice(Language.EN)
    shown = steps.step(voice, sight(), "effect", "1.2028-07-31")
    typed = steps.step(voice, sight(), "code", "1.2028-07-31")

    assert "Last day of the agreement: 31 October 2028" in words(shown)
    assert "92 days are left until: 31 October 2028" in words(shown)
    assert words(typed).endswith("four digits: 3110")
    taps = [button.tap for row in typed.rows for button in row if button.tap]
    assert [(tap.verb, tap.word) for tap in taps] == [(Verb.AGREEMENT, "open")]
