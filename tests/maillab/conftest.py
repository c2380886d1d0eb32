"""Real mail servers for a session; without them the tests are skipped, but not in CI."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.maillab.lab import AbsentError, Lab, running
from tests.maillab.town import Town, town


@pytest.fixture(scope="session")
def servers() -> Iterator[Lab]:
    """Postfix and Dovecot, started once. Their folder lies where their own users may pass."""
    folder = Path(tempfile.mkdtemp(prefix="maillab-"))
    try:
        with running(folder) as lab:
            yield lab
    except AbsentError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def lab(servers: Lab) -> Iterator[Lab]:
    """The servers with empty boxes; mail for the bot goes into its box."""
    yield servers
    servers.hand_over_to(None)
    servers.wipe()


@pytest.fixture
def trusted(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """The lab's CA is one that this machine trusts, as an operator would have it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(lab.ca))
    return lab


@pytest.fixture
def desk_file(migrated_file: Path, tmp_path: Path) -> str:
    """The address of a database of the test's own."""
    return f"sqlite://{shutil.copy(migrated_file, tmp_path)}"


@pytest.fixture
async def by_lmtp(trusted: Lab, tmp_path: Path, desk_file: str) -> AsyncIterator[Town]:
    """The program behind Postfix."""
    async with town(trusted, tmp_path, desk_file) as made:
        yield made


@pytest.fixture
async def by_imap(trusted: Lab, tmp_path: Path, desk_file: str) -> AsyncIterator[Town]:
    """The program in front of a mailbox of Dovecot."""
    async with town(trusted, tmp_path, desk_file, by_imap=True) as made:
        yield made
