"""Short texts of plans and of information for colleagues: kinds, stages, acts, fields, topics."""

from handlers.text.details import LINK, REASON
from handlers.text.voice import LANGUAGE_NAMES, Label, Voice, label
from models.rules.vocabulary import (
    FormName,
    ItemAct,
    ItemKind,
    ItemStage,
    Language,
    Pace,
    PlanStepName,
    Topic,
)

KINDS: dict[ItemKind, Label] = {
    ItemKind.JOINT_EVENT: label("joint_event", "joint event"),
    ItemKind.PROJECT: label("project_proposal", "project proposal"),
    ItemKind.EXCHANGE: label("staff_exchange", "exchange of specialists"),
    ItemKind.TRAINING: label("training", "training"),
    ItemKind.INTERNSHIP: label("internship", "internship"),
    ItemKind.SEMINAR: label("seminar", "seminar"),
    ItemKind.CONFERENCE: label("conference", "conference"),
    ItemKind.WEBINAR: label("plan_kind", "webinar or video conference"),
    ItemKind.PUBLICATION: label("joint_publication", "joint publication"),
    ItemKind.MEDIA: label("plan_kind", "media"),
    ItemKind.OTHER: label("plan_kind", "other"),
}
STAGES: dict[ItemStage, Label] = {
    ItemStage.PROPOSED: label("plan_stage", "Proposed"),
    ItemStage.ACCEPTED: label("plan_stage", "Accepted"),
    ItemStage.DECLINED: label("plan_stage", "Declined"),
    ItemStage.PLANNED: label("plan_stage", "Planned"),
    ItemStage.POSTPONED: label("plan_stage", "Postponed"),
    ItemStage.DONE: label("plan_stage", "Done"),
    ItemStage.CANCELLED: label("plan_stage", "Cancelled"),
    ItemStage.CARRIED: label("plan_stage", "Carried to the next plan"),
}
ACTS: dict[ItemAct, Label] = {
    ItemAct.PROPOSE: label("plan_button", "Propose an item"),
    ItemAct.CHANGE: label("plan_button", "Change"),
    ItemAct.ACCEPT: label("plan_button", "Accept"),
    ItemAct.DECLINE: label("plan_button", "Decline"),
    ItemAct.AGREE: label("plan_button", "Agree to the plan"),
    ItemAct.REPORT: label("plan_button", "Mark the result"),
    ItemAct.POSTPONE: label("plan_button", "Postpone"),
    ItemAct.CANCEL: label("plan_button", "Cancel the item"),
    ItemAct.CARRY: label("plan_button", "Carry to next year"),
    ItemAct.NAME_CONTACT: label("plan_button", "Name a contact"),
    ItemAct.COMMENT: label("plan_button", "Comment"),
    ItemAct.CONSENT: label("plan_button", "Agree to the plan"),
    ItemAct.OBJECT: label("plan_button", "Do not agree yet"),
}
NEWS: dict[ItemAct, Label] = {
    ItemAct.PROPOSE: label("plan_news", "A new item is proposed"),
    ItemAct.CHANGE: label("plan_news", "A changed version is proposed"),
    ItemAct.ACCEPT: label("plan_news", "The item is accepted"),
    ItemAct.DECLINE: label("plan_news", "The item is declined"),
    ItemAct.AGREE: label("plan_news", "The plan is agreed by both libraries"),
    ItemAct.REPORT: label("plan_news", "The result is marked"),
    ItemAct.POSTPONE: label("plan_news", "The item is postponed"),
    ItemAct.CANCEL: label("plan_news", "The item is cancelled"),
    ItemAct.CARRY: label("plan_news", "An unfinished item is carried to this plan"),
    ItemAct.NAME_CONTACT: label("plan_news", "A contact is named"),
    ItemAct.COMMENT: label("plan_news", "Comment"),
    ItemAct.CONSENT: label("plan_news", "One library agrees to the plan"),
    ItemAct.OBJECT: label("plan_news", "One library does not agree to the plan yet"),
}
STEPS: dict[PlanStepName, Label] = {
    PlanStepName.MONTH_BEFORE: label("plan_clock", "In a month"),
    PlanStepName.WEEK_BEFORE: label("plan_clock", "In a week"),
    PlanStepName.DAY_BEFORE: label("plan_clock", "In a day"),
    PlanStepName.RESULT: label("plan_clock", "It should be over: please mark the result"),
    PlanStepName.NEXT_PLAN: label("plan_clock", "Time to plan the next year"),
    PlanStepName.REPORT_DUE: label("plan_clock", "The report on the past year is due"),
}
TOPICS: dict[Topic, Label] = {
    Topic.RESEARCH: label("topic", "Research results"),
    Topic.PUBLICATION: label("topic", "New publications"),
    Topic.WEBINAR: label("topic", "Webinars"),
    Topic.PROJECT: label("topic", "Projects"),
    Topic.LIBRARY_SCIENCE: label("topic", "Library science"),
}
PACES: dict[Pace, Label] = {
    Pace.AT_ONCE: label("pace", "at once"),
    Pace.WEEKLY: label("pace", "weekly"),
}
NOT_FOLLOWED = label("pace", "off")

FIELDS: dict[str, Label] = {
    "years": label("plan_field", "years"),
    "kind": label("plan_field", "kind"),
    "title": label("plan_field", "title"),
    "description": label("plan_field", "description"),
    "lead": label("plan_field", "led by"),
    "when": label("plan_field", "date"),
    "place": label("plan_field", "place"),
    "link": LINK,
    "contact": label("plan_field", "contact"),
    "reason": REASON,
    "result": label("plan_field", "result"),
    "ours": label("plan_field", "participants from us"),
    "theirs": label("plan_field", "participants from the partner"),
    "topics": label("plan_field", "topics"),
    "text": label("plan_field", "text"),
    "language": label("plan_field", "language"),
    "second": label("plan_field", "second language"),
    "second_title": label("plan_field", "title in the second language"),
    "second_text": label("plan_field", "text in the second language"),
}
"""Every question of the short forms, and the labels of lines by mail."""
LEADS: dict[str, Label] = {
    "own": label("plan_lead", "our library"),
    "partner": label("plan_lead", "the partner library"),
    "both": label("plan_lead", "both together"),
}
FORMS: dict[FormName, Label] = {
    FormName.PLAN: label("plan_form", "New plan"),
    FormName.ITEM: label("plan_form", "Item of the plan"),
    FormName.DECLINE: label("plan_form", "Why is it declined?"),
    FormName.POSTPONE: label("plan_form", "Why is it postponed?"),
    FormName.CANCEL: label("plan_form", "Why is it cancelled?"),
    FormName.CONTACT: label("plan_form", "Contact of your library"),
    FormName.RESULT: label("plan_form", "Result"),
    FormName.OBJECT: label("plan_form", "Why do you not agree yet?"),
    FormName.BULLETIN: label("plan_form", "Information for colleagues"),
    FormName.REPLY: label("plan_form", "Your answer"),
}


def choice_text(voice: Voice, field: str, value: str) -> str:
    """A choice of a form in words."""
    match field:
        case "kind":
            return voice.named(KINDS[ItemKind(value)])
        case "lead":
            return voice.named(LEADS[value])
        case "topics":
            return voice.label(TOPICS[Topic(value)])
        case "language" | "second":
            return LANGUAGE_NAMES[Language(value)]
        case _:
            return value
