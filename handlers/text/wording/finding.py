"""Lists of requests, and what words find."""

from handlers.text import (
    found,
    lists,
)
from handlers.text.reader import Facts, Reader
from handlers.text.screens import Screen
from handlers.text.wording.shape import Wordings
from models.queries import parties, search
from models.queries.lists import PAGE, listing
from models.rules.narrowing import Narrowing
from models.rules.vocabulary import Channel, Filter, NoticeKind

IN_A_MAIL = 50
"""Lines of a list in a mail, which has no pages."""


async def _list(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    chosen, narrowing = Filter(facts["filter"]), Narrowing.read(facts.get("narrowed", ""))
    if facts.get("narrowing"):
        partners = await parties.counterparts_of(reader.person.library or 0)
        return lists.narrowing_screen(reader.voice, chosen, narrowing, partners)
    view = await listing(
        reader.person,
        chosen,
        reader.today(),
        narrowing=narrowing,
        page=facts.get("page", 0),
        size=IN_A_MAIL if reader.channel is Channel.MAIL else PAGE,
    )
    partner = next((one for one in await parties.libraries() if one.id == narrowing.partner), None)
    return lists.list_screen(reader.voice, view, partner=partner)


async def _found(reader: Reader, facts: Facts) -> Screen | None:
    if reader.person is None:
        return None
    number = facts.get("search")
    words = await search.words_of_search(number, reader.person.id) if number else facts.get("words")
    if not words:
        by_mail = reader.channel is Channel.MAIL
        return found.search_letter(reader.voice) if by_mail else found.search_question(reader.voice)
    view = await search.find(reader.person, words, reader.today(), page=facts.get("page", 0))
    return found.found_screen(reader.voice, view, search=number)


WORDINGS: Wordings = {
    NoticeKind.LIST: _list,
    NoticeKind.FOUND: _found,
}
