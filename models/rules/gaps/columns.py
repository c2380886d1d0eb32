"""Which column of a list is which field: by its heading in four languages, else by what stands in it."""

import re
from collections.abc import Sequence

from models.rules.citation import FIELD_WORDS
from models.rules.citation.identifiers import read_isbn, read_issn
from models.rules.fold import fold
from models.rules.gaps.items import CITATION, FIELDS
from models.rules.gaps.sheets import Cells, Sheet

Columns = tuple[str | None, ...]
"""A field for each column; None where it is not used."""

_MORE: dict[str, tuple[str, ...]] = {
    "title": ("name", "book", "наименование", "книга", "kitab", "kitabın adı", "кітап атауы", "атау"),
    "author": ("authors", "müəlliflər", "авторлар", "ф и о автора"),
    "year": ("date", "год выпуска", "жылы", "tarixi", "изд год"),
    "volume": ("volumes", "тома", "часть", "part", "hissə", "бөлім"),
    "part_author": ("author of the part", "автор статьи главы", "hissənin müəllifi", "бөлік авторы"),
    "issue_date": ("nömrənin tarixi",),
    "issue": (
        *("issue number", "buraxılış nömrə", "шығарылым нөмір", "выпуск номер"),
        "issue no",
        "number of issue",
        "№ выпуска",
        "сан",
    ),
    "place": ("city",),
    "publisher": ("издатель", "баспагер"),
    "isbn": ("isbn issn", "isbn 13", "isbn 10"),
    "note": ("notes", "comment", "remark", "комментарий", "примечания", "qeydlər"),
    "language": ("language", "язык", "dil", "тіл", "dili", "тілі"),
    "shelf_mark": ("shelfmark", "call number", "шифр"),
    CITATION: (
        *("citation", "reference", "bibliographic description", "description", "запись"),
        *("библиографическое описание", "описание", "biblioqrafik təsvir", "təsvir"),
        *("библиографиялық сипаттама", "сипаттама"),
    ),
}
_LOOKED_AT = 50
_YEAR = re.compile(r"(1[4-9]|20)\d\d")


def _headings() -> dict[str, str]:
    """Folded heading → field; a journal's title is the title of what is missing."""
    fields = {**{name: name for name in FIELDS}, "journal": "title"}
    found: dict[str, str] = {}
    for word, field in fields.items():
        for words in FIELD_WORDS.get(word, {}).values():
            for one in words:
                found.setdefault(fold(one), field)
    for field, more in _MORE.items():
        for one in more:
            found.setdefault(fold(one), field)
    return found


HEADINGS = _headings()


def recognised(sheet: Sheet) -> tuple[Columns, bool]:
    """The columns, and whether the first row is their heading and no line of the list."""
    if sheet.fields is not None:
        return sheet.fields, True
    named = _once(tuple(_named(cell) for cell in sheet.header))
    if {"title", CITATION} & set(named):
        return named, True
    headed = sum(one is not None for one in named) >= 2 or _stands_out(sheet.header, sheet.rows[:_LOOKED_AT])
    rows = list(sheet.rows[:_LOOKED_AT]) if headed else [sheet.header, *sheet.rows[:_LOOKED_AT]]
    return _filled(named if headed else (), rows), headed


def _named(cell: str) -> str | None:
    return HEADINGS.get(fold(cell)) if cell else None


def _stands_out(header: Cells, rows: Sequence[Cells]) -> bool:
    """Whether the first row has words where the rows below have numbers."""
    return any(
        cell
        and not _has_digit(cell)
        and _mostly([row[at] for row in rows if at < len(row) and row[at]], _has_digit)
        for at, cell in enumerate(header)
    )


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _once(names: Columns) -> Columns:
    """Each field for one column: the first that has its heading."""
    return tuple(name if name not in names[:at] else None for at, name in enumerate(names))


def _filled(named: Columns, rows: Sequence[Cells]) -> Columns:
    """What the headings do not say, by what stands in the columns."""
    width = max((len(row) for row in rows), default=0)
    columns: list[str | None] = [*named, *[None] * (width - len(named))]
    values = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(width)]
    for field, is_one in (("isbn", _is_isbn), ("issn", _is_issn), ("year", _is_year)):
        free = [at for at in range(width) if columns[at] is None and _mostly(values[at], is_one)]
        if free and field not in columns:
            columns[free[0]] = field
    words = [at for at in range(width) if columns[at] is None and _mostly(values[at], _is_text)]
    by_length = sorted(words, key=lambda at: -sum(map(len, values[at])) / max(1, len(values[at])))
    return _with_words(columns, by_length)


def _with_words(columns: list[str | None], by_length: Sequence[int]) -> Columns:
    """The longest words are the title, before or behind them stands the author; alone they are a citation."""
    if by_length and "title" not in columns:
        alone = len(by_length) == 1 and not any(columns)
        columns[by_length[0]] = CITATION if alone else "title"
        if len(by_length) > 1 and "author" not in columns:
            columns[by_length[1]] = "author"
    return tuple(columns)


def _mostly(values: Sequence[str], is_one: object) -> bool:
    return bool(values) and callable(is_one) and sum(map(is_one, values)) * 10 >= len(values) * 7


def _is_isbn(text: str) -> bool:
    return read_isbn(text) is not None


def _is_issn(text: str) -> bool:
    return read_issn(text) is not None


def _is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


def _is_text(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= 3


def values_of_row(row: Cells, columns: Columns) -> dict[str, str]:
    """A row as fields; what is not used is left out."""
    return {name: cell for name, cell in zip(columns, row, strict=False) if name and cell}


def changed(columns: Columns, at: int, field: str | None) -> Columns:
    """The same with one column meaning something else; no two columns mean the same."""
    freed = [None if field and one == field else one for one in columns]
    return tuple(field if number == at else one for number, one in enumerate(freed))
