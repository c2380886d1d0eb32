"""What the sandbox shows of the database, in words: its tables, their columns, and codes that stand in them.

The keys are what the page asks for: `rows_` and a table's name, `column_` and a column's, `value_` with both
the column and the code. What has no word here (ids, kinds of notices) is shown as it is stored.
"""

from collections.abc import Mapping
from typing import Any

from handlers.text import labels
from handlers.text.voice import Label, label

ROWS: Mapping[str, Label] = {
    "requests": label("page", "Requests"),
    "outbox": label("page", "Outgoing messages"),
    "updates": label("page", "Taps and messages that came"),
    "mails": label("page", "Letters that came"),
    "waiting": label("page", "What waits"),
}
COLUMNS: Mapping[str, Label] = {
    "number": label("page", "Number"),
    "service": label("page", "Service"),
    "stage": label("page", "Stage"),
    "flags": label("page", "Marks"),
    "version": label("page", "Version"),
    "due": label("page", "Return by"),
    "channel": label("page", "Channel"),
    "target": label("page", "To whom"),
    "kind": label("page", "Kind"),
    "status": label("page", "State"),
    "attempts": label("page", "Attempts"),
    "error": label("page", "Error"),
    "chat": label("page", "Telegram chat"),
    "done": label("page", "Done"),
    "failure": label("page", "Failure"),
    "source": label("page", "How it came"),
    "outcome": label("page", "What became of it"),
    "queue": label("page", "Queue"),
    "waiting": label("page", "Waiting"),
}
YES, NO = label("page", "yes"), label("page", "no")
VALUES: Mapping[str, Mapping[Any, Label]] = {
    "service": labels.SERVICES,
    "stage": labels.STAGES,
    "flags": labels.FLAGS,
    "done": {"true": YES, "false": NO},
    "channel": {"chat": label("page", "chat"), "mail": label("page", "mail")},
    "status": {
        "pending": label("page", "waits"),
        "sending": label("page", "on its way"),
        "sent": label("page", "sent"),
        "skipped": label("page", "no longer needed"),
        "dead": label("page", "given up"),
    },
    "queue": {
        "updates": ROWS["updates"],
        "mails": ROWS["mails"],
        "given up": label("page", "given up"),
        "outbox, chat": label("page", "To be sent in chat"),
        "outbox, mail": label("page", "To be sent by mail"),
    },
}


def inspected() -> Mapping[str, Label]:
    """All of it by the page's keys."""
    return {
        **{f"rows_{name}": word for name, word in ROWS.items()},
        **{f"column_{name}": word for name, word in COLUMNS.items()},
        **{
            f"value_{column}_{code}": word for column, found in VALUES.items() for code, word in found.items()
        },
    }
