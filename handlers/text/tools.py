"""The tools around a request: phrases, acts recorded for the partner, sentences for the reader."""

from collections.abc import Iterator

from handlers.text import carry, labels
from handlers.text.card_buttons import act_button, as_partner, for_partner_acts
from handlers.text.cards import head_lines
from handlers.text.citations import heading, shortened
from handlers.text.rich import bold, italic, line, paragraphs, stacked
from handlers.text.sayings import OFFERED, SAYINGS
from handlers.text.screens import Button, Screen, Tap, Verb, recorded_for_partner, rows_of
from handlers.text.voice import LANGUAGE_NAMES, Voice, message
from models.queries.requests import CardView
from models.rules.lifecycle import Details
from models.rules.vocabulary import (
    Act,
    Condition,
    Language,
    ReaderText,
    Reason,
    Service,
    Stage,
    StandingTerm,
)

LONGEST_COPY = 256
"""Characters that a button can copy (Bot API: CopyTextButton)."""
LONGEST_TITLE = 60


def _back(voice: Voice, view: CardView) -> tuple[Button, ...]:
    return (Button(voice.label(labels.BACK), Tap(Verb.CARD, view.id)),)


def phrases_screen(voice: Voice, view: CardView) -> Screen:
    """Sentences of every day; the other side reads them in its own language."""
    asked = voice.say("Which sentence shall be sent? The other library reads it in its own language.")
    buttons = [
        (Button(voice.say(SAYINGS[one]), _comment(view, carry.pack(Details(phrase=one)))),)
        for one in OFFERED[view.side]
    ]
    return Screen(
        lines=stacked(head_lines(voice, view), [line(bold(asked))]),
        rows=(*buttons, _back(voice, view)),
        request=view.id,
        version=view.version,
    )


def _comment(view: CardView, carried: str) -> Tap:
    return Tap(Verb.ACT, view.id, view.version, Act.COMMENT, carried)


def for_partner_screen(voice: Voice, view: CardView) -> Screen:
    """What the other side could do now, to be recorded for a colleague who telephoned."""
    other = as_partner(view)
    asked = voice.say(
        "What did the other library say? It will be marked as recorded for it, and both are told."
    )
    buttons = [act_button(voice, other, act) for act in for_partner_acts(view)]
    screen = Screen(
        lines=stacked(head_lines(voice, view), [line(bold(asked))]),
        rows=rows_of(buttons),
        request=view.id,
        version=view.version,
    )
    marked = recorded_for_partner(screen)
    return Screen(
        lines=marked.lines,
        rows=(*marked.rows, _back(voice, view)),
        request=view.id,
        version=view.version,
    )


READER_TEXTS: dict[ReaderText, str] = {
    ReaderText.ASKED: message("Your request has been sent to the partner library. Title: {title}."),
    ReaderText.ON_THE_WAY: message("The publication you asked for is on its way to us. Title: {title}."),
    ReaderText.ARRIVED: message(
        "The publication you asked for is here. Title: {title}. Please return it by: {day}."
    ),
    ReaderText.ARRIVED_READING_ROOM: message(
        "The publication you asked for is here, for the reading room only. Title: {title}. Until: {day}."
    ),
    ReaderText.SCAN_READY: message("The copy you asked for is ready. Title: {title}."),
    ReaderText.DELAYED: message("The publication is not available now; we shall ask again. Title: {title}."),
    ReaderText.NOT_HELD: message("The partner library does not hold this publication. Title: {title}."),
    ReaderText.NOT_FILLED: message("Unfortunately the request could not be filled. Title: {title}."),
    ReaderText.BACK_PLEASE: message("Please return the publication to us. Title: {title}."),
}
"""What a librarian may pass on to the reader; the program never writes to readers."""

UNDATED = {
    ReaderText.ARRIVED: message("The publication you asked for is here. Title: {title}."),
    ReaderText.ARRIVED_READING_ROOM: message(
        "The publication you asked for is here, for the reading room only. Title: {title}."
    ),
}


def reader_texts(view: CardView) -> Iterator[ReaderText]:
    """The sentences that fit the stage of the request."""
    copy = view.service is Service.COPY
    if view.service is Service.ACQUISITION and view.stage is Stage.DONE:
        yield ReaderText.ARRIVED
        return
    match view.stage:
        case Stage.SHIPPED:
            yield ReaderText.ON_THE_WAY
        case Stage.ON_LOAN:
            yield ReaderText.ARRIVED_READING_ROOM if reading_room_only(view) else ReaderText.ARRIVED
            yield ReaderText.BACK_PLEASE
        case Stage.DELIVERED | Stage.RESEND | Stage.DONE if copy:
            yield ReaderText.SCAN_READY
        case Stage.RETRY:
            yield ReaderText.DELAYED
        case Stage.UNFILLED | Stage.CLOSED | Stage.EXPIRED:
            yield ReaderText.NOT_HELD if view.reason is Reason.NOT_HELD else ReaderText.NOT_FILLED
        case Stage.CANCELLED:
            yield ReaderText.NOT_FILLED
        case Stage.DONE | Stage.RETURNING | Stage.LOST:
            yield ReaderText.BACK_PLEASE
        case _:
            yield ReaderText.ASKED


def reading_room_only(view: CardView) -> bool:
    """Whether the answer or the agreement keeps the item in the reading room."""
    asked = {Condition.LIBRARY_USE_ONLY, Condition.WATCHED} & {*view.terms.get("conditions", ())}
    return bool(asked) or StandingTerm.LIBRARY_USE_ONLY in view.terms_of_all


def reader_text(voice: Voice, view: CardView, which: ReaderText) -> str:
    """The sentence in the voice's language, as long as a button can copy."""
    text = READER_TEXTS[which] if view.due else UNDATED.get(which, READER_TEXTS[which])
    title = shortened(heading(view.values), LONGEST_TITLE).rstrip(".")
    day = voice.day(view.due) if view.due else ""
    return shortened(voice.say(text, title=title, day=day), LONGEST_COPY)


def reader_screen(voice: Voice, view: CardView, language: Language) -> Screen:
    """Ready sentences in the reader's language, each with a button that copies it."""
    reader = Voice(language)
    texts = [reader_text(reader, view, which) for which in reader_texts(view)]
    head = voice.say(
        "Copy the sentence and send it to the reader yourself. Language: {language}.",
        language=LANGUAGE_NAMES[language],
    )
    copies = [Button(voice.label(labels.COPY_TEXT), copy=text) for text in texts]
    languages = [
        Button(LANGUAGE_NAMES[one], Tap(Verb.READER, view.id, 0, one))
        for one in Language
        if one is not language
    ]
    return Screen(
        lines=stacked([line(italic(head))], *(paragraphs(text) for text in texts)),
        rows=(*((copy,) for copy in copies), *rows_of(languages), _back(voice, view)),
        request=view.id,
        version=view.version,
    )
