"""Why something about a plan or shared information was not done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from handlers.text.cooperation import ACTS, FIELDS, NEWS, STAGES
from handlers.text.voice import Voice, message
from models.rules import errors
from models.rules.citation import ProblemKind
from models.rules.errors import Refusal
from models.rules.planning import refusals
from models.rules.vocabulary import ItemAct, ItemStage

LACKS: dict[str, str] = {
    "reason": message("Please give the reason after the word, or in the line below it."),
    "values": message("Please say what changes, one line each."),
    "result": message("Please say what came of it."),
    "contact": message("Please name the contact."),
    "note": message("Please write a sentence."),
}

ANSWERS: dict[str, str] = {
    ProblemKind.EMPTY: message("{field}: nothing was typed."),
    ProblemKind.TOO_LONG: message("{field}: too long. At most {limit} characters fit."),
    ProblemKind.UNKNOWN_FIELD: message("{field}: this is not asked here."),
    ProblemKind.NOT_A_YEAR: message(
        "{field}: please type a year from now on, or two with at most five years between them."
    ),
    ProblemKind.NOT_A_DATE: message(
        "{field}: please type a day or a quarter, for example 14.05.2027 or Q2 2027."
    ),
    ProblemKind.PAST_DATE: message("{field}: this day is over. Please choose a later one."),
    ProblemKind.NOT_A_QUANTITY: message("{field}: please type a number."),
    ProblemKind.NOT_AN_ADDRESS: message(
        "{field}: please type a link, for example https://example.org/seminar"
    ),
    ProblemKind.NOT_A_CHOICE: message("{field}: please choose one of those that are offered."),
}


def not_possible(voice: Voice, refusal: refusals.ItemNotPossible) -> str:
    """The item's stage has no room for the act."""
    return voice.say(
        "This cannot be done now. Act: {act}. The item: {stage}.",
        act=voice.label(ACTS[ItemAct(refusal.act)]),
        stage=voice.label(STAGES[ItemStage(refusal.stage)]),
    )


def other_side(voice: Voice, refusal: refusals.ItemOtherSide) -> str:
    """Only the other library may."""
    return voice.say("This is for the other library to do. Act: {act}.", act=voice.label(ACTS[refusal.act]))


def lacks(voice: Voice, refusal: refusals.ItemLacks) -> str:
    """Something has to be said with the act."""
    return voice.say(LACKS[refusal.detail])


def moved(voice: Voice, refusal: refusals.ItemMoved, zone: str) -> str:
    """Somebody was faster."""
    return voice.say(
        "The item has changed meanwhile: {title}. {when}: {what}. By: {name}. Nothing was done; please look "
        "at it as it stands.",
        title=refusal.title,
        when=voice.moment(datetime.fromisoformat(refusal.at), zone),
        what=voice.label(NEWS[ItemAct(refusal.act)]),
        name=refusal.by,
    )


def older_text(voice: Voice, refusal: refusals.OlderText) -> str:
    """The text that was agreed to is not the one that stands."""
    return voice.say(
        "The text of the plan {term} has changed since you saw it, so nothing was agreed. Please read it as "
        "it stands and answer once more.",
        term=refusal.term,
    )


def bad_answer(voice: Voice, refusal: errors.BadAnswer) -> str:
    """A question cannot take this answer."""
    field = FIELDS.get(refusal.field)
    name = voice.named(field) if field else refusal.field
    return voice.say(ANSWERS[refusal.kind], field=name, limit=voice.number(refusal.limit or 0))


def _unknown(voice: Voice, _refusal: refusals.UnknownPlan) -> str:
    return voice.say("This plan is not one of your library's.")


def _nothing(voice: Voice, _refusal: refusals.NothingToAgree) -> str:
    return voice.say("Nothing is accepted yet, so there is no text to agree to.")


SENTENCES: dict[type[Refusal], Callable[[Voice, Any], str]] = {
    refusals.UnknownPlan: _unknown,
    refusals.ItemNotPossible: not_possible,
    refusals.ItemOtherSide: other_side,
    refusals.ItemLacks: lacks,
    refusals.OlderText: older_text,
    refusals.NothingToAgree: _nothing,
}
