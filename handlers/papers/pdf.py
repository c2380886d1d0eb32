"""A sheet as PDF: DejaVu Sans embedded as a subset, language and title told, the same bytes each time.

DejaVu carries ə ğ ı ş and ә ғ қ ң ө ұ ү һ і; the fonts that most computers bring lack some of them.
"""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align as PdfAlign
from fpdf.enums import XPos, YPos

from handlers.papers.sheet import (
    TAGS,
    Align,
    Blanks,
    Block,
    Fields,
    Format,
    Gap,
    Head,
    Sheet,
    Signature,
    Text,
    Weight,
)

FONTS = Path(__file__).parent / "fonts"
SANS = "DejaVuSans"
SIZES: dict[Format, tuple[float, float]] = {
    Format.LETTER: (210.0, 297.0),
    Format.SLIP: (148.0, 210.0),
    Format.LABEL: (148.0, 105.0),
}
MARGINS: dict[Format, float] = {Format.LETTER: 22.0, Format.SLIP: 14.0, Format.LABEL: 10.0}
BODY: dict[Format, float] = {Format.LETTER: 10.5, Format.SLIP: 9.0, Format.LABEL: 11.0}
"""Points of the running text; other sizes are counted from it."""
LARGER = {Weight.TITLE: 1.35, Weight.STRONG: 1.0, Weight.PLAIN: 1.0, Weight.SMALL: 0.8}
SPACING = 0.353 * 1.35
"""Millimetres of a line for each point of its letters."""
INK, PALE, RULE = (25, 25, 25), (95, 95, 95), (185, 185, 185)
CODE_EDGE = 30.0
"""Millimetres: read from an arm's length, and after a bad photograph."""
NAMES_SHARE = 0.36
LOWERED = 0.05
"""Millimetres for each point: a small name stands on the line of its value."""
ALIGNS = {Align.LEFT: PdfAlign.L, Align.CENTRE: PdfAlign.C, Align.RIGHT: PdfAlign.R}


def as_pdf(sheet: Sheet, made: datetime) -> bytes:
    """The sheet as a PDF that says it was made at `made` (aware)."""
    page = _Page(sheet)
    page.set_creation_date(made)
    page.add_page()
    for block in sheet.blocks:
        page.put(block)
    return bytes(page.output())


class _Page(FPDF):
    """The pages of one sheet, with its mark above and its foot below each of them."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(format=SIZES[sheet.format])
        self._sheet = sheet
        self._body = BODY[sheet.format]
        margin = MARGINS[sheet.format]
        self.set_margins(margin, margin)
        self.c_margin = 0
        self.set_auto_page_break(auto=True, margin=margin)
        self.set_lang(TAGS[sheet.language])
        self.set_title(sheet.title)
        self.set_creator("Abonement")
        self.set_display_mode("fullpage")
        self.add_font(SANS, "", FONTS / "DejaVuSans.ttf")
        self.add_font(SANS, "B", FONTS / "DejaVuSans-Bold.ttf")

    def header(self) -> None:
        """The mark, on every page."""
        if self._sheet.mark:
            self._write(self._sheet.mark, Weight.SMALL, Align.CENTRE, colour=PALE, bold=True)
            self._rule()
            self.ln(3)

    def footer(self) -> None:
        """The foot and the number of the page."""
        if self._sheet.format is Format.LABEL:
            return
        self.set_y(-(self.b_margin - 4))
        self.set_font(SANS, "", 7)
        self.set_text_color(*PALE)
        width = self.epw / 2
        self.cell(width, 4, self._sheet.foot, align=PdfAlign.L)
        self.cell(width, 4, f"{self.page_no()} / {{nb}}", align=PdfAlign.R)

    def put(self, block: Block) -> None:
        """One block under the last."""
        match block:
            case Text():
                self._keep_with_next(block.weight)
                self._write(block.text, block.weight, block.align)
                self.ln(1.2 if block.weight is not Weight.TITLE else 2.5)
            case Fields():
                self._fields(block)
            case Blanks():
                self._blanks(block)
            case Signature():
                self._signature(block)
            case Head():
                self._head(block)
            case Gap():
                self.ln(block.height)

    def _keep_with_next(self, weight: Weight) -> None:
        """No heading stands alone at the end of a page."""
        if weight is Weight.STRONG and self.will_page_break(self._body * SPACING * 4):
            self.add_page()

    def _write(
        self,
        text: str,
        weight: Weight,
        align: Align,
        *,
        width: float = 0,
        colour: tuple[int, int, int] = INK,
        bold: bool = False,
    ) -> None:
        strong = bold or weight in {Weight.TITLE, Weight.STRONG}
        size = self._body * LARGER[weight]
        self.set_font(SANS, "B" if strong else "", size)
        self.set_text_color(*colour)
        self.multi_cell(
            width or self.epw,
            size * SPACING,
            text,
            align=ALIGNS[align],
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def _rule(self) -> None:
        self.set_draw_color(*RULE)
        self.set_line_width(0.2)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())

    def _fields(self, fields: Fields) -> None:
        for name, value in fields.rows:
            # A row is never torn: its name would stand on one page and its value on the next.
            height = max(self._height(name, value), self._body * SPACING * (1.0 if value else 1.7))
            if self.will_page_break(height + 2):
                self.add_page()
            self._row(name, value, height)
        self.ln(2)

    def _columns(self) -> tuple[float, float]:
        names = self.epw * NAMES_SHARE
        return names, self.epw - names

    def _height(self, name: str, value: str) -> float:
        names, values = self._columns()
        lines = []
        for text, width, size in ((name, names - 2, self._body * 0.8), (value, values, self._body)):
            self.set_font(SANS, "", size)
            split = self.multi_cell(width, size * SPACING, text, dry_run=True, output="LINES", align="L")
            lines.append((len(split) if isinstance(split, list) else 1) * size * SPACING)
        return max(lines)

    def _row(self, name: str, value: str, height: float) -> None:
        names, values = self._columns()
        top = self.get_y() + 1
        self._cell(
            name,
            self.l_margin,
            top + LOWERED * self._body,
            width=names - 2,
            size=self._body * 0.8,
            colour=PALE,
        )
        self._cell(value, self.l_margin + names, top, width=values, size=self._body, colour=INK)
        self.set_xy(self.l_margin, top + height + 1)
        self._rule()

    def _cell(
        self, text: str, x: float, y: float, *, width: float, size: float, colour: tuple[int, int, int]
    ) -> None:
        self.set_xy(x, y)
        self.set_font(SANS, "", size)
        self.set_text_color(*colour)
        self.multi_cell(width, size * SPACING, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _blanks(self, block: Blanks) -> None:
        """Names on one line, each with room for a hand behind it."""
        size, top = self._body * LARGER[Weight.SMALL], self.get_y()
        share, foot = self.epw / len(block.names), top + self._body * SPACING
        for place, name in enumerate(block.names):
            start = self.l_margin + place * share
            self._cell(name, start, top + LOWERED * self._body, width=share, size=size, colour=PALE)
            self.set_font(SANS, "", size)
            self.set_draw_color(*RULE)
            self.line(start + self.get_string_width(name) + 2, foot, start + share - 4, foot)
        self.set_xy(self.l_margin, foot + 6)

    def _signature(self, block: Signature) -> None:
        height = self._body * SPACING
        if self.will_page_break(7 * height):
            self.add_page()
        self.ln(height * 1.5)
        top, part = self.get_y(), self.epw / 3
        self._cell(block.post, self.l_margin, top, width=part * 1.2, size=self._body, colour=INK)
        bottom = self.get_y()
        start = self.l_margin + part * 1.3
        self.set_draw_color(*INK)
        self.line(start, top + height, start + part * 0.75, top + height)
        self._cell(block.name, start + part * 0.85, top, width=part * 0.85, size=self._body, colour=INK)
        self.set_y(max(bottom, self.get_y()) + 2)

    def _head(self, head: Head) -> None:
        top = self.get_y()
        width = self.epw - (CODE_EDGE + 4 if head.code else 0)
        if head.title:
            self._write(head.title, Weight.TITLE, Align.LEFT, width=width)
            self.ln(1)
        self.set_font(SANS, "B", self._body * 1.8)
        self.set_text_color(*INK)
        self.multi_cell(
            width, self._body * 1.8 * SPACING, head.number, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        if head.says:
            self.ln(1)
            self._write(head.says, Weight.SMALL, Align.LEFT, width=width)
        if head.code:
            left = self.w - self.r_margin - CODE_EDGE
            self.image(BytesIO(head.code), left, top, CODE_EDGE, CODE_EDGE, alt_text=head.number)
            self.set_y(max(self.get_y(), top + CODE_EDGE))
        self.ln(2)
        self._rule()
        self.ln(2)
