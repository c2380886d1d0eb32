"""Text with entities: what Telegram makes of HTML, of listed entities and of plain text."""

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from bot.sandbox.botapi import ApiError, limits
from bot.sandbox.botapi.entities import Entity, Formatted, given, settled, units
from bot.sandbox.botapi.html import parsed

E = Entity


def read(html: str) -> Formatted:
    return settled(parsed(html))


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("a &lt;b&gt; &amp; &quot;&#1241;&#x4D9;", 'a <b> & "әә', ()),
        ("fish &copy; &nbsp; & chips", "fish &copy; &nbsp; & chips", ()),
        ("<b>Abay</b> <i>joly</i>", "Abay joly", (E("bold", 0, 4), E("italic", 5, 4))),
        ("<strong>a</strong><em>b</em>", "ab", (E("bold", 0, 1), E("italic", 1, 1))),
        ("<u>a</u> <ins>b</ins>", "a b", (E("underline", 0, 1), E("underline", 2, 1))),
        ("<s>a</s><del>b</del><strike>c</strike>", "abc", (E("strikethrough", 0, 3),)),
        ("<b>a</b><b>b</b>", "ab", (E("bold", 0, 2),)),
        ("<tg-spoiler>x</tg-spoiler>", "x", (E("spoiler", 0, 1),)),
        ('<span class="tg-spoiler">x</span>', "x", (E("spoiler", 0, 1),)),
        ("📚<b>📚ə</b>", "📚📚ə", (E("bold", 2, 3),)),
        ("<b>a <i>b</i></b>", "a b", (E("bold", 0, 3), E("italic", 2, 1))),
        ("<blockquote>q</blockquote>", "q", (E("blockquote", 0, 1),)),
        ("<blockquote expandable>q</blockquote>", "q", (E("expandable_blockquote", 0, 1),)),
        ("<code>/x @name</code>", "/x @name", (E("code", 0, 8),)),
        ("<pre>x</pre>", "x", (E("pre", 0, 1),)),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            (E("pre", 0, 1, (("language", "python"),)),),
        ),
        (
            '<a href="https://anl.az/?a=1&amp;b=2">site</a>',
            "site",
            (E("text_link", 0, 4, (("url", "https://anl.az/?a=1&b=2"),)),),
        ),
        ("<a href='anl.az'>site</a>", "site", (E("text_link", 0, 4, (("url", "http://anl.az/"),)),)),
        ('<a href="nowhere">site</a>', "site", ()),
        (
            '<tg-time unix="1750000000" format="wDT">soon</tg-time>',
            "soon",
            (E("date_time", 0, 4, (("unix_time", 1750000000), ("date_time_format", "wDT"))),),
        ),
        ('<tg-time unix="0">soon</tg-time>', "soon", ()),
        ('<code class="language-sql">x</code>', "x", (E("code", 0, 1),)),
        ('<code class="language-sql"><pre>x</pre></code>', "x", (E("pre", 0, 1, (("language", "sql"),)),)),
        (
            '<tg-emoji emoji-id="536">👍</tg-emoji>',
            "👍",
            (E("custom_emoji", 0, 2, (("custom_emoji_id", "536"),)),),
        ),
        (
            "<a>https://anl.az/x</a>",
            "https://anl.az/x",
            (E("text_link", 0, 16, (("url", "https://anl.az/x"),)),),
        ),
        ("&lt5 &ltx &#128; &#1114112;", "<5 &ltx \x80 &#1114112;", ()),
        ("<B>a</B>", "a", (E("bold", 0, 1),)),
        ("<b>  </b>x", "  x", ()),
        ("  <b>a </b> \n", "a", (E("bold", 0, 1),)),
        ("\n\n x  ", "x", ()),
    ],
)
def test_html_becomes_text_and_entities(html: str, text: str, entities: tuple[Entity, ...]) -> None:
    assert read(html) == Formatted(text, entities)


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<blink>x</blink>", 'Unsupported start tag "blink" at byte offset 0'),
        ("ə < b", 'Unsupported start tag "" at byte offset 3'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href= ", 'Unclosed start tag "a" at byte offset 0'),
        ("ə<a href=x/y>", "Unexpected end of name token at byte offset 10"),
        ("&#xD83D;&#xDE00;", limits.LONE_SURROGATE),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="1" format="YY">y</tg-time>', "Invalid date format used"),
    ],
)
def test_wrong_html_is_refused_in_telegrams_words(html: str, complaint: str) -> None:
    with pytest.raises(ApiError) as refused:
        parsed(html)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [("bot_command", "/start")]),
        ("/find@abonement_bot Abay", [("bot_command", "/find@abonement_bot")]),
        ("either/or and a//b", []),
        ("see https://anl.az/a?b=c.", [("url", "https://anl.az/a?b=c")]),
        ("(www.nlrk.kz)", [("url", "www.nlrk.kz")]),
        ("write to ill@anl.example, please", [("email", "ill@anl.example")]),
        ("ask @leyla_q now", [("mention", "@leyla_q")]),
        ("#книга and #42", [("hashtag", "#книга")]),
        ("📚 /help", [("bot_command", "/help")]),
    ],
)
def test_plain_text_has_its_links_and_commands_found(text: str, found: list[tuple[str, str]]) -> None:
    settled_text = settled(Formatted(text))
    assert [(e.type, settled_text.part(e)) for e in settled_text.entities] == found


def test_listed_entities_are_kept_but_automatic_ones_are_found_again() -> None:
    listed = [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "bot_command", "offset": 0, "length": 4},
        {"type": "italic", "offset": 2, "length": 99},
        {"type": "code", "offset": 50, "length": 1},
    ]
    assert given("Abay", listed).entities == (E("bold", 0, 4), E("italic", 2, 2))


@pytest.mark.parametrize(
    "listed", [{}, ["bold"], [{"type": "glow", "offset": 0, "length": 1}], [{"type": "bold"}]]
)
def test_listed_entities_of_another_shape_are_refused(listed: object) -> None:
    with pytest.raises(ApiError, match="can't parse"):
        given("Abay", listed)


def test_no_more_than_a_hundred_entities_are_kept() -> None:
    assert len(read("<b>x</b> " * 120).entities) == 100


PIECES = st.lists(
    st.sampled_from(["<b>", "</b>", "<i>", "</i>", "📚", " ", "\n", "ə", "&lt;", "/a", "x"]), max_size=12
)


@examples(PIECES)
def test_entities_always_lie_within_the_text(pieces: list[str]) -> None:
    try:
        formatted = read("".join(pieces))
    except ApiError:
        return
    assert all(0 <= e.offset < e.end <= units(formatted.text) for e in formatted.entities)
    assert formatted.text == formatted.text.rstrip()


@examples(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parsed(escaped) == Formatted(text)
