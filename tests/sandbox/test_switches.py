"""Every switch of the page does what it says, and is undone by turning it off."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.botapi import Fault
from bot.sandbox.scene import Blob, RefusedError, UnknownError
from bot.sandbox.weather import Switch
from tests.sandbox.live import MONDAY, Play, played
from tests.sandbox.plain_scene import PIXEL


@pytest.fixture
async def play(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Play]:
    async with played(tmp_path, migrated_file) as play:
        yield play


def hits(play: Play, fault: Fault) -> int:
    return play.world.api.faults.hits[fault]


def outbox(play: Play, column: str) -> list[object]:
    rows = play.scene.state()["outbox"]
    assert isinstance(rows, list)
    return [row[column] for row in rows]


async def test_every_switch_is_off_at_first(play: Play) -> None:
    assert play.scene.chaos() == dict.fromkeys([one.value for one in Switch], False)


async def test_telegram_that_is_down_takes_nothing_and_loses_nothing(play: Play) -> None:
    await play.scene.set_chaos(Switch.TELEGRAM_DOWN, on=True)
    before = play.answers
    play.cast.baku.sends("/help")
    await play.until(lambda: hits(play, Fault.DOWN))
    assert play.answers == before
    await play.scene.set_chaos(Switch.TELEGRAM_DOWN, on=False)
    await play.until(lambda: play.answers > before)


async def test_telegram_that_asks_to_wait_is_waited_for(play: Play) -> None:
    await play.scene.set_chaos(Switch.TELEGRAM_FLOOD, on=True)
    before = play.answers
    play.cast.baku.sends("/help")
    await play.until(lambda: hits(play, Fault.FLOOD))
    assert play.answers == before
    await play.scene.set_chaos(Switch.TELEGRAM_FLOOD, on=False)
    await play.until(lambda: play.answers > before)


async def test_slow_telegram_still_answers(play: Play) -> None:
    await play.scene.set_chaos(Switch.TELEGRAM_SLOW, on=True)
    before = play.answers
    play.cast.baku.sends("/help")
    await play.until(lambda: hits(play, Fault.SLOW))
    await play.scene.set_chaos(Switch.TELEGRAM_SLOW, on=False)
    await play.until(lambda: play.answers > before)


@pytest.mark.parametrize("switch", [Switch.SMTP_DOWN, Switch.SMTP_GREYLISTS])
async def test_mail_that_cannot_leave_leaves_later(play: Play, switch: Switch) -> None:
    before = play.letters
    await play.scene.set_chaos(switch, on=True)
    await play.asks()
    await play.until(lambda: any(outbox(play, "error")))
    assert play.letters == before
    await play.scene.set_chaos(switch, on=False)
    await play.scene.advance(MONDAY + timedelta(days=1))
    assert play.letters > before


async def test_refused_mail_is_not_sent_again(play: Play) -> None:
    before = play.letters
    await play.scene.set_chaos(Switch.SMTP_REFUSES, on=True)
    await play.asks()
    await play.until(lambda: any("No such user" in str(error) for error in outbox(play, "error")))
    assert play.letters == before


async def test_stopped_program_answers_when_it_runs_again(play: Play) -> None:
    await play.scene.set_chaos(Switch.BOT_STOPPED, on=True)
    before = play.answers
    await play.scene.send(play.cast.baku.id, "/help")
    assert not play.world.running
    await play.scene.set_chaos(Switch.BOT_STOPPED, on=False)
    await play.until(lambda: play.answers > before)


async def test_clock_and_mail_wait_for_a_stopped_program(play: Play) -> None:
    await play.scene.set_chaos(Switch.BOT_STOPPED, on=True)
    with pytest.raises(RefusedError):
        await play.scene.advance(MONDAY + timedelta(days=1))
    with pytest.raises(RefusedError, match="451"):
        await play.scene.write("ill@anl.example", subject="x", body="x", attachments=[])
    await play.scene.look()
    assert play.scene.phones


async def test_one_switch_does_not_turn_another(play: Play) -> None:
    await play.scene.set_chaos(Switch.TELEGRAM_DOWN, on=True)
    await play.scene.set_chaos(Switch.TELEGRAM_FLOOD, on=True)
    await play.scene.set_chaos(Switch.TELEGRAM_FLOOD, on=False)
    await play.scene.set_chaos(Switch.SMTP_REFUSES, on=True)
    assert play.world.api.faults.down
    on = [name for name, is_on in play.scene.chaos().items() if is_on]
    assert on == [Switch.TELEGRAM_DOWN, Switch.SMTP_REFUSES]


async def test_clock_goes_on_while_a_fault_keeps_the_queues_full(play: Play) -> None:
    await play.scene.set_chaos(Switch.TELEGRAM_DOWN, on=True)
    play.cast.baku.sends("/help")
    await play.scene.advance(MONDAY + timedelta(days=1))
    assert play.world.clock() >= MONDAY + timedelta(days=1)


async def test_switch_that_does_not_exist_is_unknown(play: Play) -> None:
    with pytest.raises(UnknownError):
        await play.scene.set_chaos("earthquake", on=True)


async def test_clock_leaps_five_years_at_most(play: Play) -> None:
    with pytest.raises(RefusedError):
        await play.scene.advance(MONDAY + timedelta(days=3000))


async def test_blocked_bot_is_shown_and_comes_back(play: Play) -> None:
    baku = play.cast.baku
    await play.scene.block(baku.id, blocked=True)
    assert play.scene.phones[0].blocked
    with pytest.raises(RefusedError):
        await play.scene.send(baku.id, "/help")
    await play.scene.block(baku.id, blocked=False)
    before = play.answers
    await play.scene.send(baku.id, "/help")
    await play.until(lambda: play.answers > before)


async def test_photos_reach_the_bot_as_photos(play: Play) -> None:
    baku = play.cast.baku
    await play.scene.show(baku.id, [Blob(PIXEL, "1.png", "image/png")], caption="barcode")
    assert baku.messages[-1].photo is not None
    await play.scene.show(baku.id, [Blob(PIXEL, "1.png", "image/png")] * 2, caption="")
    assert [one.photo is not None for one in baku.messages[-2:]] == [True, True]
    with pytest.raises(RefusedError):
        await play.scene.show(baku.id, [Blob(b"no picture", "1.png", "image/png")], caption="")
    await play.world.settle()
