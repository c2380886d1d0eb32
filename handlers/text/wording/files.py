"""Files that came, wait or go."""

from dataclasses import replace

from handlers.text import (
    enclosures,
)
from handlers.text.reader import Facts, Reader
from handlers.text.rich import as_text, line
from handlers.text.screens import Screen
from handlers.text.wording.shape import Wordings, card_view
from models.queries import files, letters, lines, requests
from models.rules.filelimits import left_out
from models.rules.vocabulary import Channel, NoticeKind


async def _file(reader: Reader, facts: Facts) -> Screen | None:
    file = await files.file(facts["file"])
    if file is None or file.expired:
        return None
    if "caption" in facts:
        return Screen(lines=(line(facts["caption"]),), files=(file,))
    whole = await _what_it_belongs_to(reader, facts)
    if left_out(reader.channel, [file.size]):
        name = as_text(whole.lines)
        screen = enclosures.file_screen(reader.voice, file, name, url=reader.file_link(file))
        return replace(whole, lines=screen.lines, rows=screen.rows)
    return replace(whole, files=(file,))


async def _what_it_belongs_to(reader: Reader, facts: Facts) -> Screen:
    """The number of the request, or the subject of the letter: what stands beside the file."""
    if "letter" not in facts:
        number = await requests.number_of(facts["request"]) or ""
        return Screen(lines=(line(number),), request=facts["request"])
    letter = await letters.letter(facts["letter"], reader.person) if reader.person else None
    return Screen(lines=(line(letter.subject if letter else ""),), letter=letter.thread if letter else None)


async def _which(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    asked = set(facts["files"])
    loose = [one for one in await files.loose_of(reader.person.id) if one.id in asked]
    if not loose:
        return None
    show = enclosures.which_letter if reader.channel is Channel.MAIL else enclosures.which_screen
    return show(reader.voice, loose, await lines.awaiting_copy(reader.person))


async def _too_large(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None or reader.links is not None:
        return None
    if "letter" in facts:
        letter = await letters.letter(facts["letter"], reader.person)
        stuck = await files.those(facts["files"])
        return enclosures.too_large_for_letter(reader.voice, letter, stuck) if letter else None
    view = await card_view(reader, facts)
    if view is None:
        return None
    return enclosures.too_large(reader.voice, view, await files.those(facts["files"]))


async def _file_expires(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    going = [one for one in await files.those(facts["files"]) if not one.expired]
    if view is None or not going:
        return None
    urls = [reader.file_link(one) for one in going]
    return enclosures.expires(reader.voice, view, going, urls)


WORDINGS: Wordings = {
    NoticeKind.FILE: _file,
    NoticeKind.WHICH: _which,
    NoticeKind.TOO_LARGE: _too_large,
    NoticeKind.FILE_EXPIRES: _file_expires,
}
