"""One file that holds everything: a tar of the database, the kept files and what there must be of both.

The manifest comes last and is read first to verify: an archive without it was not finished. Entries are named
in it with their size and SHA-256; nothing that it does not name is ever unpacked.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

MANIFEST = "manifest.json"
FORMAT = 1
KEY = "secret.key"
FILES = "files/"
CHUNK = 1 << 20
DATABASES = {"sqlite": "database.sqlite3", "postgres": "database.pgdump"}


class BackupError(Exception):
    """What makes it impossible, in a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the archive."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the archive holds; `wanted` are the digests of the kept files that its database refers to."""

    dialect: str
    made_at: str
    migrations: tuple[str, ...]
    wanted: tuple[str, ...]
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def database(self) -> str:
        """The database's name in the archive."""
        return DATABASES[self.dialect]

    @property
    def missing(self) -> list[str]:
        """The kept files that are not in it."""
        return [digest for digest in self.wanted if f"{FILES}{digest}" not in self.entries]

    def as_json(self) -> str:
        """As it is written."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1)

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        """Raises BackupError for what is no manifest of ours."""
        try:
            body: dict[str, Any] = json.loads(text)
            if body["format"] != FORMAT:
                raise BackupError("the backup was made by a newer program")
            return cls(
                dialect=body["dialect"],
                made_at=body["made_at"],
                migrations=tuple(body["migrations"]),
                wanted=tuple(_digest_named(name) for name in body["wanted"]),
                entries={name: Entry(**entry) for name, entry in body["entries"].items()},
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BackupError("the backup's list of contents is damaged") from error


def _digest_named(name: str) -> str:
    """A kept file's name becomes a path: nothing else may."""
    if not re.fullmatch(r"[0-9a-f]{64}", name):
        raise ValueError(name)
    return name


class Writer:
    """Adds files and remembers what it added."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.entries: dict[str, Entry] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file as it is now; raises FileNotFoundError when it is gone."""
        with path.open("rb") as stream:
            info = tarfile.TarInfo(name)
            info.size, info.mode = os.fstat(stream.fileno()).st_size, 0o600
            counted = _Counted(stream)
            self._tar.addfile(info, counted)
        self.entries[name] = Entry(info.size, counted.digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write what was added down."""
        text = manifest.as_json().encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self._tar.addfile(info, io.BytesIO(text))


class _Counted(io.RawIOBase):
    """A stream that is hashed as it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.digest.update(data)
        return data


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """The archive is there whole or not at all, and for its owner's eyes alone."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w") as tar:
                yield Writer(tar)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    """An archive and what it says that it holds; raises BackupError for anything else."""
    try:
        with tarfile.open(path, mode="r:") as tar:
            found = tar.extractfile(MANIFEST)
            if found is None:
                raise BackupError(f"{path} is no backup, or was not finished")
            yield tar, Manifest.read(found.read())
    except KeyError as error:
        raise BackupError(f"{path} is no backup, or was not finished") from error
    except tarfile.TarError as error:
        raise BackupError(f"{path} is damaged or no backup: {error}") from error


def faults(tar: tarfile.TarFile, manifest: Manifest) -> Iterator[str]:
    """What the archive holds otherwise than it says, a sentence each."""
    for name, entry in manifest.entries.items():
        try:
            digest, size = _digest(_stream(tar, name))
        except (KeyError, tarfile.TarError, OSError):
            yield f"{name} cannot be read"
            continue
        if (size, digest) != (entry.size, entry.sha256):
            yield f"{name} is damaged"
        elif name.startswith(FILES) and name.removeprefix(FILES) != digest:
            yield f"{name} was damaged already when the backup was made"
    if manifest.database not in manifest.entries:
        yield "the database is not in it"
    if missing := manifest.missing:
        yield f"{len(missing)} kept files are missing, the first is {missing[0]}"


def unpack(tar: tarfile.TarFile, name: str, path: Path, entry: Entry) -> None:
    """Write an entry beside its place, compare it, put it there; raises BackupError for a damaged one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        for chunk in _chunks(_stream(tar, name)):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    if (size, digest.hexdigest()) != (entry.size, entry.sha256):
        partial.unlink()
        raise BackupError(f"{name} is damaged")
    partial.replace(path)


def _stream(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    stream = tar.extractfile(name)
    if stream is None:
        raise KeyError(name)
    return stream


def _digest(stream: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(stream):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _chunks(stream: IO[bytes]) -> Iterable[bytes]:
    return iter(lambda: stream.read(CHUNK), b"")
