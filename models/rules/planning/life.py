"""The life of a plan's item as a table: who may do what at which stage, and where it leads. Pure.

An item speaks in editions: a proposal is the first, each changed version the next. A side accepts or declines
the edition that the other side wrote. An edition that both sides accepted stays valid until another takes its
place: where a change of it is declined, the item stands again as it was before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from models.rules.planning.refusals import ItemLacks, ItemNotPossible, ItemOtherSide
from models.rules.vocabulary import ItemAct, ItemStage

Stages = frozenset[ItemStage]
S, A = ItemStage, ItemAct


class Who(StrEnum):
    """By whom a row may be used: `AUTHOR` wrote the edition that stands, `OTHER` did not."""

    AUTHOR = "author"
    OTHER = "other"
    EITHER = "either"
    BOTH = "both"  # by the consent of both sides to the plan


class Back(StrEnum):
    """A next stage that depends on where the item came from."""

    BEFORE = "before"  # as it stood before the change, or declined where nothing was agreed before


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One line of the table; without `to` the stage stays. `quiet` acts leave the version as it is.

    `reads`: the act speaks of the words that stand, so it is refused to who saw others.
    """

    act: ItemAct
    by: Who
    at: Stages
    to: ItemStage | Back | None = None
    needs: tuple[str, ...] = ()
    quiet: bool = False
    reads: bool = False


def _at(*stages: ItemStage) -> Stages:
    return frozenset(stages)


OPEN_ITEMS = _at(S.PROPOSED, S.ACCEPTED, S.PLANNED, S.POSTPONED)
"""Something is still to be done about these."""
UNFINISHED = OPEN_ITEMS
"""What may be carried to the next plan."""
AGREED = _at(S.ACCEPTED, S.PLANNED, S.POSTPONED)
IN_TEXT = AGREED | {S.DONE, S.CARRIED, S.PROPOSED}
"""Stages whose accepted edition, if there is one, is part of the plan's text."""

ROWS: tuple[ItemRow, ...] = (
    ItemRow(act=A.ACCEPT, by=Who.OTHER, at=_at(S.PROPOSED), to=S.ACCEPTED, reads=True),
    ItemRow(act=A.DECLINE, by=Who.OTHER, at=_at(S.PROPOSED), to=Back.BEFORE, needs=("reason",), reads=True),
    ItemRow(
        act=A.CHANGE,
        by=Who.EITHER,
        at=OPEN_ITEMS | {S.DECLINED},
        to=S.PROPOSED,
        needs=("values",),
        reads=True,
    ),
    ItemRow(act=A.AGREE, by=Who.BOTH, at=_at(S.ACCEPTED), to=S.PLANNED),
    ItemRow(
        act=A.REPORT, by=Who.EITHER, at=_at(S.PLANNED, S.POSTPONED, S.DONE), to=S.DONE, needs=("result",)
    ),
    ItemRow(act=A.POSTPONE, by=Who.EITHER, at=_at(S.ACCEPTED, S.PLANNED), to=S.POSTPONED, needs=("reason",)),
    ItemRow(act=A.CANCEL, by=Who.AUTHOR, at=_at(S.PROPOSED), to=S.CANCELLED),
    ItemRow(act=A.CANCEL, by=Who.EITHER, at=AGREED, to=S.CANCELLED, needs=("reason",)),
    ItemRow(act=A.CARRY, by=Who.EITHER, at=UNFINISHED, to=S.CARRIED, reads=True),
    ItemRow(act=A.NAME_CONTACT, by=Who.EITHER, at=OPEN_ITEMS, needs=("contact",), quiet=True),
    ItemRow(act=A.COMMENT, by=Who.EITHER, at=frozenset(S), needs=("note",), quiet=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStanding:
    """An item as the table sees it.

    `edition` is the one that stands, `newest` the last that was written; `accepted` the newest that both
    sides accepted, `before` the stage that it had then.
    """

    stage: ItemStage
    edition: int = 1
    newest: int = 1
    accepted: int | None = None
    before: ItemStage | None = None


def possible_acts(standing: ItemStanding, *, own: bool) -> tuple[ItemAct, ...]:
    """What a side may do now; `own`: its library wrote the edition that stands."""
    return tuple(row.act for row in ROWS if standing.stage in row.at and _may(row, own=own))


def _may(row: ItemRow, *, own: bool) -> bool:
    return row.by is Who.EITHER or row.by is (Who.AUTHOR if own else Who.OTHER)


def move_item(
    standing: ItemStanding, act: ItemAct, *, own: bool, details: Mapping[str, Any]
) -> tuple[ItemRow, ItemStanding]:
    """Apply one act of a side; what the agreement of both to the plan changes is in `agreed`.

    Raises `ItemNotPossible` where nobody may do it at this stage, `ItemOtherSide` where only the other side
    may, `ItemLacks` where something is missing.
    """
    row = _row(standing, act, own=own)
    for need in row.needs:
        if not details.get(need):
            raise ItemLacks(act=act, detail=need)
    return row, _after(standing, row)


def _row(standing: ItemStanding, act: ItemAct, *, own: bool) -> ItemRow:
    fitting = [row for row in ROWS if row.act is act and standing.stage in row.at and row.by is not Who.BOTH]
    mine = next((row for row in fitting if _may(row, own=own)), None)
    if mine is not None:
        return mine
    if fitting:
        raise ItemOtherSide(act=act)
    raise ItemNotPossible(act=act, stage=standing.stage)


def _after(standing: ItemStanding, row: ItemRow) -> ItemStanding:
    if row.to is Back.BEFORE:
        return _declined(standing)
    if row.act is A.CHANGE:
        before = standing.stage if standing.stage in AGREED else standing.before
        written = standing.newest + 1
        return replace(standing, stage=S.PROPOSED, edition=written, newest=written, before=before)
    if row.act is A.ACCEPT:
        return replace(standing, stage=S.ACCEPTED, accepted=standing.edition, before=None)
    return replace(standing, stage=row.to or standing.stage)


def _declined(standing: ItemStanding) -> ItemStanding:
    if standing.accepted is None or standing.before is None:
        return replace(standing, stage=S.DECLINED)
    return replace(standing, stage=standing.before, edition=standing.accepted, before=None)


def agreed(standing: ItemStanding) -> ItemStanding | None:
    """The item once both sides agreed to the plan; None where it stays as it is."""
    row = next(row for row in ROWS if row.by is Who.BOTH)
    if standing.stage in row.at:
        return replace(standing, stage=S.PLANNED)
    if standing.stage is S.PROPOSED and standing.before is S.ACCEPTED:
        return replace(standing, before=S.PLANNED)
    return None
