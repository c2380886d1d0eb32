"""Whether a message is something to file, or words to a colleague. Pure."""

import re
from typing import Any

IDENTIFIERS = frozenset({"isbn", "issn", "doi"})
IMPRINT = frozenset({"author", "year", "place", "publisher", "extent"})
"""What names an edition; a letter has two of them only where it quotes a citation."""
EVIDENCE = IMPRINT | {"pages", "part_title", "part_author", "issue", "edition", "volume", "issue_date", "url"}

MOST_WORDS = 14
"""A title alone is rarely longer; longer ones come with an author or a year."""

_ADDRESSING = (
    *("hello", "hi", "dear", "good morning", "good afternoon", "thank you", "thanks", "could you", "can you"),
    *("please",),
    *("salam", "hörmətli", "təşəkkür", "sağ olun", "xahiş", "zəhmət olmasa", "sabahınız xeyir"),
    *("сәлем", "сәлеметсіз", "құрметті", "рақмет", "рахмет", "өтінеміз", "қайырлы күн"),
    *("здравствуйте", "добрый день", "доброе утро", "уважаемые", "уважаемая", "уважаемый", "спасибо"),
    *("пожалуйста", "просим", "коллеги", "привет", "можете ли"),
)
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCES = re.compile(r"[.!?…]\s+[^\W\d_a-zа-яёәғқңөұүһіəçşğıö]")


def looks_like_citation(text: str, values: dict[str, Any]) -> bool:
    """Whether the text is something to file: it holds fields of a citation, or may be a bare title.

    `values` is what was understood of it. Greetings, questions and running sentences are words to a
    colleague.
    """
    told = {name for name, value in values.items() if value}
    if told & IDENTIFIERS or len(told & IMPRINT) > 1:
        return True
    if _speaks(text):
        return False
    if len(told & EVIDENCE) > 1:
        return True
    return not _SENTENCES.search(text.strip()) and (bool(told & EVIDENCE) or len(text.split()) <= MOST_WORDS)


def _speaks(text: str) -> bool:
    """A greeting or a request at the beginning, or a question at the end."""
    said = " ".join(_WORD.findall(text.casefold())) + " "
    return said.startswith(tuple(f"{word} " for word in _ADDRESSING)) or text.strip().endswith("?")
