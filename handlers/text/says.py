"""Messages without facts, or with few: greetings, help, privacy, languages."""

from collections.abc import Callable

from handlers.text import labels
from handlers.text.cards import library_name
from handlers.text.notices import LINK_DELIVERED
from handlers.text.rich import Lines, bold, line, paragraphs, stacked
from handlers.text.screens import Button, Screen, Tap, Verb, rows_of
from handlers.text.voice import LANGUAGE_NAMES, Voice, message
from handlers.text.words import display
from models.queries.parties import LibraryView, PersonView
from models.queries.traffic import InvitationView
from models.rules.vocabulary import Language, Say

STRANGER = message("This desk is for invited libraries. Please ask your coordinator for an invitation.")
HELP = message(
    "What you can do here:\n"
    "• Paste a citation, an ISBN or a DOI: it becomes a request that you check and send.\n"
    "• /new opens a guided form. /requests shows what waits for your library.\n"
    "• Reply to a message about a request to add a comment; reply with a file to deliver a scan.\n"
    "• /language changes the language, /cancel closes an open form.\n"
    "Every button tells what it does; most acts can be taken back with Undo."
)
PRIVACY = message(
    "What is kept: your name as Telegram shows it, your language, your library and what you do with "
    "requests. The partner library sees your name beside your acts. A reader's number or initials stay with "
    "your library and are deleted 90 days after the request ends. To leave, ask your coordinator."
)
FILES_KEPT = message(
    "A file that is passed on is kept for 30 days, then the desk's own copy and its links are deleted. "
    "What went into a chat or a mailbox stays there."
)
MAIL_HELP = message(
    "Reply to a mail about a request; the first word of your reply is the answer, and a file attached to it "
    "is the scan. Anything else becomes a comment. A new mail with a citation becomes a new request."
)
SENTENCES: dict[Say, str] = {
    Say.STRANGER: STRANGER,
    Say.HELP: HELP,
    Say.PRIVACY: PRIVACY,
    Say.MAIL_HELP: MAIL_HELP,
    Say.LANGUAGE: message("Which language shall be used here?"),
    Say.LANGUAGE_SET: message("From now on we write in English."),
    Say.FORM_CLOSED: message("Closed. Nothing was sent."),
    Say.NOTHING_OPEN: message("Nothing is open. Paste a citation or use the menu."),
    Say.COMMENT_KEPT: message("Your comment is on the request; the other library can read it."),
    Say.DRAFT_DELETED: message("The draft is deleted."),
    Say.FOUND_NOTHING: message("Nothing was found."),
    Say.LINK_DELIVERED: LINK_DELIVERED,
    Say.FILES_DISCARDED: message("The files are discarded. Nothing was passed on."),
    Say.FILES_GONE: message("These files were passed on or discarded already."),
    Say.FILE_LATER: message("No request of your library waits for a scan now. The file was not passed on."),
}


def menu(voice: Voice) -> tuple[tuple[str, ...], ...]:
    """The reply keyboard: what is wanted every day."""
    top = (voice.label(labels.NEW_REQUEST), voice.label(labels.MY_REQUESTS))
    return (top, (voice.label(labels.LANGUAGE), voice.label(labels.HELP)))


def welcome(voice: Voice, person: PersonView, library: LibraryView | None) -> Screen:
    """The first message after joining."""
    where = library_name(voice, library) if library else ""
    lines: Lines = stacked(
        [line(bold(voice.say("Welcome! You are on the desk now.")))],
        [line(voice.say("Library: {library}. Role: {role}.", library=where, role=_role(voice, person)))],
        paragraphs(voice.say(HELP)),
    )
    return Screen(lines=lines, menu=menu(voice))


def _role(voice: Voice, person: PersonView) -> str:
    return voice.label(labels.ROLES[person.role])


def invitation(voice: Voice, library: LibraryView, invited: InvitationView) -> Screen:
    """The one mail that an invited address gets."""
    lines = stacked(
        [line(bold(voice.say("You are invited to the desk for interlibrary loans and copies.")))],
        [
            line(
                voice.say(
                    "Library: {library}. Role: {role}.",
                    library=library_name(voice, library),
                    role=voice.label(labels.ROLES[invited.role]),
                )
            )
        ],
        [
            line(
                voice.say(
                    "To accept, reply to this mail with the word {word}.", word=display("yes", voice.language)
                )
            )
        ],
        [line(voice.say("The invitation is good until {day}.", day=voice.day(invited.expires_at.date())))],
        paragraphs(voice.say(MAIL_HELP)),
    )
    return Screen(lines=lines)


def say(voice: Voice, what: Say) -> Screen:
    """A fixed message."""
    build = BUILDERS.get(what, _sentence)
    return build(voice, what)


def _sentence(voice: Voice, what: Say) -> Screen:
    return Screen(lines=paragraphs(voice.say(SENTENCES[what])))


def _languages(voice: Voice, what: Say) -> Screen:
    buttons = [Button(LANGUAGE_NAMES[one], Tap(Verb.LANGUAGE, 0, 0, one)) for one in Language]
    return Screen(lines=paragraphs(voice.say(SENTENCES[what])), rows=rows_of(buttons))


def _with_menu(voice: Voice, what: Say) -> Screen:
    return Screen(lines=paragraphs(voice.say(SENTENCES[what])), menu=menu(voice))


def _privacy(voice: Voice, what: Say) -> Screen:
    return Screen(lines=stacked(paragraphs(voice.say(SENTENCES[what])), paragraphs(voice.say(FILES_KEPT))))


BUILDERS: dict[Say, Callable[[Voice, Say], Screen]] = {
    Say.LANGUAGE: _languages,
    Say.LANGUAGE_SET: _with_menu,
    Say.HELP: _with_menu,
    Say.PRIVACY: _privacy,
}


def commands(voice: Voice) -> tuple[tuple[str, str], ...]:
    """The command menu (Bot API: setMyCommands): name, description of at most 256 characters."""
    return (
        ("new", voice.say("New request")),
        ("requests", voice.say("Requests of your library")),
        ("language", voice.say("Change the language")),
        ("help", voice.say("What you can do here")),
        ("privacy", voice.say("What is kept about you")),
        ("cancel", voice.say("Close the open form")),
    )


def descriptions(voice: Voice) -> tuple[str, str]:
    """What a newcomer reads before START (Bot API: setMyDescription, setMyShortDescription)."""
    long = voice.say(
        "The desk for interlibrary loans and copies between partner libraries. "
        "It is for invited staff: open the link of your invitation and press START."
    )
    short = voice.say("Interlibrary loans and copies between partner libraries.")
    return long, short
