"""Told once or with everything delivered twice, a story leaves the same messages behind."""

import shutil
from pathlib import Path

from handlers.text import labels
from models.rules.vocabulary import Act, Language
from tests.journeys.props import ARTICLE, BOOK
from tests.journeys.stage import Story, opened


async def _told(story: Story) -> list[tuple[str, str]]:
    baku = await story.enters("ANL", Language.AZ)
    await story.enters("coordinator", Language.RU)
    nlrk = await story.opens_box("NLRK", Language.KK)
    await baku.pastes(BOOK)
    await baku.presses(labels.SEND)
    await nlrk.replies("иә")
    await baku.replies("Təşəkkür edirik.")
    await nlrk.says("sent", "RR123456785KZ")
    await baku.presses(Act.RECEIVE)
    await baku.pastes(ARTICLE)
    await baku.presses(labels.SEND)
    await nlrk.attaches()
    await baku.presses(Act.FINE)
    await nlrk.writes(BOOK, authenticated=False)
    await nlrk.says("file")
    return story.sent()


async def test_story_told_twice_says_what_it_says_once(tmp_path: Path, migrated_file: Path) -> None:
    told = []
    for twice in (False, True):
        place = tmp_path / str(twice)
        place.mkdir()
        url = f"sqlite://{shutil.copy(migrated_file, place)}"
        async with opened(place, url, twice=twice) as story:
            told.append(await _told(story))
    once, again = told
    assert again == once


async def test_story_runs_on_either_database(tmp_path: Path, desk_url: str) -> None:
    async with opened(tmp_path, desk_url, twice=True) as story:
        await _told(story)
        assert await story.acts("ANL-2026-0001") == [
            Act.SUBMIT,
            Act.YES,
            Act.COMMENT,
            Act.SHIP,
            Act.RECEIVE,
        ]
        assert await story.acts("ANL-2026-0002") == [Act.SUBMIT, Act.DELIVER, Act.FINE]
        assert await story.acts("NLRK-2026-0001") == [Act.SUBMIT]


async def test_two_colleagues_who_open_a_card_at_once_both_see_it(
    tmp_path: Path, migrated_file: Path
) -> None:
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path)}"
    async with opened(tmp_path, url) as story:
        baku = await story.enters("ANL", Language.AZ)
        first = await story.enters("NLRK", Language.KK)
        second = await story.enters("colleague", Language.RU)
        await baku.pastes(BOOK)
        await baku.presses(labels.SEND)
        for one in (first, second):
            one.phone.presses(one.voice.label(labels.ACTS[Act.OPEN]))
        await story.settles()

        assert all("ANL-2026-0001" in one.reads for one in (first, second))
        assert all(one.voice.label(labels.ACTS[Act.TAKE]) in one.buttons for one in (first, second))
        assert await story.acts("ANL-2026-0001") == [Act.SUBMIT, Act.OPEN]
