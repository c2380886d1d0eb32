"""Where a request stands: stage, flags, whose turn, the staff's group, the ISO 18626 status."""

from dataclasses import dataclass

from models.rules.vocabulary import Flag, Group, Reason, Service, Side, Stage, Status

Stages = frozenset[Stage]
Flags = frozenset[Flag]
NO_FLAGS: Flags = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a request stands, as far as the table is concerned. `pieces` left the supplying library."""

    stage: Stage
    service: Service
    flags: Flags = NO_FLAGS
    resume: Stage | None = None
    reason: Reason | None = None
    pieces: int | None = None


S = Side


def stages_of(*stages: Stage) -> Stages:
    """A set of stages, as the table writes it."""
    return frozenset(stages)


FINAL = stages_of(Stage.CANCELLED, Stage.CLOSED, Stage.DONE, Stage.EXPIRED)
OPEN = frozenset(Stage) - FINAL - {Stage.DRAFT}

TURNS: dict[Stage, Side | None] = {
    Stage.DRAFT: S.REQUESTING,
    Stage.SENT: S.SUPPLYING,
    Stage.RECEIVED: S.SUPPLYING,
    Stage.SEARCHING: S.SUPPLYING,
    Stage.CONDITIONAL: S.REQUESTING,
    Stage.RETRY: S.REQUESTING,
    Stage.WILL_SUPPLY: S.SUPPLYING,
    Stage.CANCEL_ASKED: S.SUPPLYING,
    Stage.SHIPPED: S.REQUESTING,
    Stage.ON_LOAN: S.REQUESTING,
    Stage.RETURNING: S.SUPPLYING,
    Stage.LOST: None,
    Stage.DELIVERED: S.REQUESTING,
    Stage.RESEND: S.SUPPLYING,
    Stage.UNFILLED: S.REQUESTING,
    Stage.CANCELLED: None,
    Stage.CLOSED: None,
    Stage.DONE: None,
    Stage.EXPIRED: None,
    Stage.OBTAINED: S.SUPPLYING,
}
"""Whose turn it is; None where both may act (LOST) or nobody has to (the ended stages)."""

SETTLEMENTS = {S.REQUESTING: Flag.SETTLEMENT_BY_REQUESTING, S.SUPPLYING: Flag.SETTLEMENT_BY_SUPPLYING}


def turn(standing: Standing) -> Side | None:
    """Which side has to act now; None where nobody has to, or both may."""
    if standing.stage is Stage.ON_LOAN and Flag.RENEWAL_ASKED in standing.flags:
        return Side.SUPPLYING
    if standing.stage is Stage.LOST:
        proposed = [side for side, flag in SETTLEMENTS.items() if flag in standing.flags]
        return proposed[0].other if proposed else None
    return TURNS[standing.stage]


def waits_for(standing: Standing) -> str | None:
    """Which side's to-do list shows the request (`both` for a lost item); None while nobody has to act."""
    if standing.stage is Stage.ON_LOAN and not standing.flags & _URGENT:
        return None
    if standing.stage is Stage.LOST and turn(standing) is None:
        return "both"
    return turn(standing)


_URGENT = frozenset({Flag.OVERDUE, Flag.RECALLED, Flag.RENEWAL_ASKED})
_GROUPS: dict[Stage, Group] = {
    Stage.DRAFT: Group.DRAFT,
    Stage.SENT: Group.SENT,
    Stage.SHIPPED: Group.ON_THE_WAY,
    Stage.RETURNING: Group.ON_THE_WAY,
    Stage.ON_LOAN: Group.WITH_READER,
    Stage.LOST: Group.PROBLEM,
    Stage.RESEND: Group.PROBLEM,
    **dict.fromkeys(FINAL, Group.FINISHED),
}
_PROBLEMS = frozenset({Flag.OVERDUE, Flag.RECALLED, Flag.CLAIMED, Flag.RETURN_CLAIMED})
_ANSWERS = stages_of(Stage.CONDITIONAL, Stage.RETRY, Stage.CANCEL_ASKED, Stage.UNFILLED, Stage.DELIVERED)


def group(standing: Standing, side: Side) -> Group:
    """The staff's group of a request; "your answer needed" only for the side whose turn it is."""
    if standing.stage in FINAL:
        return Group.FINISHED
    asked = standing.stage in _ANSWERS or Flag.RENEWAL_ASKED in standing.flags
    if asked and turn(standing) is side:
        return Group.YOUR_TURN
    if standing.flags & _PROBLEMS:
        return Group.PROBLEM
    return _GROUPS.get(standing.stage, Group.IN_WORK)


_STATUS: dict[Stage, Status] = {
    Stage.RECEIVED: Status.REQUEST_RECEIVED,
    Stage.SEARCHING: Status.EXPECT_TO_SUPPLY,
    Stage.CONDITIONAL: Status.RETRY_POSSIBLE,
    Stage.RETRY: Status.RETRY_POSSIBLE,
    Stage.WILL_SUPPLY: Status.WILL_SUPPLY,
    Stage.SHIPPED: Status.LOANED,
    Stage.RETURNING: Status.LOANED,
    Stage.LOST: Status.LOANED,
    Stage.DELIVERED: Status.COPY_COMPLETED,
    Stage.RESEND: Status.COPY_COMPLETED,
    Stage.UNFILLED: Status.UNFILLED,
    Stage.CANCELLED: Status.CANCELLED,
    Stage.OBTAINED: Status.WILL_SUPPLY,
}


def status(standing: Standing) -> Status | None:
    """The ISO 18626 status of a request; None where the standard has no word (not yet received, closed)."""
    if standing.stage is Stage.CANCEL_ASKED and standing.resume is not None:
        return _STATUS.get(standing.resume)
    if standing.stage is Stage.ON_LOAN:
        return _loan_status(standing.flags)
    if standing.stage is Stage.DONE:
        return _done_status(standing)
    if standing.service is Service.ACQUISITION and standing.stage in _LENT:
        return None
    return _STATUS.get(standing.stage)


_LENT = stages_of(Stage.SHIPPED, Stage.LOST)
"""Loaned, says the standard of them: it has no word for what is on its way to stay."""


def _loan_status(flags: Flags) -> Status:
    if Flag.RECALLED in flags:
        return Status.RECALLED
    return Status.OVERDUE if Flag.OVERDUE in flags else Status.LOANED


def _done_status(standing: Standing) -> Status:
    if standing.service is Service.COPY:
        return Status.COPY_COMPLETED
    if standing.service is Service.ACQUISITION:
        return Status.COMPLETED_WITHOUT_RETURN
    return Status.COMPLETED_WITHOUT_RETURN if standing.resume is Stage.LOST else Status.LOAN_COMPLETED
