"""HTML mail to lines. What clients say of their quotes in tags, classes and styles becomes a mark on each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from handlers.mail.lines import Line, Mark, clean
from handlers.mail.separator import SEPARATOR_ATTRIBUTE

_UNSHOWN = {
    "head",
    "style",
    "script",
    "title",
    "meta",
    "link",
    "template",
    "noscript",
    "object",
    "svg",
    "select",
}
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)"
)
_OUTLOOK_BORDER = re.compile(
    r"border-top\s*:\s*(?:solid\s+#?(?:e1e1e1|b5c4df)\s+1\.0pt|#?(?:e1e1e1|b5c4df)\s+1(?:\.0)?pt\s+solid)"
)
_INDENT = re.compile(r"border(?:-left)?\s*:\s*(?:none|0|medium none)")
_OLD_IDS = {
    "divrplyfwdmsg", "appendonsend", "zwchr", "replysplit", "mail-editor-reference-message-container",
    "ms-outlook-mobile-reference-message", "ms-outlook-mobile-body-separator-line-reference",
}  # fmt: skip
_OLD_CLASSES = {"yahoo_quoted", "protonmail_quote", "ms-outlook-mobile-reference-message", "zmail_extra"}
_LEAD_CLASSES = {"gmail_attr", "moz-cite-prefix", "reply-intro"}
_SIGNATURE_IDS = {
    "signature", "applemailsignature", "applemailsignatureatstartofmessage", "ms-outlook-mobile-signature",
    "mail-app-auto-default-signature",
}  # fmt: skip
_SIGNATURE_CLASSES = {
    "gmail_signature", "gmail_signature_prefix", "moz-signature", "protonmail_signature_block",
}  # fmt: skip
_COLON_SOON = re.compile(r"\s*\S[^:\n]{0,30}:")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_PREFIX = re.compile(r"^(?:x_)+")


def html_lines(markup: str) -> list[Line]:
    """The lines a reader would see, marked; none at all where the markup shows nothing."""
    root = _root(markup)
    if root is None:
        return []
    page = _Page()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            page.open(element)
        else:
            page.close(element)
    page.end_line()
    return page.lines


def _root(markup: str) -> html.HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


@dataclass(slots=True)
class _Page:
    """A walk through the document: where the pen is, and what each open element has said."""

    lines: list[Line] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=lambda: [Mark.SAID])
    hidden: int = 0
    kept: int = 0
    old: bool = False

    def open(self, element: etree._Element) -> None:
        """Begin an element: its line, its mark, its own text."""
        tag = _tag(element)
        if self.hidden or tag in _UNSHOWN or _HIDDEN.search(_style(element)):
            self.hidden += 1
            return
        self._look_for_old(element, tag)
        mark = self._mark(element, tag)
        if mark is not self.marks[-1] or tag in _BLOCKS:
            self.end_line()
        if tag in _PARAGRAPHS and not _tight(element):
            self.gap()
        self.marks.append(mark)
        self.kept += _keeps_blanks(element, tag)
        if tag == "li":
            self.buffer.append("- ")
        self.write(element.text)

    def close(self, element: etree._Element) -> None:
        """End an element and write what stands behind it."""
        tag = _tag(element)
        if self.hidden:
            self.hidden -= 1
        else:
            self._leave(element, tag)
        if not self.hidden:
            self.write(element.tail)

    def _leave(self, element: etree._Element, tag: str) -> None:
        if tag == "br":
            self.end_line(forced=True)
        elif tag in _BLOCKS or self.marks[-1] is not self.marks[-2]:
            self.end_line()
        self.kept -= _keeps_blanks(element, tag)
        if tag in _PARAGRAPHS and not _tight(element):
            self.gap()
        self.marks.pop()

    def write(self, text: str | None) -> None:
        """Put text on the current line; inside `pre` line ends are line ends."""
        if not text:
            return
        if not self.kept:
            self.buffer.append(_SPACE.sub(" ", text))
            return
        for number, row in enumerate(text.split("\n")):
            if number:
                self.end_line(forced=True)
            self.buffer.append(row)

    def end_line(self, *, forced: bool = False) -> None:
        """Put the current line down; an empty one only when it was asked for."""
        text = clean("".join(self.buffer))
        text = text if self.kept else _SPACE.sub(" ", text).strip()
        self.buffer.clear()
        if text or forced:
            self.lines.append(Line(text, self._own(text)))

    def gap(self) -> None:
        """An empty line between paragraphs."""
        if self.lines and self.lines[-1].text:
            self.lines.append(Line("", self.marks[-1]))

    def _own(self, text: str) -> Mark:
        """A `>` typed by a client into HTML quotes as it does in plain text."""
        mark = self.marks[-1]
        if mark is not Mark.SAID:
            return mark
        if self.old:
            return Mark.OLD
        return Mark.QUOTED if text.startswith(">") else Mark.SAID

    def _look_for_old(self, element: etree._Element, tag: str) -> None:
        """From some elements on, all is what the writer answers. What is on the line still belongs above."""
        if not self.old and self.marks[-1] is Mark.SAID and _begins_old(element, tag):
            self.end_line()
            self.old = True

    def _mark(self, element: etree._Element, tag: str) -> Mark:
        """The mark of an element: that of what is around it, else what it says itself."""
        around = self.marks[-1]
        return around if self.old or around is not Mark.SAID else _says(element, tag)


def _says(element: etree._Element, tag: str) -> Mark:
    identity, classes = _identity(element), _classes(element)
    if tag == "blockquote" and not _is_indent(element, classes):
        return Mark.QUOTED
    if classes & _LEAD_CLASSES or identity in _LEAD_CLASSES:
        return Mark.LEAD
    if (
        classes & _SIGNATURE_CLASSES
        or identity in _SIGNATURE_IDS
        or "data-signature-widget" in element.attrib
    ):
        return Mark.SIGNED
    return Mark.SAID


def _begins_old(element: etree._Element, tag: str) -> bool:
    """Whether everything from here on is what the writer answers."""
    if (
        _identity(element) in _OLD_IDS
        or _classes(element) & _OLD_CLASSES
        or SEPARATOR_ATTRIBUTE in element.attrib
    ):
        return True
    bordered = tag in {"div", "p", "td"} and _OUTLOOK_BORDER.search(_style(element))
    return bool(bordered and _COLON_SOON.match("".join(_first_text(element))))


def _first_text(element: etree._Element) -> Iterator[str]:
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        yield str(text)
        if length > 40:
            return


def _is_indent(element: etree._Element, classes: set[str]) -> bool:
    """A block that was only moved to the right by its writer."""
    quoted = element.get("type") == "cite" or any("quote" in name for name in classes)
    return not quoted and bool(_INDENT.search(_style(element)))


def _tight(element: etree._Element) -> bool:
    """Paragraphs that stand close together, as those of Outlook do."""
    style = _style(element)
    return "msonormal" in " ".join(_classes(element)) or bool(re.search(r"margin(?:-bottom)?\s*:\s*0", style))


def _keeps_blanks(element: etree._Element, tag: str) -> bool:
    return tag == "pre" or "white-space:pre" in _style(element).replace(" ", "")


def _tag(element: etree._Element) -> str:
    return element.tag.lower()


def _style(element: etree._Element) -> str:
    return (element.get("style") or "").lower()


def _identity(element: etree._Element) -> str:
    return _PREFIX.sub("", (element.get("id") or "").strip().lower())


def _classes(element: etree._Element) -> set[str]:
    return {_PREFIX.sub("", name) for name in (element.get("class") or "").lower().split()}
