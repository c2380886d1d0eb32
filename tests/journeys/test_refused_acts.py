"""Acts that the table does not list, tried in both doors: nothing moves or is lost, and the desk says why."""

from itertools import count

import pytest

from handlers.text import labels
from handlers.text.refusals import refusal_text
from handlers.text.replies import MEANINGS, WORDS, intended
from handlers.text.says import SENTENCES
from handlers.text.screens import Tap, Verb
from handlers.text.voice import Voice
from handlers.text.words import display
from models.queries.standings import standing_of
from models.rules.errors import NotPossibleNow, OtherSide, Refusal
from models.rules.lifecycle import ROWS, Details, possible
from models.rules.vocabulary import Act, Language, Say, Side, Stage, Via
from models.tables import Event, Person, Request
from tests.journeys.gestures import behind
from tests.journeys.situations import ASKS, CODES, GIVES, PATHS, Situations, Step
from tests.journeys.stage import Librarian, Story

LANGUAGES = {ASKS: Language.RU, GIVES: Language.EN}
ACTS = sorted({row.act for row in ROWS if row.by is not None} - {Act.UNDO, Act.SUBMIT, Act.COMMENT})
"""An undo is refused by what happened before, a request is sent once as a draft, a comment never is."""


def unlisted(request: Request, side: Side) -> list[Act]:
    """What this side cannot do with the request as it stands."""
    allowed = {row.act for row in possible(standing_of(request), side)}
    return [act for act in ACTS if act not in allowed]


async def why(request: Request, act: Act, side: Side, *, voice: Voice) -> str:
    """The sentence that tells the side why the act is not done; what another did says who, and when."""
    last = await Event.filter(request_id=request.id).exclude(act=Act.COMMENT).order_by("-id").first()
    assert last is not None
    if last.act is act and last.side is not side:
        return str((await Person.get(id=last.actor_id)).name)
    others = [row.by for row in ROWS if row.act is act and row.fits(standing_of(request)) and row.by]
    refusal: Refusal = NotPossibleNow(act=act, stage=request.stage)
    if others:
        refusal = OtherSide(act=act, stage=request.stage, side=others[0])
    return refusal_text(voice, refusal)


@pytest.mark.parametrize("side", Side)
async def test_a_tap_on_what_is_not_listed_moves_nothing_and_tells_why(early: Story, side: Side) -> None:
    person = await early.enters(CODES[side], LANGUAGES[side])
    situations = await Situations.of(early.world.clock())
    turn, wrong = count(), []
    for service, stage in PATHS:
        request = await Request.get(id=await situations.at(service, PATHS[service, stage]))
        acts = unlisted(request, side)
        act = acts[next(turn) * 7 % len(acts)]
        sentence = await why(request, act, side, voice=person.voice)
        await taps(early, person, Tap(Verb.ACT, request.id, request.version, act))
        done = await Event.filter(request_id=request.id, via=Via.TELEGRAM).count()
        if done or sentence not in person.reads or request.number not in person.reads:
            wrong.append((service, stage, act, person.reads))

    assert wrong == []


async def taps(story: Story, person: Librarian, tap: Tap) -> None:
    """Press a button that an old card may still have had."""
    message = person.screen
    message.markup = {"inline_keyboard": [[{"text": "?", "callback_data": tap.pack()}]]}
    person.phone.presses("?", message=message.id)
    await story.settles()


@pytest.mark.parametrize("side", Side)
async def test_a_word_for_what_is_not_listed_stays_as_a_comment_and_tells_why(
    early: Story, side: Side
) -> None:
    box = await early.opens_box(CODES[side], LANGUAGES[side])
    situations = await Situations.of(early.world.clock())
    turn, wrong = count(), []
    for service, stage in PATHS:
        request = await Request.get(id=await situations.at(service, PATHS[service, stage]))
        acts = set(unlisted(request, side))
        words = sorted({WORDS[act] for act in acts if act in WORDS and acts >= set(MEANINGS[WORDS[act]])})
        word = words[next(turn) * 5 % len(words)]
        act = intended(word)
        assert act is not None
        sentence = await why(request, act, side, voice=box.voice)
        said = f"{display(word, box.language)} {behind(act, box.voice)}".strip()
        await box.writes(said, subject=request.number)
        newest = await Event.filter(request_id=request.id).order_by("-id").first()
        words_kept = str(newest.details.get("note")).split() if newest else []
        kept = newest is not None and newest.act is Act.COMMENT and words_kept == said.split()
        told = sentence in box.newest.text and box.voice.say(SENTENCES[Say.COMMENT_KEPT]) in box.newest.text
        moved = (await Request.get(id=request.id)).stage is not stage
        if moved or not kept or not told:
            wrong.append((service, stage, word, newest and newest.act, box.newest.text[:300]))

    assert wrong == []


MEANWHILE: dict[Act, tuple[Stage, Side, Step]] = {
    Act.CANNOT_RESEND: (Stage.RESEND, GIVES, (Act.CLOSE, ASKS, Details())),
    Act.RECEIVE_DAMAGED: (Stage.SHIPPED, ASKS, (Act.LOSE, GIVES, Details())),
    Act.CHECK_IN_DAMAGED: (Stage.RETURNING, GIVES, (Act.CLOSE, ASKS, Details())),
    Act.REOPEN: (Stage.CANCELLED, GIVES, (Act.REOPEN, ASKS, Details(note="We need it after all."))),
}
"""Acts that ask for a sentence: where they stand, who types it, what the other library did just before."""


@pytest.mark.parametrize("act", MEANWHILE)
async def test_a_sentence_typed_too_late_stays_as_a_comment(early: Story, act: Act) -> None:
    stage, side, step = MEANWHILE[act]
    person = await early.enters(CODES[side], LANGUAGES[side])
    situations = await Situations.of(early.world.clock())
    service = next(service for service, at in PATHS if at is stage)
    request = await situations.at(service, PATHS[service, stage])
    await person.types((await Request.get(id=request)).number)

    await person.presses(act)
    await early.world.doing(lambda _now: situations.act(request, *step))
    await person.types("The cover is torn.")

    last, kept = await Event.filter(request_id=request).order_by("id").offset(len(PATHS[service, stage]) + 1)
    assert (last.act, kept.act, kept.details) == (step[0], Act.COMMENT, {"note": "The cover is torn."})
    assert person.voice.say(SENTENCES[Say.COMMENT_KEPT]) in person.everything[-1]
    assert any(person.voice.label(labels.NEWS[step[0]]) in text for text in person.everything[-3:])
