"""What a search found, and the question that begins one."""

from handlers.text import labels
from handlers.text.lists import open_rows, request_line
from handlers.text.rich import Line, bold, line
from handlers.text.screens import Button, Screen, Tap, Verb
from handlers.text.voice import Voice, message
from handlers.text.words import display
from models.queries.search import Found, FoundView

QUESTION = message(
    "What are you looking for? Words of the title or a comment, an author, a request number, "
    "your register number, an ISBN, ISSN or DOI. The spelling may be of another alphabet."
)
NEARLY = message("No request has exactly these words. Similar spellings:")
NOTHING = message("Nothing was found.")
MORE = message("There are more. Please add a word.")


def search_question(voice: Voice) -> Screen:
    """The next message says what is looked for."""
    back = Button(voice.label(labels.CANCEL), Tap(Verb.LIST))
    return Screen(lines=(line(voice.say(QUESTION)),), rows=((back,),), placeholder=voice.label(labels.SEARCH))


def search_letter(voice: Voice) -> Screen:
    """The same by mail: answered with the word and what is looked for behind it."""
    how = voice.say(
        "Please reply with {word} and what you are looking for behind it.",
        word=display("find", voice.language),
    )
    return Screen(lines=(line(voice.say(QUESTION)), (), line(how)))


def found_screen(voice: Voice, view: FoundView, *, search: int | None) -> Screen:
    """A page of what was found; `search` is the number under which its words are kept (None: no buttons)."""
    lines: list[Line] = [line(bold(f"{voice.label(labels.SEARCH)}: {view.words}"))]
    if not view.lines:
        lines.append(line(voice.say(NOTHING)))
    elif view.how is Found.NEARLY:
        lines.append(line(voice.say(NEARLY)))
    lines += [(), *(request_line(voice, one) for one in view.lines)] if view.lines else []
    if search is None:
        more = [(), line(voice.say(MORE))] if view.more else []
        return Screen(lines=(*lines, *more))
    ways = (
        Button(voice.label(labels.SEARCH), Tap(Verb.FIND)),
        Button(voice.label(labels.TO_LIST), Tap(Verb.LIST)),
    )
    return Screen(lines=tuple(lines), rows=(*open_rows(view.lines), *_pages(voice, view, search), ways))


def _pages(voice: Voice, view: FoundView, search: int) -> tuple[tuple[Button, ...], ...]:
    row = []
    if view.page:
        row.append(Button(voice.label(labels.PREVIOUS), Tap(Verb.FIND, search, view.page - 1)))
    if view.more:
        row.append(Button(voice.label(labels.NEXT), Tap(Verb.FIND, search, view.page + 1)))
    return (tuple(row),) if row else ()
