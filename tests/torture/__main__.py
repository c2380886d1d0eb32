"""`make torture`: the long run. `--kills N` each on SQLite (one process) and PostgreSQL (one and three)."""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.postgres import Server, running
from tests.torture.run import Order, torture


def main() -> int:
    """Print the counts of each run as a JSON line; 1 when something was lost or doubled."""
    parser = argparse.ArgumentParser(prog="make torture")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["sqlite", "postgres", "three"])
    given = parser.parse_args()
    faults = 0
    with running() as postgres:
        for name, processes in (("sqlite", 1), ("postgres", 1), ("three", 3)):
            if given.only in {None, name}:
                faults += asyncio.run(_run(name, processes, given, postgres))
    return 1 if faults else 0


async def _run(name: str, processes: int, given: argparse.Namespace, postgres: Server) -> int:
    with tempfile.TemporaryDirectory(prefix="torture-") as directory:
        here = Path(directory)
        if name == "sqlite":
            return await _told(Order(here, f"sqlite://{here}/desk.sqlite3", given.kills, seed=given.seed))
        async with postgres.database() as url:
            return await _told(Order(here, url, given.kills, processes=processes, seed=given.seed))


async def _told(order: Order) -> int:
    counts = await torture(order)
    sys.stdout.write(json.dumps(counts.as_json()) + "\n")
    sys.stdout.flush()
    return len(counts.faults)


if __name__ == "__main__":
    sys.exit(main())
