"""The settings: `abonement.toml` and the environment, which wins. The only reader of either."""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

PREFIX = "ABONEMENT_"
CONFIG = f"{PREFIX}CONFIG"
LISTEN = "127.0.0.1:8080"
SECRETS = frozenset(
    {
        "bot_token",
        "webhook_secret",
        "smtp_url",
        "imap_url",
        "secret_key",
        "database_url",
        "oauth_client_secret",
        "oauth_refresh_token",
    }
)
"""Each may be given as `…_FILE` instead: the path of a file that holds it."""


class SettingsError(ValueError):
    """A setting that cannot be used; the text names it and what would be right."""


def _home() -> Path:
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "abonement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the program was told. Names are those of the environment without the prefix, in lower case."""

    data_dir: Path = field(default_factory=_home)
    database_url: str | None = field(default=None, repr=False)
    bot_token: str | None = field(default=None, repr=False)
    bot_api: str = "https://api.telegram.org"
    bot_name: str | None = None
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    listen: str | None = None
    public_url: str | None = None
    authserv_id: str | None = None
    oauth_client_id: str | None = None
    oauth_client_secret: str | None = field(default=None, repr=False)
    oauth_refresh_token: str | None = field(default=None, repr=False)
    oauth_token_url: str | None = None
    home_library: str | None = None
    mail_address: str | None = None
    smtp_url: str | None = field(default=None, repr=False)
    imap_url: str | None = field(default=None, repr=False)
    lmtp_listen: str | None = None
    secret_key: str | None = field(default=None, repr=False)
    log_format: str | None = None

    @property
    def database(self) -> str:
        """The database's address; SQLite in the data directory by default."""
        return self.database_url or f"sqlite://{self.data_dir / 'abonement.sqlite3'}"

    @property
    def serves(self) -> tuple[str, int] | None:
        """Where the program's HTTP server listens; None where nothing asks for one."""
        if self.listen is None and self.public_url is None and self.webhook_url is None:
            return None
        return address(self.listen or LISTEN, setting="listen")

    @property
    def listens(self) -> tuple[str, int] | None:
        """Where it listens if that was said: what a process without pages opens for its health alone."""
        return address(self.listen, setting="listen") if self.listen else None

    @property
    def files(self) -> Path:
        """The folder of kept files."""
        return self.data_dir / "files"


NAMES = frozenset(one.name for one in fields(Settings))


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read file and environment.

    Raises `SettingsError` for an unknown key (naming the nearest one), for a file that cannot be read, for a
    secret that is given both itself and by its file, and for a value that can be seen to be of no use.
    """
    given = os.environ if environment is None else environment
    values: dict[str, Any] = {**_from_file(given.get(CONFIG)), **_from_environment(given)}
    if "data_dir" in values:
        values["data_dir"] = Path(values["data_dir"]).expanduser()
    for name, (shape, example) in SHAPES.items():
        if name in values and not re.fullmatch(shape, values[name]):
            raise SettingsError(f"{PREFIX}{name.upper()}: not of the form {example}")
    return replace(Settings(), **values)


_HOST_AND_PORT = r".*:\d{1,5}"
SHAPES: dict[str, tuple[str, str]] = {
    "bot_token": (r"\d+:[\w-]+", "123456789:letters-and-digits, as @BotFather gives it"),
    "bot_api": (r"https?://\S+", "https://host"),
    "database_url": (r"(?:sqlite|postgres(?:ql)?)://\S+", "sqlite://path or postgres://…"),
    "webhook_url": (r"https?://[^/\s]+/\S*", "https://host/path"),
    "webhook_secret": (r"[A-Za-z0-9_-]{1,256}", "letters, digits, _ and - (Bot API: setWebhook)"),
    "listen": (_HOST_AND_PORT, "host:port"),
    "lmtp_listen": (_HOST_AND_PORT, "host:port"),
    "mail_address": (r"[^@\s]+@[^@\s]+", "requests@example.org"),
    "smtp_url": (r"smtp(?:\+starttls|s)?://\S+", "smtp+starttls://user:password@host:port"),
    "imap_url": (r"imap(?:\+starttls|s)?://\S+", "imaps://user:password@host:port/INBOX"),
}
"""What a value looks like, and how that is said: secrets themselves are never shown."""


def _from_file(path: str | None) -> dict[str, str]:
    if not path:
        return {}
    try:
        document = tomllib.loads(_text(path, path))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}") from error
    return _read({key: _plain(key, value) for key, value in document.items()}, prefix="")


def _plain(key: str, value: object) -> str:
    if isinstance(value, bool | dict | list):
        raise SettingsError(f"{key}: a text or a number is needed")
    return str(value)


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    own = {key: value for key, value in environment.items() if key.startswith(PREFIX) and value}
    own.pop(CONFIG, None)
    return _read(own, prefix=PREFIX)


def _read(given: Mapping[str, str], *, prefix: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for key, value in given.items():
        name = key.removeprefix(prefix).lower()
        secret = name.removesuffix("_file")
        is_file = secret != name and secret in SECRETS
        known = secret if is_file else _known(name, shown=key)
        if known in values:
            raise SettingsError(f"{key}: {known} is given twice")
        values[known] = _text(value, key).strip() if is_file else value
    return values


def _text(path: str, key: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{key}: {error}") from error


def _known(name: str, *, shown: str) -> str:
    if name in NAMES:
        return name
    near = difflib.get_close_matches(name, NAMES, n=1, cutoff=0)[0]
    nearest = f"{PREFIX}{near.upper()}" if shown.startswith(PREFIX) else near
    raise SettingsError(f"{shown}: there is no such setting; the nearest is {nearest}")


def address(text: str, *, setting: str) -> tuple[str, int]:
    """`host:port` as a pair; raises `SettingsError`."""
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        raise SettingsError(f"{PREFIX}{setting.upper()}: {text!r} is not host:port")
    return host.strip("[]") or "127.0.0.1", int(port)
