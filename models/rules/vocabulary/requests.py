"""A request: its services, sides, stages, flags and everything that can be done with it."""

from enum import StrEnum


class Service(StrEnum):
    """ISO 18626 service types, in the order in which they are offered; acquisition is ours."""

    LOAN = "loan"
    COPY = "copy"
    ACQUISITION = "acquisition"


class Side(StrEnum):
    """Which end of a request somebody stands on."""

    REQUESTING = "requesting"
    SUPPLYING = "supplying"

    @property
    def other(self) -> "Side":
        """The opposite end."""
        return Side.SUPPLYING if self is Side.REQUESTING else Side.REQUESTING


class Stage(StrEnum):
    """Where a request stands; what staff see on the card."""

    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    SEARCHING = "searching"
    CONDITIONAL = "conditional"
    RETRY = "retry"
    WILL_SUPPLY = "will_supply"
    CANCEL_ASKED = "cancel_asked"
    SHIPPED = "shipped"
    ON_LOAN = "on_loan"
    RETURNING = "returning"
    LOST = "lost"
    DELIVERED = "delivered"
    RESEND = "resend"
    UNFILLED = "unfilled"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    DONE = "done"
    EXPIRED = "expired"
    OBTAINED = "obtained"


class Flag(StrEnum):
    """What is true of a request beside its stage."""

    RENEWAL_ASKED = "renewal_asked"
    OVERDUE = "overdue"
    RECALLED = "recalled"
    CLAIMED = "claimed"
    RETURN_CLAIMED = "return_claimed"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"
    STATUS_ASKED = "status_asked"
    MORE_TO_FOLLOW = "more_to_follow"
    SETTLEMENT_BY_REQUESTING = "settlement_by_requesting"
    SETTLEMENT_BY_SUPPLYING = "settlement_by_supplying"


class Group(StrEnum):
    """The eight groups that staff sort requests by; which one depends on whose turn it is."""

    DRAFT = "draft"
    SENT = "sent"
    IN_WORK = "in_work"
    YOUR_TURN = "your_turn"
    ON_THE_WAY = "on_the_way"
    WITH_READER = "with_reader"
    PROBLEM = "problem"
    FINISHED = "finished"


class Act(StrEnum):
    """Everything that can be done with a request, by a side or by the clock."""

    SUBMIT = "submit"
    OPEN = "open"
    TAKE = "take"
    YES = "yes"
    CONDITIONS = "conditions"
    WITHDRAW_CONDITIONS = "withdraw_conditions"
    LATER = "later"
    NO = "no"
    EXPECT = "expect"
    SHIP = "ship"
    DETAIL_DISPATCH = "detail_dispatch"
    DELIVER = "deliver"
    CANNOT_RESEND = "cannot_resend"
    ACCEPT = "accept"
    DECLINE = "decline"
    TRY_AGAIN = "try_again"
    CANCEL = "cancel"
    AGREE_CANCEL = "agree_cancel"
    REFUSE_CANCEL = "refuse_cancel"
    ASK_STATUS = "ask_status"
    RECEIVE = "receive"
    RECEIVE_DAMAGED = "receive_damaged"
    CLAIM = "claim"
    ASK_RENEWAL = "ask_renewal"
    GRANT_RENEWAL = "grant_renewal"
    REFUSE_RENEWAL = "refuse_renewal"
    RECALL = "recall"
    CHANGE_DUE = "change_due"
    SEND_BACK = "send_back"
    CHECK_IN = "check_in"
    CHECK_IN_DAMAGED = "check_in_damaged"
    CLAIM_RETURN = "claim_return"
    LOSE = "lose"
    PROPOSE_SETTLEMENT = "propose_settlement"
    AGREE_SETTLEMENT = "agree_settlement"
    FIND = "find"
    FINE = "fine"
    PROBLEM = "problem"
    FIX_AND_RESEND = "fix_and_resend"
    ASK_COPY = "ask_copy"
    ASK_ANOTHER = "ask_another"
    TO_GAP_LIST = "to_gap_list"
    CLOSE = "close"
    REOPEN = "reopen"
    UNDO = "undo"
    COMMENT = "comment"
    MARK_OVERDUE = "mark_overdue"
    EXPIRE = "expire"
    FINISH_SILENT = "finish_silent"
    CLOSE_SILENT = "close_silent"
    WAIT = "wait"
    PROMISE_MORE = "promise_more"
    COMPLETE = "complete"
    HAND_OVER = "hand_over"
    OBTAIN = "obtain"


class Status(StrEnum):
    """ISO 18626 status codes: what a peer system would be told."""

    REQUEST_RECEIVED = "RequestReceived"
    EXPECT_TO_SUPPLY = "ExpectToSupply"
    RETRY_POSSIBLE = "RetryPossible"
    WILL_SUPPLY = "WillSupply"
    LOANED = "Loaned"
    OVERDUE = "Overdue"
    RECALLED = "Recalled"
    UNFILLED = "Unfilled"
    CANCELLED = "Cancelled"
    COPY_COMPLETED = "CopyCompleted"
    LOAN_COMPLETED = "LoanCompleted"
    COMPLETED_WITHOUT_RETURN = "CompletedWithoutReturn"


class Filter(StrEnum):
    """The lists of requests that staff open."""

    TO_DO = "to_do"
    MINE = "mine"
    INCOMING = "incoming"
    OVERDUE = "overdue"
    DONE = "done"


class Clock(StrEnum):
    """What the clock watches. A person switches reminders off by these names."""

    ANSWER = "answer"
    DECISION = "decision"
    NEEDED_BY = "needed_by"
    SUPPLY = "supply"
    ARRIVAL = "arrival"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    RENEWAL = "renewal"
    RECALL = "recall"
    RETURN = "return"
    RETRY_DAY = "retry_day"
    CANCELLATION = "cancellation"
    RESEND = "resend"
    SETTLEMENT = "settlement"
    COPY = "copy"
    UNFILLED = "unfilled"
