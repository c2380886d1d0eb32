"""What a person wrote, apart from what their client repeated below, above and between.

HTML structure first (it comes as marks on the lines), then the shape of lines, then words. Linear in the
number of lines. Nothing is lost: the removed lines are kept; where nothing would remain everything is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from handlers.mail import attribution, signatures
from handlers.mail.lines import Line, Mark
from handlers.mail.separator import is_separator


@dataclass(frozen=True, slots=True)
class Visible:
    """`text` is what was written; `context` the same between the quotes it answers, where there are such.

    `whole` says that nothing of the writer's own was found and `text` is everything: no act may come from it.
    """

    text: str
    removed: str
    context: str
    whole: bool


def visible(lines: Sequence[Line]) -> Visible:
    """The writer's own words among these lines."""
    marked = _marked(lines)
    text = _said(marked)
    if not text:
        return Visible(_joined(lines), "", "", whole=True)
    removed = _joined([line for line in marked if line.mark is not Mark.SAID])
    return Visible(text, removed, _context(marked), whole=False)


def _marked(lines: Sequence[Line]) -> list[Line]:
    marked = _cut(list(lines))
    marked = _without_attributions(marked)
    return _without_signatures(marked)


def _cut(lines: list[Line]) -> list[Line]:
    """Everything from the first divider on is old, unless the client has marked what follows as a quote."""
    texts = [line.text for line in lines]
    following = _following(lines)
    for index, line in enumerate(lines):
        if line.mark is Mark.QUOTED:
            continue
        length = _divider(texts, index)
        if not length:
            continue
        start = _rules_above(texts, index)
        if following[index + length] is Mark.QUOTED:
            lines[start : index + length] = _as(Mark.LEAD, lines[start : index + length])
            continue
        return lines[:start] + _as(Mark.OLD, lines[start:])
    return lines


def _divider(texts: Sequence[str], index: int) -> int:
    if is_separator(texts[index]) or attribution.is_divider(texts[index]):
        return 1 + (attribution.header_block(texts, index + 1) if index + 1 < len(texts) else 0)
    return attribution.header_block(texts, index)


def _rules_above(texts: Sequence[str], index: int) -> int:
    """Rules and announcements just above a divider belong to it."""
    start = index
    for above in range(index - 1, max(-1, index - 4), -1):
        if attribution.is_rule(texts[above]) or attribution.announces_forward(texts[above]):
            start = above
        elif texts[above].strip():
            break
    return start


def _without_attributions(lines: list[Line]) -> list[Line]:
    """A quote's introduction goes with the quote; where the quote is not marked, all below goes with it."""
    following = _following(lines)
    for end, line in enumerate(lines):
        if line.mark is Mark.LEAD and following[end + 1] is Mark.SAID:
            return lines[:end] + _as(Mark.OLD, lines[end:])
        if line.mark is not Mark.SAID or not line.text.rstrip(" *_").endswith((":", "：")):
            continue
        quoted = following[end + 1] is not Mark.SAID
        start = _start_of_attribution(lines, end, quoted=quoted)
        if start < 0:
            continue
        if not quoted:
            return lines[:start] + _as(Mark.OLD, lines[start:])
        lines[start : end + 1] = _as(Mark.LEAD, lines[start : end + 1])
    return lines


def _start_of_attribution(lines: Sequence[Line], end: int, *, quoted: bool) -> int:
    """Where the attribution that ends here begins, -1 if it is none. Clients wrap it over several lines."""
    tests = [attribution.is_attribution] + ([attribution.may_be_attribution] if quoted else [])
    for test in tests:
        text = ""
        for start in range(end, max(-1, end - attribution.MOST_LINES), -1):
            if lines[start].mark is not Mark.SAID or not lines[start].text.strip():
                break
            text = f"{lines[start].text.strip()} {text}".strip()
            if test(text):
                return _torn_off(lines, start)
    return -1


def _torn_off(lines: Sequence[Line], start: int) -> int:
    above = start - 1
    torn = above >= 0 and lines[above].mark is Mark.SAID and attribution.opens_attribution(lines[above].text)
    return above if torn and not attribution.opens_attribution(lines[start].text) else start


def _without_signatures(lines: list[Line]) -> list[Line]:
    """What stands below a delimiter in each stretch of the writer, and each line by which a device signs."""
    marked: list[Line] = []
    for mark, group in groupby(lines, key=lambda line: line.mark):
        stretch = list(group)
        marked += _unsigned(stretch) if mark is Mark.SAID else stretch
    return marked


def _unsigned(stretch: list[Line]) -> list[Line]:
    end = next((i for i, line in enumerate(stretch) if signatures.is_delimiter(line.text)), len(stretch))
    said = [
        replace(line, mark=Mark.SIGNED) if signatures.is_footer(line.text) else line for line in stretch[:end]
    ]
    return said + _as(Mark.SIGNED, stretch[end:])


def _following(lines: Sequence[Line]) -> list[Mark | None]:
    """For each index, and the one past the end, whose the next line with text is; None at the end."""
    following: list[Mark | None] = [None]
    for line in reversed(lines):
        following.append(line.mark if line.text.strip() else following[-1])
    return following[::-1]


def _as(mark: Mark, lines: Sequence[Line]) -> list[Line]:
    return [replace(line, mark=mark) if line.mark is Mark.SAID else line for line in lines]


def _said(lines: Sequence[Line]) -> str:
    stretches = (
        _joined(list(group))
        for said, group in groupby(lines, key=lambda line: line.mark is Mark.SAID)
        if said
    )
    return "\n\n".join(stretch for stretch in stretches if stretch)


def _joined(lines: Sequence[Line]) -> str:
    """The lines as text: no blank lines at the ends, never two in a row."""
    return "\n".join(_squeezed(lines)).strip("\n")


def _squeezed(lines: Sequence[Line]) -> Iterator[str]:
    blank = False
    for line in lines:
        text = line.text.rstrip()
        if text or not blank:
            yield text
        blank = not text


def _context(lines: Sequence[Line]) -> str:
    """Answers among their quotes: only where some answer stands below a quote."""
    marks = [line.mark for line in lines if line.text.strip()]
    if Mark.QUOTED not in marks or Mark.SAID not in marks[marks.index(Mark.QUOTED) :]:
        return ""
    shown = [line for line in lines if line.mark in {Mark.SAID, Mark.QUOTED}]
    return _joined([replace(line, text=_as_quote(line)) for line in shown])


def _as_quote(line: Line) -> str:
    quoted = line.mark is Mark.QUOTED and not line.text.lstrip().startswith(">")
    return f"> {line.text}" if quoted else line.text
