"""What libraries do together beside lending: plans, their items, information for colleagues."""

from enum import StrEnum


class ItemKind(StrEnum):
    """What a plan may hold."""

    JOINT_EVENT = "joint_event"
    PROJECT = "project"
    EXCHANGE = "exchange"
    TRAINING = "training"
    INTERNSHIP = "internship"
    SEMINAR = "seminar"
    CONFERENCE = "conference"
    WEBINAR = "webinar"
    PUBLICATION = "publication"
    MEDIA = "media"
    OTHER = "other"


class ItemStage(StrEnum):
    """Where an item of a plan stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PLANNED = "planned"
    POSTPONED = "postponed"
    DONE = "done"
    CANCELLED = "cancelled"
    CARRIED = "carried"


class ItemAct(StrEnum):
    """What can happen to an item, or to the plan that holds it."""

    PROPOSE = "propose"
    CHANGE = "change"
    ACCEPT = "accept"
    DECLINE = "decline"
    AGREE = "agree"  # both sides agreed to the plan that holds it
    REPORT = "report"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    CARRY = "carry"
    NAME_CONTACT = "contact"
    COMMENT = "comment"
    CONSENT = "consent"  # of one side to the text of the plan
    OBJECT = "object"  # to the text of the plan, with a reason


class PlanStepName(StrEnum):
    """What the clock says of plans."""

    MONTH_BEFORE = "month_before"
    WEEK_BEFORE = "week_before"
    DAY_BEFORE = "day_before"
    RESULT = "result"
    NEXT_PLAN = "next_plan"
    REPORT_DUE = "report_due"


class Topic(StrEnum):
    """What information for colleagues is about; subscriptions go by it."""

    RESEARCH = "research"
    PUBLICATION = "publication"
    WEBINAR = "webinar"
    PROJECT = "project"
    LIBRARY_SCIENCE = "library_science"


class Pace(StrEnum):
    """How a subscriber hears of a topic."""

    AT_ONCE = "at_once"
    WEEKLY = "weekly"


class SharedChange(StrEnum):
    """What may become of shared information."""

    CORRECT = "correct"
    WITHDRAW = "withdraw"


class FormName(StrEnum):
    """Short forms that a chat asks through, one question at a time."""

    PLAN = "plan"
    ITEM = "item"
    DECLINE = "decline"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    CONTACT = "contact"
    RESULT = "result"
    OBJECT = "object"
    BULLETIN = "bulletin"
    REPLY = "reply"
