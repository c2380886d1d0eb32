"""Requests on their way through the lifecycle, for tests."""

from dataclasses import replace
from datetime import date

from models.rules.lifecycle import Details, Standing, move
from models.rules.vocabulary import (
    Act,
    Condition,
    Flag,
    Method,
    Phrase,
    Reason,
    ScanProblem,
    Service,
    Settlement,
    Side,
    Stage,
)

REQUESTING, SUPPLYING = Side
LOAN, COPY, ACQUISITION = Service
CAME_FROM = Stage.WILL_SUPPLY
EVERYTHING = Details(
    conditions=(Condition.NO_REPRODUCTION,),
    note="a word",
    due=date(2028, 8, 8),
    until=date(2028, 8, 9),
    parcel="RR123456785KZ",
    method=Method.COURIER,
    pieces=2,
    problem=ScanProblem.CUT_OFF,
    pages="15–17",
    settlement=Settlement.PAYMENT,
    cost="12 EUR",
    field="title",
    files=(1,),
    phrase=Phrase.THANKS,
    colleague=5,
    wished=date(2028, 9, 9),
    value="50 EUR",
    insured="70 EUR",
)
REASON_OF = {Act.NO: Reason.NOT_HELD, Act.LATER: Reason.ON_LOAN, Act.CONDITIONS: Reason.COST}


REASON_TO_BUY = {Act.NO: Reason.OUT_OF_PRINT, Act.LATER: Reason.ON_ORDER, Act.CONDITIONS: Reason.COST}


def details_for(act: Act, service: Service = LOAN) -> Details:
    """Everything that an act may ask for."""
    reasons = REASON_TO_BUY if service is ACQUISITION else REASON_OF
    return replace(EVERYTHING, reason=reasons.get(act))


def standing(stage: Stage, *flags: Flag, service: Service = LOAN) -> Standing:
    return Standing(stage=stage, service=service, flags=frozenset(flags), resume=CAME_FROM)


def walk(start: Standing, *steps: tuple[Act, Side | None]) -> Standing:
    """Do one act after another, with every detail given."""
    now = start
    for act, side in steps:
        now = move(now, act, side=side, details=details_for(act, now.service)).after
    return now
