"""`parse_mode=HTML`: tags to entities, and Telegram's complaints about wrong ones, word for word.

Source: core.telegram.org/bots/api#html-style; offsets in complaints are bytes of the UTF-8 text, as tdlib's
`parse_html` counts them.
"""

import re
from dataclasses import dataclass, field
from html import unescape

from bot.sandbox.botapi import limits
from bot.sandbox.botapi.entities import Entity, Formatted, units

PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = frozenset(PLAIN) | {"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
REFERENCE = re.compile(r"&(?:(?:lt|gt|amp|quot)|#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6}))(?:;|(?![0-9A-Za-z]))")
ATTRIBUTE = re.compile(r"\s*([^\s=>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)(?=[\s>])))?\s*")
LINK = re.compile(r"(?:https?|tg|ton|tonsite|mailto|tel):\S+|[\w-]+(?:\.[\w-]+)+\S*", re.IGNORECASE)


@dataclass(slots=True)
class Open:
    """A tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    position: int


@dataclass(slots=True)
class Reading:
    """The state of one parse."""

    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    width: int = 0
    open: list[Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def put(self, piece: str) -> None:
        self.text.append(piece)
        self.width += units(piece)

    def wrong(self, complaint: str, at: int | None = None) -> limits.ApiError:
        """A refusal; with a position it names the byte, as Telegram does."""
        where = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        return limits.bad(f"can't parse entities: {complaint}{where}")


def parsed(source: str) -> Formatted:
    """Text and entities of an HTML message, untrimmed; raises ApiError like the real parser."""
    reading = Reading(source)
    while reading.at < len(source):
        _step(reading)
    if reading.open:
        name = reading.open[-1].name
        raise reading.wrong(f'Can\'t find end tag corresponding to start tag "{name}"')
    return Formatted("".join(reading.text), tuple(reading.entities))


def _step(reading: Reading) -> None:
    source, at = reading.source, reading.at
    if source.startswith("</", at):
        _end_tag(reading)
    elif source[at] == "<":
        _start_tag(reading)
    elif source[at] == "&" and (reference := REFERENCE.match(source, at)):
        reading.put(_character(reference.group()))
        reading.at = reference.end()
    else:
        stop = next((i for i in range(at + 1, len(source)) if source[i] in "<&"), len(source))
        reading.put(source[at:stop])
        reading.at = stop


def _character(reference: str) -> str:
    return unescape(reference if reference.endswith(";") else f"{reference};")


def _start_tag(reading: Reading) -> None:
    source, begin = reading.source, reading.at
    name_end = next(
        (i for i in range(begin + 1, len(source)) if source[i].isspace() or source[i] == ">"), None
    )
    if name_end is None:
        raise reading.wrong("Unclosed start tag", begin)
    name = source[begin + 1 : name_end].lower()
    if name not in TAGS:
        raise reading.wrong(f'Unsupported start tag "{name}"', begin)
    attributes = _attributes(reading, name, name_end)
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise reading.wrong('Tag "span" must have class "tg-spoiler"', begin)
    reading.open.append(Open(name, attributes, reading.width, len(reading.text)))


def _attributes(reading: Reading, name: str, position: int) -> dict[str, str]:
    """The attributes of a tag; leaves the reading behind its `>`."""
    source, begin = reading.source, reading.at
    result: dict[str, str] = {}
    while True:
        while position < len(source) and source[position].isspace():
            position += 1
        if position == len(source):
            raise reading.wrong(f'Unclosed start tag "{name}"', begin)
        if source[position] == ">":
            reading.at = position + 1
            return result
        match = ATTRIBUTE.match(source, position)
        if match is None:
            raise reading.wrong(f'Empty attribute name in the tag "{name}"', begin)
        if match.end() < len(source) and source[match.end()] == "=":
            raise reading.wrong("Unexpected end of name token", match.end() + 1)
        value = next((group for group in match.groups()[1:] if group is not None), "")
        result[match.group(1).lower()] = REFERENCE.sub(lambda found: _character(found.group()), value)
        position = match.end()


def _end_tag(reading: Reading) -> None:
    source, begin = reading.source, reading.at
    if not reading.open:
        raise reading.wrong("Unexpected end tag", begin)
    close = source.find(">", begin)
    name = source[begin + 2 : close].rstrip() if close >= 0 else ""
    if close < 0 or any(character.isspace() for character in name):
        raise reading.wrong("Unclosed end tag", begin)
    tag = reading.open.pop()
    if name and name.lower() != tag.name:
        where = f"Unmatched end tag at byte offset {len(source[:begin].encode())}"
        raise reading.wrong(f'{where}, expected "</{tag.name}>", found "</{name}>"')
    reading.at = close + 1
    if reading.width > tag.offset:
        _close(reading, tag)


def _close(reading: Reading, tag: Open) -> None:
    entity = _entity(reading, tag)
    if entity is not None:
        reading.entities.append(entity)


def _entity(reading: Reading, tag: Open) -> Entity | None:
    length = reading.width - tag.offset
    match tag.name:
        case "a":
            inner = "".join(reading.text[tag.position :])
            return _link(tag, length, tag.attributes.get("href") or inner)
        case "pre" | "code":
            return _code(reading, tag, length)
        case "blockquote":
            kind = "expandable_blockquote" if "expandable" in tag.attributes else "blockquote"
            return Entity(kind, tag.offset, length)
        case "tg-emoji":
            emoji = tag.attributes.get("emoji-id", "")
            return (
                Entity("custom_emoji", tag.offset, length, (("custom_emoji_id", emoji),)) if emoji else None
            )
        case "tg-time":
            return _time(reading, tag, length)
        case name:
            return Entity(PLAIN[name], tag.offset, length)


def _link(tag: Open, length: int, address: str) -> Entity | None:
    if not LINK.fullmatch(address.strip()):
        return None
    address = address.strip()
    if ":" not in address.partition("/")[0]:
        address = f"http://{address}"
    if address.lower().startswith("http") and "/" not in address.partition("://")[2]:
        address = f"{address}/"
    return Entity("text_link", tag.offset, length, (("url", address),))


def _code(reading: Reading, tag: Open, length: int) -> Entity:
    """`<pre><code class="language-x">` is one entity, in whichever order the two are nested."""
    language = tag.attributes.get("class", "").removeprefix("language-") if tag.name == "code" else ""
    inner = reading.entities[-1] if reading.entities else None
    same = inner is not None and (inner.offset, inner.length) == (tag.offset, length)
    if tag.name == "pre" and same and inner is not None and inner.type == "code":
        reading.entities.pop()
        return Entity("pre", tag.offset, length, inner.argument)
    around = reading.open[-1].name if reading.open else ""
    return Entity(
        "code", tag.offset, length, (("language", language),) if language and around == "pre" else ()
    )


def _time(reading: Reading, tag: Open, length: int) -> Entity:
    unix = tag.attributes.get("unix", "")
    if not unix.isdecimal():
        raise reading.wrong('Tag "tg-time" must have attribute "unix"')
    shape = tag.attributes.get("format")
    fields: list[tuple[str, object]] = [("unix_time", int(unix))]
    if shape:
        fields.append(("date_time_format", shape))
    return Entity("date_time", tag.offset, length, tuple(fields))
