"""Where one part of a citation ends: full stops that are not those of initials and abbreviations."""

import re

from models.rules.citation.words import UPPER

_STOP = re.compile(rf"(?<=\S)(?P<stop>[.?!…][\"”»’')\]]?)\s+(?:[-–—]\s+)?(?=[\"“«„‘(\[]?(?:{UPPER}|\d))")
_SHORT = frozenset(
    word
    for line in (
        "др ред изд см проф акад им гг тов сост пер рус каз ағ әд",
        "st dr mr mrs vs prof akad ad vol no op cit",
    )
    for word in line.split(" ")
)
_ABBREVIATED = re.compile(rf"(?:{UPPER}\S{{0,7}} ){{0,4}}{UPPER}\S{{0,7}}")


def sentences(text: str) -> list[str]:
    """Split at full stops, question and exclamation marks; only the full stop itself is taken off."""
    found, start = [], 0
    for match in _STOP.finditer(text):
        if match["stop"][0] == "." and _is_short(text[start : match.start()].rsplit(" ", 1)[-1]):
            continue
        end = match.start("stop") if match["stop"] == "." else match.end("stop")
        found.append(text[start:end].strip(" .") if match["stop"] == "." else text[start:end].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def split_host(text: str) -> tuple[str, str] | None:
    """The part's title and its journal where only a full stop divides them; None when there is one sentence.

    A journal's abbreviated name ("J. Am. Chem. Soc.") is kept together.
    """
    parts = sentences(text)
    if len(parts) < 2:
        return None
    first = len(parts) - 1
    if _ABBREVIATED.fullmatch(parts[first]):
        while first > 1 and _ABBREVIATED.fullmatch(parts[first - 1]):
            first -= 1
    return ". ".join(parts[:first]).replace("?.", "?").replace("!.", "!"), ". ".join(parts[first:]) + (
        "." if len(parts) - first > 1 or text.endswith(".") else ""
    )


def _is_short(word: str) -> bool:
    bare = word.lstrip("(«“\"'[").rsplit(".", 1)[-1]
    return len(bare) <= 1 or bare.lower() in _SHORT or bool(re.fullmatch(rf"{UPPER}[а-яa-z]", bare))
