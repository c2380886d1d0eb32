"""What the lifecycle does not list is refused: for every stage, act, side and service, in four languages."""

import pytest

from handlers.text import labels
from handlers.text.refusals import refusal_text, toast
from handlers.text.voice import Voice
from models.rules.errors import NotPossibleNow, OtherSide, Refusal
from models.rules.lifecycle import ROWS, move
from models.rules.vocabulary import Act, Flag, Language, Service, Side, Stage
from tests.rules.lives import details_for, standing

VOICES = [Voice(language) for language in Language]
FLAGS: list[tuple[Flag, ...]] = [(), *((flag,) for flag in Flag)]


def listed(stage: Stage, service: Service, act: Act, *, side: Side, flags: tuple[Flag, ...]) -> bool:
    """Whether the table has a row for it."""
    now = standing(stage, *flags, service=service)
    return any(row.act is act and row.by is side and row.fits(now) for row in ROWS)


def refused(
    stage: Stage, service: Service, act: Act, *, side: Side, flags: tuple[Flag, ...]
) -> Refusal | None:
    """Why the act is not done; None where it is."""
    try:
        move(standing(stage, *flags, service=service), act, side=side, details=details_for(act, service))
    except Refusal as refusal:
        return refusal
    return None


def is_told(refusal: Refusal | None, act: Act) -> bool:
    """Whether each language has a sentence of its own that names the act, and the toast holds it whole."""
    if not isinstance(refusal, NotPossibleNow | OtherSide):
        return False
    sentences = [refusal_text(voice, refusal) for voice in VOICES]
    named = all(voice.label(labels.ACTS[act]) in text for voice, text in zip(VOICES, sentences, strict=True))
    whole = all(toast(voice, refusal) == text for voice, text in zip(VOICES, sentences, strict=True))
    return named and whole and len(set(sentences)) == len(Language)


@pytest.mark.parametrize("service", Service)
@pytest.mark.parametrize("stage", Stage)
def test_every_unlisted_act_is_refused_with_a_sentence_in_four_languages(
    stage: Stage, service: Service
) -> None:
    told: dict[str, bool] = {}
    wrong = []
    for flags in FLAGS:
        for act in Act:
            for side in Side:
                if listed(stage, service, act, side=side, flags=flags):
                    continue
                refusal = refused(stage, service, act, side=side, flags=flags)
                key = repr(refusal)
                told.setdefault(key, is_told(refusal, act))
                if not told[key]:
                    wrong.append((flags, act, side, refusal))

    assert wrong == []


@pytest.mark.parametrize("service", Service)
@pytest.mark.parametrize("stage", Stage)
def test_every_listed_act_moves(stage: Stage, service: Service) -> None:
    wrong = [
        (act, side, flags)
        for flags in FLAGS
        for act in Act
        for side in Side
        if listed(stage, service, act, side=side, flags=flags)
        and refused(stage, service, act, side=side, flags=flags) is not None
    ]

    assert wrong == []
