"""A sheet as DOCX, to be edited before it is signed: Times New Roman, whose letters every office has."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from handlers.papers.sheet import (
    TAGS,
    Align,
    Blanks,
    Block,
    Fields,
    Gap,
    Head,
    Sheet,
    Signature,
    Text,
    Weight,
)

FAMILY = "Times New Roman"
ALIGNS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
SIZES = {Weight.TITLE: 15.0, Weight.STRONG: 12.0, Weight.PLAIN: 12.0, Weight.SMALL: 9.0}
BLANK = "_" * 24
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can tell; a document's own times are in its properties."""


def as_docx(sheet: Sheet, made: datetime) -> bytes:
    """The sheet as a Word document that says it was made at `made` (aware)."""
    word = docx.Document()
    _set_up(word, sheet, made)
    for block in sheet.blocks:
        _put(word, block)
    out = BytesIO()
    word.save(out)
    return _timeless(out.getvalue())


def _set_up(word: Word, sheet: Sheet, made: datetime) -> None:
    tag = TAGS[sheet.language]
    about = word.core_properties
    about.title, about.language, about.author, about.comments = sheet.title, tag, "Abonement", ""
    about.created = about.modified = made.astimezone(UTC).replace(tzinfo=None)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    style = word.styles["Normal"]
    style.font.name, style.font.size = FAMILY, Pt(12)
    properties = style.element.get_or_add_rPr()
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        properties.get_or_add_rFonts().set(qn(script), FAMILY)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    properties.append(language)
    if sheet.mark:
        _write(section.header.paragraphs[0], sheet.mark, Weight.SMALL, Align.CENTRE, bold=True)
    _write(section.footer.paragraphs[0], sheet.foot, Weight.SMALL, Align.LEFT)


def _put(word: Word, block: Block) -> None:
    match block:
        case Text():
            _write(word.add_paragraph(), block.text, block.weight, block.align)
        case Fields():
            _table(word, block.rows)
        case Blanks():
            line = "   ".join(f"{name} {BLANK[:16]}" for name in block.names)
            _write(word.add_paragraph(), line, Weight.PLAIN, Align.LEFT)
        case Signature():
            _signature(word, block)
        case Head():
            _write(word.add_paragraph(), f"{block.title}\n{block.number}", Weight.TITLE, Align.LEFT)
        case Gap():
            word.add_paragraph().paragraph_format.space_after = Mm(block.height)


def _write(paragraph: Paragraph, text: str, weight: Weight, align: Align, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold = bold or weight in {Weight.TITLE, Weight.STRONG}
    run.font.size = Pt(SIZES[weight])
    paragraph.alignment = ALIGNS[align]
    paragraph.paragraph_format.space_after = Pt(6)


def _table(word: Word, rows: tuple[tuple[str, str], ...]) -> None:
    table = word.add_table(rows=0, cols=2)
    for name, value in rows:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(60), Mm(105)
        _write(cells[0].paragraphs[0], name, Weight.PLAIN, Align.LEFT)
        _write(cells[1].paragraphs[0], value or BLANK, Weight.PLAIN, Align.LEFT)
    word.add_paragraph()


def _signature(word: Word, block: Signature) -> None:
    word.add_paragraph()
    cells = word.add_table(rows=1, cols=3).rows[0].cells
    for cell, text in zip(cells, (block.post, "_" * 18, block.name), strict=True):
        _write(cell.paragraphs[0], text, Weight.PLAIN, Align.LEFT)
    word.add_paragraph()


def _timeless(data: bytes) -> bytes:
    """The same archive without the hour of its making in every entry."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as made, ZipFile(out, "w", ZIP_DEFLATED) as kept:
        for name, content in _entries(made):
            kept.writestr(ZipInfo(name, EPOCH), content, ZIP_DEFLATED)
    return out.getvalue()


def _entries(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in archive.namelist():
        yield name, archive.read(name)
