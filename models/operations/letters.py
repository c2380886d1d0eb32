"""Writing to the partner: a letter, its thread and its notices in one transaction. No stage moves."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.exceptions import IntegrityError

from models.engines import transaction
from models.operations import enclosures, outbox
from models.operations.enclosures import Enclosed
from models.queries.files import LOOSE
from models.queries.letters import sides_of
from models.queries.parties import agreement_between, members_of, today_at
from models.rules.errors import DraftGone, LetterTooLong, NoAgreement, NotAllowed, UnknownLetter
from models.rules.lifecycle import Tell
from models.rules.permissions import Right, Standpoint, may
from models.rules.routing import Concern, recipients
from models.rules.vocabulary import Act, Language, NoticeKind, Side, Via
from models.tables import Attachment, Draft, Letter, LetterCard, LetterThread, Person

LONGEST = 3500
"""Characters: what a message of a chat shows whole, with what stands around it."""
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """What somebody wrote: in a `thread`, or to a `partner` about a subject that is new.

    `files` are loose attachments of the author's, which go with it.
    """

    author: int
    text: str
    via: Via
    key: str
    thread: int | None = None
    partner: int | None = None
    subject: str = ""
    language: Language | None = None
    signed_by: str | None = None
    message_id: str | None = None
    files: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The letter that it became; `repeated` when it was there before."""

    letter: int
    thread: int
    repeated: bool = False


async def write(new: NewLetter, now: datetime) -> Posted:
    """Send a letter to the other library. A known (via, key) changes nothing.

    Raises `NotAllowed` for somebody without a library, `NoAgreement` for a library that is no partner,
    `UnknownLetter` for a thread of others, `LetterTooLong`.
    """
    try:
        async with transaction():
            return await _write(new, now)
    except IntegrityError:
        known = await _known(new)
        if known is None:
            raise
        return known


async def send_draft(draft_id: int, *, author: int, via: Via, key: str, now: datetime) -> Posted:
    """Send what was kept in a draft as a letter, and delete the draft. Raises `DraftGone` and as `write`."""
    async with transaction():
        known = await Letter.get_or_none(via=via, key=key)
        if known is not None:
            return Posted(letter=known.id, thread=known.thread_id, repeated=True)
        draft = await Draft.filter(id=draft_id, author_id=author).select_for_update().get_or_none()
        if draft is None or not draft.letter:
            raise DraftGone
        new = NewLetter(
            author=author,
            text=draft.letter["text"],
            subject=draft.letter["subject"],
            partner=draft.supplying_id,
            via=via,
            key=key,
            language=Language(draft.letter["language"]) if draft.letter.get("language") else None,
            message_id=draft.letter.get("message_id"),
            files=tuple(draft.letter.get("files", ())),
        )
        await draft.delete()
        return await _write(new, now)


async def _known(new: NewLetter) -> Posted | None:
    row = await Letter.get_or_none(via=new.via, key=new.key)
    return Posted(letter=row.id, thread=row.thread_id, repeated=True) if row else None


async def _write(new: NewLetter, now: datetime) -> Posted:
    known = await _known(new)
    if known is not None:
        return known
    person = await Person.get_or_none(id=new.author, left_at=None)
    if person is None or person.library_id is None or not may(Right.FILE, Standpoint(person.role)):
        raise NotAllowed
    if len(new.text.strip()) > LONGEST:
        raise LetterTooLong(limit=LONGEST)
    thread = await _thread(new, person.library_id, now)
    letter = await Letter.create(
        thread_id=thread.id,
        author_id=person.id,
        library_id=person.library_id,
        signed_by=new.signed_by,
        text=new.text.strip(),
        language=new.language,
        via=new.via,
        key=new.key,
        message_id=new.message_id,
        at=now,
    )
    await Attachment.filter(id__in=new.files, **LOOSE).update(letter_id=letter.id, since=now)
    await LetterThread.filter(id=thread.id).update(updated_at=now)
    await _tell(thread, letter, now)
    return Posted(letter=letter.id, thread=thread.id)


async def _thread(new: NewLetter, library: int, now: datetime) -> LetterThread:
    if new.thread is not None:
        thread = await LetterThread.get_or_none(id=new.thread)
        if thread is None or library not in sides_of(thread):
            raise UnknownLetter
        return thread
    if new.partner is None or await agreement_between(library, new.partner) is None:
        raise NoAgreement
    return await LetterThread.create(
        opened_by_id=library,
        partner_id=new.partner,
        subject=(" ".join(new.subject.split()) or await _first_words(new))[:LONGEST_SUBJECT],
        created_at=now,
        updated_at=now,
    )


async def _first_words(new: NewLetter) -> str:
    """What a letter without a subject is about: its first line, else the name of its first file."""
    said = new.text.strip().partition("\n")[0][:60]
    file = None if said else await Attachment.filter(id__in=new.files).order_by("id").first()
    return said or (file.name if file else "—")


async def _tell(thread: LetterThread, letter: Letter, now: datetime) -> None:
    """To whoever wrote last at the other library, else to everybody on duty there.

    Its mailbox gets what begins a thread, and the answers to what it wrote itself.
    """
    other = next(one for one in sides_of(thread) if one != letter.library_id)
    last = await Letter.filter(thread_id=thread.id, library_id=other).order_by("-id").first()
    people = {person.id: person for person in await members_of(other)}
    writer = people.get(last.author_id) if last else None
    concern = Concern(
        act=Act.SUBMIT if last is None or (writer and writer.is_mailbox) else Act.COMMENT,
        tells=Tell.PARTNER,
        side=Side.REQUESTING,
        actor=letter.author_id,
        keepers={Side.SUPPLYING: last.author_id if last else None},
    )
    today = await today_at(other, now)
    members = [person.as_member(letter.library_id, today) for person in people.values()]
    slips = [
        outbox.Slip(
            channel=delivery.channel,
            target=people[delivery.person].address(delivery.channel),
            kind=NoticeKind.LETTER,
            facts={"letter": letter.id},
            dedupe=f"letter:{letter.id}:{delivery.person}:{delivery.channel}",
            person=delivery.person,
        )
        for delivery in recipients(concern, members)
    ]
    files = await Attachment.filter(letter_id=letter.id).order_by("id").prefetch_related("file")
    what = Enclosed(about={"letter": letter.id}, key=f"letter:{letter.id}", sender=letter.author_id)
    await outbox.write([*slips, *await enclosures.slips_for(what, files, slips, now)], now)


async def shown(chat: int, message: int, thread: int) -> None:
    """This message of the chat shows this thread: a reply to it is a letter in it."""
    await LetterCard.update_or_create(chat_id=chat, message_id=message, defaults={"thread_id": thread})
