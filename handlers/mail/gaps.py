"""Gap lists by mail: the lists, answers to their lines, lists attached, and the exchanges that follow."""

import re
from typing import Any

from handlers.mail.bytes import File
from handlers.mail.details import gather
from handlers.mail.gaplines import Said, answers_in, word_of
from handlers.mail.matters import Matters
from handlers.mail.threading import Standing
from handlers.mail.visit import LONGEST_NAME, Taken
from handlers.text import phrases, words
from models.operations.gaps import exchanges, imports, keeping
from models.operations.gaps.exchanges import ExchangeIntent
from models.queries import gaps as gap_queries
from models.queries.gaps import ExchangeView
from models.queries.parties import PersonView
from models.rules.errors import EmptyReply, Refusal
from models.rules.fold import fold
from models.rules.gaps import items
from models.rules.gaps.columns import HEADINGS
from models.rules.gaps.refusals import ExchangeNotNow
from models.rules.gaps.sheets import ENDINGS
from models.rules.lifecycle import Details
from models.rules.vocabulary import ExchangeAct, ExchangeStage, Holding, NoticeKind, Via, Way

LISTS = {"gaps": Holding.MISSING, "gap": Holding.MISSING, "duplicates": Holding.SPARE}
"""Words that name a list."""
WAYS = {"original": Way.ORIGINAL, "copy": Way.COPY, "lend": Way.LOAN}
ACTS = {
    "want": (ExchangeAct.WANT,),
    "no": (ExchangeAct.REFUSE, ExchangeAct.DECLINE, ExchangeAct.CANCEL),
    "sent": (ExchangeAct.SEND,),
    "received": (ExchangeAct.RECEIVE,),
    "lost": (ExchangeAct.LOSE,),
    "cancel": (ExchangeAct.CANCEL,),
    "undo": (ExchangeAct.UNDO,),
}
"""What a word may mean for an exchange, the likeliest first."""
LONGEST_NOTE = 3000
_COLUMN = re.compile(r"\s*(\d{1,2})\s*[:=.)→-]+\s*(\S.*?)\s*")
_NONE = frozenset({"-", "—", "–", "0"})


class Gaps(Matters):
    """The steps of a mail about gap lists."""

    __slots__ = ()

    async def gap_matter(self, person: PersonView) -> Taken | None:
        """A mail that names a list, or brings one; None for any other."""
        holding, rest = self._named()
        attached = [one for one in self.reading.attachments if one.name.lower().endswith(ENDINGS)]
        if self.found.request is not None or (holding is None and not attached):
            return None
        if self.found.standing is not Standing.SPEAKS and (attached or rest):
            return None
        if attached:
            return await self._import(person, attached, holding or Holding.MISSING)
        if rest:
            return await self._add(person, holding or Holding.MISSING, rest)
        self.say(person, NoticeKind.GAPS, {})
        return Taken("gaps", self.slips)

    def _named(self) -> tuple[Holding | None, str]:
        """The list that the first line names alone, else the subject; and the lines that follow."""
        first, _, rest = self.reading.text.strip().partition("\n")
        for text, below in ((first, rest), (self.reading.subject, self.reading.text)):
            tokens = words.fold(text).replace(":", " ").replace(".", " ").split()
            found = phrases.longest(tokens, words.phrases())
            if found and found[0] in LISTS and found[1] == len(tokens):
                return LISTS[found[0]], below.strip()
        return None, ""

    async def _add(self, person: PersonView, holding: Holding, text: str) -> Taken:
        """One citation is a line at once; several are shown first, like a list in a file."""
        lines = items.lines_in(text)
        try:
            if len(lines) > 1:
                data = "\n".join(lines).encode()
                number = await imports.receive_text(
                    person.id, data, holding=holding, via=Via.EMAIL, key=self.key, now=self.now
                )
                return self._show_import(person, number)
            added = await keeping.add(person.id, holding, items.cited(text), now=self.now)
        except Refusal as refusal:
            return self._no(person, refusal)
        self.say(person, NoticeKind.GAPS, {"told": [{"said": "", "item": added.item}]})
        return Taken("gap_added", self.slips)

    async def _import(self, person: PersonView, attached: list[File], holding: Holding) -> Taken:
        """Each list attached is shown; one that cannot be read is answered with the reason."""
        for at, one in enumerate(attached):
            key = f"{self.key}:{at}"
            try:
                number = await imports.receive(
                    person.id, one.name, one.content, holding=holding, via=Via.EMAIL, key=key, now=self.now
                )
            except Refusal as refusal:
                facts = {"refusal": refusal.facts()}
                self.say(person, NoticeKind.REFUSAL, facts, dedupe=f"{key}:refusal")
                continue
            self._show_import(person, number)
        return Taken("gap_import", self.slips)

    def _show_import(self, person: PersonView, number: int) -> Taken:
        once = f"{self.key}:import:{number}"
        self.say(person, NoticeKind.GAP_IMPORT, {"import": number}, dedupe=once)
        return Taken("gap_import", self.slips)

    def _no(self, person: PersonView, refusal: Refusal) -> Taken:
        self.say(person, NoticeKind.REFUSAL, {"refusal": refusal.facts()})
        return Taken("refused", self.slips)

    async def import_answered(self, person: PersonView, number: int) -> Taken:
        """GAPS or DUPLICATES stores a list, DISCARD drops it, `2: title` says what a column is."""
        holding, _ = self._named()
        act = self.reading.act
        try:
            if act in {"discard", "no", "cancel"}:
                await imports.drop(number, person.id)
                self.say(person, NoticeKind.GAPS, {})
                return Taken("gap_import_dropped", self.slips)
            if holding is not None or act == "yes":
                await imports.store(number, person.id, self.now, holding=holding)
                self.say(person, NoticeKind.GAP_STORED, {"import": number})
                return Taken("gap_stored", self.slips)
            await self._rename_columns(person, number)
        except Refusal as refusal:
            return self._no(person, refusal)
        return self._show_import(person, number)

    async def _rename_columns(self, person: PersonView, number: int) -> None:
        for row in self.reading.text.splitlines():
            said = _COLUMN.fullmatch(row)
            if said is None:
                continue
            field = None if said[2] in _NONE else HEADINGS.get(fold(said[2]))
            if field is not None or said[2] in _NONE:
                await imports.rename_column(number, person.id, int(said[1]) - 1, field)

    async def lines_answered(self, person: PersonView) -> Taken:
        """Lines such as `original 12`; what became of each is told in one mail."""
        if self.reading.act == "find" and (sought := self.reading.details.note):
            self.say(person, NoticeKind.GAPS, {"words": sought})
            return Taken("gaps", self.slips)
        matter = await self.gap_matter(person)
        if matter is not None:
            return matter
        said = answers_in(self.reading.text)
        told = [one for line in said for one in await self._answer(person, line)]
        if not told:
            self.say(person, NoticeKind.GAPS, {})
            return Taken("gaps", self.slips)
        self.say(person, NoticeKind.GAPS, {"told": told})
        return Taken("gaps_answered", self.slips)

    async def _answer(self, person: PersonView, said: Said) -> list[dict[str, Any]]:
        told = []
        for number in said.numbers:
            fact: dict[str, Any] = {"said": f"{said.line[:60]}", "item": number}
            try:
                fact["exchange"] = await self._answer_line(person, said, number)
            except Refusal as refusal:
                fact["refusal"] = refusal.facts()
            told.append(fact)
        return told

    async def _answer_line(self, person: PersonView, said: Said, number: int) -> int | None:
        """Answer a line of a list; returns the exchange that this became."""
        if said.word == "remove":
            await keeping.withdraw(number, person.id, self.now)
            return None
        way = WAYS.get(said.word)
        view = await gap_queries.item(number, person)
        running = next((one for one in view.exchanges if _answers(one, said.word)), None) if view else None
        act = (_act(running, said.word) if running else None) or _first_act(said.word)
        intent = ExchangeIntent(
            act=act,
            actor=person.id,
            via=Via.EMAIL,
            key=f"{self.key}:{number}",
            item=None if running else number,
            exchange=running.id if running else None,
            way=way,
            details=_details(act, said.rest),
            signed_by=(self.found.signed_by or "")[:LONGEST_NAME] or None,
        )
        return (await exchanges.act(intent, self.now)).exchange

    async def exchange_answered(self, person: PersonView, number: int) -> Taken:
        """One word moves an exchange; any other text is a comment that the other library reads."""
        view = await gap_queries.exchange(number, person)
        text = self.reading.text.strip()
        if view is None:
            return Taken("no_party")
        if not text:
            return self._no(person, EmptyReply())
        found = word_of(text.partition("\n")[0]) if self.found.standing is Standing.SPEAKS else None
        act = _act(view, found[0]) if found and len(found[1].split()) <= LONGEST_TAIL else None
        try:
            done = await exchanges.act(self._intent_about(person, view, act, found), self.now)
        except Refusal as refusal:
            await exchanges.act(self._intent_about(person, view, None, None), self.now)
            facts = {"exchange": number, "refusal": refusal.facts()}
            self.say(person, NoticeKind.EXCHANGE, facts)
            return Taken("refused", self.slips)
        self.say(person, NoticeKind.EXCHANGE, {"exchange": done.exchange, "event": done.event})
        return Taken("exchange", self.slips)

    def _intent_about(
        self,
        person: PersonView,
        view: ExchangeView,
        act: ExchangeAct | None,
        found: tuple[str, str] | None,
    ) -> ExchangeIntent:
        word, rest = found or ("", "")
        note = self.reading.text.strip()[:LONGEST_NOTE]
        return ExchangeIntent(
            exchange=view.id,
            act=act or ExchangeAct.COMMENT,
            actor=person.id,
            via=Via.EMAIL,
            key=self.key,
            way=WAYS.get(word) if act else None,
            details=_details(act, rest) if act else Details(note=note),
            signed_by=(self.found.signed_by or "")[:LONGEST_NAME] or None,
        )


LONGEST_TAIL = 6
"""Words behind a word that acts: more are a sentence, and so a comment."""


def _answers(one: ExchangeView, word: str) -> bool:
    acts = (ExchangeAct.OFFER,) if word in WAYS else ACTS.get(word, ())
    return any(one.offers(act) for act in acts)


def _act(one: ExchangeView, word: str) -> ExchangeAct | None:
    """The first act that the word may mean and that is possible; else the one it means first."""
    acts = (ExchangeAct.OFFER,) if word in WAYS else ACTS.get(word, ())
    return next((act for act in acts if one.offers(act)), next(iter(acts), None))


def _first_act(word: str) -> ExchangeAct:
    if word in WAYS:
        return ExchangeAct.OFFER
    if word not in {"want", "no"}:
        raise ExchangeNotNow(act=ACTS[word][0], stage=ExchangeStage.PROPOSED)
    return ACTS[word][0]


def _details(act: ExchangeAct, rest: str) -> Details:
    """Behind SENT the number of the parcel, behind any other word a note."""
    if act is ExchangeAct.SEND:
        _, found = gather(rest, act="sent", rows=(), sent=None)
        return Details(parcel=found.parcel, pieces=found.pieces)
    return Details(note=rest[:LONGEST_NOTE] or None)
