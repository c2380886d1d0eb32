"""A new matter in the thread of a request."""

from handlers.text.reader import Facts, Reader
from handlers.text.screens import Screen
from handlers.text.splitting import offered
from handlers.text.wording.shape import Wordings, card_view
from models.queries import drafts
from models.rules.vocabulary import Channel, NoticeKind


async def _offered(reader: Reader, facts: Facts) -> Screen | None:
    view = await card_view(reader, facts)
    if view is None or reader.person is None:
        return None
    draft = await drafts.draft(facts["draft"], reader.person.id)
    return offered(reader.voice, view, draft, by_mail=reader.channel is Channel.MAIL) if draft else None


WORDINGS: Wordings = {NoticeKind.SPLIT: _offered}
