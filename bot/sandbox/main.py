"""`abonement sandbox`: serve the page, set the stage up behind it, stop in order."""

import asyncio
import importlib
import logging
import signal
import sys
import threading
import webbrowser
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from types import ModuleType

import click

from bot import first_use
from bot.logs import configure
from bot.sandbox.place import Place
from bot.sandbox.web import SandboxServer

STAGES = ("fresh", "busy", "overdue", "notice")


async def play(*, port: int, opens: bool, stage: str, seed: int, keep: Path | None) -> None:
    """Serve until Ctrl-C or SIGTERM. Data live in a temporary folder unless `keep` names one.

    The page is there at once; what it asks waits until the program behind it runs.
    """
    configure(None, level=logging.WARNING)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    place = Place(stages=STAGES)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(SandboxServer(place, port=port))
        click.echo(server.url)
        click.echo("Three phones and the libraries' mailboxes are on this page. Ctrl-C stops.", err=True)
        if opens:
            await asyncio.to_thread(webbrowser.open, server.url)
        playing = asyncio.create_task(_play(place, stage, seed=seed, keep=keep))
        ending = asyncio.create_task(stopped.wait())
        await asyncio.wait({playing, ending}, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        playing.cancel()
        with suppress(asyncio.CancelledError):
            await playing


async def _play(place: Place, stage: str, *, seed: int, keep: Path | None) -> None:
    """Play until cancelled, also in the middle of setting up."""
    theatres = await _imported("bot.sandbox.theatre")
    theatre = theatres.Theatre(place, keep=keep)
    place.change = theatre.change
    try:
        await theatre.open(stage, seed)
        await asyncio.Event().wait()
    finally:
        await theatre.close()


async def _imported(name: str) -> ModuleType:
    """The program's libraries take seconds to import: in a thread, so that the page is served meanwhile."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[ModuleType] = loop.create_future()

    def work() -> None:
        try:
            first_use.load()
            importlib.import_module(name)
        finally:
            with suppress(RuntimeError):  # the loop has closed: nobody waits any more
                loop.call_soon_threadsafe(_keep, found, name)

    # A daemon: a signal that comes meanwhile does not wait for it.
    threading.Thread(target=work, daemon=True).start()
    return await found


def _keep(found: "asyncio.Future[ModuleType]", name: str) -> None:
    if found.done():
        return
    if name in sys.modules:
        found.set_result(sys.modules[name])
    else:
        found.set_exception(ImportError(name))
