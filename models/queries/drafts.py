"""Drafts as their authors see them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.queries.files import FileView, those
from models.queries.parties import LibraryView
from models.rules.form import ALONE
from models.rules.vocabulary import Service
from models.tables import Draft, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """What a person is still writing; `step` is the question that is open (None: the review).

    `doubtful` is the field that the partner could not find by, while it stands as it was; `letter` holds
    subject and text where the message may be meant as a letter; `files` came with it. `ends` is the last
    day of the agreement with the partner, where a notice runs.
    """

    id: int
    author: int
    service: Service
    values: dict[str, Any]
    reader: str | None
    step: str | None
    partner: LibraryView | None
    previous: int | None
    doubtful: str | None = None
    letter: dict[str, Any] | None = None
    files: tuple[FileView, ...] = ()
    ends: date | None = None

    @property
    def field(self) -> str | None:
        """The field that is being asked; None in the review."""
        return self.step.removeprefix(ALONE) if self.step else None

    @property
    def walking(self) -> bool:
        """Whether the form goes on to its next question after this one."""
        return self.step is not None and not self.step.startswith(ALONE)


async def draft(draft_id: int, author: int) -> DraftView | None:
    """An own draft; None when it was sent or deleted, or is somebody else's."""
    row = await Draft.get_or_none(id=draft_id, author_id=author).prefetch_related("supplying")
    if row is None:
        return None
    view = _view(row, await _doubtful(row))
    return replace(view, files=tuple(await those((row.letter or {}).get("files", []))))


async def _doubtful(row: Draft) -> str | None:
    previous = await Request.get_or_none(id=row.previous_id) if row.previous_id else None
    name = previous.terms.get("field") if previous else None
    unchanged = previous is not None and previous.values.get(name) == row.values.get(name)
    return str(name) if name and unchanged else None


async def latest_draft(author: int) -> DraftView | None:
    """The draft that the author touched last."""
    row = await Draft.filter(author_id=author).order_by("-updated_at").prefetch_related("supplying").first()
    return _view(row) if row else None


def _view(row: Draft, doubtful: str | None = None) -> DraftView:
    return DraftView(
        id=row.id,
        author=row.author_id,
        service=row.service,
        values=row.values,
        reader=row.reader,
        step=row.step,
        partner=LibraryView.of(row.supplying) if row.supplying else None,
        previous=row.previous_id,
        doubtful=doubtful,
        letter=row.letter,
    )
