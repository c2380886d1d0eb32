"""The phones of a running world."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.sandbox.botapi import ApiError, Person
from bot.sandbox.bubbles import bubble
from bot.sandbox.live_base import Live
from bot.sandbox.scene import Blob, Command, Message, PhoneView, RefusedError, UnknownError
from models.rules.vocabulary import Language


class LivePhones(Live):
    """The people in chat, on the embedded Bot API server."""

    @property
    def phones(self) -> Sequence[PhoneView]:
        """The people in the order in which they were given."""
        return [self._phone(person) for person in self._people.values()]

    def _phone(self, person: Person) -> PhoneView:
        member = self._members.get(person.id)
        library = self._libraries.get(member.library or 0) if member else None
        return PhoneView(
            user_id=person.id,
            name=person.user.first_name,
            library={Language(key): name for key, name in library.names.items()} if library else {},
            role=member.role if member else None,
            language=member.language if member else Language.EN,
            zone=library.zone if library else "Asia/Baku",
            blocked=person.chat.blocked,
        )

    def _person(self, user_id: int) -> Person:
        if user_id not in self._people:
            raise UnknownError("no such phone")
        return self._people[user_id]

    def chat(self, user_id: int) -> Sequence[Message]:
        """The private chat, oldest first."""
        return [bubble(message) for message in self._person(user_id).messages]

    def menu(self, user_id: int) -> Sequence[Command]:
        """The command menu as this client shows it."""
        found = self._person(user_id).menu
        return [{"command": name, "description": text} for name, text in found]

    async def send(self, user_id: int, text: str, *, reply_to: int | None = None) -> None:
        """Type a line; `/start CODE` follows an invitation."""
        with _possible():
            self._person(user_id).sends(text, reply_to=reply_to)

    async def press(self, user_id: int, message_id: int, *, data: str) -> None:
        """Press a key."""
        person = self._person(user_id)
        if all(message.id != message_id for message in person.messages):
            raise UnknownError("no such message")
        with _possible():
            person.presses(data, message=message_id)

    async def attach(self, user_id: int, blob: Blob, *, caption: str, reply_to: int | None = None) -> None:
        """Send a file."""
        person, name, mime = self._person(user_id), blob.name, blob.mime
        with _possible():
            person.attaches(
                blob.data, file_name=name, mime_type=mime, caption=caption or None, reply_to=reply_to
            )

    async def show(
        self, user_id: int, pictures: Sequence[Blob], *, caption: str, reply_to: int | None = None
    ) -> None:
        """Send photos as a client does: their file names are lost, several go as an album."""
        person = self._person(user_id)
        with _possible():
            if len(pictures) == 1:
                person.photo(pictures[0].data, caption=caption or None, reply_to=reply_to)
            else:
                person.album([one.data for one in pictures], caption=caption or None)

    async def block(self, user_id: int, *, blocked: bool) -> None:
        """Block the bot, or let it write again."""
        person = self._person(user_id)
        if blocked:
            person.blocks()
        else:
            person.unblocks()
        self._tell({"kind": "phones"})

    def file(self, file_id: str) -> Blob:
        """A chat's file."""
        files = (message.file for one in self._people.values() for message in one.messages)
        found = next((file for file in files if file and file.file_id == file_id), None)
        if found is None:
            raise UnknownError("no such file")
        return Blob(found.data, found.name or "file", found.mime_type or "application/octet-stream")


@contextmanager
def _possible() -> Iterator[None]:
    """A key that has gone, a bot that is blocked, a picture that is none are not the page's mistakes."""
    try:
        yield
    except LookupError as gone:
        raise UnknownError(str(gone)) from gone
    except (RuntimeError, ApiError) as refused:
        raise RefusedError(str(refused)) from refused
