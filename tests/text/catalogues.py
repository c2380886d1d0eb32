"""Bring the catalogues up to date with the sources: `make catalogues`.

Labels that are glossary terms are filled from the glossary, English from the sources; the rest is for a
translator. Entries that no source uses any more are dropped.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from handlers.text.words import read
from models.rules.vocabulary import Language

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("handlers", "bot")
KEYWORDS = {
    "say": None,
    "message": None,
    "plural": (1, 2),
    "label": ((1, "c"), 2),
}


STAMPS = (
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Generated-By',
    '"Report-Msgid-Bugs-To',
    '"Last-Translator',
    '"Language-Team',
    '"Project-Id-Version',
    "# ",
    "#\n",
)
"""Header lines that say when and by whom: the repository knows that."""


def extracted() -> Catalog:
    """Every message of the sources, with the files that use it."""
    template = Catalog(project="Abonement", version="1", charset="utf-8")
    for source in SOURCES:
        found = extract_from_dir(
            ROOT / source, [("**.py", "python")], keywords=KEYWORDS, comment_tags=(), strip_comment_tags=True
        )
        for file, _line, message, _comments, context in found:
            if message:
                template.add(message, locations=[(f"{source}/{file}", 0)], context=context)
    return template


def path_of(language: Language) -> Path:
    """Where a language's catalogue lies."""
    return ROOT / "locales" / language.value / "LC_MESSAGES" / "messages.po"


def updated(language: Language, template: Catalog) -> Catalog:
    """The language's catalogue with the template's messages, known translations kept."""
    path = path_of(language)
    catalogue = Catalog(locale=language.value)
    if path.exists():
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=language.value)
    catalogue.fuzzy = False
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    terms = {(row["term_id"], row["en"]): row[language.value] for row in read("glossary.tsv")}
    for entry in catalogue:
        term = terms.get((entry.context or "", str(entry.id)))
        if term is not None:
            entry.string = term
        elif language is Language.EN and entry.id:
            entry.string = entry.id
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file, the same bytes for the same content."""
    out = BytesIO()
    write_po(out, catalogue, width=100, sort_output=True, omit_header=False, include_lineno=False)
    lines = out.getvalue().decode().lstrip("\n").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(STAMPS)).encode()


def main() -> None:
    """Rewrite all four."""
    template = extracted()
    for language in Language:
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(updated(language, template)))


if __name__ == "__main__":
    main()
