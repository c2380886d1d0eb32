"""A short torture: a few kills under load; `make torture` is the long one."""

from pathlib import Path

from tests.torture.run import Order, torture

LIVES = (0.2, 1.0)


async def test_killed_at_random_moments_nothing_is_lost_and_nothing_said_twice_unasked(
    database_url: str, tmp_path: Path
) -> None:
    processes = 1 if database_url.startswith("sqlite:") else 2

    counts = await torture(Order(tmp_path, database_url, kills=4, processes=processes, lives=LIVES, chats=8))

    assert counts.faults == []
    assert counts.kills == 4
    assert counts.events == counts.comments_in_chat + counts.comments_by_mail > 0
