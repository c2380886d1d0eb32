"""What a parcel is worth in the words of its sender: `value 50 EUR, insured for 70 EUR`."""

import re
from collections.abc import Iterator, Sequence

from handlers.mail import figures
from handlers.mail.figures import Found
from handlers.text import phrases
from handlers.text.phrases import Kind
from handlers.text.words import fold

VALUE, INSURED = "value", "insured"
STATED = frozenset({VALUE, INSURED})
"""Words that say nothing but a sum."""
_WITH_WORTH = STATED | {"sent"}
_WORD = re.compile(r"[^\s,.;:!?()]+")
_LONGEST_LABEL = 3
_REACH = 60


def taken(tail: str, rows: Sequence[str], *, act: str) -> tuple[str, str | None, str | None]:
    """The line without what was found, the declared and the insured value; rows below count if labelled.

    A sum without a word before it is what the act itself names.
    """
    if act not in _WITH_WORTH:
        return tail, None, None
    found = dict(_labelled(tail))
    text = tail
    for one in found.values():
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    if act in STATED and act not in found and (bare := figures.cost(text)):
        found[act] = bare
        text = text[: bare.start] + " " * (bare.end - bare.start) + text[bare.end :]
    below = dict(pair for row in reversed(rows) for pair in _labelled(row))
    said = {name: one.value for name, one in {**below, **found}.items()}
    return text, said.get(VALUE), said.get(INSURED)


def _labelled(text: str) -> Iterator[tuple[str, Found]]:
    """Each sum that a phrase introduces: the phrase's value, and the sum with the phrase."""
    for one in figures.sums(text):
        words = list(_WORD.finditer(text, max(0, one.start - _REACH), one.start))[-_LONGEST_LABEL:]
        for number, first in enumerate(words):
            folded = [fold(word[0]) for word in words[number:]]
            known = phrases.begins(folded, Kind.WORTH)
            if known and known[1] == len(folded):
                yield known[0], Found(one.value, first.start(), one.end)
                break
