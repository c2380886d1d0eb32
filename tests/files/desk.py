"""A desk with a request for a copy, without any wire: what the tests of files begin from."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.database import database
from bot.example import load_example
from models.operations import drafts, files, requests
from models.operations.intents import Intent
from models.operations.libraries import library_number
from models.queries import parties
from models.queries import requests as request_queries
from models.queries.parties import PersonView
from models.queries.requests import CardView
from models.rules.lifecycle import Details
from models.rules.vocabulary import Act, Language, Role, Service, Via
from models.tables import Person

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PDF = b"%PDF-1.7\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Story:
    """Aysel in Baku asked Dana in Almaty for a copy. `root` is the folder of kept files."""

    root: Path
    aysel: PersonView
    dana: PersonView
    stranger: PersonView
    request: int

    async def keep(self, data: bytes = PDF, name: str = "scan.pdf", *, now: datetime = NOW) -> int:
        """Dana's loose file."""
        return await files.keep(self.root, files.Arrived(name=name, data=data), now, owner=self.dana.id)

    async def deliver(self, *kept: int, now: datetime = NOW, key: str = "1") -> None:
        """Dana delivers files."""
        await self._act(Act.DELIVER, Details(files=kept), key=f"deliver:{key}", now=now)

    async def _act(self, act: Act, details: Details, *, key: str, now: datetime) -> None:
        intent = Intent(
            request=self.request,
            act=act,
            actor=self.dana.id,
            via=Via.SHELL,
            key=key,
            details=details,
        )
        await requests.act(intent, now)

    async def card(self, viewer: PersonView, now: datetime = NOW) -> CardView:
        """The request as somebody sees it."""
        view = await request_queries.card(self.request, viewer, now)
        assert view is not None
        return view


@asynccontextmanager
async def story(url: str, root: Path) -> AsyncIterator[Story]:
    """Connected inside, the request sent."""
    async with database(url):
        await load_example(NOW)
        aysel = await _person("ANL", "Aysel", Language.AZ, telegram=101)
        dana = await _person("NLRK", "Dana", Language.KK, telegram=202)
        stranger = await _person(None, "Nobody", Language.EN, telegram=303)
        draft = await drafts.start(
            aysel.id,
            Service.COPY,
            NOW,
            values={"title": "Вопросы истории", "part_title": "Название", "pages": "12-40"},
            supplying=dana.library,
        )
        made = await drafts.submit(draft, author=aysel.id, via=Via.SHELL, key="submit", now=NOW)
        yield Story(root, aysel, dana, stranger, made.request)


async def _person(code: str | None, name: str, language: Language, *, telegram: int) -> PersonView:
    row = await Person.create(
        library_id=await library_number(code) if code else None,
        role=Role.LIBRARIAN,
        name=name,
        language=language,
        telegram_id=telegram,
        created_at=NOW,
    )
    view = await parties.person(row.id)
    assert view is not None
    return view
