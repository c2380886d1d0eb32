"""A look behind the scenes, for the sandbox and for operators: never a reader's reference."""

from datetime import datetime
from typing import Any

from models.queries.traffic import queues
from models.tables import Mail, Notice, Request, Update

ROWS = 12


async def look(now: datetime) -> dict[str, Any]:
    """The newest rows of what moves: requests, outbox, inboxes."""
    return {
        "now": now.isoformat(timespec="seconds"),
        "waiting": await _waiting(),
        "requests": [_request(row) for row in await Request.all().order_by("-updated_at").limit(ROWS)],
        "outbox": [_notice(row) for row in await Notice.all().order_by("-id").limit(ROWS)],
        "updates": [_update(row) for row in await Update.all().order_by("-id").limit(ROWS)],
        "mails": [_mail(row) for row in await Mail.all().order_by("-id").only(*MAIL).limit(ROWS)],
    }


MAIL = ("id", "source", "outcome", "attempts", "done_at")


async def _waiting() -> list[dict[str, Any]]:
    found = await queues()
    counts = {"updates": found.updates, "mails": found.mails, "given up": found.dead}
    counts |= {f"outbox, {channel}": count for channel, count in found.notices.items()}
    return [{"queue": name, "waiting": count} for name, count in counts.items()]


def _request(row: Request) -> dict[str, Any]:
    return {
        "number": row.number,
        "service": row.service.value,
        "stage": row.stage.value,
        "flags": ", ".join(row.flags),
        "version": row.version,
        "due": row.due.isoformat() if row.due else "",
    }


def _notice(row: Notice) -> dict[str, Any]:
    return {
        "id": row.id,
        "channel": row.channel.value,
        "target": row.target,
        "kind": row.kind.value,
        "status": row.status,
        "attempts": row.attempts,
        "error": (row.last_error or "")[:80],
    }


def _update(row: Update) -> dict[str, Any]:
    done = row.done_at is not None
    return {"update": row.update_id, "chat": row.chat_id, "done": done, "failure": (row.failure or "")[:80]}


def _mail(row: Mail) -> dict[str, Any]:
    done = row.done_at is not None
    return {"id": row.id, "source": row.source, "outcome": row.outcome or "", "done": done}
