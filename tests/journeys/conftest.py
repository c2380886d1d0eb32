"""A stage for each test: the whole program, the example's libraries, and whoever the test lets in."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from models.rules.vocabulary import Language
from tests.journeys.props import BEFORE_OPENING, PAIRS
from tests.journeys.stage import Story, errors_in, opened


@pytest.fixture
def tongues(request: pytest.FixtureRequest) -> tuple[Language, Language]:
    """What is spoken in Baku and in Almaty."""
    pair: tuple[Language, Language] = getattr(request, "param", PAIRS[0])
    return pair


@pytest.fixture
async def empty(
    tmp_path: Path, migrated_file: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Story]:
    """Nobody has joined yet. Everything is delivered twice."""
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path)}"
    async with opened(tmp_path, url, twice=True) as story:
        yield story
    assert story.faulty or errors_in(caplog.records) == []


@pytest.fixture
async def early(
    tmp_path: Path, migrated_file: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Story]:
    """Nobody has joined yet, and no reminder or digest comes between what people do, however slowly."""
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path)}"
    async with opened(tmp_path, url, start=BEFORE_OPENING) as story:
        yield story
    assert errors_in(caplog.records) == []


@pytest.fixture
async def chats(empty: Story, tongues: tuple[Language, Language]) -> Story:
    """A librarian in Baku and one in Almaty, in chat alone."""
    await empty.enters("ANL", tongues[0])
    await empty.enters("NLRK", tongues[1])
    return empty


@pytest.fixture
async def boxes(empty: Story, tongues: tuple[Language, Language]) -> Story:
    """Both libraries answer by mail alone."""
    await empty.opens_box("ANL", tongues[0])
    await empty.opens_box("NLRK", tongues[1])
    return empty


@pytest.fixture
async def chat_and_box(empty: Story, tongues: tuple[Language, Language]) -> Story:
    """Baku chats, Almaty answers by mail alone."""
    await empty.enters("ANL", tongues[0])
    await empty.opens_box("NLRK", tongues[1])
    return empty


@pytest.fixture
async def box_and_chat(empty: Story, tongues: tuple[Language, Language]) -> Story:
    """Baku asks by mail alone, Almaty chats."""
    await empty.opens_box("ANL", tongues[0])
    await empty.enters("NLRK", tongues[1])
    return empty


@pytest.fixture
async def desk(chats: Story, tongues: tuple[Language, Language]) -> Story:
    """Everybody: two librarians, a coordinator, both mailboxes."""
    await chats.enters("coordinator", tongues[0])
    await chats.opens_box("ANL", tongues[0])
    await chats.opens_box("NLRK", tongues[1])
    return chats
