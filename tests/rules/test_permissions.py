"""Who may do what, for every role on every side."""

import pytest

from models.rules.permissions import RIGHTS, Right, Standpoint, may
from models.rules.vocabulary import Role, Side

LIBRARIAN, COORDINATOR, ADMIN = Role
REQUESTING, SUPPLYING = Side
STAFF = {LIBRARIAN, COORDINATOR}
EVERYBODY = set(Role)
ANY_SIDE = {REQUESTING, SUPPLYING, None}
PARTIES = {REQUESTING, SUPPLYING}

HOLDERS: dict[Right, set[tuple[Role, Side | None]]] = {
    Right.SEE_REQUEST: {(role, side) for role in EVERYBODY for side in PARTIES} | {(ADMIN, None)},
    Right.ACT: {(role, side) for role in STAFF for side in PARTIES},
    Right.FILE: {(role, side) for role in STAFF for side in ANY_SIDE},
    Right.SEE_READER: {(role, REQUESTING) for role in STAFF},
    Right.INVITE: {(role, side) for role in (COORDINATOR, ADMIN) for side in ANY_SIDE},
    Right.SEE_ASIDE: {(role, side) for role in (COORDINATOR, ADMIN) for side in ANY_SIDE},
    Right.EDIT_CLOSURES: {(COORDINATOR, side) for side in ANY_SIDE},
    Right.RECORD_NOTICE: {(COORDINATOR, side) for side in ANY_SIDE},
    Right.CONFIRM_REPORT: {(COORDINATOR, side) for side in ANY_SIDE},
    Right.ADMINISTER: {(ADMIN, side) for side in ANY_SIDE},
    Right.MANAGE_STAFF: {(COORDINATOR, side) for side in ANY_SIDE},
    Right.PLAN: {(COORDINATOR, side) for side in ANY_SIDE},
    Right.SHARE: {(role, side) for role in STAFF for side in ANY_SIDE},
    Right.EDIT_SHARED: {(COORDINATOR, side) for side in ANY_SIDE},
}


@pytest.mark.parametrize("right", Right)
def test_a_right_is_held_by_those_it_was_given_to(right: Right) -> None:
    holders = {(role, side) for role in Role for side in (*Side, None) if may(right, Standpoint(role, side))}

    assert holders == HOLDERS[right]


def test_every_right_is_given_to_somebody() -> None:
    assert set(RIGHTS) == set(HOLDERS) == set(Right)


@pytest.mark.parametrize("role", Role)
def test_nobody_on_the_supplying_side_sees_the_reader(role: Role) -> None:
    assert not may(Right.SEE_READER, Standpoint(role, SUPPLYING))
