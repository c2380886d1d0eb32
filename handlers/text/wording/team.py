"""From rows to the screens of a library's people: settings, absences, invitations, staff, closures."""

from handlers.text import says
from handlers.text.absences import absence_screen
from handlers.text.closures import Days, closures_screen
from handlers.text.invitations import invite_screen, invited_screen, without_link
from handlers.text.reader import Facts, Reader
from handlers.text.refusals import refusal_text
from handlers.text.screens import Screen
from handlers.text.settings import settings_letter, settings_screen
from handlers.text.staff import leave_screen, member_screen, staff_screen
from handlers.text.wording.shape import Wordings
from handlers.text.words import display
from models.operations import traces
from models.operations.outbox import FLEETING
from models.queries import closures as closure_queries
from models.queries import parties
from models.queries import team as team_queries
from models.rules.errors import Refusal
from models.rules.permissions import Right, Standpoint, may
from models.rules.vocabulary import Channel, NoticeKind


async def settings(reader: Reader, facts: Facts) -> Screen | None:
    """The reader's own choices."""
    place = await team_queries.place_of(reader.person.id) if reader.person else None
    if place is None:
        return None
    if reader.channel is Channel.MAIL:
        return settings_letter(reader.voice, place, word=display("language", reader.voice.language))
    return settings_screen(reader.voice, place, facts.get("page", ""), by_mail=await _by_mail())


async def _by_mail() -> bool:
    """Whether this installation has mail at all."""
    return bool(await traces.known(traces.MAIL))


async def away(reader: Reader, facts: Facts) -> Screen | None:
    """Somebody's absence, for themselves or for their coordinator."""
    place = await team_queries.place_of(facts["person"])
    if place is None or reader.person is None or place.person.library != reader.person.library:
        return None
    return absence_screen(
        reader.voice,
        place,
        today=reader.today(),
        month=facts.get("month", ""),
        day=facts.get("day", ""),
        own=place.person.id == reader.person.id,
    )


async def invite(reader: Reader, facts: Facts) -> Screen | None:
    """Whom to invite, and what is open."""
    if reader.person is None or reader.person.library is None:
        return None
    library = await parties.library(reader.person.library)
    invitations = await team_queries.open_invitations(library.id, reader.now)
    return invite_screen(
        reader.voice,
        library,
        invitations,
        chosen=facts.get("chosen", ""),
        by_mail=await _by_mail(),
        problem=_problem(reader, facts),
    )


def _problem(reader: Reader, facts: Facts) -> str:
    refusal = facts.get("refusal")
    return refusal_text(reader.voice, Refusal.from_facts(refusal), zone=reader.zone) if refusal else ""


async def invited(reader: Reader, facts: Facts) -> Screen | None:
    """The link of a new invitation; nothing once it was used or withdrawn."""
    found = await team_queries.open_invitation(facts["invitation"])
    code = facts.get(FLEETING)
    if found is None or code is None or reader.person is None or reader.person.library is None:
        return None
    name = await traces.known("bot_name")
    if not name:
        return without_link(reader.voice, code=code)
    library = await parties.library(reader.person.library)
    return invited_screen(reader.voice, library, found, link=f"https://t.me/{name}?start={code}")


async def staff(reader: Reader, facts: Facts) -> Screen | None:
    """The people of the reader's library, or one of them."""
    if reader.person is None or reader.person.library is None:
        return None
    problem = _problem(reader, facts)
    if facts.get("page") == "leave":
        return leave_screen(reader.voice, await parties.library(reader.person.library), problem=problem)
    one = facts.get("person")
    found = await team_queries.member(one, reader.person.library, reader.today()) if one else None
    if found is not None:
        sure = facts.get("page") == "ask"
        return member_screen(reader.voice, found, zone=reader.zone, sure=sure, problem=problem)
    members = await team_queries.staff_of(reader.person.library, reader.today())
    library = await parties.library(reader.person.library)
    return staff_screen(reader.voice, library, members, problem=problem)


async def closures(reader: Reader, facts: Facts) -> Screen | None:
    """When the reader's library does not work."""
    if reader.person is None or reader.person.library is None:
        return None
    today = reader.today()
    library = await parties.library(reader.person.library)
    members = await team_queries.staff_of(library.id, today)
    calendar = await closure_queries.calendar_of(library.id, (today.year,))
    days = Days(
        library=library,
        weekend=calendar.weekend,
        closures=await closure_queries.closures_of(library.id, since=today),
        monthly=await closure_queries.monthly_rules_of(library.id),
        away=[one for one in members if one.away_until],
        today=today,
    )
    return closures_screen(
        reader.voice,
        days,
        page=facts.get("page", ""),
        month=facts.get("month", ""),
        may_edit=may(Right.EDIT_CLOSURES, Standpoint(reader.person.role)),
    )


async def address(reader: Reader, facts: Facts) -> Screen | None:
    """Asks the owner of an address; nothing once another address is waited for."""
    if reader.person is None or reader.person.preferences.wanted_email != facts["email"]:
        return None
    return says.address_question(reader.voice, reader.person)


async def menu(reader: Reader, _facts: Facts) -> Screen | None:
    """The commands of the chat: a coordinator's own, or the general ones."""
    role = reader.person.role if reader.person else None
    return Screen(lines=(), commands=says.commands_of(reader.voice, role))


WORDINGS: Wordings = {
    NoticeKind.SETTINGS: settings,
    NoticeKind.AWAY: away,
    NoticeKind.INVITE: invite,
    NoticeKind.INVITED: invited,
    NoticeKind.STAFF: staff,
    NoticeKind.CLOSURES: closures,
    NoticeKind.ADDRESS: address,
    NoticeKind.MENU: menu,
}
