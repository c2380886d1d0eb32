"""The whole of a mail."""

from handlers.text.reader import Facts, Reader
from handlers.text.screens import Screen
from handlers.text.wholemails import whole_screen
from handlers.text.wording.shape import Wordings, card_view
from models.queries import history, wholemails
from models.rules.vocabulary import NoticeKind


async def _whole(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    event = await history.event(facts["event"], reader.person) if reader.person else None
    if view is None or event is None or reader.person is None:
        return None
    rest = await wholemails.rest_of(event.id, reader.person)
    return whole_screen(reader.voice, view, event, rest=rest)


WORDINGS: Wordings = {NoticeKind.WHOLE_MAIL: _whole}
