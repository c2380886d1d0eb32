"""The house rules that no type can hold: who may import, read the clock or the environment, speak."""

import ast
import asyncio
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def sources(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


PRODUCT = sources("bot", "handlers", "models")
EVERYTHING = [*PRODUCT, *sources("locales", "tests")]


async def run(program: str) -> tuple[int, str]:
    """Exit code and output of a program in a Python of its own, at the root of the repository."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=ROOT, stdout=PIPE, stderr=STDOUT
    )
    output, _ = await started.communicate()
    return started.returncode or 0, output.decode()


async def test_imports_keep_their_contracts() -> None:
    code, report = await run(
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )

    assert code == 0, report


LOADS = """
import importlib, pkgutil, sys
for name in {modules}:
    package = importlib.import_module(name)
    for found in pkgutil.walk_packages(getattr(package, "__path__", ()), name + "."):
        importlib.import_module(found.name)
print(*sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


@pytest.mark.parametrize(
    ("modules", "unwanted"),
    [
        (["models.rules"], {"aiogram", "aiohttp", "tortoise", "babel", "asyncpg", "apscheduler"}),
        (["models"], {"aiogram", "aiohttp", "babel", "aiosmtplib", "aiosmtpd", "apscheduler"}),
        (["handlers.text", "handlers.mail", "handlers.jobs"], {"aiogram", "aiohttp"}),
        (["bot.cli"], {"aiogram", "aiohttp", "tortoise", "babel", "lxml"}),
    ],
    ids=lambda given: "-".join(given) if isinstance(given, list) else None,
)
async def test_what_is_dear_to_import_is_not_loaded_unasked(modules: list[str], unwanted: set[str]) -> None:
    code, loaded = await run(LOADS.format(modules=modules))

    assert code == 0, loaded
    assert set(loaded.split()) & unwanted == set()


def dotted(node: ast.AST) -> str:
    """`os.environ` of the expression that says so; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def called(node: ast.AST) -> str:
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def reads_environment(node: ast.AST) -> bool:
    return dotted(node) in {"os.environ", "os.getenv", "os.environb"}


def reads_civil_clock(node: ast.AST) -> bool:
    return called(node) in {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "datetime.datetime.now",
        "datetime.date.today",
        "time.localtime",
    }


def speaks(node: ast.AST) -> bool:
    """Words for people: marked for the catalogues, or said by a voice."""
    name = called(node).rpartition(".")[2]
    literal = isinstance(node, ast.Call) and any(
        isinstance(given, ast.Constant) and isinstance(given.value, str) for given in node.args
    )
    return literal and name in {"message", "label", "plural", "say"}


def holders(fault: Callable[[ast.AST], bool]) -> set[str]:
    """The product's modules in which something of the kind stands."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in PRODUCT
        if any(map(fault, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    }


def test_the_settings_alone_read_the_environment() -> None:
    assert holders(reads_environment) == {"bot/settings.py"}


def test_the_civil_clock_is_read_where_clocks_are_made() -> None:
    assert holders(reads_civil_clock) == {"bot/clock.py", "bot/scheduler.py", "bot/sandbox/stages.py"}


def test_words_for_people_stand_with_the_words() -> None:
    outside = {module for module in holders(speaks) if not module.startswith("handlers/text/")}

    assert outside == {"handlers/mail/outgoing.py"}


@pytest.mark.parametrize(
    ("fault", "source"),
    [
        (reads_environment, "import os\nhome = os.environ['HOME']"),
        (reads_environment, "import os\nhome = os.getenv('HOME')"),
        (reads_civil_clock, "now = datetime.now(UTC)"),
        (reads_civil_clock, "today = date.today()"),
        (speaks, "text = voice.say('Nothing here.')"),
        (speaks, "TEXT = message('Nothing here.')"),
    ],
)
def test_such_a_thing_would_be_seen(fault: Callable[[ast.AST], bool], source: str) -> None:
    assert any(map(fault, ast.walk(ast.parse(source))))


SILENCERS = ("no" + "qa", "type: " + "ignore", "pragma: " + "no")


def silenced() -> Iterator[str]:
    for path in EVERYTHING:
        for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if any(silencer in row for silencer in SILENCERS):
                yield f"{path.relative_to(ROOT)}:{number}: {row.strip()}"


def test_no_check_is_silenced_in_place() -> None:
    assert list(silenced()) == []


def longest_functions(limit: int) -> Iterator[str]:
    for path in PRODUCT:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > limit:
                    yield f"{path.relative_to(ROOT)}: {node.name} has {length} lines"


def test_no_function_is_longer_than_a_screen() -> None:
    assert list(longest_functions(40)) == []
