"""A mail as its writer sent it: their words, then what was taken away for the thread."""

from handlers.text.cards import head_lines
from handlers.text.citations import shortened
from handlers.text.details import words
from handlers.text.notices import headline
from handlers.text.rich import bold, italic, line, paragraphs, stacked
from handlers.text.screens import Screen
from handlers.text.voice import Voice, message
from models.queries.history import EventView
from models.queries.requests import CardView

MOST = 2000
"""Characters of each part: both stand in one message of a chat."""
BELOW = message("Below it in the mail: quotes and signature")
GONE = message("The rest of the mail is not kept any more.")


def whole_screen(voice: Voice, view: CardView, event: EventView, *, rest: str) -> Screen:
    """The words that were told, and the rest; where that is gone, so it is said."""
    beside = [line(bold(voice.say(BELOW)))] if rest else [line(italic(voice.say(GONE)))]
    return Screen(
        lines=stacked(
            head_lines(voice, view),
            [line(bold(headline(voice, view, event)))],
            paragraphs(shortened(words(voice, event.details), MOST)),
            beside,
            paragraphs(shortened(rest, MOST)) if rest else (),
        ),
        request=view.id,
        version=view.version,
    )
