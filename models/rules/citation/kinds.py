"""What kind of document a citation names, and which service it asks for."""

from models.rules.citation import words
from models.rules.citation.slip import Slip
from models.rules.vocabulary import Kind, Service


def kind_of(line: str, slip: Slip, *, thesis: bool) -> Kind:
    """The kind, told by words of the line and by which fields were found."""
    found = slip.found
    if "part_title" in found:
        return _kind_of_part(found)
    if thesis:
        return Kind.THESIS
    for pattern, kind in (
        (words.STANDARD, Kind.STANDARD),
        (words.MUSIC, Kind.SHEET_MUSIC),
        (words.MAP, Kind.MAP),
        (words.MANUSCRIPT, Kind.MANUSCRIPT),
    ):
        if pattern.search(line):
            return kind
    return _kind_of_whole(found)


def service_of(slip: Slip, kind: Kind) -> Service:
    """A copy when pages or a part are asked for, or what is named can only be a part; else a loan."""
    part = "pages" in slip.found or "part_title" in slip.found
    return Service.COPY if part or kind in {Kind.ARTICLE, Kind.CHAPTER} else Service.LOAN


def _kind_of_part(found: dict[str, str]) -> Kind:
    host = found.get("title", "")
    about = f"{host}; {found.get('rest', '')}"
    if "issue_date" in found and found["issue_date"].count("-") == 2 and "volume" not in found:
        return Kind.NEWSPAPER
    if words.NEWSPAPER.search(host):
        return Kind.NEWSPAPER
    book = "author" in found or "isbn" in found or words.COLLECTION.search(about) is not None
    if not book and ("issue" in found or "issn" in found):
        return Kind.ARTICLE
    book = book or "publisher" in found
    return Kind.CHAPTER if book or ("place" in found and "volume" not in found) else Kind.ARTICLE


def _kind_of_whole(found: dict[str, str]) -> Kind:
    title = found.get("title", "")
    if "isbn" in found or "publisher" in found:
        return Kind.BOOK
    if not title:
        return Kind.ARTICLE if "doi" in found or "issn" in found else Kind.OTHER
    if found.get("issue_date", "").count("-") == 2:
        return Kind.NEWSPAPER
    if "issue" in found or "issn" in found:
        return _kind_of_issue(found)
    if {"volume", "pages"} <= found.keys() and not {"author", "place"} & found.keys():
        return Kind.ARTICLE
    return Kind.BOOK


def _kind_of_issue(found: dict[str, str]) -> Kind:
    if words.NEWSPAPER.search(found.get("title", "")):
        return Kind.NEWSPAPER
    return Kind.ARTICLE if "pages" in found else Kind.OTHER
