"""Lines such as `date: 14.05.2027` in any of the desk's languages, and choices named in words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from handlers.text.cooperation import FIELDS, KINDS, LEADS, NOT_FOLLOWED, PACES, TOPICS
from handlers.text.voice import LANGUAGE_NAMES, Label, Voice
from handlers.text.words import fold
from models.rules.asking import Answer, ask_of
from models.rules.vocabulary import FormName, Language

_LINE = re.compile(r"\s*[-•*]?\s*([^:：\n]{2,60})\s*[:：]\s*(.*)")


@dataclass(slots=True)
class Labelled:
    """What lines named, and the words in lines that named nothing."""

    fields: dict[str, str] = field(default_factory=dict)
    rest: str = ""


def read_lines(text: str, names: Iterable[str]) -> Labelled:
    """The fields that the lines name; a line without a label goes on with the field above it."""
    wanted = frozenset(names)
    found, loose, current = Labelled(), [], ""
    for row in text.splitlines():
        match = _LINE.match(row)
        name = field_named(match[1]) if match else None
        if match and name in wanted and name is not None:
            found.fields[name], current = match[2].strip(), name
        elif current and row.strip():
            found.fields[current] = f"{found.fields[current]}\n{row.strip()}".strip()
        elif row.strip():
            loose.append(row.strip())
        else:
            current = current if _goes_on(current) else ""
    found.rest = "\n".join(loose)
    return found


def _goes_on(name: str) -> bool:
    """Long texts have paragraphs; everything else ends with an empty line."""
    return name in {"text", "second_text", "description", "result"}


def field_named(words: str) -> str | None:
    """The field that a label means, in whatever language."""
    return _spellings().get(fold(words).strip())


@cache
def _spellings() -> Mapping[str, str]:
    return _by_label(FIELDS) | {fold(alias): name for name, aliases in ALIASES.items() for alias in aliases}


ALIASES: dict[str, tuple[str, ...]] = {
    "when": ("when", "vaxt", "срок", "мерзімі"),
    "kind": ("type", "тип"),
    "lead": ("lead",),
    "ours": ("participants", "участники", "iştirakçılar", "қатысушылар"),
}
"""What people write beside the label that the desk shows."""


def _by_label(labels: Mapping[str, Label]) -> dict[str, str]:
    return {fold(Voice(language).label(term)): name for name, term in labels.items() for language in Language}


CHOICES: dict[str, Mapping[str, Label]] = {
    "kind": {one.value: term for one, term in KINDS.items()},
    "topics": {one.value: term for one, term in TOPICS.items()},
    "lead": LEADS,
}


@cache
def _choices(name: str) -> Mapping[str, str]:
    if name in {"language", "second"}:
        return {fold(own): one.value for one, own in LANGUAGE_NAMES.items()} | {
            one.value: one.value for one in Language
        }
    return _by_label(CHOICES[name]) | {value: value for value in CHOICES[name]}


def chosen(form: FormName, name: str, words: str) -> str:
    """The value that a choice's words mean, several divided by commas; the words as they are otherwise."""
    ask = ask_of(form, name)
    if ask is None or ask.answer not in {Answer.CHOICE, Answer.MANY}:
        return words
    known = _choices(name)
    parts = words.split(",") if ask.answer is Answer.MANY else [words]
    return ",".join(known.get(fold(part).strip(" ."), part.strip()) for part in parts)


def followed(text: str) -> dict[str, str | None]:
    """Topic and pace of lines such as `research results: weekly`; None where a topic is to be left."""
    topics, paces = _choices("topics"), _paces()
    found: dict[str, str | None] = {}
    for row in text.splitlines():
        match = _LINE.match(row)
        topic = topics.get(fold(match[1]).strip()) if match else None
        pace = paces.get(fold(match[2]).strip(" .")) if match else None
        if topic and pace is not None:
            found[topic] = pace or None
    return found


@cache
def _paces() -> Mapping[str, str]:
    return _by_label({one.value: term for one, term in PACES.items()} | {"": NOT_FOLLOWED})
