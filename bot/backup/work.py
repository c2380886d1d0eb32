"""Taking a backup while the program runs, looking whether it is sound, putting it back where nothing is."""

import shutil
import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from pkgutil import iter_modules

import models.migrations
from bot.alone import Alone
from bot.backup import dumps
from bot.backup.archive import FILES, KEY, BackupError, Manifest, Writer, faults, opened, unpack, written
from bot.keys import NAME as KEY_FILE
from bot.settings import Settings
from models.engines import migrate
from models.engines.config import sqlite_path
from models.operations.files import path_of


async def take(settings: Settings, target: Path, now: datetime, *, with_key: bool) -> Manifest:
    """Write a backup; the database first, so that every file that it refers to is there to be added.

    Raises BackupError, and leaves no file, when it cannot be whole.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as directory:
        copy = Path(directory) / "database"
        dumped = await dumps.dump(settings.database, copy)
        standing = await migrate.check(settings.database)
        manifest = Manifest(
            dialect=_dialect(settings.database),
            made_at=now.isoformat(),
            migrations=(*standing.applied, *standing.unknown),
            wanted=dumped.wanted,
        )
        with written(target) as archive:
            archive.add(manifest.database, copy)
            for digest in manifest.wanted:
                _add_file(archive, settings.files, digest)
            if with_key:
                archive.add(KEY, _key(settings))
            manifest.entries.update(archive.entries)
            archive.finish(manifest)
    return manifest


def _add_file(archive: Writer, root: Path, digest: str) -> None:
    path = path_of(root, digest)
    try:
        archive.add(f"{FILES}{digest}", path)
    except FileNotFoundError as error:
        raise BackupError(f"the kept file {path} is missing: see `abonement doctor`") from error


def _key(settings: Settings) -> Path:
    path = settings.data_dir / KEY_FILE
    if not path.exists():
        raise BackupError("the secret key is a setting, not a file: keep ABONEMENT_SECRET_KEY by yourself")
    return path


async def examine(path: Path) -> tuple[Manifest, list[str]]:
    """What a backup holds, and what is wrong with it; reads all of it."""
    with opened(path) as (tar, manifest), tempfile.TemporaryDirectory() as directory:
        found = list(faults(tar, manifest))
        if (
            any(one.startswith(manifest.database) for one in found)
            or manifest.database not in manifest.entries
        ):
            return manifest, found
        copy = Path(directory) / "database"
        unpack(tar, manifest.database, copy, manifest.entries[manifest.database])
        if manifest.dialect == "sqlite":
            found += dumps.damage_of_sqlite(copy)
        else:
            found += await dumps.damage_of_postgres(copy)
    return manifest, found


async def restore(settings: Settings, path: Path) -> Manifest:
    """Put a backup where nothing is.

    The files come first and the database last: what is interrupted has no database, and can be begun again.
    Raises BackupError for a target that is not empty, and for a backup that is not sound or not ours.
    """
    manifest, found = await examine(path)
    if found:
        raise BackupError(f"the backup is not sound: {'; '.join(found)}")
    _refuse_foreign(settings, manifest)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        if manifest.dialect == "sqlite":
            stack.enter_context(_alone(settings))
        if not await dumps.is_empty(settings.database):
            raise BackupError("there is a database already: restore into an empty place")
        if KEY in manifest.entries and (settings.data_dir / KEY_FILE).exists():
            raise BackupError(f"{settings.data_dir / KEY_FILE} is there already: restore into an empty place")
        await _put_back(settings, path, manifest)
    return manifest


def _alone(settings: Settings) -> Alone:
    database = Path(sqlite_path(settings.database))
    database.parent.mkdir(parents=True, exist_ok=True)
    return Alone(database)


def _refuse_foreign(settings: Settings, manifest: Manifest) -> None:
    if manifest.dialect != _dialect(settings.database):
        raise BackupError(f"this is a backup of {manifest.dialect}, and ABONEMENT_DATABASE_URL is not one")
    known = {module.name for module in iter_modules(models.migrations.__path__)}
    if newer := [name for name in manifest.migrations if name not in known]:
        raise BackupError(f"the backup knows {', '.join(newer)}: it needs a newer program")


async def _put_back(settings: Settings, path: Path, manifest: Manifest) -> None:
    with opened(path) as (tar, _), tempfile.TemporaryDirectory(dir=settings.data_dir) as directory:
        for digest in manifest.wanted:
            name = f"{FILES}{digest}"
            unpack(tar, name, path_of(settings.files, digest), manifest.entries[name])
        if KEY in manifest.entries:
            unpack(tar, KEY, settings.data_dir / KEY_FILE, manifest.entries[KEY])
        copy = Path(directory) / "database"
        unpack(tar, manifest.database, copy, manifest.entries[manifest.database])
        if manifest.dialect == "sqlite":
            shutil.move(copy, sqlite_path(settings.database))
        else:
            await dumps.restore_postgres(copy, settings.database)


def _dialect(url: str) -> str:
    return "sqlite" if url.startswith("sqlite:") else "postgres"
