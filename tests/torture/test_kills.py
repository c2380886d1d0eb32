"""A short torture: a few kills under load; `make torture` is the long one."""

from pathlib import Path

import pytest

from tests.postgres import Server
from tests.torture.run import Order, torture

LIVES = (0.2, 1.0)


@pytest.mark.parametrize(("kind", "processes"), [("sqlite", 1), ("postgres", 2)])
async def test_killed_at_random_moments_nothing_is_lost_and_nothing_said_twice_unasked(
    kind: str, processes: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        counts = await torture(
            Order(tmp_path, f"sqlite://{tmp_path}/desk.sqlite3", kills=4, lives=LIVES, chats=8)
        )
    else:
        postgres: Server = request.getfixturevalue("postgres")
        async with postgres.database() as url:
            counts = await torture(Order(tmp_path, url, kills=4, processes=processes, lives=LIVES, chats=8))

    assert counts.faults == []
    assert counts.kills == 4
    assert counts.events == counts.comments_in_chat + counts.comments_by_mail > 0
