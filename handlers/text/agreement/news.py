"""News of an agreement: what somebody recorded, and what it means in dates."""

from collections.abc import Iterator

from handlers.text.agreement import page as pages
from handlers.text.agreement.page import ANSWERS, OPEN, head, notice_lines, open_lines, standing_lines
from handlers.text.agreement.sight import Sight
from handlers.text.rich import Line, bold, labelled, line, stacked
from handlers.text.screens import Button, Screen, Tap, Verb
from handlers.text.voice import Label, Voice, label
from models.queries.between import OpenMatters
from models.queries.renewals import AgreementEventView
from models.rules.vocabulary import AgreementAct, RenewalAnswer

A = AgreementAct
NEWS: dict[AgreementAct, Label] = {
    A.CHANGE: label("agreement_news", "The dates of the agreement were corrected"),
    A.CONFIRM_READING: label("agreement_news", "The reading of the renewal was confirmed"),
    A.ANSWER: label("agreement_news", "Your library has answered the renewal"),
    A.RECORD_NOTICE: label("agreement_news", "A notice of termination was recorded"),
    A.ASK_WITHDRAWAL: label("agreement_news", "The withdrawal of the notice is asked"),
    A.CONSENT_WITHDRAWAL: label("agreement_news", "The notice was withdrawn with consent"),
    A.REFUSE_WITHDRAWAL: label("agreement_news", "The notice stays in force"),
    A.PROPOSE_AMENDMENT: label("agreement_news", "A change of the agreement is proposed"),
    A.CONSENT_AMENDMENT: label("agreement_news", "A change of the agreement was agreed"),
    A.DECLINE_AMENDMENT: label("agreement_news", "The proposed change was declined"),
    A.RETRACT_AMENDMENT: label("agreement_news", "The proposed change was taken back"),
    A.END: label("agreement_news", "The agreement has ended"),
}


def news(voice: Voice, sight: Sight, event: AgreementEventView, matters: OpenMatters) -> Screen:
    """What happened, how the agreement stands now, what the reader's side can do."""
    happened = voice.label(NEWS[event.act])
    return Screen(
        lines=stacked(
            [line(bold(happened)), *_by(voice, sight, event)],
            head(voice, sight)[1:],
            _particulars(voice, sight, event),
            notice_lines(voice, sight),
            standing_lines(voice, sight),
            open_lines(voice, matters) if sight.end is not None else (),
        ),
        rows=((Button(voice.label(OPEN), Tap(Verb.AGREEMENT, sight.facts.id, 0, "show")),),),
        subject=happened,
        agreement=sight.facts.id,
    )


def _by(voice: Voice, sight: Sight, event: AgreementEventView) -> list[Line]:
    if event.library is None:
        return []
    return [line(f"{sight.name(voice, event.library)} · {event.by}")]


def _particulars(voice: Voice, sight: Sight, event: AgreementEventView) -> Iterator[Line]:
    """What the dates below do not say."""
    if event.act is A.ANSWER:
        answer = RenewalAnswer(event.details["answer"])
        yield labelled(voice.named(pages.OWN_ANSWER), voice.label(ANSWERS[answer]))
    found = (one for one in sight.facts.amendments if one.id == event.details.get("amendment"))
    for amendment in found:
        yield from pages.change_lines(voice, amendment)
