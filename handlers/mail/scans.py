"""Files that come by mail: pictures as one PDF, files without a request, a link in place of a file."""

from dataclasses import dataclass

from handlers.binding import Bound, bound
from handlers.mail.bytes import File
from handlers.mail.details import REQUEST
from handlers.mail.matters import Matters
from handlers.mail.threading import Standing
from handlers.mail.visit import Taken
from models.operations import files
from models.queries import files as file_queries
from models.queries import lines
from models.queries import requests as request_queries
from models.queries.parties import PersonView
from models.queries.requests import CardView
from models.rules.citation import understand
from models.rules.errors import EmptyReply, FileWrongKind, Refusal, UnknownRequest
from models.rules.filing import is_citation, values_of
from models.rules.pasted import pasted_link
from models.rules.vocabulary import NoticeKind, Say

LONGEST_NOTE = 3000


@dataclass(frozen=True, slots=True)
class Chosen:
    """Files that waited, and the request that they are for."""

    view: CardView
    made: Bound
    note: str | None


class Scans(Matters):
    """The steps of a mail that brings files, or says which request earlier ones are for."""

    __slots__ = ()

    def brings_files_alone(self) -> bool:
        """A mail that begins no request, because it holds files and no citation."""
        is_new = self.found.request is None and bool(self.reading.attachments)
        return is_new and not is_citation(values_of(understand(self.reading.text)))

    async def which(self, person: PersonView) -> Taken:
        """Keep the files and ask which request they are for; where none waits for any, what they are."""
        note = self.reading.text.strip()[:LONGEST_NOTE] or None
        kept, wrong = await self.keep_files(person, note=note)
        if not kept:
            refusal: Refusal = wrong[0] if wrong else EmptyReply()
            self.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
            return Taken("empty", self.slips)
        if not await lines.awaiting_copy(person):
            return await self.new_request(person, files=kept)
        loose = [one.id for one in await file_queries.loose_of(person.id)]
        self.say(person, NoticeKind.WHICH, {"files": loose})
        return Taken("which", self.slips)

    async def new_matter(self, person: PersonView) -> Taken:
        """A new mail with a citation, and what is attached to it."""
        kept, wrong = await self.keep_files(person)
        taken = await self.new_request(person, files=kept)
        if wrong:
            self.say(person, NoticeKind.REFUSAL, {"refusal": wrong[0].facts()})
        return taken

    async def chosen(self, person: PersonView) -> Chosen | Taken | None:
        """The answer to "which request is this for?": its number alone, or DISCARD; None: no such answer."""
        first = self.reading.text.strip().partition("\n")[0].strip(" .[]")
        names_one = REQUEST.fullmatch(first) is not None
        drops = self.found.request is None and self.reading.act == "discard"
        loose = await file_queries.loose_of(person.id) if names_one or drops else []
        if not loose or self.found.standing is not Standing.SPEAKS:
            return None
        if drops:
            await files.discard([one.id for one in loose])
            self.say(person, NoticeKind.SAY, {"say": Say.FILES_DISCARDED})
            return Taken("files_discarded", self.slips)
        request = await request_queries.by_number(first, person)
        view = await request_queries.card(request, person, self.now) if request else None
        if view is None:
            self.say(person, NoticeKind.REFUSAL, {"refusal": UnknownRequest().facts()})
            return Taken("no_party", self.slips)
        made = await bound(self.desk, loose, self.now, owner=person.id, name=view.number)
        return Chosen(view, made, next((one.note for one in loose if one.note), None))

    async def bound_files(self, person: PersonView, view: CardView) -> tuple[Bound, list[FileWrongKind]]:
        """Keep what the mail brought for this request; several pictures are one PDF."""
        kept, wrong = await self.keep_files(person)
        views = await file_queries.those(list(kept))
        return await bound(self.desk, views, self.now, owner=person.id, name=view.number), wrong

    async def keep_files(
        self, person: PersonView, *, note: str | None = None
    ) -> tuple[tuple[int, ...], list[FileWrongKind]]:
        """Keep every attachment of the desk's kinds; the others are told."""
        kept: list[int] = []
        wrong: list[FileWrongKind] = []
        for attached in self.reading.attachments:
            try:
                kept.append(await self._keep(attached, person, note))
            except FileWrongKind as refusal:
                wrong.append(refusal)
        return tuple(kept), wrong

    async def _keep(self, attached: File, person: PersonView, note: str | None) -> int:
        arrived = files.Arrived(name=attached.name, data=attached.content, note=note)
        return await files.keep(self.desk.files, arrived, self.now, owner=person.id)

    def link(self) -> str | None:
        """A link that is all the mail says, or all that follows a word such as SENT."""
        text = self.reading.text.strip()
        rest = text.split(maxsplit=1)[1:] if self.reading.act else [text]
        return pasted_link(rest[0]) if rest else None
