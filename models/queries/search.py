"""Finding a request: by its number or identifier, else by its words, else by words spelled nearly so.

Newest first, and never outside the person's own library: its party's word is part of every search.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.engines import sql
from models.queries.lines import LineView, lines_of
from models.queries.parties import PersonView
from models.rules import searching
from models.tables import Request, Search

PAGE = 10
DEEPEST = 100
"""Pages; whoever is there adds a word."""
CANDIDATES = 60


class Found(StrEnum):
    """How the requests were found."""

    EXACTLY = "exactly"
    BY_WORDS = "by_words"
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundView:
    """A page of what was found, from 0; `words` are those that were asked for."""

    words: str
    how: Found
    lines: tuple[LineView, ...]
    page: int
    more: bool


Alternatives = Sequence[Sequence[str]]
"""Words that must all be there, each with those that may stand in its place."""


async def find(viewer: PersonView, words: str, today: date, *, page: int = 0) -> FoundView:
    """One page of the requests of the viewer's library that the words name, as of today; maybe empty."""
    page = min(max(page, 0), DEEPEST)
    library = viewer.library or 0
    how, found = await _found(words, library, page)
    return FoundView(
        words=words,
        how=how,
        lines=await lines_of(found[:PAGE], library, today),
        page=page,
        more=len(found) > PAGE,
    )


async def words_of_search(search: int, person: int) -> str | None:
    """What the person looked for; None once it is forgotten."""
    row = await Search.get_or_none(id=search, person_id=person)
    return row.words if row else None


async def _found(text: str, library: int, page: int) -> tuple[Found, list[int]]:
    """The ids of the page, and one more where there is a next one."""
    exact = await _numbered(text, library) or await _identified(text, library, page)
    if exact:
        return Found.EXACTLY, exact
    words = searching.words_of(text)[: searching.MOST_WORDS]
    if not words or not library:
        return Found.BY_WORDS, []
    exactly = await _matching([[word] for word in words], library, page)
    if exactly or (page and await _matching([[word] for word in words], library, 0)):
        return Found.BY_WORDS, exactly
    nearly = await _with_neighbours(words, library)
    return Found.NEARLY, await _matching(nearly, library, page) if nearly else []


async def _numbered(text: str, library: int) -> list[int]:
    number = searching.number_in(text)
    row = await Request.get_or_none(number=number) if number else None
    return [row.id] if row and library in {row.requesting_id, row.supplying_id} else []


IDENTIFIED = (
    "SELECT k.request_id AS id FROM request_key k JOIN request r ON r.id = k.request_id "
    "WHERE k.value = $1 AND (r.requesting_id = $2 OR r.supplying_id = $2) "
    "ORDER BY k.request_id DESC LIMIT $3 OFFSET $4"
)


async def _identified(text: str, library: int, page: int) -> list[int]:
    for value in searching.named_by(text, library=library):
        if rows := await sql.rows(IDENTIFIED, [value, library, PAGE + 1, page * PAGE]):
            return [row["id"] for row in rows]
    return []


WORDS = {
    "sqlite": (
        "SELECT rowid AS id FROM request_search WHERE request_search MATCH $1 "
        "ORDER BY rowid DESC LIMIT $2 OFFSET $3"
    ),
    # Kept apart, so that the planner always reads the index: walking back from the newest row may be long.
    "postgres": (
        "WITH found AS MATERIALIZED (SELECT id FROM request "
        "WHERE to_tsvector('simple', search_key) @@ to_tsquery('simple', $1)) "
        "SELECT id FROM found ORDER BY id DESC LIMIT $2 OFFSET $3"
    ),
}


async def _matching(words: Alternatives, library: int, page: int) -> list[int]:
    spoken = sql.dialect()
    asked = _query([[searching.party(library)], *words], spoken)
    return [row["id"] for row in await sql.rows(WORDS[spoken], [asked, PAGE + 1, page * PAGE])]


def _query(words: Alternatives, spoken: str) -> str:
    """Folded words are plain letters and digits: with quotes nothing in them is an operator."""
    if spoken == "sqlite":
        return " AND ".join("(" + " OR ".join(f'"{one}"' for one in either) + ")" for either in words)
    return " & ".join("(" + " | ".join(f"'{one}'" for one in either) + ")" for either in words)


async def _with_neighbours(words: Sequence[str], library: int) -> Alternatives | None:
    """A word that no own request has is replaced by the words nearest to it; None where none is near."""
    known = {word for word in words if await _matching([[word]], library, 0)}
    either = [[word] if word in known else await neighbours(word) for word in words]
    return either if len(known) < len(words) and all(either) else None


NEIGHBOURS = (
    "SELECT word FROM term WHERE gram IN ({grams}) GROUP BY word ORDER BY count(*) DESC, word LIMIT $1"
)


async def neighbours(word: str) -> Sequence[str]:
    """The words that anything on the desk is found by and that this one may be a slip of."""
    shared = searching.grams(word)
    places = ", ".join(f"${number}" for number in range(2, len(shared) + 2))
    statement = NEIGHBOURS.format(grams=places)
    return searching.nearest(word, [row["word"] for row in await sql.rows(statement, [CANDIDATES, *shared])])
