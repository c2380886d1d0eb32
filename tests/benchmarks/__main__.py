"""`make bench`: every module here that has `benchmarks()` is run; one JSON object a line on standard output.

A line holds `name`, `value`, `unit`, `baseline`, `ratio` (value to baseline) and `n` (how often measured).
Arguments choose modules by name.
"""

import importlib
import json
import pkgutil
import sys

import tests.benchmarks


def main(chosen: list[str]) -> None:
    """Run the chosen modules, or all."""
    for found in sorted(pkgutil.iter_modules(tests.benchmarks.__path__), key=lambda one: one.name):
        if found.name.startswith("_") or (chosen and found.name not in chosen):
            continue
        module = importlib.import_module(f"tests.benchmarks.{found.name}")
        for line in getattr(module, "benchmarks", list)():
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
