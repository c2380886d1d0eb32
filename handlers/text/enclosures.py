"""Files in words: which request a loose one is for, what stands in place of one that is too large."""

from collections.abc import Sequence

from handlers.text import labels
from handlers.text.citations import shortened
from handlers.text.details import file_line
from handlers.text.rich import BLANK, Line, Lines, Span, bold, line, stacked
from handlers.text.screens import Button, Rows, Screen, Tap, Verb
from handlers.text.voice import Voice, label, message
from handlers.text.words import display
from models.queries.files import FileView
from models.queries.letters import LetterView
from models.queries.lines import LineView
from models.queries.requests import CardView
from models.rules.vocabulary import Act, Channel

DOWNLOAD = label("button", "Download the file")
UPLOAD = label("button", "Upload a large file")
DISCARD = label("button", "Discard the files")
DROP = "drop"
WHICH = message("Which request is this for?")

TOO_LARGE: dict[Channel, str] = {
    Channel.CHAT: message("The file is too large for Telegram."),
    Channel.MAIL: message("The file is too large for a mail."),
}


def instead(voice: Voice, file: FileView, *, channel: Channel, url: str | None) -> Lines:
    """What a reader gets in place of a file that the channel cannot carry: a link, or where to turn."""
    head = (line(bold(voice.say(TOO_LARGE[channel]))), file_line(voice, file))
    if url is None:
        told = voice.say("The library that sent it is told so, and can give a link to it instead.")
        return (*head, line(told))
    until = voice.say("It can be fetched here until {day}:", day=voice.day(file.until.date()))
    return (*head, line(f"{until} ", Span(url, href=url)))


def file_screen(voice: Voice, file: FileView, number: str, *, url: str | None) -> Screen:
    """A file too large for a chat: its number, what it is, and a button that fetches it."""
    rows: Rows = ((Button(voice.label(DOWNLOAD), url=url),),) if url else ()
    lines = instead(voice, file, channel=Channel.CHAT, url=url)
    return Screen(lines=(line(number), *lines), rows=rows)


STUCK = message("The other library could not be sent the file: it is too large.")


def too_large_for_letter(voice: Voice, view: LetterView, stuck: Sequence[FileView]) -> Screen:
    """The same of a letter: its words have left."""
    how = voice.say(
        "Your words have left. Please put the file on your file service and reply to this message with the "
        "link: it will be passed on."
    )
    return Screen(
        lines=stacked(
            [line(bold(voice.say(STUCK)))],
            [line(view.subject), *(file_line(voice, one) for one in stuck)],
            [line(how)],
        ),
        letter=view.thread,
    )


def too_large(voice: Voice, view: CardView, stuck: Sequence[FileView]) -> Screen:
    """For who sent it: no way of the other library carries the file, a pasted link would."""
    lines = stacked(
        [line(bold(voice.say(STUCK)))],
        [line(view.number), *(file_line(voice, one) for one in stuck)],
        [
            line(
                voice.say(
                    "The delivery is recorded. Please put the file on your file service and reply to this "
                    "message with the link: it will be passed on."
                )
            )
        ],
    )
    return Screen(lines=lines, request=view.id, version=view.version)


def expires(voice: Voice, view: CardView, going: Sequence[FileView], urls: Sequence[str | None]) -> Screen:
    """Kept files that nobody fetched are about to go."""
    lines: list[Line] = []
    for file, url in zip(going, urls, strict=True):
        lines.append(file_line(voice, file))
        if url:
            lines.append(line(Span(url, href=url)))
    until = voice.day(min(file.until for file in going).date())
    return Screen(
        lines=stacked(
            [line(bold(voice.say("Nobody has fetched this yet. It is kept until {day}.", day=until)))],
            [line(view.number), *lines],
            [line(voice.say("What went into a chat or a mailbox stays there."))],
        ),
        rows=((Button(voice.label(labels.ACTS[Act.OPEN]), Tap(Verb.CARD, view.id)),),),
        request=view.id,
        version=view.version,
    )


def which_screen(voice: Voice, loose: Sequence[FileView], waiting: Sequence[LineView]) -> Screen:
    """Scans that belong to no request yet: which one are they for?"""
    last = loose[-1].id
    buttons = [
        (Button(shortened(f"{one.number} {one.title}", 40), Tap(Verb.WHICH, last, 0, "", str(one.id))),)
        for one in waiting
    ]
    drop = (Button(voice.label(DISCARD), Tap(Verb.WHICH, last, 0, DROP)),)
    hint = voice.say("Choose the request, or type its number.")
    return Screen(lines=(*_question(voice, loose), line(hint)), rows=(*buttons, drop))


def which_letter(voice: Voice, loose: Sequence[FileView], waiting: Sequence[LineView]) -> Screen:
    """The same by mail: answered with a number."""
    answers = voice.say(
        "Please reply with the number of the request alone, or with {word} if the files are not to be kept.",
        word=display("discard", voice.language),
    )
    numbers = [line("• ", bold(one.number), f" {shortened(one.title, 100)}") for one in waiting]
    return Screen(lines=(*_question(voice, loose), BLANK, *numbers, BLANK, line(answers)))


def _question(voice: Voice, loose: Sequence[FileView]) -> Lines:
    question = voice.say(WHICH)
    return (line(bold(question)), *(file_line(voice, one) for one in loose))


def upload_rows(voice: Voice, url: str | None) -> Rows:
    """A button to the page that takes large files; none where there is no such page."""
    return ((Button(voice.label(UPLOAD), url=url),),) if url else ()


def upload_line(voice: Voice, url: str) -> Line:
    """Where larger files go, in a mail."""
    return line(
        "• ", voice.say("Larger files, up to 500 MB, can be uploaded here:"), " ", Span(url, href=url)
    )
