"""What is on its way to become a request."""

from dataclasses import replace

from handlers.text import (
    forms,
    letters,
)
from handlers.text.reader import Facts, Reader
from handlers.text.refusals import refusal_text
from handlers.text.screens import Screen
from handlers.text.wording.shape import Wordings
from models.queries import agreements, drafts, parties
from models.queries.duplicates import asked_before_by
from models.rules.errors import AlreadyAsked, Refusal
from models.rules.prose import looks_like_citation
from models.rules.vocabulary import Channel, NoticeKind


async def _form(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    if facts.get("draft") is None:
        return forms.which_service(reader.voice)
    draft = await _draft(reader, facts["draft"])
    if draft is None:
        return None
    problem = Refusal.from_facts(facts["problem"]) if facts.get("problem") else None
    if isinstance(problem, AlreadyAsked):
        return forms.asked_already(reader.voice, draft, problem)
    sentence = refusal_text(reader.voice, problem, zone=reader.zone) if problem else ""
    if facts.get("partners"):
        partners = await parties.partners_of(reader.person.library or 0)
        return forms.partners_screen(reader.voice, draft, partners)
    month = facts.get("month", "")
    return forms.form_screen(reader.voice, draft, today=reader.today(), month=month, problem=sentence)


async def _draft(reader: Reader, number: int) -> drafts.DraftView | None:
    """A draft of the reader, which knows whether the agreement with its partner ends."""
    if reader.person is None:
        return None
    draft = await drafts.draft(number, reader.person.id)
    if draft is None or draft.partner is None:
        return draft
    agreement = await parties.agreement_between(reader.person.library or 0, draft.partner.id)
    return replace(draft, ends=await agreements.ending(agreement, reader.now)) if agreement else draft


async def _draft_asked(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    draft = await _draft(reader, facts["draft"])
    if draft is None:
        return None
    by_mail = reader.channel is Channel.MAIL
    letter = draft.letter
    if by_mail and (letter is None or looks_like_citation(letter["text"], draft.values)):
        asked = await asked_before_by(draft.id, reader.person.id, reader.now)
        return forms.draft_letter(reader.voice, draft, asked=asked)
    return letters.meant_as(reader.voice, draft, by_mail=by_mail)


WORDINGS: Wordings = {
    NoticeKind.FORM: _form,
    NoticeKind.DRAFT_ASKED: _draft_asked,
}
