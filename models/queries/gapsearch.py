"""Lines of gap lists that have the words looked for, else words that are spelled nearly so."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.engines import sql
from models.queries.search import neighbours
from models.rules import searching
from models.rules.gaps import items
from models.rules.vocabulary import Holding, ItemState

Part = tuple[int, int]
"""How many, after how many."""
ONE: Part = (1, 0)
LISTED = "SELECT id FROM gap_item WHERE {where} ORDER BY id DESC LIMIT $2 OFFSET $3"
FOUND = {
    "sqlite": " AND id IN (SELECT rowid FROM gap_search WHERE gap_search MATCH $4)",
    "postgres": " AND to_tsvector('simple', search_key) @@ to_tsquery('simple', $4)",
}
SIGNS = {"sqlite": (" AND ", " OR ", '"'), "postgres": (" & ", " | ", "'")}
"""And, or, and the quotes in which nothing is an operator: folded words are plain letters and digits."""


@dataclass(frozen=True, slots=True)
class Among:
    """The lines of some libraries' lists, all of a state or (None) all that were not withdrawn."""

    libraries: tuple[int, ...]
    holding: Holding
    state: ItemState | None

    async def found(self, words: str, part: Part) -> tuple[list[int], bool]:
        """Newest first, those that have all the words; True: none has, these have words spelled nearly so."""
        folded = searching.words_of(words)[: searching.MOST_WORDS]
        exactly = [[word] for word in folded]
        ids = await self._having(exactly, part)
        if ids or not folded or (part[1] and await self._having(exactly, ONE)):
            return ids, False
        known = {word for word in folded if await self._having([[word]], ONE)}
        either = [[word] if word in known else await neighbours(word) for word in folded]
        near = len(known) < len(folded) and all(either)
        return (await self._having(either, part), True) if near else ([], False)

    async def _having(self, words: Sequence[Sequence[str]], part: Part) -> list[int]:
        """Those with one of each of these words; without words all of them."""
        values: list[object] = [self.holding.value, *part]
        where = f"holding = $1 AND library_id IN ({', '.join(map(str, self.libraries))})"
        where += f" AND state = '{self.state.value}'" if self.state else " AND state <> 'withdrawn'"
        if words:
            values.append(self._asked(words))
            where += FOUND[sql.dialect()]
        return [row["id"] for row in await sql.rows(LISTED.format(where=where), values)]

    def _asked(self, words: Sequence[Sequence[str]]) -> str:
        marks = [items.owner_word(library, self.holding) for library in self.libraries]
        both, either, quote = SIGNS[sql.dialect()]
        groups = (either.join(f"{quote}{one}{quote}" for one in some) for some in (marks, *words))
        return both.join(f"({group})" for group in groups)
