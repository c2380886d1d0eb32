"""Whether the program lives, and whether it does its work: for alarms and for `abonement health`."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from models.queries.traffic import oldest_waiting, planned_at

log = logging.getLogger(__name__)

STALE_POLL = 120.0
"""Seconds since the last successful poll; one takes up to 25. Telegram keeps updates for 24 hours."""
STUCK = timedelta(minutes=15)
"""How long something may be due in a queue before it is not "under way" any more."""
PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Health:
    """`/healthz`, `/readyz`. `polled` tells how many seconds ago the last poll succeeded; None: never."""

    clock: Callable[[], datetime]
    polled: Callable[[], float | None]

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What it answers."""
        return [web.get("/healthz", self.alive), web.get("/readyz", self.ready)]

    async def alive(self, _request: web.Request) -> web.Response:
        """The loop turns."""
        return web.json_response({"status": "ok"})

    async def ready(self, _request: web.Request) -> web.Response:
        """Telegram is read, the database answers, nothing is stuck, somebody plans; 503 names what is not."""
        checks = {"telegram": self._telegram(), **await self._database()}
        ready = all(checks.values())
        body = {"status": "ready" if ready else "not ready", "checks": checks}
        return web.json_response(body, status=200 if ready else 503)

    def _telegram(self) -> bool:
        ago = self.polled()
        return ago is not None and ago < STALE_POLL

    async def _database(self) -> dict[str, bool]:
        try:
            async with asyncio.timeout(PATIENCE):
                oldest = await oldest_waiting(self.clock())
                planned = await planned_at()
        except Exception:
            log.exception("the database does not answer")
            return {"database": False, "queues": False, "planner": False}
        now = self.clock()
        fresh = all(at is None or now - at < STUCK for at in oldest.values())
        return {"database": True, "queues": fresh, "planner": planned is None or now - planned < STUCK}
