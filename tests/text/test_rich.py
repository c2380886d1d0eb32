"""Lines and spans: fitted to a limit, escaped where they become HTML, bare where they become text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.text.rich import (
    BLANK,
    Line,
    Span,
    Style,
    as_html,
    as_text,
    bold,
    fitted,
    italic,
    labelled,
    line,
    paragraphs,
    stacked,
    units,
)

TEXTS = st.text(st.sampled_from("abə қ🕮<&>\"'…"), max_size=60)
SPANS = st.builds(Span, TEXTS, st.sampled_from(Style), st.none() | st.just("https://e.org/?a=1&b=2"))
LINES = st.lists(st.lists(SPANS, max_size=3).map(tuple), max_size=40)


@given(lines=LINES, limit=st.integers(1, 400))
def test_fitted_lines_are_never_longer_than_the_limit(lines: list[Line], limit: int) -> None:
    assert units(as_text(fitted(lines, limit))) <= limit


@given(lines=LINES)
def test_lines_that_fit_stay_as_they_are(lines: list[Line]) -> None:
    assert fitted(lines, units(as_text(lines))) == tuple(lines)


@given(lines=LINES, limit=st.integers(1, 400))
def test_fitting_keeps_styles_and_links(lines: list[Line], limit: int) -> None:
    before = [[(span.style, span.href) for span in one] for one in lines]
    after = [[(span.style, span.href) for span in one] for one in fitted(lines, limit)]

    assert after in (before, [*before[: len(after) - 1], [(Style.PLAIN, None)]])


def test_the_longest_span_is_shortened_and_shows_it() -> None:
    lines = [line(bold("NLRK-2028-0007")), line("long " * 100), line("end")]

    assert as_text(fitted(lines, 60)) == "NLRK-2028-0007\n" + ("long " * 9)[:40] + "…\nend"


def test_a_thousand_short_lines_are_cut_off_at_the_end() -> None:
    lines = [line("a")] * 5000

    assert as_text(fitted(lines, 4096)) == "a\n" * 2047 + "…"


def test_half_a_letter_is_never_left() -> None:
    fits = fitted([line("🕮" * 50)], 20)

    assert as_text(fits) == "🕮" * 9 + "…"


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("әə", 2), ("🕮", 2), ("e\u0301", 2)])
def test_length_is_counted_as_telegram_counts(text: str, width: int) -> None:
    assert units(text) == width


class Reader(HTMLParser):
    """Collects what a mail program would show."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self.tags: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.shown += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= {"href"}
        self.tags.add(tag)


@given(lines=LINES)
def test_html_shows_the_same_words_and_no_tag_of_anybody_else(lines: list[Line]) -> None:
    reader = Reader()
    reader.feed(as_html(lines))
    reader.close()

    assert reader.shown == as_text(lines)
    assert reader.tags <= {"br", "strong", "em", "code", "a"}


def test_html_escapes_words_and_addresses() -> None:
    span = Span('<b>"&', Style.BOLD, 'https://e.org/?a="&b')

    assert as_html([(span,)]) == (
        '<a href="https://e.org/?a=&quot;&amp;b"><strong>&lt;b&gt;&quot;&amp;</strong></a>'
    )


@given(parts=st.lists(st.text(max_size=20), max_size=4))
def test_a_line_is_one_line_whatever_is_put_in(parts: list[str]) -> None:
    assert len(as_text([line(*parts)]).splitlines()) <= 1


def test_a_line_leaves_out_empty_parts() -> None:
    assert line("", bold(""), "a", italic("b")) == (Span("a"), Span("b", Style.ITALIC))


def test_a_labelled_value_is_never_inflected() -> None:
    assert as_text([labelled("Срок возврата", "8 августа 2028 г.")]) == "Срок возврата: 8 августа 2028 г."


def test_somebodys_words_keep_their_lines() -> None:
    assert as_text(paragraphs("\n one\ntwo \n\nthree\n")) == "one\ntwo \n\nthree"


def test_blocks_are_stacked_with_one_blank_line_and_no_gaps() -> None:
    assert stacked([], [line("a")], [], [line("b"), line("c")], []) == (
        line("a"),
        BLANK,
        line("b"),
        line("c"),
    )
