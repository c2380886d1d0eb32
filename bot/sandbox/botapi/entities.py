"""Text with entities as Telegram counts it: offsets and lengths in UTF-16 code units.

Source: core.telegram.org/bots/api#messageentity and tdlib's `fix_formatted_text`.
"""

import re
from dataclasses import dataclass, replace

from bot.sandbox.botapi import limits

COMMAND = re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@<>])")
FOUND = (
    ("url", re.compile(r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]}'»]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w@])")),
    ("bot_command", COMMAND),
    ("mention", re.compile(r"(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}")),
)
SIMPLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
ARGUMENTS = ("url", "language", "custom_emoji_id", "unix_time", "date_time_format", "user")
KNOWN = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "blockquote"}
    | {"expandable_blockquote", "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"}
    | SIMPLE
)
#: Found by the server itself, so a bot that sends them is not listened to.
AUTOMATIC = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})
BLANKS = " \n\t\r\v\f"


@dataclass(frozen=True, slots=True)
class Entity:
    """One MessageEntity. `argument` holds its further fields in Telegram's names."""

    type: str
    offset: int
    length: int
    argument: tuple[tuple[str, object], ...] = ()

    @property
    def end(self) -> int:
        return self.offset + self.length

    def as_json(self) -> dict[str, object]:
        return {"type": self.type, "offset": self.offset, "length": self.length, **dict(self.argument)}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, ordered as Telegram returns them: by offset, the longer first."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    @property
    def length(self) -> int:
        return units(self.text)

    def part(self, entity: Entity) -> str:
        """The characters that an entity covers."""
        wide = self.text.encode("utf-16-le")
        return wide[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "replace")


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def given(text: str, listed: object) -> Formatted:
    """A text with the `entities` a bot sent as JSON; raises ApiError for what is no entity."""
    if not isinstance(listed, list):
        raise limits.bad(limits.BAD_JSON.format(field="entities"))
    entities = [_read(item) for item in listed]
    total = units(text)
    kept = [e for e in entities if e.type not in AUTOMATIC and e.offset >= 0 and e.length > 0]
    return Formatted(
        text, tuple(replace(e, length=min(e.length, total - e.offset)) for e in kept if e.offset < total)
    )


def _read(item: object) -> Entity:
    if not isinstance(item, dict):
        raise limits.bad("can't parse MessageEntity: expected an Object")
    kind, offset, length = item.get("type"), item.get("offset"), item.get("length")
    if kind not in KNOWN:
        raise limits.bad("can't parse MessageEntity: unsupported type specified")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise limits.bad("can't parse MessageEntity: offset and length must be of type Number")
    return Entity(str(kind), offset, length, tuple((key, item[key]) for key in ARGUMENTS if key in item))


def settled(formatted: Formatted) -> Formatted:
    """What the server makes of a text: trimmed, entities clipped and merged, links and commands found."""
    trimmed = _trimmed(formatted)
    solid = [e for e in trimmed.entities if e.length > 0 and trimmed.part(e).strip(BLANKS)]
    merged = _merged(sorted(solid, key=_order))
    found = _found(trimmed.text, merged)
    return Formatted(trimmed.text, tuple(sorted([*merged, *found], key=_order)[: limits.ENTITIES]))


def _order(entity: Entity) -> tuple[int, int]:
    return entity.offset, -entity.length


def _trimmed(formatted: Formatted) -> Formatted:
    """Blanks go at the end, and at the beginning as far as no entity covers them."""
    first = min((entity.offset for entity in formatted.entities), default=len(formatted.text))
    lead = min(len(formatted.text) - len(formatted.text.lstrip(" \n")), first)
    text = formatted.text[lead:].rstrip(BLANKS)
    total = units(text)
    moved = (replace(entity, offset=entity.offset - lead) for entity in formatted.entities)
    clipped = (replace(e, length=min(e.length, total - e.offset)) for e in moved if e.offset < total)
    return Formatted(text, tuple(clipped))


def _merged(entities: list[Entity]) -> list[Entity]:
    """Neighbours of one simple kind become one, as `<b>a</b><b>b</b>` does."""
    result: list[Entity] = []
    for entity in entities:
        before = next((e for e in reversed(result) if e.type == entity.type), None)
        if before is not None and entity.type in SIMPLE and before.end >= entity.offset:
            longer = replace(before, length=max(before.end, entity.end) - before.offset)
            result[result.index(before)] = longer
        else:
            result.append(entity)
    return result


def _found(text: str, taken: list[Entity]) -> list[Entity]:
    closed = [e for e in taken if e.type in {"code", "pre", "text_link", "text_mention"}]
    result: list[Entity] = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            entity = Entity(kind, units(text[: match.start()]), units(match.group()))
            if not any(entity.offset < e.end and e.offset < entity.end for e in [*closed, *result]):
                result.append(entity)
    return result
