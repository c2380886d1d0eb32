"""What waits, for how long, and what was given up: numbers for a monitor (Prometheus text format 0.0.4)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from models.queries import traffic

KIND = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Metrics:
    """`/metrics`. Nothing in it names anybody."""

    clock: Callable[[], datetime]

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What it answers."""
        return [web.get("/metrics", self.tell)]

    async def tell(self, _request: web.Request) -> web.Response:
        """All numbers as of now."""
        text = "".join(await _rows(self.clock()))
        return web.Response(body=text.encode(), headers={"Content-Type": KIND})


async def _rows(now: datetime) -> list[str]:
    queues, oldest, bad = await traffic.queues(), await traffic.oldest_waiting(now), await traffic.poisoned()
    waiting = {"updates": queues.updates, "mails": queues.mails}
    waiting |= {f"outbox_{channel}": count for channel, count in queues.notices.items()}
    ages = {name: max(0.0, (now - at).total_seconds()) if at else 0.0 for name, at in oldest.items()}
    given_up = {"updates": bad.updates, "mails": bad.mails, "outbox": queues.dead}
    return [
        *_family("waiting", "Rows that are not done", waiting),
        *_family("oldest_seconds", "For how long the oldest of what is due waits", ages),
        *_family("given_up", "Rows that failed for good", given_up),
    ]


def _family(name: str, told: str, values: dict[str, int] | dict[str, float]) -> Iterator[str]:
    yield f"# HELP abonement_{name} {told}\n# TYPE abonement_{name} gauge\n"
    for queue, value in values.items():
        yield f'abonement_{name}{{queue="{queue}"}} {value}\n'
