"""The table itself: the rows of "Clocks" in the life of a request, by their numbers there."""

from models.rules.lifecycle import Flags
from models.rules.reminders.counting import (
    answer_length,
    asked_for_answer,
    asked_to_decide,
    days,
    dispatched,
    expected,
    itself,
    late,
    limit,
    open_days,
    promised,
    recalled,
    renewal_asked,
    stage_day,
    touched,
    transit,
    unanswered_question,
    working,
    working_before,
)
from models.rules.reminders.shape import (
    CLAIM,
    COORDINATOR,
    COORDINATORS,
    QUESTION,
    REMINDER,
    WARNING,
    Row,
    Step,
    Whom,
)
from models.rules.vocabulary import Act, Clock, Flag, Side, Stage

A, F, S = Act, Flag, Stage
REQUESTING, SUPPLYING = (Whom.REQUESTING,), (Whom.SUPPLYING,)
UNANSWERED = frozenset({S.SENT, S.RECEIVED, S.SEARCHING})
WAITING = UNANSWERED | {S.CONDITIONAL, S.RETRY}
ANSWERS = (A.YES, A.NO, A.CONDITIONS, A.LATER)
DECISIONS = (A.ACCEPT, A.DECLINE, A.FIX_AND_RESEND, A.TRY_AGAIN, A.CLOSE)
SUPPLIES = (A.OBTAIN, A.SHIP, A.DELIVER, A.EXPECT, A.NO)
BACK = (A.SEND_BACK, A.ASK_RENEWAL)


def _flags(*flags: Flag) -> Flags:
    return frozenset(flags)


def _at(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


def _parcel(whom: tuple[Whom, ...], arrived: tuple[Act, ...], missing: tuple[Act, ...]) -> tuple[Step, ...]:
    """A parcel that should be there: first it is asked for, after twice the time it is missed."""
    return (
        Step(name=QUESTION, day=open_days(transit), whom=whom, offers=arrived),
        Step(name=CLAIM, day=open_days(transit, times=2), whom=whom, offers=missing),
    )


OVERDUE = tuple(
    Step(name=name, day=late(limit(f"overdue_{name}")), whom=REQUESTING, offers=BACK)
    for name in ("first", "second", "third")
)


ROWS: tuple[Row, ...] = (
    Row(
        clock=Clock.ANSWER,
        number=1,
        at=UNANSWERED,
        starts=asked_for_answer,
        ends=expected(answer_length, answer_length),
        steps=(
            Step(name=REMINDER, day=expected(answer_length, answer_length), whom=SUPPLYING, offers=ANSWERS),
            Step(
                name=COORDINATOR,
                day=expected(answer_length, answer_length, percent=150),
                whom=(Whom.SUPPLYING_COORDINATOR,),
                offers=ANSWERS,
            ),
            Step(
                name=QUESTION,
                day=expected(answer_length, answer_length, percent=200),
                whom=REQUESTING,
                offers=(A.WAIT, A.CANCEL),
            ),
        ),
    ),
    Row(
        clock=Clock.DECISION,
        number=2,
        at=_at(S.CONDITIONAL, S.RETRY),
        starts=asked_to_decide,
        ends=working(limit("decision")),
        steps=(
            Step(
                name=REMINDER,
                day=working(limit("decision")),
                whom=REQUESTING,
                offers=DECISIONS,
            ),
            Step(
                name=COORDINATOR,
                day=working(limit("decision_coordinator")),
                whom=(Whom.REQUESTING_COORDINATOR,),
                offers=DECISIONS,
            ),
        ),
    ),
    Row(
        clock=Clock.NEEDED_BY,
        number=3,
        at=WAITING,
        starts=lambda case, _place: case.needed_by,
        ends=itself,
        steps=(
            Step(
                name=WARNING,
                day=working_before(limit("needed_by_warning")),
                whom=(Whom.SUPPLYING, Whom.REQUESTING),
                offers=(*ANSWERS, A.ACCEPT, A.DECLINE),
                before_end=True,
            ),
            Step(
                name=QUESTION,
                day=itself,
                whom=REQUESTING,
                offers=(A.WAIT, A.ACCEPT, A.DECLINE, A.CLOSE),
            ),
            Step(name="expiry", day=unanswered_question, moves=A.EXPIRE),
        ),
    ),
    Row(
        clock=Clock.SUPPLY,
        number=4,
        at=_at(S.WILL_SUPPLY, S.OBTAINED),
        starts=promised,
        ends=expected(limit("supply"), limit("supply")),
        steps=(
            Step(
                name=REMINDER,
                day=expected(limit("supply"), limit("supply")),
                whom=SUPPLYING,
                offers=SUPPLIES,
            ),
            Step(
                name=COORDINATOR,
                day=expected(limit("supply"), limit("supply_coordinator")),
                whom=(Whom.SUPPLYING_COORDINATOR,),
                offers=SUPPLIES,
            ),
        ),
    ),
    Row(
        clock=Clock.ARRIVAL,
        number=5,
        at=_at(S.SHIPPED),
        starts=dispatched,
        ends=open_days(transit),
        steps=_parcel(REQUESTING, (A.RECEIVE, A.RECEIVE_DAMAGED), (A.RECEIVE, A.CLAIM, A.LOSE)),
    ),
    Row(
        clock=Clock.DUE_SOON,
        number=6,
        at=_at(S.ON_LOAN),
        unless=_flags(F.RENEWAL_ASKED, F.RECALLED),
        starts=lambda case, _place: case.due,
        ends=itself,
        steps=tuple(
            Step(
                name=name,
                day=days(limit(length), times=-1),
                whom=REQUESTING,
                offers=BACK,
                before_end=True,
            )
            for name, length in (("first", "due_first"), ("second", "due_second"))
        ),
    ),
    Row(
        clock=Clock.OVERDUE,
        number=7,
        at=_at(S.ON_LOAN),
        starts=lambda case, _place: case.due,
        ends=itself,
        sets_deadline=False,
        steps=(
            Step(
                name="mark",
                day=days(lambda _case: 1),
                moves=A.MARK_OVERDUE,
                unless=_flags(F.OVERDUE),
            ),
            *OVERDUE,
            Step(name=COORDINATOR, day=late(limit("overdue_coordinators")), whom=COORDINATORS, offers=BACK),
            Step(
                name="lost",
                day=late(limit("overdue_lost")),
                whom=(Whom.REQUESTING, *COORDINATORS),
                offers=(A.SEND_BACK, A.LOSE),
            ),
        ),
    ),
    Row(
        clock=Clock.RENEWAL,
        number=8,
        at=_at(S.ON_LOAN),
        turn=Side.SUPPLYING,
        when=_flags(F.RENEWAL_ASKED),
        starts=renewal_asked,
        ends=working(limit("renewal")),
        steps=(
            Step(
                name=REMINDER,
                day=working(limit("renewal")),
                whom=SUPPLYING,
                offers=(A.GRANT_RENEWAL, A.REFUSE_RENEWAL),
            ),
        ),
    ),
    Row(
        clock=Clock.RECALL,
        number=9,
        at=_at(S.ON_LOAN),
        when=_flags(F.RECALLED),
        starts=recalled,
        ends=working(limit("recall")),
        steps=tuple(
            Step(
                name=f"{REMINDER}_{n}",
                day=working(limit("recall_every"), times=n),
                whom=REQUESTING,
                offers=(A.SEND_BACK,),
            )
            for n in range(1, 21)
        ),
    ),
    Row(
        clock=Clock.RETURN,
        number=10,
        at=_at(S.RETURNING),
        starts=dispatched,
        ends=open_days(transit),
        steps=_parcel(SUPPLYING, (A.CHECK_IN, A.CHECK_IN_DAMAGED), (A.CHECK_IN, A.CLAIM_RETURN, A.LOSE)),
    ),
    Row(
        clock=Clock.RETRY_DAY,
        number=11,
        at=_at(S.RETRY),
        starts=lambda case, _place: case.until,
        ends=itself,
        steps=(
            Step(
                name=REMINDER,
                day=itself,
                whom=REQUESTING,
                offers=(A.FIX_AND_RESEND, A.TRY_AGAIN, A.CLOSE),
            ),
        ),
    ),
    Row(
        clock=Clock.CANCELLATION,
        number=12,
        at=_at(S.CANCEL_ASKED),
        starts=stage_day,
        ends=working(limit("cancellation")),
        steps=(
            Step(
                name=REMINDER,
                day=working(limit("cancellation")),
                whom=SUPPLYING,
                offers=(A.AGREE_CANCEL, A.REFUSE_CANCEL),
            ),
        ),
    ),
    Row(
        clock=Clock.RESEND,
        number=12,
        at=_at(S.RESEND),
        starts=stage_day,
        ends=working(limit("resend")),
        steps=(
            Step(
                name=REMINDER,
                day=working(limit("resend")),
                whom=SUPPLYING,
                offers=(A.DELIVER, A.CANNOT_RESEND),
            ),
        ),
    ),
    Row(
        clock=Clock.SETTLEMENT,
        number=12,
        at=_at(S.LOST),
        starts=stage_day,
        ends=open_days(limit("settlement")),
        steps=(
            Step(
                name=COORDINATOR,
                day=open_days(limit("settlement")),
                whom=COORDINATORS,
                offers=(A.AGREE_SETTLEMENT, A.PROPOSE_SETTLEMENT, A.FIND),
            ),
        ),
    ),
    Row(
        clock=Clock.COPY,
        number=12,
        at=_at(S.DELIVERED),
        starts=touched,
        ends=open_days(limit("copy")),
        steps=(Step(name="finish", day=open_days(limit("copy")), moves=A.FINISH_SILENT),),
    ),
    Row(
        clock=Clock.UNFILLED,
        number=12,
        at=_at(S.UNFILLED),
        starts=stage_day,
        ends=open_days(limit("unfilled")),
        steps=(Step(name="close", day=open_days(limit("unfilled")), moves=A.CLOSE_SILENT),),
    ),
)
