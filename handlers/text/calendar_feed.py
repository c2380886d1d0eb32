"""The words around a library's calendar."""

from handlers.text.rich import Line, Span, line, stacked
from handlers.text.screens import Screen
from handlers.text.voice import Voice, label, message

NAME = message("Interlibrary loans")
LAST_DAY_FOR_NOTICE = label("calendar", "last day on which a notice can be received")
AGREEMENT_ENDS = label("calendar", "last day of the agreement's term")
ENDS = label("calendar", "last day of the agreement by the notice")
BUTTON = label("button", "Calendar")
HOLDS = message(
    "The calendar of your library: the days of its agreements and the due dates of open loans. Open the "
    "file to put them into yours."
)
FOLLOWS = message(
    "This address keeps a calendar current by itself. It is yours alone: please pass it on to nobody."
)


def calendar_screen(voice: Voice, link: str | None) -> Screen:
    """The words beside the file; the address of the feed where a page is open to the public."""
    more: list[Line] = [line(voice.say(FOLLOWS)), (Span(link),)] if link else []
    return Screen(lines=stacked([line(voice.say(HOLDS))], more))
