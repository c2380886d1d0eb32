"""From an address to tortoise's configuration."""

from typing import Any
from urllib.parse import urlsplit

from tortoise.backends.base.config_generator import expand_db_url
from tortoise.exceptions import ConfigurationError

APP = "models"


def config(
    url: str, *, tables: str = "models.tables", migrations: str = "models.migrations"
) -> dict[str, Any]:
    """For `sqlite://path`, `sqlite:///absolute/path` and `postgres[ql]://user:password@host:port/name?…`.

    A PostgreSQL address takes tortoise's options (`maxsize`, `schema`, `host` for a socket's directory).
    Raises ConfigurationError for anything else.
    """
    # Tortoise keeps prepared statements by the connection's name alone, so each dialect has its own.
    name, connection = _connection(url)
    app = {"models": [tables], "migrations": migrations, "default_connection": name}
    return {
        "connections": {name: connection},
        "apps": {APP: app},
        "use_tz": True,
        "timezone": "UTC",
    }


def _connection(url: str) -> tuple[str, dict[str, Any]]:
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return "sqlite", {"engine": "models.engines.sqlite", "credentials": {"file_path": sqlite_path(url)}}
    if scheme in {"postgres", "postgresql"}:
        return "postgres", expand_db_url(url) | {"engine": "models.engines.asyncpg"}
    raise ConfigurationError("a database address begins with sqlite:// or postgres://")


def sqlite_path(url: str) -> str:
    """The file of a `sqlite://` address; raises ConfigurationError when it names none."""
    path = url.removeprefix("sqlite://")
    if not path:
        raise ConfigurationError("a SQLite address names a file: sqlite://path")
    return path
