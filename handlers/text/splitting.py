"""Words in a request's thread that may be a matter of their own: a comment, which can be split off."""

from handlers.text import labels
from handlers.text.citations import citation_lines
from handlers.text.rich import bold, line, stacked
from handlers.text.screens import Button, Screen, Tap, Verb
from handlers.text.voice import Voice, message
from handlers.text.words import display
from models.queries.drafts import DraftView
from models.queries.requests import CardView

KEPT = message("Your words are kept as a comment on {number}; nothing else was changed.")
BY_WORD = message(
    "If they are a new matter, reply with one word: {file}, to send them as a request of their own; "
    "{letter}, to send them as a letter. Otherwise nothing needs to be done."
)
BY_TAP = message("If it is a new matter, it can be a request of its own.")


def offered(voice: Voice, view: CardView, draft: DraftView, *, by_mail: bool) -> Screen:
    """What was kept, how it would be filed, and the word or the button that does it."""
    words = {one: display(one, voice.language) for one in ("file", "letter")}
    how = voice.say(BY_WORD, **words) if by_mail else voice.say(BY_TAP)
    button = Button(voice.label(labels.FILE_AS_REQUEST), Tap(Verb.DRAFT, draft.id, 0, "", "file"))
    return Screen(
        lines=stacked(
            [line(bold(voice.say(KEPT, number=view.number))), line(how)],
            tuple(citation_lines(voice, draft.values)),
        ),
        rows=() if by_mail else ((button,),),
    )
