"""From a pasted line to a citation, in any of four languages and in the styles that librarians use.

No style is asked for. Identifiers and numbers are cut out first, each told by its own form; what is left
between the cuts is names and titles, told by their order. Only the first READ_LIMIT characters are read: a
longer text is no citation.
"""

import re

from models.rules.citation.asking import cut_asking
from models.rules.citation.dates import cut_date, settle_date
from models.rules.citation.identifiers import cut_identifiers
from models.rules.citation.imprint import cut_imprint
from models.rules.citation.kinds import kind_of, service_of
from models.rules.citation.labelled import read_labelled
from models.rules.citation.numbers import cut_numbers, cut_trailing_pages, cut_year
from models.rules.citation.people import responsible, split_authors, split_by, split_editors, split_plain
from models.rules.citation.sentences import sentences, split_host
from models.rules.citation.shape import LIMITS, Citation, Doubt, DoubtKind
from models.rules.citation.slip import CUT, Slip, tidy, trim
from models.rules.citation.words import (
    COLLECTION,
    IN_EDITED,
    IN_HOST,
    SCALE,
    SERIAL_HEAD,
    SERIAL_WORD,
    STANDARD,
    THESIS_NOTE,
)
from models.rules.vocabulary import Service

_YEAR_FIRST = re.compile(r"^\((?P<year>(?:1[4-9]|20)\d\d)[a-zа-в]?(?:,\s*(?P<more>[^()]{1,40}))?\)[.,:]?\s*")
_QUOTED = re.compile(
    r"^(?:“(?P<a>[^”]{2,400})”|«(?P<b>[^»]{2,400})»|\"(?P<c>[^\"]{2,400})\""
    r"|[‘'](?P<d>[^’']{2,400})[’'](?!\w))[.,]?\s*"
)
_STATEMENT = re.compile(
    r"\s+/\s*|\s*/\s+"
    r"|\.\s+(?=(?:Translated by|Trans\.|Edited by|Пер\. |Перевод |Под ред|Сост\.|Tərtib|Tərcümə|Çevirən"
    r"|Аударған|Құраст))"
)
_EDITED = re.compile(
    r"[,.;:]?\s*(?:[–—-]\s*)?[(\[]?(?<!\w)(?i:edited by|eds?\.|под (?:общ\. )?ред\w*\.?|отв\. ?ред\.?"
    r"|гл\. ?ред\.?|ред\. ?[А-Я]|бас ред\.?"
    r"|red\. ?[A-Z]|pod red\.?)",
)
_QUOTES = '“”„"«»'


def understand(text: str) -> Citation:
    """The citation in `text`; never raises, whatever the text, and takes time linear in its length."""
    if labelled := read_labelled(text):
        return _citation(text, "", labelled, thesis=False)
    line = tidy(text)
    slip = Slip(line)
    copy_asked = cut_asking(slip)
    cut_identifiers(slip)
    thesis = _read(slip)
    settle_date(slip)
    return _citation(text, line, slip, thesis=thesis, copy_asked=copy_asked)


def _read(slip: Slip) -> bool:
    """Names and titles; true for a thesis."""
    host = IN_HOST.search(slip.text) or IN_EDITED.search(slip.text)
    if host and trim(slip.text[: host.start()]) and trim(slip.text[host.end() :]):
        _read_part_and_host(slip, slip.text[: host.start()], slip.text[host.end() :])
        return False
    return _read_single(slip)


def _read_part_and_host(slip: Slip, part: str, host: str) -> None:
    year_first = _read_part(slip, part)
    slip.text = host
    editors, slip.text = split_editors(host)
    if editors:
        slip.found["author"] = editors
    cut_numbers(slip, hosted=True)
    cut_imprint(slip, book="issue" not in slip.found and not year_first)
    cut_year(slip)
    cut_trailing_pages(slip)
    pieces = slip.pieces()
    _keep_host(slip, pieces[0] if pieces else "")
    if year_first and len(pieces) > 1 and "publisher" not in slip.found:
        slip.found["publisher"] = pieces.pop(1)
    _leave(slip, *pieces[1:])


def _read_part(slip: Slip, text: str) -> bool:
    """Author and title of the part; true when the year stood before the title."""
    author, text = split_authors(text.replace(CUT, " "), apa=True)
    text, year_first = _cut_year_first(slip, text)
    if author is None:
        author, text = split_plain(text)
    title, statement = _split_statement(text)
    author = author or responsible(statement or "")
    _keep(slip, "part_author", author)
    _keep(slip, "part_title", _unquote(title))
    return year_first


def _keep_host(slip: Slip, text: str) -> None:
    title, statement = _split_statement(text)
    edited = _EDITED.search(title)
    if edited and edited.start() > 0:
        _leave(slip, title[edited.start() :])
        title = title[: edited.start()]
    if statement:
        _leave(slip, statement)
    _keep(slip, "title", _unquote(title))


def _read_single(slip: Slip) -> bool:
    """A line in which nothing marks the host: a book, a thesis, or an article in a style of full stops."""
    author, whole = None, trim(slip.text)
    if not STANDARD.match(slip.text):
        author, slip.text = split_authors(slip.text, apa=True)
    slip.text, year_first = _cut_year_first(slip, slip.text)
    thesis = slip.cut(THESIS_NOTE)
    slip.cut(SCALE)
    cut_numbers(slip, hosted=False)
    serial = _is_serial(slip)
    cut_imprint(slip, book=not serial)
    cut_year(slip)
    pieces = slip.pieces()
    if not pieces:
        _keep(slip, "title", author or _number_as_title(slip, whole))
        return thesis
    head = pieces[0]
    first = sentences(head)[0]
    if author is None and not any(words.search(first) for words in (STANDARD, COLLECTION, SERIAL_HEAD)):
        author, head = split_plain(head)
    edited = _QUOTED.match(head) is not None and _EDITED.search(head) is not None
    if ((serial and "publisher" not in slip.found) or edited) and _read_unmarked_part(slip, author, head):
        _leave(slip, *pieces[1:])
        return thesis
    _read_whole(slip, author, head, year_first=year_first)
    _leave(slip, *pieces[1:])
    return thesis


def _number_as_title(slip: Slip, line: str) -> str | None:
    """A line that is a year or a volume and nothing else is a title ("1984", "Kitab 2")."""
    if not slip.found.keys() <= {"year", "volume"}:
        return None
    slip.found.clear()
    return line


def _is_serial(slip: Slip) -> bool:
    found = slip.found
    return (
        "issue" in found
        or "issue_date" in found
        or "issn" in found
        or ("volume" in found and "pages" in found)
    )


def _read_unmarked_part(slip: Slip, author: str | None, head: str) -> bool:
    """Part and journal divided by quotation marks or a full stop; false when there is only one of them."""
    quoted = _QUOTED.match(head)
    if quoted and SERIAL_WORD.fullmatch(trim(head[quoted.end() :])):
        return False  # “Kaspi” qəzeti: the quotation marks hold the name of the serial itself
    if quoted and trim(head[quoted.end() :]):
        part, host = trim(next(filter(None, quoted.groups()))), trim(head[quoted.end() :])
    else:
        split = None if SERIAL_HEAD.match(head) else split_host(head)
        if split is None:
            return False
        part, host = split
    _keep(slip, "part_author", author)
    _keep(slip, "part_title", _unquote(part))
    _keep_host(slip, host)
    return True


def _read_whole(slip: Slip, author: str | None, head: str, *, year_first: bool) -> None:
    title, statement = _split_statement(head)
    if author is None:
        author, title = split_by(title)
    parts = sentences(title)
    if year_first and len(parts) > 1 and "publisher" not in slip.found:
        slip.found["publisher"] = trim(parts[-1])
        title = ". ".join(parts[:-1])
    if author is None and statement:
        author = responsible(statement)
    if statement and statement != author:
        _leave(slip, statement)
    _keep(slip, "author", author)
    _keep(slip, "title", _unquote(title))


def _cut_year_first(slip: Slip, text: str) -> tuple[str, bool]:
    match = _YEAR_FIRST.match(text)
    if match is None:
        return text, False
    slip.found["year"] = match["year"]
    if match["more"]:
        day = Slip(f"{match['year']}, {match['more']}")
        cut_date(day)
        slip.found.update(day.found)
    return text[match.end() :], True


def _split_statement(text: str) -> tuple[str, str | None]:
    """The title and the statement of responsibility behind the slash (ISBD area 1)."""
    match = _STATEMENT.search(text)
    if match is None or match.start() == 0:
        return text, None
    return trim(text[: match.start()]), trim(text[match.end() :]) or None


def _unquote(text: str) -> str:
    text = trim(text)
    if len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES and not set(text[1:-1]) & set(_QUOTES):
        return trim(text[1:-1])
    return text


def _keep(slip: Slip, name: str, value: str | None) -> None:
    if value and value.strip():
        slip.found.setdefault(name, value.strip())


def _leave(slip: Slip, *pieces: str) -> None:
    slip.found["rest"] = "; ".join(filter(None, (slip.found.get("rest"), *map(trim, pieces))))


def _citation(raw: str, line: str, slip: Slip, *, thesis: bool, copy_asked: bool = False) -> Citation:
    found = slip.found
    if note := found.pop("note", None):
        _leave(slip, note)
    wrong = (doubt for doubt in slip.doubts if doubt.kind is DoubtKind.CHECK_DIGIT)
    _leave(slip, *(f"{doubt.field.upper()} {doubt.written}" for doubt in wrong))
    kind = kind_of(line, slip, thesis=thesis)
    service = Service.COPY if copy_asked else service_of(slip, kind)
    kept = {name: _bounded(slip, name) for name in LIMITS}
    return Citation(
        raw=raw,
        service=service,
        kind=kind,
        author=kept["author"],
        title=kept["title"],
        part_author=kept["part_author"],
        part_title=kept["part_title"],
        publisher=kept["publisher"],
        place=kept["place"],
        year=int(found["year"]) if "year" in found else None,
        edition=kept["edition"],
        volume=kept["volume"],
        issue=kept["issue"],
        pages=kept["pages"],
        issue_date=found.get("issue_date"),
        extent=kept["extent"],
        isbn=found.get("isbn"),
        issn=found.get("issn"),
        doi=kept["doi"],
        url=kept["url"],
        rest=found.get("rest") or None,
        doubts=tuple(slip.doubts),
    )


def _bounded(slip: Slip, name: str) -> str | None:
    """The field, unless it is longer than its limit: then it is doubted, never shortened."""
    value = slip.found.get(name)
    if value is None or len(value) <= LIMITS[name]:
        return value or None
    slip.doubts.append(Doubt(name, DoubtKind.TOO_LONG, value))
    return None
