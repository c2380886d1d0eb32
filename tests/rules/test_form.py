"""The guided form: its questions in order, what may be skipped, when it is complete."""

from typing import Any

import pytest

from models.rules.form import (
    EDITABLE,
    STEPS,
    is_complete,
    may_skip,
    next_step,
    previous_step,
)
from models.rules.vocabulary import Service

LOAN, COPY, _ = Service
TITLED: dict[str, Any] = {"title": "Abay jolı"}


@pytest.mark.parametrize("service", Service)
def test_a_form_without_answers_walks_through_all_its_questions(service: Service) -> None:
    asked: list[str] = []
    while (step := next_step(service, {}, after=asked[-1] if asked else None)) is not None:
        asked.append(step)

    assert tuple(asked) == STEPS[service]


@pytest.mark.parametrize("service", Service)
def test_going_back_passes_the_same_questions(service: Service) -> None:
    passed = [STEPS[service][-1]]
    while (step := previous_step(service, passed[-1])) is not None:
        passed.append(step)

    assert tuple(reversed(passed)) == STEPS[service]


def test_what_is_known_already_is_not_asked() -> None:
    values = {"title": "Abay jolı", "author": "Auezov M.", "year": 1977}

    assert next_step(LOAN, values, after=None) == "volume"
    assert next_step(LOAN, values, after="title") == "volume"


def test_after_the_last_question_comes_the_review() -> None:
    assert next_step(LOAN, {}, after="note") is None


def test_a_form_continues_from_its_beginning_after_a_field_that_is_no_question() -> None:
    assert next_step(LOAN, {}, after="isbn") == "title"
    assert previous_step(LOAN, "isbn") is None


@pytest.mark.parametrize("service", Service)
def test_the_title_is_never_skipped(service: Service) -> None:
    assert not may_skip(service, {}, "title")
    assert not may_skip(service, {"title": "Abay jolı", "pages": "1–2"}, "title")


@pytest.mark.parametrize("step", [step for step in STEPS[LOAN] if step != "title"])
def test_a_loan_needs_nothing_but_a_title(step: str) -> None:
    assert may_skip(LOAN, TITLED, step)


def test_of_pages_and_part_title_a_copy_needs_one() -> None:
    assert not may_skip(COPY, TITLED, "pages")
    assert may_skip(COPY, {**TITLED, "part_title": "Foreword"}, "pages")
    assert may_skip(COPY, {**TITLED, "pages": "12–40"}, "part_title")
    assert may_skip(COPY, TITLED, "author")


@pytest.mark.parametrize(
    ("service", "values", "complete"),
    [
        (LOAN, {}, False),
        (LOAN, TITLED, True),
        (COPY, TITLED, False),
        (COPY, {**TITLED, "pages": "12–40"}, True),
        (COPY, {**TITLED, "part_title": "Foreword"}, True),
    ],
)
def test_a_draft_can_be_sent_when_it_is_complete(
    service: Service, values: dict[str, Any], *, complete: bool
) -> None:
    assert is_complete(service, values) is complete


@pytest.mark.parametrize("service", Service)
def test_every_question_can_be_changed_in_the_review(service: Service) -> None:
    assert set(STEPS[service]) <= set(EDITABLE[service])
    assert len(EDITABLE[service]) == len(set(EDITABLE[service]))
