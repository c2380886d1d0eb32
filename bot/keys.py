"""The secret that signs addresses: given as a setting, or made on the first start and kept with the data."""

import hashlib
import os
import secrets
from pathlib import Path

from bot.settings import Settings
from handlers.links import Links
from handlers.mail.addresses import Key, Signer

NAME = "secret.key"


def secret_of(settings: Settings) -> bytes:
    """At least 32 bytes; a new one is written readable by its owner alone."""
    if settings.secret_key:
        return settings.secret_key.encode()
    path = settings.data_dir / NAME
    if not path.exists():
        _make(path)
    return path.read_bytes().strip()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as stream:
        stream.write(secrets.token_urlsafe(48))


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
