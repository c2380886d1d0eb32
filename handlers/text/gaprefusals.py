"""Why something about gap lists was not done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from handlers.text import exchanges, gapfiles
from handlers.text import gaps as gap_text
from handlers.text.voice import Voice
from models.rules.errors import Refusal
from models.rules.gaps import refusals
from models.rules.vocabulary import ExchangeAct, ExchangeStage, ItemState, ListProblem


def _unknown(voice: Voice, _refusal: refusals.UnknownItem) -> str:
    return voice.say("This document is not on a list of your library or of a partner's.")


def _taken(voice: Voice, refusal: refusals.ItemTaken) -> str:
    return voice.say(
        "The line has changed meanwhile, so nothing was done. Line: {number}. It is now: {state}.",
        number=refusal.number,
        state=voice.label(gap_text.STATES[ItemState(refusal.state)]),
    )


def _not_now(voice: Voice, refusal: refusals.ExchangeNotNow) -> str:
    return voice.say(
        "This cannot be done with the exchange now. Act: {act}. Stage: {stage}.",
        act=voice.label(exchanges.ACTS[ExchangeAct(refusal.act)]),
        stage=voice.label(exchanges.STAGES[ExchangeStage(refusal.stage)]),
    )


def _moved(voice: Voice, refusal: refusals.ExchangeMoved) -> str:
    day = voice.short_day(datetime.fromisoformat(refusal.at).date())
    what = voice.label(exchanges.NEWS[ExchangeAct(refusal.act)])
    if refusal.by:
        return voice.say(
            "The exchange has moved on, so nothing was done. {day}: {what}. By: {name}.",
            day=day,
            what=what,
            name=refusal.by,
        )
    return voice.say("The exchange has moved on, so nothing was done. {day}: {what}.", day=day, what=what)


def _bad_list(voice: Voice, refusal: refusals.BadList) -> str:
    return gapfiles.unread(voice, ListProblem(refusal.why), refusal.name, refusal.limit)


def _over(voice: Voice, _refusal: refusals.ImportOver) -> str:
    return voice.say("This list was stored or dropped already. Please send the file again.")


SENTENCES: dict[type[Refusal], Callable[[Voice, Any], str]] = {
    refusals.UnknownItem: _unknown,
    refusals.ItemTaken: _taken,
    refusals.ExchangeNotNow: _not_now,
    refusals.ExchangeMoved: _moved,
    refusals.BadList: _bad_list,
    refusals.ImportOver: _over,
}
