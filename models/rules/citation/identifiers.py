"""Identifiers in a pasted line: ISBN (ISO 2108), ISSN (ISO 3297), DOI (ISO 26324), web addresses."""

import re

import stdnum.isbn
import stdnum.issn

from models.rules.citation.shape import Doubt, DoubtKind
from models.rules.citation.slip import CUT, Slip
from models.rules.citation.words import DASH

_DIGITS = rf"(?:{DASH}|\s)?"
_ISBN_LABELLED = re.compile(
    rf"(?<!\w)isbn(?:\s?-?\s?1[03])?\s*[:№]?\s*(?P<isbn>[\dXxХх](?:{_DIGITS}[\dXxХх]){{6,16}})(?!\w)(?:\s*\([^()]{{0,30}}\))?",
    re.IGNORECASE,
)
_ISBN_13 = re.compile(rf"(?<![\d/.])(?P<isbn>97[89]{_DIGITS}\d(?:{_DIGITS}\d){{9}})(?![\d])")
_ISBN_BARE = re.compile(rf"^\W*(?P<isbn>\d(?:{_DIGITS}\d){{8}}{_DIGITS}[\dXxХх])\W*$")
_ISSN_LABELLED = re.compile(
    rf"(?<!\w)[ep]?-?issn(?:\s?-?\s?l)?\s*:?\s*(?P<issn>\d{{4}}{_DIGITS}\d{{3}}[\dXxХх])(?!\w)(?:\s*\([^()]{{0,20}}\))?",
    re.IGNORECASE,
)
_ISSN_BARE = re.compile(rf"^\W*(?P<issn>\d{{4}}{DASH}\d{{3}}[\dXxХх])\W*$")
_DOI = re.compile(
    r"(?<![\w/.])(?:(?:https?://)?(?:dx\.)?doi\.org/|doi\s*:?\s*)?(?P<doi>10\.\d{4,9}/[^\s\"<>\x1f]{1,200})",
    re.IGNORECASE,
)
_ACCESS = (
    r"(?:режим доступа|электрон(?:дық|ный) адрес|url|қолжетімділік режимі|available (?:at|from|online)"
    r"|retrieved from"
    r"|retrieved [^.]{3,25}, from|giriş rejimi|elektron ünvan)\s*:?\s*"
)
_URL = re.compile(
    rf"(?:{_ACCESS})?(?P<url>(?:https?|ftp)://[^\s<>\"\x1f]{{1,1500}}|www\.[^\s<>\"\x1f]{{3,1500}})",
    re.IGNORECASE,
)
_VISITED = re.compile(
    r"[(\[]?\s*(?:дата обращения|accessed|accessed on|viewed|cited|müraciət tarixi|қаралған күні"
    r"|жүгінген күні"
    r"|өтініш күні)\s*:?\s*[^)\]\x1f]{4,30}[)\]]?",
    re.IGNORECASE,
)
_CYRILLIC_X = str.maketrans("Хх", "XX")
_NOT_DIGIT = re.compile(r"[^\dX]")


def read_isbn(text: str) -> str | None:
    """The ISBN-13 or ISBN-10 in its compact form, or None when its length or check digit is wrong."""
    compact = _compact(text)
    return compact if stdnum.isbn.is_valid(compact) else None


def read_issn(text: str) -> str | None:
    """The ISSN as NNNN-NNNN, or None when its length or check digit is wrong."""
    compact = _compact(text)
    return f"{compact[:4]}-{compact[4:]}" if stdnum.issn.is_valid(compact) else None


def read_doi(text: str) -> str | None:
    """The DOI without resolver and label, in the case as written (ISO 26324 compares without), or None."""
    match = _DOI.search(text)
    return _doi_end(match["doi"]) if match else None


def read_url(text: str) -> str | None:
    """The first web address, without the punctuation that follows it in a sentence."""
    match = _URL.search(text)
    return _url_end(match["url"]) if match else None


def cut_identifiers(slip: Slip) -> None:
    """Cut every identifier out of the slip. One whose check digit is wrong becomes a doubt, not a field."""
    _cut_doi(slip)
    _cut_url(slip)
    slip.cut(_VISITED)
    for pattern in (_ISBN_LABELLED, _ISBN_13, _ISBN_BARE):
        _cut_checked(slip, pattern)
    for pattern in (_ISSN_LABELLED, _ISSN_BARE):
        _cut_checked(slip, pattern)


def _cut_doi(slip: Slip) -> None:
    match = _DOI.search(slip.text)
    if match:
        doi = _doi_end(match["doi"])
        slip.found["doi"] = doi
        slip.text = f"{slip.text[: match.start()]}{CUT}{slip.text[match.start('doi') + len(doi) :]}"


def _cut_url(slip: Slip) -> None:
    match = _URL.search(slip.text)
    if match:
        url = _url_end(match["url"])
        slip.found["url"] = url
        slip.text = f"{slip.text[: match.start()]}{CUT}{slip.text[match.start('url') + len(url) :]}"


def _cut_checked(slip: Slip, pattern: re.Pattern[str]) -> None:
    """Cut the matches, up to five; further ISBN are those of other bindings or volumes."""
    for _ in range(5):
        match = pattern.search(slip.text)
        if match is None:
            return
        _keep_checked(slip, match)
        slip.text = f"{slip.text[: match.start()]}{CUT}{slip.text[match.end() :]}"


def _keep_checked(slip: Slip, match: re.Match[str]) -> None:
    ((name, written),) = match.groupdict().items()
    value = read_isbn(written) if name == "isbn" else read_issn(written)
    if value is None:
        slip.doubts.append(Doubt(name, DoubtKind.CHECK_DIGIT, written.strip()))
    else:
        slip.found.setdefault(name, value)


def _compact(text: str) -> str:
    return _NOT_DIGIT.sub("", text.upper().translate(_CYRILLIC_X))


def _doi_end(doi: str) -> str:
    doi = doi.rstrip(".,;:»”’'—–")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;:")
    return doi


def _url_end(url: str) -> str:
    return _doi_end(url)
