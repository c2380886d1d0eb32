"""The act in a person's words: the first words of the first line, in four languages.

Doubt is never an act. A line that begins like one and says something else comes back as `unclear`, and the
person is asked. Only a plain answer, a fact with its details or a short order is taken.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from handlers.mail.details import Details, gather
from handlers.text import phrases, words
from handlers.text.phrases import Kind
from models.rules.vocabulary import Condition, Language, Reason, ScanProblem, Settlement

ORDERS = frozenset(
    {
        "list",
        "status",
        "find",
        "agreement",
        "report",
        "help",
        "language",
        "settings",
        "stop",
        "print",
        "calendar",
        "plan",
        "share",
        "gaps",
        "duplicates",
    }
)

_ANSWERS = {"yes", "no"}
_FACTS = {
    "sent", "received", "not_received", "returned", "checked_in", "lost", "found", "later", "fine",
    "expect",
}  # fmt: skip
_SHORT = {
    "list": 1, "status": 3, "agreement": 1, "report": 3, "help": 2, "settings": 1, "file": 1, "letter": 1,
    "discard": 3, "talk": 3, "notice": 2, "undo": 2, "fine": 1, "seen": 4, "close": 3,
    "stop": 1, "wait": 2,
    "take": 0, "ask_status": 1, "again": 0, "copy": 0, "another": 0, "gap": 0, "more": 0, "complete": 0,
    "withdraw": 0, "print": 0, "calendar": 0, "share": 0, "carry": 0,
    "acquire": 1, "gaps": 1, "duplicates": 1,
}  # fmt: skip
_POINTED_AT = {"list", "find", "file", "letter", "report", "agreement", "notice", "copy", "gap"}
_FREE = {"find", "conditions", "problem", "damaged", "no", "language", "reopen", "settle", "obtained"}
_NEEDED = {"due": "due_date", "expect": "until", "settle": "settlement"}
"""Orders and facts that say nothing without this detail."""
_LONGEST_ANSWER = 3
_LONGEST_CLAUSE = 5
_LONGEST_NAME = 5
_LONGEST_WORTH = 2
_SHORTEST_FOR_TYPO = 6
_MOST_ROWS_OF_ORDER = 4
_MOST_LINES = 6
_LONGEST_LINE = 500

_WORD = re.compile(r"[^\s,.;:!?()\[\]{}«»\"“”„*_<>…—–|=]+")
_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,15}")
_PART_OF = re.compile(r"\b\d{1,3}\s*(?:of|из|/)\s*\d{1,3}\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,.;:!?(—–]|\s-\s")
_OPENING = re.compile(r"[\s*_>#•·\-–—\"'«“„(\[]+")
_LANGUAGES = {
    stem: language
    for language, stems in {
        Language.AZ: "az aze azerb азерб азирб",
        Language.KK: "kk kz kaz kazakh qazax казак казах",
        Language.RU: "ru rus русск рус орыс",
        Language.EN: "en eng ingil англ агыл",
    }.items()
    for stem in stems.split()
}


@dataclass(frozen=True, slots=True)
class Command:
    """`act` is a first column of `words.tsv`; `unclear` the act that a line began with and did not say."""

    act: str | None = None
    details: Details = field(default_factory=Details)
    unclear: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """The first line, split: its words folded, and the place of each."""

    text: str
    words: tuple[str, ...]
    ends: tuple[int, ...]
    asks: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """A line that begins like an act, and the rest of it without dates, sums, numbers and politeness.

    `count` is the number of its words, politeness included and a date counted as one.
    """

    line: _Line
    act: str
    length: int
    exact: bool
    rest: tuple[str, ...]
    clause: tuple[str, ...]
    count: int
    rows: int
    details: Details


def command(text: str, *, sent: date | None) -> Command:
    """What the text orders. `sent` is the civil date of the mail: a date without a year lies after it."""
    rows = [row.strip() for row in text.split("\n") if row.strip()]
    if not rows or len(rows[0]) > _LONGEST_LINE:
        return Command()
    line = _line(rows[0])
    begun = _begins(line.words)
    if begun is None:
        return Command()
    act, length, exact = begun
    said = _said(line, act, length=length, exact=exact, rows=rows, sent=sent)
    if _refused(said):
        return Command(unclear=act)
    return Command(act, said.details)


def _line(row: str) -> _Line:
    text = _OPENING.sub("", row, count=1) if _OPENING.match(row) else row
    text = text.replace("’", "'")
    found = list(_WORD.finditer(text))
    tokens = tuple(words.fold(match[0]).strip("'") for match in found)
    return _Line(text, tokens, tuple(match.end() for match in found), "?" in text)


def _begins(tokens: Sequence[str]) -> tuple[str, int, bool] | None:
    """The act, the number of its words, and whether they were spelled rightly."""
    if phrases.begins(tokens, Kind.IDIOM):
        return None
    exact = phrases.longest(tokens, words.phrases())
    loose = _misspelled(tokens)
    if exact and (loose is None or loose[1] <= exact[1]):
        return exact[0], exact[1], True
    return (loose[0], loose[1], False) if loose else None


def _misspelled(tokens: Sequence[str]) -> tuple[str, int] | None:
    """The one act whose phrase differs by one slip in one long word; none where anything else is as near."""
    if any(_one_slip(tokens[: len(one)], one) for one in phrases.phrases(Kind.IDIOM)):
        return None
    near = [
        (act, len(phrase))
        for phrase, act in words.phrases().items()
        if act not in _ANSWERS and _one_slip(tokens[: len(phrase)], phrase)
    ]
    longest = max((length for _, length in near), default=0)
    acts = {act for act, length in near if length == longest}
    return (acts.pop(), longest) if len(acts) == 1 else None


def _one_slip(typed: Sequence[str], phrase: Sequence[str]) -> bool:
    if len(typed) != len(phrase):
        return False
    wrong = [(one, other) for one, other in zip(typed, phrase, strict=True) if one != other]
    return len(wrong) == 1 and len(wrong[0][1]) >= _SHORTEST_FOR_TYPO and one_apart(*wrong[0])


def one_apart(typed: str, meant: str) -> bool:
    """Whether one letter was added, dropped, changed, or swapped with its neighbour."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant))
    )
    left, right = typed[start:], meant[start:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


def _said(
    line: _Line, act: str, *, length: int, exact: bool, rows: Sequence[str], sent: date | None
) -> _Said:
    after = line.ends[length - 1]
    tail = line.text[after:]
    below = [row for row in rows[1:_MOST_LINES] if len(row) <= _LONGEST_LINE]
    bare, found = gather(tail, act=act, rows=below, sent=sent)
    rest = _words(bare)
    clause = _words(_CLAUSE_END.split(bare, maxsplit=1)[0])
    found = _with_phrases(found, act, line=line, rest=rest, length=length, tail=tail)
    count = length + sum(any(map(str.isalnum, word)) for word in bare.split()) + (found.until is not None)
    return _Said(line, act, length, exact, rest, clause, count, len(rows), found)


def _words(text: str) -> tuple[str, ...]:
    """Folded words, without politeness."""
    tokens = [words.fold(match[0]).strip("'") for match in _WORD.finditer(text)]
    kept: list[str] = []
    position = 0
    while position < len(tokens):
        polite = phrases.begins(tokens[position:], Kind.POLITE)
        if not polite:
            kept.append(tokens[position])
        position += polite[1] if polite else 1
    return tuple(kept)


def _refused(said: _Said) -> bool:
    """Whether the line says something else than the act it begins with."""
    if said.line.asks and said.act not in ORDERS | {"ask_status"}:
        return True
    if phrases.contains(said.rest, Kind.CONTRAST) and said.act not in _FREE - {"no"}:
        return True
    if said.act in _ANSWERS:
        return _no_plain_answer(said)
    return (not said.exact and len(said.rest) > 2) or _other_matter(said) or _out_of_shape(said)


def _no_plain_answer(said: _Said) -> bool:
    if said.act == "no" and said.details.reason:
        return False
    return (
        said.count > _LONGEST_ANSWER
        or said.line.text.rstrip().endswith(":")
        or phrases.contains(said.rest, Kind.NEGATION)
        or phrases.contains(said.rest, Kind.OTHER_THING)
        or _other_act(said)
    )


def _other_act(said: _Said) -> bool:
    """An answer followed by another act: `yes, received`."""
    acts = (phrases.longest(said.rest[start:], words.phrases()) for start in range(len(said.rest)))
    return any(found and found[0] != said.act for found in acts)


def _other_matter(said: _Said) -> bool:
    """A negation, a part of a whole, or what is not the item: `received your letter`, `list attached`."""
    if said.act in _FACTS and phrases.contains(said.clause, Kind.OTHER_THING):
        return True
    if said.act in _POINTED_AT and phrases.contains(said.clause, Kind.POINTER):
        return True
    if said.act in _FACTS and _PART_OF.search(" ".join(said.rest)):
        return True
    if said.act in _FREE:
        known = said.act == "conditions" or said.details.reason is not None
        return not known and phrases.contains(said.rest[: 2 if said.act == "find" else 1], Kind.NEGATION)
    return phrases.contains(said.rest if said.act in _FACTS else said.clause, Kind.NEGATION)


def _names_plan(said: _Said) -> bool:
    """A year, or a year and the code of a partner in its capitals: `plan 2027 NLRK`."""
    last = said.line.text.split()[-1]
    named = said.rest[:-1] if len(said.rest) > 1 and _CODE.fullmatch(last) else said.rest
    return all(map(str.isdecimal, named))


def _lacks_words(said: _Said) -> bool:
    """FIND alone is asked what; whom to hand over to has to be named."""
    if said.act == "find":
        return not said.details.note and not (said.exact and said.rows == 1)
    return not said.details.note or len(said.rest) > _LONGEST_NAME


def _out_of_shape(said: _Said) -> bool:
    """Too long for an order, or without what it needs."""
    if said.act in _NEEDED:
        return getattr(said.details, _NEEDED[said.act]) is None
    match said.act:
        case "value" | "insured":
            return getattr(said.details, said.act) is None or len(said.rest) > _LONGEST_WORTH
        case "plan":
            return not _names_plan(said)
        case "find" | "hand_over":
            return _lacks_words(said)
        case _ if said.act in ORDERS and (said.rows > _MOST_ROWS_OF_ORDER or _other_act(said)):
            return True
        case "language":
            return len(said.rest) > 2
        case "later":
            known = said.details.until or said.details.reason
            return len(said.rest) > (_LONGEST_CLAUSE if known else 1)
        case "conditions":
            return not said.rest and said.details.cost is None
        case _ if said.act in _SHORT:
            return len(said.rest) > _SHORT[said.act]
        case _:
            return said.act not in _FREE and len(said.clause) > _LONGEST_CLAUSE


def _with_phrases(
    found: Details, act: str, *, line: _Line, rest: tuple[str, ...], length: int, tail: str
) -> Details:
    """The details with what phrases say: reason, condition, problem, and the words that no table knows."""
    note = tail.strip(" \t,.;:!-–—")
    match act:
        case "no" | "later":
            reason = _phrase(Kind.REASON, line, rest=rest, length=length)
            unknown = act == "no" and reason is None
            return found.having(
                reason=Reason(reason) if reason else None, note=note if unknown and rest else None
            )
        case "conditions":
            return _conditions(found, line, rest=rest, length=length, note=note)
        case "problem" | "damaged":
            problem = _phrase(Kind.PROBLEM, line, rest=rest, length=length) if act == "problem" else None
            return found.having(
                reason=ScanProblem(problem) if problem else None,
                note=note if rest and problem is None else None,
            )
        case "find" | "hand_over":
            return found.having(note=note or None)
        case "reopen":
            return found.having(note=sentence_of(tail))
        case "settle":
            settlement = _phrase(Kind.SETTLEMENT, line, rest=rest, length=length)
            return replace(found, settlement=Settlement(settlement) if settlement else None)
        case "language":
            return found.having(note=_language(rest))
        case _:
            return found


def sentence_of(tail: str) -> str | None:
    """What somebody says behind a word, with the full stop of its end."""
    return tail.lstrip(" \t,.;:!-–—").rstrip(" \t,;:-–—") or None


def _conditions(found: Details, line: _Line, *, rest: tuple[str, ...], length: int, note: str) -> Details:
    condition = _phrase(Kind.CONDITION, line, rest=rest, length=length)
    if condition:
        return found.having(condition=Condition(condition))
    reason = _phrase(Kind.REASON, line, rest=rest, length=length)
    if reason or not rest:
        return found.having(reason=Reason(reason) if reason else None)
    return found.having(condition=Condition.OTHER, note=note)


def _phrase(kind: Kind, line: _Line, *, rest: tuple[str, ...], length: int) -> str | None:
    """A known phrase behind the act's words, or one that takes them in: `нет в фонде`, `only a copy`."""
    around = phrases.begins(line.words, kind)
    if around and around[1] >= length:
        return around[0]
    whole = line.words[length:]
    places = [whole, *(rest[start:] for start in range(min(3, len(rest))))]
    return next((found[0] for place in places if (found := phrases.begins(place, kind))), None)


def _language(rest: Sequence[str]) -> str | None:
    word = rest[0] if rest else ""
    exact = _LANGUAGES.get(word)
    prefixed = next(
        (code for stem, code in _LANGUAGES.items() if len(stem) > 3 and word.startswith(stem)), None
    )
    found = exact or prefixed
    return str(found) if found else None
