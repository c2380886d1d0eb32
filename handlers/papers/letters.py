"""Drafts of an agreement's letters, for signature outside the program: it writes them and gives none.

Names and addresses stand as they are stored; days are fields, so that no language has to inflect them. The
letter's number and date are left blank, and every page says that it is a draft.
"""

from collections.abc import Iterator
from datetime import date

from handlers.papers.facts import LetterFacts, Party, Signatory, in_language
from handlers.papers.sheet import Align, Blanks, Block, Fields, Gap, Sheet, Signature, Text, Weight
from handlers.text.agreement.dates import period
from handlers.text.agreement_letters import (
    AGREEMENT,
    BETWEEN,
    CHANGE,
    CLAUSE,
    CLAUSES,
    CLOSINGS,
    CONSENT,
    COOPERATION,
    DATE,
    DEADLINE,
    ENDS,
    GREETING,
    LAST_DAY,
    MARK,
    NAME,
    NEW_DEADLINE,
    NEW_LAST_DAY,
    NOTICE,
    NUMBER,
    OPENINGS,
    PLACE,
    POST,
    RECEIVED_BY,
    RECEIVED_ON,
    SIGNED,
    SIGNED_AT,
    TITLES,
    WOULD_END,
)
from handlers.text.voice import Label, Voice
from models.rules.papers import LetterKind
from models.rules.vocabulary import Language

BLANK = "_" * 14


def letter(facts: LetterFacts, language: Language) -> Sheet:
    """The draft in one of the agreement's languages."""
    voice = Voice(language)
    return Sheet(
        title=voice.named(TITLES[facts.kind]),
        language=language,
        blocks=tuple(_blocks(voice, facts)),
        mark=voice.say(MARK),
        foot=in_language(facts.sender.names, language),
    )


def _blocks(voice: Voice, facts: LetterFacts) -> Iterator[Block]:
    yield from _letterhead(voice, facts.sender)
    yield Blanks((voice.named(NUMBER), voice.named(DATE), voice.named(PLACE)))
    yield Text(_addressed(voice, facts.recipient), align=Align.RIGHT)
    yield Gap(3)
    yield Text(voice.named(TITLES[facts.kind]), Weight.TITLE, Align.CENTRE)
    if facts.kind is not LetterKind.AMENDMENT:
        yield Text(voice.say(GREETING))
    yield Text(voice.say(OPENINGS[facts.kind]))
    yield Gap(1)
    yield Fields((*_agreement(voice, facts), *_effect(voice, facts)))
    for sentence in CLOSINGS[facts.kind]:
        yield Text(voice.say(sentence))
    yield signature(voice, facts.sender.signatory)
    if facts.kind is not LetterKind.NOTICE:
        if facts.kind is LetterKind.WITHDRAWAL:
            yield Text(voice.say(CONSENT))
        yield signature(voice, facts.recipient.signatory)


def _letterhead(voice: Voice, party: Party) -> Iterator[Block]:
    yield Text(in_language(party.names, voice.language), Weight.STRONG, Align.CENTRE)
    about = (in_language(party.addresses, voice.language), party.contacts)
    yield Text("\n".join(line for line in about if line), Weight.SMALL, Align.CENTRE)
    yield Gap(2)


def _addressed(voice: Voice, party: Party) -> str:
    lines = (in_language(party.names, voice.language), in_language(party.addresses, voice.language))
    return "\n".join(line for line in lines if line)


def _agreement(voice: Voice, facts: LetterFacts) -> Iterator[tuple[str, str]]:
    names = (in_language(one.names, voice.language) for one in (facts.sender, facts.recipient))
    yield voice.named(AGREEMENT), voice.named(COOPERATION)
    yield voice.named(BETWEEN), "\n".join(names)
    yield voice.named(SIGNED), voice.day(facts.signed_on)
    yield voice.named(SIGNED_AT), in_language(facts.place, voice.language)
    yield voice.named(CLAUSE), CLAUSES[facts.kind]
    yield voice.named(NOTICE), period(voice, facts.notice)
    yield voice.named(LAST_DAY), voice.day(facts.last_day)


def _effect(voice: Voice, facts: LetterFacts) -> Iterator[tuple[str, str]]:
    """What the letter does, in dates; a day that is not known yet is written by hand."""
    days: list[tuple[Label, date | None]] = []
    match facts.kind:
        case LetterKind.NOTICE:
            days = [(DEADLINE, facts.deadline), (RECEIVED_BY, facts.received), (ENDS, facts.ends)]
        case LetterKind.WITHDRAWAL:
            days = [(RECEIVED_ON, facts.received), (WOULD_END, facts.ends)]
        case LetterKind.AMENDMENT if facts.new_last_day is None:
            days = [(CHANGE, None)]
        case LetterKind.AMENDMENT:
            days = [(NEW_LAST_DAY, facts.new_last_day), (NEW_DEADLINE, facts.new_deadline)]
    for term, day in days:
        yield voice.named(term), voice.day(day) if day else ""


def signature(voice: Voice, who: Signatory | None) -> Signature:
    """Post, line and name; of nobody in particular, blanks to fill by hand."""
    if who is None:
        return Signature(f"{BLANK}\n({voice.label(POST)})", f"{BLANK}\n({voice.label(NAME)})")
    return Signature(in_language(who.post, voice.language), in_language(who.name, voice.language))
