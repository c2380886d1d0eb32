"""`make bench`: every module here that has `benchmarks(quick)` is run; JSON lines on standard output.

A line holds `name`, `value`, `unit`, `baseline`, `ratio` (value to baseline) and `n` (how often measured).
What cannot be measured says why in `skipped`. Arguments choose modules by name; `--quick` measures little of
everything, to see that it works. Each module stands for itself and may be run again alone.
"""

import argparse
import importlib
import json
import logging
import pkgutil
import sys
from collections.abc import Iterator

import tests.benchmarks
from tests.benchmarks._rig import Line, skipped

log = logging.getLogger(__name__)


def main() -> None:
    """Run the chosen modules, or all."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    for found in sorted(pkgutil.iter_modules(tests.benchmarks.__path__), key=lambda one: one.name):
        if found.name.startswith("_") or (given.modules and found.name not in given.modules):
            continue
        for line in _lines(found.name, quick=given.quick):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()


def _lines(name: str, *, quick: bool) -> Iterator[Line]:
    """A module's lines. One that breaks says so in a line of its own, and the others are still measured."""
    try:
        module = importlib.import_module(f"tests.benchmarks.{name}")
        yield from module.benchmarks(quick=quick)
    except Exception as error:
        log.exception("%s broke off", name)
        yield skipped(name, f"broke off: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
