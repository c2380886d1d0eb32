"""A new matter that came by "Reply": it stays in the thread, and may become a request or a letter."""

from handlers.mail.scans import Scans
from handlers.mail.subjects import bare
from handlers.mail.threading import Standing
from handlers.mail.visit import Taken
from models.queries.parties import PersonView
from models.queries.requests import CardView
from models.rules.citation import understand
from models.rules.filing import titled, values_of, without_reader
from models.rules.newmatter import cited_anew, is_new_subject
from models.rules.vocabulary import NoticeKind


async def offer(visit: Scans, person: PersonView, view: CardView, taken: Taken) -> Taken:
    """After a comment: where it speaks of something else, the word that splits it off is told."""
    reading = visit.reading
    plain = reading.act is None and reading.unclear is None and visit.found.standing is Standing.SPEAKS
    text, reader = without_reader(reading.text.strip())
    subject = "" if reading.request else bare(reading.subject)
    cited = cited_anew(text, view.title)
    if taken.outcome != "comment" or not plain or not text:
        return taken
    if cited is None and not is_new_subject(subject, view.title):
        return taken
    citation = cited or understand(text)
    values = titled(values_of(citation), text)
    draft = await visit.begun(person, citation.service, values=values, reader=reader, files=())
    visit.slips = [one for one in visit.slips if one.kind is not NoticeKind.RECEIPT]
    visit.say(person, NoticeKind.SPLIT, {"request": view.id, "draft": draft})
    return Taken(taken.outcome, visit.slips)
