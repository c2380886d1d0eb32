"""Log lines: for people at a terminal, JSON elsewhere. Tokens and addresses' signatures never reach them."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

# No word boundary before it: in the Bot API's addresses the token follows the word "bot".
_TOKEN = re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}")
_SIGNED = re.compile(r"(\b[rbidgm][0-9a-z]{1,8}\.[0-9a-z]{1,8}\.)[a-z2-7]{17}\b", re.IGNORECASE)
# Up to the last @: who forgets to encode one in a password must not read its second half here.
_PASSWORD = re.compile(r"(\w+://[^:/\s]*:)[^\s\"'<>]+@")


def clean(text: str) -> str:
    """The text without secrets."""
    text = _TOKEN.sub("<token>", text)
    text = _SIGNED.sub(r"\1<signature>", text)
    return _PASSWORD.sub(r"\1<password>@", text)


class Human(logging.Formatter):
    """Time, level, place, message."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and a traceback where there is one."""
        return clean(super().format(record))


class Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Fields: time, level, logger, message, exception."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return clean(json.dumps(line, ensure_ascii=False))


def configure(form: str | None, *, level: int = logging.INFO) -> None:
    """Log to standard error, as asked or as the terminal suggests."""
    handler = logging.StreamHandler()
    human = form == "human" or (form is None and sys.stderr.isatty())
    shape = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    handler.setFormatter(Human(shape) if human else Json())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("mail.log", "aiogram.event", "aiosmtplib", "apscheduler", "tortoise"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
