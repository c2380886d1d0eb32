"""An album that has come whole: delivered as one, or asked about as one."""

from datetime import datetime

from handlers.binding import bound
from handlers.desk import Desk
from handlers.telegram import letters, scans
from handlers.telegram.answers import Answers
from handlers.text.voice import Voice
from models.operations import files
from models.operations.albums import Whole
from models.operations.outbox import Slip
from models.queries import files as file_queries
from models.queries import lines, parties
from models.queries.files import FileView
from models.queries.parties import PersonView
from models.rules.errors import Refusal
from models.rules.vocabulary import Say


async def deliver(album: Whole, desk: Desk, now: datetime) -> list[Slip]:
    """Pass the album on; returns its answers. Doing it twice delivers once."""
    person = await parties.person(album.person)
    if person is None:
        return []
    answers = Answers(
        update=album.id,
        chat=album.chat,
        person=person.id,
        language=person.language,
        origin=f"album:{min(album.files)}",
    )
    loose = [one for one in await file_queries.those(list(album.files)) if one.event is None]
    if album.letter:
        await _as_letter(album, loose, desk=desk, person=person, answers=answers, now=now)
        return answers.slips
    if album.request is None:
        await _ask(person, loose, answers)
        return answers.slips
    try:
        await _pass_on(album, album.request, loose, desk=desk, person=person, answers=answers, now=now)
    except Refusal as refusal:
        answers.refuse(refusal)
    return answers.slips


async def _as_letter(
    album: Whole,
    loose: list[FileView],
    *,
    desk: Desk,
    person: PersonView,
    answers: Answers,
    now: datetime,
) -> None:
    if not loose:
        return
    made = await bound(desk, loose, now, owner=person.id, name="scan")
    try:
        await letters.write(
            album.caption or "",
            album.letter,
            key=f"album:{album.id}:{min(album.files)}",
            person=person,
            answers=answers,
            now=now,
            enclosed=made.files,
        )
    except Refusal as refusal:
        answers.refuse(refusal)
    await files.discard(made.replaced)


async def _ask(person: PersonView, loose: list[FileView], answers: Answers) -> None:
    numbers = [one.id for one in loose]
    if await lines.awaiting_copy(person):
        answers.which(numbers)
    else:
        await files.discard(numbers)
        answers.say(Say.FILE_LATER)


async def _pass_on(
    album: Whole,
    request: int,
    loose: list[FileView],
    *,
    desk: Desk,
    person: PersonView,
    answers: Answers,
    now: datetime,
) -> None:
    if not loose:
        answers.card(request, fresh=True)
        return
    await scans.deliver_loose(
        request,
        loose,
        key=f"album:{album.id}:{min(album.files)}",
        desk=desk,
        person=person,
        voice=Voice(person.language),
        answers=answers,
        now=now,
        caption=album.caption,
        fresh=True,
    )
