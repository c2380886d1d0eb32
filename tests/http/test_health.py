"""Alive, and ready: what an alarm asks."""

from datetime import timedelta

from handlers.jobs import housekeeping
from models.operations import inbox
from models.operations.inbox import RawMail
from tests.http.conftest import Site


async def ask(site: Site, path: str) -> tuple[int, object]:
    async with site.browser.get(site.base + path) as answer:
        return answer.status, await answer.json()


async def test_alive(site: Site) -> None:
    assert await ask(site, "/healthz") == (200, {"status": "ok"})


async def test_ready_when_everything_moves(site: Site) -> None:
    checks = {"telegram": True, "database": True, "queues": True, "planner": True}

    assert await ask(site, "/readyz") == (200, {"status": "ready", "checks": checks})


async def test_not_ready_when_telegram_is_not_read(site: Site) -> None:
    site.polled = 300.0
    checks = {"telegram": False, "database": True, "queues": True, "planner": True}

    assert await ask(site, "/readyz") == (503, {"status": "not ready", "checks": checks})


async def test_not_ready_when_a_queue_is_stuck(site: Site) -> None:
    await inbox.store_mail(RawMail(body=b"", sender="", recipients=(), source="lmtp", key="k"), site.now)
    site.now += timedelta(hours=1)
    checks = {"telegram": True, "database": True, "queues": False, "planner": True}

    assert await ask(site, "/readyz") == (503, {"status": "not ready", "checks": checks})


async def test_not_ready_when_nobody_plans(site: Site) -> None:
    await housekeeping.note_planning(site.now - timedelta(hours=1))
    checks = {"telegram": True, "database": True, "queues": True, "planner": False}

    assert await ask(site, "/readyz") == (503, {"status": "not ready", "checks": checks})


async def test_numbers_for_a_monitor(site: Site) -> None:
    await inbox.store_mail(RawMail(body=b"", sender="", recipients=(), source="lmtp", key="k"), site.now)
    site.now += timedelta(seconds=30)

    async with site.browser.get(site.base + "/metrics") as answer:
        rows = (await answer.text()).splitlines()

    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'abonement_waiting{queue="mails"} 1' in rows
    assert 'abonement_oldest_seconds{queue="mails"} 30.0' in rows
