"""Any message at any time, understood in this order: a command (elsewhere), an answer to the open question, a
reply to a request's message, a request number, something to file."""

from datetime import datetime

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.desk import Desk
from handlers.telegram import (
    asking,
    bulletins,
    closures,
    filing,
    finding,
    gaps,
    letters,
    opening,
    plans,
    requests,
    scans,
    tools,
)
from handlers.telegram.answers import Answers
from handlers.text.voice import Voice
from models.operations import drafts
from models.queries import drafts as draft_queries
from models.queries import requests as request_queries
from models.queries import traffic
from models.queries.parties import PersonView
from models.rules.filing import values_of, without_reader
from models.rules.lifecycle import Details
from models.rules.newmatter import cited_anew
from models.rules.pasted import pasted_link
from models.rules.vocabulary import Act, Say


def router() -> Router:
    """Text that is no command, and what nobody else took."""
    own = Router(name="messages")
    own.message.register(text_comes, F.text)
    own.message.register(something_else)
    own.callback_query.register(damaged)
    return own


async def text_comes(
    message: Message,
    *,
    desk: Desk,
    person: PersonView,
    voice: Voice,
    state: FSMContext,
    answers: Answers,
    now: datetime,
    zone: str,
    raw_state: str | None = None,
) -> None:
    """Words. `raw_state` is the conversation's, as the dispatcher has read it for this update."""
    text = message.text or ""
    if text.startswith("/"):
        answers.say(Say.HELP)
        return
    if await _answers_something(
        text,
        message,
        open_state=raw_state,
        person=person,
        voice=voice,
        state=state,
        answers=answers,
        now=now,
        zone=zone,
    ):
        return
    if await _replied(text, message, person=person, voice=voice, answers=answers, now=now):
        return
    if await scans.number_typed(
        text, message, desk=desk, person=person, voice=voice, answers=answers, now=now
    ):
        return
    if await finding.show_typed_number(text, message, person=person, answers=answers, now=now):
        return
    await filing.paste(text, person=person, state=state, answers=answers, now=now)


TYPED = {letters.LETTER: letters.typed, **dict.fromkeys(gaps.ASKED, gaps.typed)}
"""Questions whose answers need nothing but who wrote them, and when."""


async def _answers_something(
    text: str,
    message: Message,
    *,
    open_state: str | None,
    person: PersonView,
    voice: Voice,
    state: FSMContext,
    answers: Answers,
    now: datetime,
    zone: str,
) -> bool:
    if open_state == requests.QUESTION:
        await requests.answer(
            text, message, person=person, voice=voice, state=state, answers=answers, now=now, zone=zone
        )
        return True
    if open_state == finding.ASKED:
        await state.clear()
        await finding.look_for(text, message, person=person, answers=answers, now=now)
        return True
    if open_state == tools.OWN_NUMBER:
        await tools.own_number(text, person=person, state=state, answers=answers)
        return True
    if open_state == opening.ASKED:
        return await asking.answer(
            text, message, person=person, state=state, answers=answers, now=now, zone=zone
        )
    if open_state == closures.NOTE:
        await closures.noted(text, person=person, state=state, answers=answers)
        return True
    if open_state in TYPED:
        await TYPED[open_state](text, message, person=person, state=state, answers=answers, now=now)
        return True
    if open_state != filing.FORM:
        return False
    draft = await draft_queries.draft((await state.get_data()).get("draft", 0), person.id)
    if draft is None:
        return False
    return await filing.answer(text, draft, person=person, answers=answers, now=now, zone=zone)


async def _replied(
    text: str, message: Message, *, person: PersonView, voice: Voice, answers: Answers, now: datetime
) -> bool:
    """A reply to what the bot showed is about that."""
    request = await scans.replied_request(message)
    if request is not None:
        await _reply(text, request, message, person=person, voice=voice, answers=answers, now=now)
        return True
    thread = await letters.replied_thread(message)
    if thread is not None:
        key = requests.message_key(message)
        await letters.write(text, {"thread": thread}, key=key, person=person, answers=answers, now=now)
        return True
    return await _replied_matter(text, message, person=person, answers=answers, now=now)


async def _replied_matter(
    text: str, message: Message, *, person: PersonView, answers: Answers, now: datetime
) -> bool:
    """A reply to a message about an exchange, a plan's item or shared information."""
    replied = message.reply_to_message
    matter = await traffic.matter_in(message.chat.id, replied.message_id) if replied else None
    if matter is None:
        return False
    if await gaps.replied(text, matter, message, person=person, answers=answers, now=now):
        return True
    commented = await plans.comment(text, matter, message, person=person, answers=answers, now=now)
    return commented or await bulletins.replied(
        text, matter, message, person=person, answers=answers, now=now
    )


async def _reply(
    text: str,
    request: int,
    message: Message,
    *,
    person: PersonView,
    voice: Voice,
    answers: Answers,
    now: datetime,
) -> None:
    """A link alone is the delivery where one is awaited; anything else is a comment."""
    link = pasted_link(text)
    view = await request_queries.card(request, person, now) if link is not None else None
    if link is not None and view is not None and view.offers(Act.DELIVER):
        details, key = Details(url=link), requests.message_key(message)
        if await scans.deliver(
            request, details, key=key, person=person, voice=voice, answers=answers, now=now
        ):
            answers.say(Say.LINK_DELIVERED)
        return
    await requests.comment(text, request, message=message, person=person, language=voice.language, now=now)
    slip = without_reader(text)
    # Most comments are no citation: only then is the request's own title asked for.
    title = await request_queries.title_of(request) if cited_anew(slip.text, "") else None
    cited = None if title is None else cited_anew(slip.text, title)
    if cited is None:
        answers.say(Say.COMMENT_KEPT)
        return
    key = requests.message_key(message)
    draft = await drafts.started_by(key, person.id) or await drafts.start(
        person.id,
        cited.service,
        now,
        values=values_of(cited),
        supplying=await filing.first_partner(person),
        origin=key,
        reader=slip.reader,
    )
    answers.split(request, draft)


async def something_else(_message: Message, answers: Answers) -> None:
    """A sticker, a voice message, a place: say what can be done instead."""
    answers.say(Say.HELP)


async def damaged(_query: CallbackQuery, answers: Answers) -> None:
    """A button that is not ours, or not whole."""
    answers.damaged()
