"""`abonement sandbox`: start the world, serve its page, stop in order."""

import asyncio
import logging
import signal
import tempfile
import webbrowser
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import click

from bot.clock import Clock
from bot.logs import configure
from bot.sandbox.live import LiveScene
from bot.sandbox.stages import BOXES, STAGES, STARTS, set_up
from bot.sandbox.web import SandboxServer
from bot.sandbox.world import World


async def play(*, port: int, opens: bool, stage: str, seed: int, keep: Path | None) -> None:
    """Serve until Ctrl-C or SIGTERM. Data live in a temporary folder unless `keep` names one."""
    configure(None, level=logging.WARNING)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(World(_directory(stack, keep), clock=Clock(STARTS[stage]())))
        cast = await set_up(world)
        await STAGES[stage](world, seed)
        scene = LiveScene(world, people=cast.people, boxes=BOXES)
        await scene.look()
        watching = asyncio.create_task(scene.watch())
        server = await stack.enter_async_context(SandboxServer(scene, port=port))
        click.echo(server.url)
        click.echo("Two phones and the libraries' mailboxes are on this page. Ctrl-C stops.", err=True)
        if opens:
            await asyncio.to_thread(webbrowser.open, server.url)
        await stopped.wait()
        # The order matters: the bot stops polling first, then the page's streams end, then the servers close.
        await world.stop()
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


def _directory(stack: AsyncExitStack, keep: Path | None) -> Path:
    if keep is None:
        return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="abonement-")))
    keep.mkdir(parents=True, exist_ok=True)
    return keep
