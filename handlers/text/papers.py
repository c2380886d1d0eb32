"""What can be printed from a request, as buttons; the papers themselves are made in `handlers.papers`."""

from collections.abc import Sequence

from handlers.text import labels
from handlers.text.cards import head_lines
from handlers.text.citations import heading, shortened
from handlers.text.rich import bold, line, stacked
from handlers.text.screens import Button, Screen, Tap, Verb
from handlers.text.voice import Label, Voice, label, message
from models.queries.requests import CardView
from models.rules.papers import Paper, possible

PAPERS: dict[Paper, Label] = {
    Paper.REQUEST_FORM: label("request_form", "request form"),
    Paper.PULL_SLIP: label("paper", "pull slip"),
    Paper.DISPATCH_SLIP: label("paper", "dispatch slip"),
    Paper.RETURN_SLIP: label("paper", "return slip"),
    Paper.LABEL: label("paper", "address label"),
    Paper.COVER_SHEET: label("paper", "cover sheet of a copy"),
    Paper.CUSTOMS: label("paper", "customs declaration"),
}
WHICH = message("Which paper shall be printed?")


def papers_of(view: CardView) -> tuple[Paper, ...]:
    """The papers that make sense for the viewer's side now."""
    return possible(view.service, view.stage, view.side)


def papers_screen(voice: Voice, view: CardView) -> Screen:
    """The choice of papers: one tap makes one."""
    buttons = [
        (Button(voice.named(PAPERS[one]), Tap(Verb.PRINT, view.id, 0, one)),) for one in papers_of(view)
    ]
    back = Button(voice.label(labels.BACK), Tap(Verb.CARD, view.id))
    return Screen(
        lines=stacked(head_lines(voice, view), [line(bold(voice.say(WHICH)))]),
        rows=(*buttons, (back,)),
        request=view.id,
        version=view.version,
    )


def paper_screen(voice: Voice, view: CardView, papers: Sequence[Paper]) -> Screen:
    """The words beside finished papers."""
    names = ", ".join(voice.label(PAPERS[one]) for one in papers)
    return Screen(
        lines=(line(bold(f"{view.number} · {names}")), line(shortened(heading(view.values), 200))),
        request=view.id,
    )
