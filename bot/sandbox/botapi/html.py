"""`parse_mode=HTML`: tags to entities, and Telegram's complaints about wrong ones, word for word.

Source: core.telegram.org/bots/api#html-style; offsets in complaints are bytes of the UTF-8 text, as tdlib's
`parse_html` counts them.
"""

import re
from dataclasses import dataclass, field, replace

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
REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)(?![A-Za-z])|#x([0-9a-fA-F]{1,6})|#(\d{1,7}));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
BLANKS = re.compile(r"\s*")
NAME = re.compile(r"[^\s=>/\"']*")
TOKEN = re.compile(r"[A-Za-z0-9.-]*")
DATE_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
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
    plain = (replace(e, argument=()) if e.type == "code" else e for e in reading.entities)
    return Formatted("".join(reading.text), tuple(plain))


def _step(reading: Reading) -> None:
    source, at = reading.source, reading.at
    if source.startswith("</", at):
        _end_tag(reading)
    elif source[at] == "<":
        _start_tag(reading)
    elif source[at] == "&" and (reference := REFERENCE.match(source, at)):
        reading.put(_character(reading, reference))
        reading.at = reference.end()
    else:
        stop = next((i for i in range(at + 1, len(source)) if source[i] in "<&"), len(source))
        reading.put(source[at:stop])
        reading.at = stop


def _character(reading: Reading, reference: re.Match[str]) -> str:
    """What a reference stands for; a number that is no character is left as it was written."""
    name, hexadecimal, decimal = reference.groups()
    if name is not None:
        return NAMED[name]
    code = int(decimal) if hexadecimal is None else int(hexadecimal, 16)
    if 0xD800 <= code <= 0xDFFF:
        raise reading.wrong(limits.LONE_SURROGATE)
    return chr(code) if 0 < code < 0x10FFFF else reference.group()


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


def _attributes(reading: Reading, tag: str, position: int) -> dict[str, str]:
    """The attributes of a tag; leaves the reading behind its `>`."""
    source, begin = reading.source, reading.at
    result: dict[str, str] = {}
    while (position := _past_blanks(source, position)) == len(source) or source[position] != ">":
        end = _end(NAME, source, position)
        name = source[position:end]
        if not name:
            raise reading.wrong(f'Empty attribute name in the tag "{tag}"', begin)
        position = _past_blanks(source, end)
        if position == len(source):
            raise reading.wrong(f'Unclosed start tag "{tag}"', begin)
        result[name], position = _value(reading, tag, position) if source[position] == "=" else ("", position)
    reading.at = position + 1
    return result


def _value(reading: Reading, tag: str, position: int) -> tuple[str, int]:
    """The value behind an equal sign, and where it ends."""
    source, begin = reading.source, reading.at
    position = _past_blanks(source, position + 1)
    if position == len(source):
        raise reading.wrong(f'Unclosed start tag "{tag}"', begin)
    quote = source[position]
    if quote not in "\"'":
        return _token(reading, position)
    close = source.find(quote, position + 1)
    if close < 0 or close + 1 == len(source):
        raise reading.wrong("Unclosed start tag", begin)
    value = REFERENCE.sub(lambda found: _character(reading, found), source[position + 1 : close])
    return value, close + 1


def _token(reading: Reading, position: int) -> tuple[str, int]:
    source = reading.source
    end = _end(TOKEN, source, position)
    if end == len(source) or not (source[end].isspace() or source[end] == ">"):
        raise reading.wrong("Unexpected end of name token", position)
    return source[position:end].lower(), end


def _past_blanks(source: str, position: int) -> int:
    return _end(BLANKS, source, position)


def _end(pattern: re.Pattern[str], source: str, position: int) -> int:
    """Where a pattern that matches everywhere, if only nothing, stops."""
    match = pattern.match(source, position)
    return position if match is None else match.end()


def _end_tag(reading: Reading) -> None:
    source, begin = reading.source, reading.at
    if not reading.open:
        raise reading.wrong("Unexpected end tag", begin)
    close = source.find(">", begin)
    name = source[begin + 2 : close].rstrip().lower() if close >= 0 else ""
    if close < 0 or any(character.isspace() for character in name):
        raise reading.wrong("Unclosed end tag", begin)
    tag = reading.open.pop()
    if name and name != tag.name:
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
            return _emoji(reading, tag, length)
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
    language = tag.attributes.get("class", "").removeprefix("language-")
    argument = (("language", language),) if language else ()
    inner = reading.entities[-1] if reading.entities else None
    if inner is not None and (inner.offset, inner.length) == (tag.offset, length):
        if tag.name == "pre" and inner.type == "code" and inner.argument:
            return replace(reading.entities.pop(), type="pre")
        if tag.name == "code" and inner.type == "pre" and argument:
            return replace(reading.entities.pop(), argument=argument)
    return Entity(tag.name, tag.offset, length, argument if tag.name == "code" else ())


def _emoji(reading: Reading, tag: Open, length: int) -> Entity:
    number = tag.attributes.get("emoji-id", "")
    if not number.isdecimal() or not int(number):
        raise reading.wrong("Invalid custom emoji identifier specified")
    return Entity("custom_emoji", tag.offset, length, (("custom_emoji_id", number),))


def _time(reading: Reading, tag: Open, length: int) -> Entity | None:
    """A moment the client writes in its own zone and language; without a positive one, plain text."""
    unix, shape = tag.attributes.get("unix", ""), tag.attributes.get("format", "")
    if not DATE_FORMAT.fullmatch(shape):
        raise reading.wrong("Invalid date format used")
    if not unix.isdecimal() or not int(unix):
        return None
    form = (("date_time_format", shape),) if shape else ()
    return Entity("date_time", tag.offset, length, (("unix_time", int(unix)), *form))
