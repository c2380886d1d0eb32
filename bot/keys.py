"""The secret that signs addresses: given as a setting, or made on the first start and kept with the data."""

import hashlib
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.settings import Settings, SettingsError
from handlers.links import Links
from handlers.mail.addresses import Key, Signer

NAME = "secret.key"
SHORTEST = 32


def secret_of(settings: Settings) -> bytes:
    """At least 32 bytes; a new one is written readable by its owner alone.

    Raises `SettingsError` for a shorter one, given or found.
    """
    if settings.secret_key:
        return _long_enough(settings.secret_key.encode(), "ABONEMENT_SECRET_KEY")
    path = settings.data_dir / NAME
    if not path.exists():
        _make(path)
    return _long_enough(path.read_bytes().strip(), str(path))


def _long_enough(secret: bytes, where: str) -> bytes:
    if len(secret) < SHORTEST:
        raise SettingsError(f"{where}: a secret needs at least {SHORTEST} characters")
    return secret


def _make(path: Path) -> None:
    """Write beside and link, so that of several programs that start at once all read the same whole file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(48))
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(beside)
    finally:
        Path(beside).unlink()


def links_of(settings: Settings) -> Links | None:
    """Signs links to the program's own pages; None without a public address."""
    if settings.public_url is None:
        return None
    secret = hashlib.sha256(b"abonement file links\0" + secret_of(settings)).digest()
    return Links(settings.public_url.rstrip("/"), secret)


def signer_of(settings: Settings) -> Signer | None:
    """Signs for the bot's own mailbox; None while mail is off."""
    if settings.mail_address is None:
        return None
    secret = hashlib.sha256(b"abonement reply addresses\0" + secret_of(settings)).digest()
    return Signer((Key("a", secret),), settings.mail_address)


def webhook_of(settings: Settings) -> str:
    """What Telegram proves itself with at the webhook; without a setting it follows from the secret key."""
    if settings.webhook_secret:
        return settings.webhook_secret
    return hashlib.sha256(b"abonement webhook\0" + secret_of(settings)).hexdigest()
