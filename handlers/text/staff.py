"""The people of a library, for its coordinator: who, in which role, by which way, since when."""

from collections.abc import Iterator, Sequence

from handlers.text import labels
from handlers.text.absences import DEPUTY, LAST_DAY
from handlers.text.cards import library_name
from handlers.text.choices import CONFIRM
from handlers.text.citations import shortened
from handlers.text.rich import Line, bold, labelled, line, stacked
from handlers.text.screens import Button, ButtonStyle, Rows, Screen, Tap, Verb, rows_of
from handlers.text.settings import ABSENCE, EMAIL, NEWS, NONE, REACHES
from handlers.text.voice import Voice, label
from models.queries.parties import LibraryView
from models.queries.team import MemberView
from models.rules.vocabulary import Role

STAFF = label("button", "Staff")
SINCE = label("staff", "on the desk since")
SHARED = label("staff", "shared mailbox")
MAKE_COORDINATOR = label("button", "Make coordinator")
MAKE_LIBRARIAN = label("button", "Make librarian")
REMOVE = label("button", "Remove")
LEAVE = label("button", "Leave the desk")


def staff_screen(
    voice: Voice, library: LibraryView, members: Sequence[MemberView], *, problem: str = ""
) -> Screen:
    """Everybody, each with a button."""
    people = [_line(voice, one) for one in members]
    buttons = tuple(
        (Button(shortened(one.person.name, 40), Tap(Verb.STAFF, one.person.id)),) for one in members
    )
    invite = Button(voice.label(labels.INVITE), Tap(Verb.INVITE))
    head = line(bold(f"{voice.label(STAFF)} · {library_name(voice, library)}"))
    told = [line(problem)] if problem else []
    return Screen(lines=stacked(told, [head], people), rows=(*buttons, (invite,)))


def _line(voice: Voice, one: MemberView) -> Line:
    marks = "".join(f" · {text}" for text in _marks(voice, one))
    return line(bold(one.person.name), f" · {_role(voice, one)}{marks}")


def _role(voice: Voice, one: MemberView) -> str:
    return voice.label(SHARED) if one.person.is_mailbox else voice.label(labels.ROLES[one.person.role])


def _marks(voice: Voice, one: MemberView) -> Iterator[str]:
    if one.chat_closed:
        yield voice.say("Telegram is closed")
    if one.mail_bad:
        yield voice.say("the address refuses mail")
    if one.away_until:
        yield voice.say("away, last day {day}", day=voice.short_day(one.away_until))


def member_screen(
    voice: Voice, one: MemberView, *, zone: str, sure: bool = False, problem: str = ""
) -> Screen:
    """One of them; `sure` asks once more before somebody is removed."""
    told = [line(problem)] if problem else []
    lines = stacked(told, _facts(voice, one, zone), [line(_question(voice))] if sure else [])
    back = Button(voice.label(labels.BACK), _tap(one, "") if sure else Tap(Verb.STAFF))
    if sure:
        yes = Button(voice.label(CONFIRM), _tap(one, "remove"), ButtonStyle.DANGER)
        return Screen(lines=lines, rows=((yes,), (back,)))
    return Screen(lines=lines, rows=(*_rows(voice, one), (back,)))


def _question(voice: Voice) -> str:
    return voice.say(
        "Remove this colleague? The requests stay with your library; the history keeps the name."
    )


def _tap(one: MemberView, what: str) -> Tap:
    return Tap(Verb.STAFF, one.person.id, 0, what)


def _facts(voice: Voice, one: MemberView, zone: str) -> Iterator[Line]:
    yield line(bold(one.person.name), f" · {_role(voice, one)}")
    yield labelled(voice.named(NEWS), voice.label(REACHES[one.person.reach]))
    yield labelled(voice.named(EMAIL), one.email or voice.label(NONE))
    yield labelled(voice.named(SINCE), voice.local_day(one.since, zone))
    if one.chat_closed:
        day = voice.local_day(one.chat_closed, zone)
        yield line(voice.say("Telegram does not deliver any more. Since: {day}", day=day))
    if one.mail_bad:
        day = voice.local_day(one.mail_bad, zone)
        yield line(voice.say("The address refuses our mail. Since: {day}", day=day))
    if one.away_until:
        yield labelled(voice.named(LAST_DAY), voice.day(one.away_until))
        yield labelled(voice.named(DEPUTY), one.deputy or voice.label(NONE))


def _rows(voice: Voice, one: MemberView) -> Rows:
    remove = Button(voice.label(REMOVE), _tap(one, "ask"), ButtonStyle.DANGER)
    if one.person.is_mailbox:
        return ((remove,),)
    promoted = one.person.role is Role.COORDINATOR
    role = (MAKE_LIBRARIAN, Role.LIBRARIAN) if promoted else (MAKE_COORDINATOR, Role.COORDINATOR)
    return rows_of(
        (
            Button(voice.label(role[0]), _tap(one, role[1])),
            Button(voice.named(ABSENCE), Tap(Verb.AWAY, one.person.id)),
            remove,
        )
    )


def leave_screen(voice: Voice, library: LibraryView, *, problem: str = "") -> Screen:
    """The first of the two steps by which somebody leaves."""
    ask = voice.say(
        "Leave the desk? Your drafts are deleted, your requests stay with the library. "
        "To come back you need a new invitation. Library: {library}.",
        library=library_name(voice, library),
    )
    sure = Button(voice.label(LEAVE), Tap(Verb.STAFF, 0, 0, "leave"), ButtonStyle.DANGER)
    stay = Button(voice.label(labels.CANCEL), Tap(Verb.STAFF, 0, 0, "stay"))
    told = [line(problem)] if problem else []
    return Screen(lines=stacked(told, [line(ask)]), rows=rows_of((sure, stay)))
