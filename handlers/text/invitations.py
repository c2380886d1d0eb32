"""Inviting: for which role, by link or by mail, and the invitations that are still open."""

from collections.abc import Sequence

from handlers.text import labels
from handlers.text.cards import library_name
from handlers.text.citations import shortened
from handlers.text.qr import qr
from handlers.text.rich import Line, Span, bold, labelled, line, stacked
from handlers.text.screens import Button, ButtonStyle, Rows, Screen, Tap, Verb, rows_of
from handlers.text.staff import SHARED
from handlers.text.voice import Label, Voice, label, message
from models.queries.parties import LibraryView
from models.queries.team import OpenInvitation
from models.rules.vocabulary import Role

BY_LINK = label("button", "By link")
BY_MAIL = label("button", "By mail")
OTHER_ADDRESS = label("button", "Another address")
REVOKE = label("button", "Withdraw")
LINK = label("invitation", "link")
MAILBOX = "mailbox"
"""Beside the roles: a library's shared mailbox, whose members are librarians."""

CHOICES: dict[str, Label] = {
    Role.LIBRARIAN: label("role_librarian", "librarian"),
    Role.COORDINATOR: label("role_coordinator", "coordinator"),
    MAILBOX: SHARED,
}
SHOWN = 20
"""Open invitations on one screen; the newest."""

WHOM = message("Whom do you invite?")
HOW = message("By a link that you pass on, or by a mail that is accepted with one word?")
BOX = message("Which address does the department read together? It gets one mail and accepts with one word.")


def invite_screen(
    voice: Voice,
    library: LibraryView,
    invitations: Sequence[OpenInvitation],
    *,
    chosen: str,
    by_mail: bool = True,
    problem: str = "",
) -> Screen:
    """Whom to invite; once that is `chosen`, by which way: mail only where the installation has it."""
    told = [line(problem)] if problem else []
    if chosen not in CHOICES:
        rows = (*_roles(voice, by_mail=by_mail), *(_revoke(voice, one) for one in invitations[:SHOWN]))
        lines = stacked(told, [line(bold(voice.say(WHOM)))], _open(voice, invitations[:SHOWN]))
        return Screen(lines=lines, rows=rows)
    ways = _boxes(voice, library) if chosen == MAILBOX else _ways(voice, chosen, by_mail=by_mail)
    ask = BOX if chosen == MAILBOX else HOW
    head = line(bold(voice.named(CHOICES[chosen])))
    back = Button(voice.label(labels.BACK), Tap(Verb.INVITE))
    return Screen(lines=stacked(told, [head, line(voice.say(ask))]), rows=(*ways, (back,)))


def _roles(voice: Voice, *, by_mail: bool) -> Rows:
    offered = ((chosen, term) for chosen, term in CHOICES.items() if by_mail or chosen != MAILBOX)
    taps = ((term, Tap(Verb.INVITE, 0, 0, "for", chosen)) for chosen, term in offered)
    return rows_of(Button(voice.named(term), tap) for term, tap in taps)


def _open(voice: Voice, invitations: Sequence[OpenInvitation]) -> Sequence[Line]:
    if not invitations:
        return [line(voice.say("No invitation is open."))]
    return [line(voice.say("Open invitations:")), *(line(f"• {_named(voice, one)}") for one in invitations)]


def _named(voice: Voice, one: OpenInvitation) -> str:
    who = voice.label(CHOICES[MAILBOX if one.is_mailbox else one.role])
    way = one.email or voice.label(LINK)
    until = voice.say("good until {day}", day=voice.short_day(one.expires_at.date()))
    return f"{who} · {shortened(way, 40)} · {until}"


def _revoke(voice: Voice, one: OpenInvitation) -> tuple[Button, ...]:
    who = voice.label(CHOICES[MAILBOX if one.is_mailbox else one.role])
    text = f"{voice.label(REVOKE)}: {shortened(one.email or who, 24)}"
    return (Button(text, Tap(Verb.INVITE, one.id, 0, "revoke"), ButtonStyle.DANGER),)


def _ways(voice: Voice, chosen: str, *, by_mail: bool) -> Rows:
    link = Button(voice.label(BY_LINK), Tap(Verb.INVITE, 0, 0, "link", chosen))
    mail = Button(voice.label(BY_MAIL), Tap(Verb.INVITE, 0, 0, "mail", chosen))
    return rows_of((link, mail) if by_mail else (link,))


def _boxes(voice: Voice, library: LibraryView) -> Rows:
    other = Button(voice.label(OTHER_ADDRESS), Tap(Verb.INVITE, 0, 0, "mail", MAILBOX))
    if not library.email:
        return ((other,),)
    own = Button(shortened(library.email, 40), Tap(Verb.INVITE, 0, 0, "box"))
    return ((own,), (other,))


def invited_screen(voice: Voice, library: LibraryView, invitation: OpenInvitation, *, link: str) -> Screen:
    """The link of a new invitation as a picture and as text, to be passed on as it is."""
    day = voice.day(invitation.expires_at.date())
    role = voice.label(labels.ROLES[invitation.role])
    lines = stacked(
        [line(bold(voice.say("You are invited to the desk for interlibrary loans and copies.")))],
        [
            line(
                voice.say(
                    "Library: {library}. Role: {role}.", library=library_name(voice, library), role=role
                )
            )
        ],
        [line(voice.say("Open the link in Telegram and press START, or scan the picture.")), (Span(link),)],
        [line(voice.say("The invitation is good until {day} and works once.", day=day))],
    )
    return Screen(lines=lines, picture=qr(link))


def without_link(voice: Voice, *, code: str) -> Screen:
    """The bot does not know its own name yet: the code is sent to it as a message."""
    how = voice.say("Your colleague opens this bot in Telegram and sends it this code. It works once.")
    return Screen(lines=(line(how), labelled(voice.named(LINK), code)))
