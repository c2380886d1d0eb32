"""What a stage opens on is what its name promises."""

from pathlib import Path

from bot.clock import Clock
from bot.sandbox import stages
from bot.sandbox.live import LiveScene
from bot.sandbox.world import World
from models.rules.vocabulary import Language


async def test_a_week_before_the_last_day_for_a_notice_the_next_event_is_about_it(tmp_path: Path) -> None:
    opening = stages.OPENINGS["notice"]()
    async with World(tmp_path, clock=Clock(stages.start_of("notice", opening))) as world:
        cast = await stages.play(world, "notice", 1, opening)
        scene = LiveScene(world, people=cast.people, boxes=stages.BOXES)
        await scene.look()
        coming = scene.clock(Language.EN).next

    assert coming is not None
    assert coming.name == "The last day for a notice is near"
    assert coming.distance == "in 2 days"
