"""The hand-written table of citations, read from citations.txt."""

from dataclasses import dataclass
from pathlib import Path

MEASURED = ("title", "part_title", "author", "part_author", "year", "pages")


@dataclass(frozen=True, slots=True)
class Case:
    """A pasted line, and what a librarian reads in it."""

    language: str
    style: str
    text: str
    fields: dict[str, str | int | None]


def read_cases(path: Path) -> tuple[Case, ...]:
    """Every entry of a table; a field of MEASURED that an entry does not name is expected to be absent."""
    entries = path.read_text(encoding="utf-8").split("\n\n")
    return tuple(_case(entry.splitlines()) for entry in entries if not entry.startswith("#"))


def _case(lines: list[str]) -> Case:
    language, style, service, kind = lines[0].split()
    fields: dict[str, str | int | None] = {"service": service, "kind": kind, **dict.fromkeys(MEASURED)}
    for line in lines[2:]:
        name, _, value = line.partition(": ")
        fields[name] = int(value) if name == "year" else value
    return Case(language, style, lines[1].removeprefix("> "), fields)


CASES = read_cases(Path(__file__).with_name("citations.txt"))
