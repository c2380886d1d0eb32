"""What an act writes into the request beside its stage: due dates, terms, dispatch. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from models.rules.ending import due_by
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, Method, Side

Changes = dict[str, Any]

LOAN_DAYS = 30
PROVISIONAL_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """How the parcels of a library to a partner go: what was named last, taken for granted from then on."""

    method: Method | None = None
    value: str | None = None
    insured: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What of the request the effects depend on. `today` is the civil day at the acting library.

    `last_day` is that of the agreement while a notice runs: no loan is due later.
    `returns`: the item comes back, so that a due date counts.
    """

    today: date
    actor: int | None
    due: date | None = None
    named_due: bool = False
    dispatch: dict[str, Any] | None = None
    asked_due: date | None = None
    returns: bool = True
    loan_days: int = LOAN_DAYS
    side: Side | None = None
    last_day: date | None = None
    usual: Usual = field(default_factory=Usual)


def effects(act: Act, details: Details, before: Before) -> Changes:
    """The columns of `request` that the act sets; empty for acts that only move the stage."""
    changes = uncut(act, details, before)
    if "due" in changes:
        changes["due"] = due_by(changes["due"], before.last_day, before.today)
    return changes


def uncut(act: Act, details: Details, before: Before) -> Changes:
    """The same as if the agreement went on."""
    effect = EFFECTS.get(act)
    return effect(details, before) if effect else {}


def _take(_details: Details, before: Before) -> Changes:
    return {"taker_id": before.actor}


def _answer(details: Details, before: Before) -> Changes:
    """The terms of the latest answer replace those of an earlier one; the answerer keeps the request."""
    terms = {
        "conditions": list(details.conditions),
        "cost": details.cost,
        "note": details.note,
        "field": details.field,
    }
    return {
        "terms": {name: value for name, value in terms.items() if value},
        "reason": details.reason,
        "until": details.until,
        "taker_id": before.actor,
    }


def _expect(details: Details, _before: Before) -> Changes:
    return {"until": details.until}


def _accept(_details: Details, _before: Before) -> Changes:
    """What was accepted stays on the card as terms; only the question is gone."""
    return {"until": None}


def _ship(details: Details, before: Before) -> Changes:
    provisional = before.today + timedelta(days=PROVISIONAL_DAYS)
    return {
        "due": (details.due or provisional) if before.returns else None,
        "named_due": before.returns and details.due is not None,
        "until": None,
        "dispatch": _dispatch(_by_usual_way(details, before), before.today.isoformat()),
        "taker_id": before.actor,
    }


def _by_usual_way(details: Details, before: Before) -> Details:
    """With what is usual for the pair where nothing else is named."""
    usual = before.usual
    return replace(
        details,
        method=details.method or usual.method,
        value=details.value or usual.value,
        insured=details.insured or usual.insured,
    )


def _detail_dispatch(details: Details, before: Before) -> Changes:
    return {"dispatch": {**(before.dispatch or {}), **_dispatch(details, None)}}


def _dispatch(details: Details, sent_on: str | None) -> dict[str, Any]:
    facts = {
        "sent_on": sent_on,
        "parcel": details.parcel,
        "method": details.method,
        "pieces": details.pieces,
        "value": details.value,
        "insured": details.insured,
    }
    return {name: value for name, value in facts.items() if value}


def _receive(details: Details, before: Before) -> Changes:
    """The loan period counts from receipt, unless the supplying library named the day."""
    pieces = {"received_pieces": details.pieces} if details.pieces else {}
    changes: Changes = {"dispatch": {**(before.dispatch or {}), **pieces}}
    if before.returns and not before.named_due:
        changes["due"] = before.today + timedelta(days=before.loan_days)
    return changes


def _grant(details: Details, before: Before) -> Changes:
    day = renewed_until(before.asked_due, due=before.due, today=before.today, loan_days=before.loan_days)
    return {"due": details.due or day}


def renewed_until(asked: date | None, *, due: date | None, today: date, loan_days: int = LOAN_DAYS) -> date:
    """Until when a renewal runs that names no day: as asked, else one loan period longer."""
    return asked or max(today, due or today) + timedelta(days=loan_days)


def _change_due(details: Details, _before: Before) -> Changes:
    return {"due": details.due, "named_due": True}


def _obtain(details: Details, before: Before) -> Changes:
    """What it cost and where it comes from stays on the card."""
    terms = {"cost": details.cost, "note": details.note}
    return {"terms": {k: v for k, v in terms.items() if v}, "until": None, "taker_id": before.actor}


def _send_back(details: Details, before: Before) -> Changes:
    back = {f"back_{name}": value for name, value in _dispatch(details, before.today.isoformat()).items()}
    return {"dispatch": {**(before.dispatch or {}), **back}}


def _settle(details: Details, _before: Before) -> Changes:
    terms = {"settlement": details.settlement, "cost": details.cost, "note": details.note}
    return {"terms": {name: value for name, value in terms.items() if value}}


def _problem(details: Details, _before: Before) -> Changes:
    terms = {"problem": details.problem, "pages": details.pages, "note": details.note}
    return {"terms": {name: value for name, value in terms.items() if value}}


def _deliver(_details: Details, before: Before) -> Changes:
    return {"until": None, "taker_id": before.actor}


def _wait(_details: Details, before: Before) -> Changes:
    """The clocks begin again: what they asked is answered."""
    return {"waited_on": before.today}


def _hand_over(details: Details, before: Before) -> Changes:
    """The colleague looks after the request for their own side from now on."""
    column = "asker_id" if before.side is Side.REQUESTING else "taker_id"
    return {column: details.colleague}


EFFECTS: dict[Act, Callable[[Details, Before], Changes]] = {
    Act.TAKE: _take,
    Act.YES: _answer,
    Act.CONDITIONS: _answer,
    Act.LATER: _answer,
    Act.NO: _answer,
    Act.WITHDRAW_CONDITIONS: _answer,
    Act.EXPECT: _expect,
    Act.TRY_AGAIN: _expect,
    Act.ACCEPT: _accept,
    Act.SHIP: _ship,
    Act.DETAIL_DISPATCH: _detail_dispatch,
    Act.DELIVER: _deliver,
    Act.RECEIVE: _receive,
    Act.RECEIVE_DAMAGED: _receive,
    Act.GRANT_RENEWAL: _grant,
    Act.CHANGE_DUE: _change_due,
    Act.SEND_BACK: _send_back,
    Act.PROPOSE_SETTLEMENT: _settle,
    Act.PROBLEM: _problem,
    Act.WAIT: _wait,
    Act.REOPEN: _wait,
    Act.HAND_OVER: _hand_over,
    Act.OBTAIN: _obtain,
}
