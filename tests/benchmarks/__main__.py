"""`make bench`: every module here that has `benchmarks(quick)` is run; JSON lines on standard output.

A line holds `name`, `value`, `unit`, `baseline`, `ratio` (value to baseline) and `n` (how often measured).
What cannot be measured says why in `skipped`. Arguments choose modules by name; `--quick` measures little of
everything, to see that it works. Each module stands for itself and may be run again alone.
"""

import argparse
import importlib
import json
import pkgutil
import sys

import tests.benchmarks


def main() -> None:
    """Run the chosen modules, or all."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    for found in sorted(pkgutil.iter_modules(tests.benchmarks.__path__), key=lambda one: one.name):
        if found.name.startswith("_") or (given.modules and found.name not in given.modules):
            continue
        module = importlib.import_module(f"tests.benchmarks.{found.name}")
        for line in module.benchmarks(quick=given.quick):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
