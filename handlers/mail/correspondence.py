"""Answers in a correspondence: words and files, without any request."""

from handlers.mail.scans import Scans
from handlers.mail.visit import LONGEST_ID, LONGEST_NAME, Taken
from models.operations import files, letters
from models.operations.letters import NewLetter, Posted
from models.queries.parties import PersonView
from models.rules.errors import EmptyReply, FileWrongKind, Refusal
from models.rules.vocabulary import NoticeKind, Via


class Correspondence(Scans):
    """The step of a mail that answers a letter."""

    __slots__ = ()

    async def letter(self, person: PersonView, thread: int) -> Taken:
        """Pass on what was written and attached; what is no file of the desk's kinds is told."""
        kept, wrong = await self.keep_files(person)
        try:
            posted = await self._write(person, thread, kept, wrong)
        except Refusal as refusal:
            await files.discard(kept)
            self.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
            return Taken("refused", self.slips)
        # What a repeated mail brought again belongs to nothing.
        await files.discard(kept)
        if wrong:
            self.say(person, NoticeKind.REFUSAL, {"refusal": wrong[0].facts()})
        self.say(person, NoticeKind.LETTER_SENT, {"letter": posted.letter})
        return Taken("letter", self.slips)

    async def _write(
        self, person: PersonView, thread: int, kept: tuple[int, ...], wrong: list[FileWrongKind]
    ) -> Posted:
        text = self.reading.text.strip()
        if not text and not kept:
            raise wrong[0] if wrong else EmptyReply()
        new = NewLetter(
            author=person.id,
            text=text,
            via=Via.EMAIL,
            key=self.key,
            thread=thread,
            language=person.language,
            signed_by=(self.found.signed_by or "")[:LONGEST_NAME] or None,
            message_id=self.reading.message_id[:LONGEST_ID] or None,
            files=kept,
        )
        return await letters.write(new, self.now)
