"""What the clocks say: a headline for every step, one truthful number of days, the acts that fit."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from handlers.text.card_buttons import hidden
from handlers.text.cards import card_lines
from handlers.text.reader import Reader
from handlers.text.reminders import HEADLINES, days_line, digest, headline, nothing_else, reminder
from handlers.text.rich import as_text
from handlers.text.screens import Verb
from handlers.text.voice import Voice
from models.queries.lists import ListView
from models.rules.reminders import ROWS, Due, Row, Step
from models.rules.vocabulary import Act, Clock, Filter, Group, Language, Side, Stage
from tests.text import views

DUE = date(2028, 8, 8)
LANGUAGES = pytest.mark.parametrize("language", Language)


def due(row: Row, step: Step) -> Due:
    return Due(clock=row.clock, step=step, anchor=DUE, day=DUE, ends=DUE, side=Side.REQUESTING)


STEPS = [(row, step) for row in ROWS for step in row.steps]
TOLD = [due(row, step) for row, step in STEPS if step.whom]


def test_every_step_that_tells_somebody_has_a_headline() -> None:
    assert set(HEADLINES) == {(one.clock, one.step.name) for one in TOLD}


@LANGUAGES
def test_every_step_can_be_named_beforehand(language: Language) -> None:
    voice = Voice(language)

    assert all(headline(voice, due(row, step)) for row, step in STEPS)
    assert nothing_else(voice)


@pytest.mark.parametrize(
    ("language", "today", "said"),
    [
        (Language.EN, date(2028, 8, 5), "3 days are left until: 8 August 2028"),
        (Language.EN, date(2028, 8, 7), "1 day is left until: 8 August 2028"),
        (Language.EN, date(2028, 8, 8), "The last day is today: 8 August 2028"),
        (Language.EN, date(2028, 8, 9), "1 day has passed since: 8 August 2028"),
        (Language.RU, date(2028, 8, 10), "После этой даты прошло 2 дня: 8 августа 2028 г."),
        (Language.RU, date(2028, 8, 13), "После этой даты прошло 5 дней: 8 августа 2028 г."),
        (Language.RU, date(2028, 8, 29), "После этой даты прошёл 21 день: 8 августа 2028 г."),
        (Language.AZ, date(2028, 8, 15), "Həmin tarixdən 7 gün keçib: 8 avqust 2028"),
        (Language.KK, date(2028, 8, 5), "Бұл күнге дейін 3 күн қалды: 2028 ж. 8 тамыз"),
    ],
)
def test_the_number_of_days_is_said_in_whole_days(language: Language, today: date, said: str) -> None:
    words = days_line(Voice(language), TOLD[0], today).replace("\u202f", " ")

    assert words == said


@LANGUAGES
@pytest.mark.parametrize("given", TOLD, ids=lambda one: f"{one.clock}.{one.step.name}")
def test_every_reminder_shows_the_request_and_what_can_be_done(given: Due, language: Language) -> None:
    row = next(row for row in ROWS if row.clock is given.clock)
    for stage in row.at:
        view = views.card(Side(given.step.whom[0].side), stage)
        screen = reminder(Voice(language), view, given, today=views.TODAY, whole=False)

        assert view.number in as_text(screen.lines)
        offered = [button.tap for line in screen.rows for button in line if button.tap]
        assert {tap.word for tap in offered[:-1]} == {act for act in given.step.offers if view.offers(act)}
        assert offered[-1].verb is Verb.CARD


def test_waiting_is_offered_on_the_card_only_while_it_is_asked() -> None:
    view = views.card(Side.REQUESTING, Stage.RECEIVED)

    assert not hidden(view, Act.WAIT)
    assert hidden(replace(view, asked_to_wait=False), Act.WAIT)


def test_the_card_names_the_day_until_which_somebody_has_to_act() -> None:

    view = replace(views.card(Side.SUPPLYING, Stage.RECEIVED), deadline=date(2028, 8, 3))

    assert "Deadline: 3 August 2028" in as_text(card_lines(Voice(Language.EN), view))


def waiting(*deadlines: date | None) -> ListView:
    lines = tuple(
        replace(views.line(Group.WITH_READER), id=number, number=f"ANL-2028-{number:04d}", deadline=day)
        for number, day in enumerate(deadlines, start=1)
    )
    view = views.listing(Filter.TO_DO, page=0, pages=1)
    return replace(view, lines=lines, total=len(lines), more=False)


def test_a_digest_puts_the_most_urgent_first() -> None:
    screen = digest(Voice(Language.EN), waiting(None, DUE, DUE - timedelta(days=5)), by_mail=False)

    numbers = [line[1].text for line in screen.lines if len(line) > 1]
    assert numbers == ["ANL-2028-0003", "ANL-2028-0002", "ANL-2028-0001"]
    assert as_text(screen.lines).startswith("Good morning. 3 requests wait for your library.")


def test_a_digest_of_more_than_can_be_counted_says_so() -> None:
    screen = digest(Voice(Language.EN), replace(waiting(DUE), total=100), by_mail=False)

    assert as_text(screen.lines).startswith("Good morning. More than 99 requests wait for your library.")


@LANGUAGES
def test_a_digest_by_mail_tells_how_to_end_it(language: Language) -> None:
    by_mail = as_text(digest(Voice(language), waiting(DUE), by_mail=True).lines)
    in_chat = as_text(digest(Voice(language), waiting(DUE), by_mail=False).lines)

    assert by_mail.removeprefix(in_chat).strip()


@pytest.mark.parametrize(
    ("hour", "settings", "quiet"),
    [
        (18, {}, False),
        (19, {}, True),
        (7, {}, True),
        (8, {}, False),
        (23, {"quiet": None}, False),
        (13, {"quiet": [13, 14]}, True),
    ],
)
def test_quiet_hours_are_the_readers_own(hour: int, settings: dict[str, object], quiet: object) -> None:
    now = datetime.fromisoformat(f"2028-07-31T{hour:02d}:30+05:00")
    person = replace(views.PERSON, settings=settings)

    assert Reader(voice=Voice(Language.KK), now=now, person=person, zone="Asia/Almaty").is_quiet() is quiet


def test_every_clock_can_be_switched_off_by_its_name() -> None:
    assert {one.clock for one in TOLD} | {Clock.COPY, Clock.UNFILLED} == set(Clock)
