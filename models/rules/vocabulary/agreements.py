"""An agreement: what happens to it, what the sides are reminded of, how they answer."""

from enum import StrEnum


class RenewalStep(StrEnum):
    """What coordinators are told of an agreement, each on its day."""

    MONTHS_12 = "12_months"
    MONTHS_6 = "6_months"
    DAYS_90 = "90_days"
    DAYS_30 = "30_days"
    DAYS_14 = "14_days"
    DAYS_7 = "7_days"
    DAYS_1 = "1_day"
    LAST_DAY = "last_day"
    CLOSED = "window_closed"
    RENEWED = "renewed"
    ENDS_60 = "ends_in_60_days"
    ENDS_30 = "ends_in_30_days"
    ENDS_14 = "ends_in_14_days"
    ENDS_7 = "ends_in_7_days"
    ENDS_1 = "ends_in_1_day"
    ENDED = "ended"


class RenewalGroup(StrEnum):
    """Which question a step belongs to; the name of its clock."""

    NOTICE_DAY = "notice_day"
    RENEWAL = "renewal"
    END = "end"


class RenewalAnswer(StrEnum):
    """What a library says to an approaching renewal. NOTICE is an intent, never the notice itself."""

    RENEW = "renew"
    TALK = "talk"
    NOTICE = "notice"


class Told(StrEnum):
    """As what somebody is told: a coordinator, a deputy for one who keeps silent, the address of record."""

    COORDINATOR = "coordinator"
    DEPUTY = "deputy"
    RECORD = "record"


class AgreementAct(StrEnum):
    """Everything that happens to an agreement; the value is stored in its history."""

    CHANGE = "change"
    CONFIRM_READING = "confirm_reading"
    ANSWER = "answer"
    RECORD_NOTICE = "record_notice"
    ASK_WITHDRAWAL = "ask_withdrawal"
    CONSENT_WITHDRAWAL = "consent_withdrawal"
    REFUSE_WITHDRAWAL = "refuse_withdrawal"
    PROPOSE_AMENDMENT = "propose_amendment"
    CONSENT_AMENDMENT = "consent_amendment"
    DECLINE_AMENDMENT = "decline_amendment"
    RETRACT_AMENDMENT = "retract_amendment"
    END = "end"


class AmendmentState(StrEnum):
    """Where a proposed change of an agreement stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    RETRACTED = "retracted"
