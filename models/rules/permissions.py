"""Who may do what: named predicates over a person's role and the side on which their library stands."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from models.rules.vocabulary import Role, Side


class Right(StrEnum):
    """What can be allowed or not, beside the acts of the lifecycle."""

    SEE_REQUEST = "see_request"
    ACT = "act"
    FILE = "file"
    SEE_READER = "see_reader"
    INVITE = "invite"
    SEE_ASIDE = "see_aside"
    EDIT_CLOSURES = "edit_closures"
    RECORD_NOTICE = "record_notice"
    ADMINISTER = "administer"
    MANAGE_STAFF = "manage_staff"
    PLAN = "plan"
    SHARE = "share"
    CONFIRM_REPORT = "confirm_report"
    EDIT_SHARED = "edit_shared"


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Who asks: a role, and the side of their library (None: the library is no party)."""

    role: Role
    side: Side | None = None


def is_party(who: Standpoint) -> bool:
    """The person's library asks or answers the request."""
    return who.side is not None


def is_staff(who: Standpoint) -> bool:
    """A librarian or coordinator; an administrator operates the installation and files nothing."""
    return who.role in {Role.LIBRARIAN, Role.COORDINATOR}


def is_coordinator(who: Standpoint) -> bool:
    """A coordinator of the own library."""
    return who.role is Role.COORDINATOR


def is_admin(who: Standpoint) -> bool:
    """An administrator of the installation."""
    return who.role is Role.ADMIN


def is_requesting_staff(who: Standpoint) -> bool:
    """Staff of the library whose reader asked: nobody else ever sees the reader's reference."""
    return is_staff(who) and who.side is Side.REQUESTING


RIGHTS: dict[Right, Callable[[Standpoint], bool]] = {
    Right.SEE_REQUEST: lambda who: is_party(who) or is_admin(who),
    Right.ACT: lambda who: is_party(who) and is_staff(who),
    Right.FILE: is_staff,
    Right.SEE_READER: is_requesting_staff,
    Right.INVITE: lambda who: is_coordinator(who) or is_admin(who),
    Right.SEE_ASIDE: lambda who: is_coordinator(who) or is_admin(who),
    Right.EDIT_CLOSURES: is_coordinator,
    Right.RECORD_NOTICE: is_coordinator,
    Right.ADMINISTER: is_admin,
    Right.MANAGE_STAFF: is_coordinator,
    Right.PLAN: is_coordinator,
    Right.SHARE: is_staff,
    Right.CONFIRM_REPORT: is_coordinator,
    Right.EDIT_SHARED: is_coordinator,
}


def may(right: Right, who: Standpoint) -> bool:
    """Whether this standpoint holds the right."""
    return RIGHTS[right](who)
