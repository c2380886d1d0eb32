"""Messages without facts, or with few: greetings, help, privacy, languages."""

from collections.abc import Callable

from handlers.text import labels
from handlers.text.cards import library_name
from handlers.text.notices import LINK_DELIVERED
from handlers.text.rich import Line, Lines, bold, line, paragraphs, stacked
from handlers.text.screens import Button, Screen, Tap, Verb, rows_of
from handlers.text.voice import LANGUAGE_NAMES, Voice, message
from handlers.text.words import display
from models.queries.parties import LibraryView, PersonView
from models.queries.traffic import InvitationView
from models.rules.vocabulary import Language, Role, Say

Commands = tuple[tuple[str, str], ...]

STRANGER = message("This desk is for invited libraries. Please ask your coordinator for an invitation.")
HELP = message("What you can do here:")
HELP_LINES = (
    message("• Paste a citation, an ISBN or a DOI: it becomes a request that you check and send."),
    message(
        "• /new opens a guided form. /requests shows what waits for your library. /find finds a request."
    ),
    message("• Reply to a message about a request to add a comment; reply with a file to deliver a scan."),
    message(
        "• /agreement: the agreement, its dates and texts. /report: what was done in a year, a month or "
        "other days."
    ),
    message(
        "• /gaps: what the libraries lack or have twice. Add lines, send a list as a file, answer the "
        "partner's."
    ),
    message(
        "• /plan: what the libraries do together. /share: what colleagues want you to know, and your topics."
    ),
    message(
        "• /settings: language, how and when news comes, days away. /closures: when your library is closed."
    ),
    message("• /cancel closes an open form, /leave ends your membership."),
)
HELP_END = message("Every button tells what it does; most acts can be taken back with Undo.")
EXAMPLES = ("Ауэзов М. О. Путь Абая. — Алма-Ата : Жазушы, 1977. — 480 с.", "978-5-17-090831-5")
"""What people paste, whatever language they speak."""
COORDINATOR_HELP = message(
    "For a coordinator:\n"
    "• /invite makes an invitation: a link with a picture, or a mail.\n"
    "• /staff shows who works here: change a role, record an absence, remove somebody.\n"
    "• /closures announces days closed and extra days; the clocks of your requests follow."
)
ADMIN_HELP = message(
    "For an administrator: libraries, agreements and people are kept from the command line of the server. "
    "Here you see mail that belongs to nobody."
)
PRIVACY = message(
    "What is kept: your name as Telegram shows it, your language, your address if you gave one, your "
    "library and what you do with requests. The partner library sees your name beside your acts. A reader's "
    "number or initials stay with your library and are deleted 90 days after the request ends. You may see "
    "all that is kept about you, and have it erased: please write to the administrator. To leave: /leave"
)
FILES_KEPT = message(
    "A file that is passed on is kept for 30 days, then the desk's own copy and its links are deleted. "
    "What went into a chat or a mailbox stays there."
)
MAILS_KEPT = message(
    "Of a mail to the desk the words stay with the request; its original is deleted after 30 days, or after "
    "90 where it could not be read."
)
MAIL_HELP = message(
    "Reply to a mail about a request; the first word of your reply is the answer, and a file attached to it "
    "is the scan. Anything else becomes a comment. A new mail with a citation becomes a new request."
)
MAIL_ORDERS = message("A new mail that begins with one of these words changes no request:")
MAIL_WORDS: dict[str, str] = {
    "list": message("{word}: what waits for your library"),
    "find": message("{word} and what you look for: a request"),
    "status": message("{word}, in reply: the request as it stands"),
    "print": message("{word}, in reply: the papers that go with the request"),
    "agreement": message("{word}: the agreement and its dates"),
    "report": message("{word} and a year: what was done in it"),
    "gaps": message("{word}: what the libraries lack or have twice"),
    "plan": message("{word}: what the libraries do together"),
    "share": message("{word}: how to tell colleagues something, and your topics"),
    "calendar": message("{word}: the days of your library as a file"),
    "settings": message("{word}: what is set for you"),
    "language": message("{word} and one of {codes}: another language"),
    "help": message("{word}: this text"),
}
SENTENCES: dict[Say, str] = {
    Say.STRANGER: STRANGER,
    Say.PRIVACY: PRIVACY,
    Say.LANGUAGE: message("Which language shall be used here?"),
    Say.LANGUAGE_SET: message("From now on we write in English."),
    Say.FORM_CLOSED: message("Closed. Nothing was sent."),
    Say.NOTHING_OPEN: message("Nothing is open. Paste a citation or use the menu."),
    Say.COMMENT_KEPT: message("Your comment is on the request; the other library can read it."),
    Say.DRAFT_DELETED: message("The draft is deleted."),
    Say.FOUND_NOTHING: message("Nothing was found."),
    Say.STRAY_THROUGH: message("The message is let through; what it asks is being done."),
    Say.STRAY_LEFT: message("Nothing is done with the message. It stays aside for 30 days."),
    Say.RENEWAL_SEEN: message("Recorded as seen: nobody else is asked instead of you."),
    Say.DIGEST_OFF: message("No more daily mails will come. News of requests still will."),
    Say.OUR_NUMBER_KEPT: message("Your register number is kept; only your library sees it."),
    Say.OUR_NUMBER_HOW: message(
        "Please type your own register number for this request; only your library sees it. A dash removes it."
    ),
    Say.OUR_NUMBER_USE: message("Reply to a message about a request with /our and your register number."),
    Say.ASK_ADDRESS: message(
        "To which address shall news go? Please type it, for example name@library.org. "
        "One mail goes there, and its reader answers it with one word."
    ),
    Say.ADDRESS_ASKED: message(
        "A mail is on its way to this address. Please answer it with one word, as it says; "
        "until then nothing changes."
    ),
    Say.ADDRESS_CONFIRMED: message("The address is confirmed. News goes where you chose."),
    Say.ASK_INVITED: message(
        "To which address shall the invitation go? Please type it, for example name@library.org."
    ),
    Say.INVITE_MAILED: message(
        "The invitation is on its way by mail. It is accepted by an answer of one word."
    ),
    Say.REMOVED: message(
        "You are no longer on the desk of your library. If this is a mistake, please ask your coordinator."
    ),
    Say.LEFT: message("You have left the desk. To come back, please ask a coordinator for an invitation."),
    Say.LINK_DELIVERED: LINK_DELIVERED,
    Say.FILES_DISCARDED: message("The files are discarded. Nothing was passed on."),
    Say.FILES_GONE: message("These files were passed on or discarded already."),
    Say.COMMENT_TOLD: message("Your comment is with the partner library."),
    Say.REPLY_TOLD: message("Your answer is on its way to the author."),
    Say.FOLLOWS_NOTHING: message(
        "You follow no topic any more. What is shared can still be read with /share."
    ),
    Say.FORUM_LINKED: message(
        "This group is linked: what colleagues share comes here, a thread for each topic."
    ),
    Say.FORUM_UNLINKED: message("This group is no longer linked."),
    Say.FORUM_HOW: message(
        "A coordinator links a forum group: add the bot to it as an administrator who may manage topics, "
        "then write /forum in the group. /noforum ends it."
    ),
    Say.FILE_LATER: message("No request of your library waits for a scan now. The file was not passed on."),
}


def menu(voice: Voice) -> tuple[tuple[str, ...], ...]:
    """The reply keyboard: what is wanted every day."""
    top = (voice.label(labels.NEW_REQUEST), voice.label(labels.MY_REQUESTS))
    return (top, (voice.label(labels.LANGUAGE), voice.label(labels.HELP)))


def welcome(voice: Voice, person: PersonView, library: LibraryView | None) -> Screen:
    """The first message after joining."""
    lines: Lines = stacked(
        [line(bold(voice.say("Welcome! You are on the desk now.")))],
        [_where(voice, person, library)],
        _help_lines(voice, person.role),
    )
    return Screen(lines=lines, menu=menu(voice))


def role_changed(voice: Voice, person: PersonView, library: LibraryView | None) -> Screen:
    """A coordinator gave the person another role."""
    head = line(bold(voice.say("Your role on the desk has changed.")))
    lines = stacked([head], [_where(voice, person, library)], _help_lines(voice, person.role))
    return Screen(lines=lines, menu=menu(voice))


def helped(voice: Voice, person: PersonView, _library: LibraryView | None) -> Screen:
    """What the person may do here, with examples."""
    pages = f"{voice.label(labels.FIELDS['pages'])}: 12–40"
    examples = [line(voice.say("Examples:")), *(line(f"• {one}") for one in (*EXAMPLES, pages))]
    return Screen(lines=stacked(_help_lines(voice, person.role), examples), menu=menu(voice))


def _help_lines(voice: Voice, role: Role) -> Lines:
    own = {Role.COORDINATOR: COORDINATOR_HELP, Role.ADMIN: ADMIN_HELP}.get(role)
    common = [line(voice.say(one)) for one in (HELP, *HELP_LINES, HELP_END)]
    return stacked(common, paragraphs(voice.say(own)) if own else [])


def helped_by_mail(voice: Voice, _person: PersonView, _library: LibraryView | None) -> Screen:
    """What a mail can do: it answers, files, and a few words order."""
    codes = ", ".join(Language)
    orders = [
        line("• ", voice.say(meaning, word=display(word, voice.language), codes=codes))
        for word, meaning in MAIL_WORDS.items()
    ]
    return Screen(lines=stacked(paragraphs(voice.say(MAIL_HELP)), [line(voice.say(MAIL_ORDERS)), *orders]))


def _where(voice: Voice, person: PersonView, library: LibraryView | None) -> Line:
    where = library_name(voice, library) if library else ""
    return line(voice.say("Library: {library}. Role: {role}.", library=where, role=_role(voice, person)))


PERSONAL: dict[Say, Callable[[Voice, PersonView, LibraryView | None], Screen]] = {
    Say.WELCOME: welcome,
    Say.HELP: helped,
    Say.MAIL_HELP: helped_by_mail,
    Say.ROLE_CHANGED: role_changed,
}
"""Messages that depend on who reads them."""


def address_question(voice: Voice, person: PersonView) -> Screen:
    """The one mail that a new address of a member gets."""
    lines = stacked(
        [line(bold(voice.say("Is this your address?")))],
        [
            line(
                voice.say(
                    "Somebody wants news of interlibrary loans to come here. Name: {name}", name=person.name
                )
            )
        ],
        [line(voice.say("If it was you, reply with the word {word}.", word=display("yes", voice.language)))],
        [line(voice.say("If it was not, please do nothing: no more mail will come."))],
    )
    return Screen(lines=lines)


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


def _question(voice: Voice, what: Say) -> Screen:
    return Screen(lines=paragraphs(voice.say(SENTENCES[what])), placeholder="name@library.org")


def _privacy(voice: Voice, what: Say) -> Screen:
    said = (SENTENCES[what], FILES_KEPT, MAILS_KEPT)
    return Screen(lines=stacked(*(paragraphs(voice.say(one)) for one in said)))


BUILDERS: dict[Say, Callable[[Voice, Say], Screen]] = {
    Say.LANGUAGE: _languages,
    Say.LANGUAGE_SET: _with_menu,
    Say.PRIVACY: _privacy,
    Say.ASK_ADDRESS: _question,
    Say.ASK_INVITED: _question,
}


def commands(voice: Voice) -> Commands:
    """The command menu of everybody (Bot API: setMyCommands): name, description of at most 256 characters."""
    return (
        ("new", voice.say("New request")),
        ("requests", voice.say("Requests of your library")),
        ("find", voice.say("Find a request")),
        ("letter", voice.say("Write to the partner library")),
        ("gaps", voice.say("Lists of gaps and duplicates")),
        ("plan", voice.say("Cooperation plan of the libraries")),
        ("share", voice.say("Information for colleagues")),
        ("report", voice.say("Figures of a year or other days")),
        ("settings", voice.say("Language, news, days away")),
        ("closures", voice.say("When your library is closed")),
        ("agreement", voice.say("The agreement and its dates")),
        ("help", voice.say("What you can do here")),
        ("privacy", voice.say("What is kept about you")),
        ("language", voice.say("Change the language")),
        ("leave", voice.say("Leave the desk")),
        ("cancel", voice.say("Close the open form")),
    )


def commands_of(voice: Voice, role: Role | None) -> Commands:
    """The menu of a chat of its own, for a coordinator; empty where the general one is right."""
    if role is not Role.COORDINATOR:
        return ()
    own = (
        ("invite", voice.say("Invite somebody to the desk")),
        ("staff", voice.say("People of your library")),
    )
    everyday = commands(voice)
    return (*everyday[:2], *own, *everyday[2:])


def descriptions(voice: Voice) -> tuple[str, str]:
    """What a newcomer reads before START (Bot API: setMyDescription, setMyShortDescription)."""
    long = voice.say(
        "The desk for interlibrary loans and copies between partner libraries. "
        "It is for invited staff: open the link of your invitation and press START."
    )
    short = voice.say("Interlibrary loans and copies between partner libraries.")
    return long, short
