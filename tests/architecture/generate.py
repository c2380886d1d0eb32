"""Write what is generated of the documentation: `make docs`.

`docs/lifecycle.md` comes from the table that moves requests, `docs/clocks.md` from that of the clocks,
`docs/glossary.md` from the table that words them; a test says when one is behind.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from handlers.text.words import read
from tests.architecture.clocks_page import clocks_page
from tests.architecture.lifecycle_page import lifecycle_page
from tests.architecture.markdown import paragraph, table

DOCS = Path(__file__).resolve().parents[2] / "docs"


def glossary_page() -> str:
    """The domain's words in four languages."""
    return "\n".join(_glossary_lines())


def _glossary_lines() -> Iterator[str]:
    yield from paragraph("# Glossary")
    yield from paragraph("<!-- Generated from locales/glossary.tsv by `make docs`; do not edit. -->")
    yield from paragraph(
        "The words of interlibrary lending as the desk uses them. A label in the catalogues whose context",
        "is a term of this list says exactly this. A term marked * is a guess that the libraries have to",
        "confirm.",
    )
    head = ("Term", "English", "Azərbaycanca", "Қазақша", "Русский", "Note")
    yield from table(head, map(_term, read("glossary.tsv")))


def _term(row: dict[str, str]) -> tuple[str, ...]:
    doubtful = "*" if row["confidence"] == "low" else ""
    return (f"`{row['term_id']}`{doubtful}", row["en"], row["az"], row["kk"], row["ru"], row["note"])


PAGES: dict[str, Callable[[], str]] = {
    "lifecycle.md": lifecycle_page,
    "clocks.md": clocks_page,
    "glossary.md": glossary_page,
}


def main() -> None:
    """Rewrite the pages."""
    DOCS.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
