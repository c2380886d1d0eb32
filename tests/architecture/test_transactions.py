"""Inside a transaction: no second task, no network, no waiting; it would keep everybody else waiting."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import models

FORBIDDEN = {
    *("TaskGroup", "as_completed", "create_task", "ensure_future", "gather", "wait", "wait_for"),
    *("open_connection", "run_in_executor", "sleep", "start_server", "timeout", "timeout_at", "to_thread"),
}
TRANSACTIONS = {"transaction", "in_transaction"}
SOURCES = sorted(Path(models.__file__).parent.rglob("*.py"))


def called(node: ast.AST) -> str | None:
    """The last name of what is called: `gather` of `asyncio.gather(…)`."""
    if not isinstance(node, ast.Call):
        return None
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None)


def is_transaction(node: ast.AST) -> bool:
    return isinstance(node, ast.AsyncWith) and any(
        called(item.context_expr) in TRANSACTIONS for item in node.items
    )


def faults(source: str) -> Iterator[str]:
    for block in filter(is_transaction, ast.walk(ast.parse(source))):
        for node in ast.walk(block):
            if called(node) in FORBIDDEN:
                yield f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_transaction_waits_for_the_database_only(path: Path) -> None:
    assert list(faults(path.read_text())) == []


@pytest.mark.parametrize(
    "inside",
    [
        "await asyncio.gather(a(), b())",
        "asyncio.create_task(a())",
        "async with asyncio.TaskGroup() as group:\n  pass",
    ],
)
def test_a_second_task_inside_would_be_seen(inside: str) -> None:
    body = inside.replace("\n", "\n  ")
    source = f"async def act():\n async with lock, transaction():\n  if True:\n   pass\n  {body}\n"

    assert len(list(faults(source))) == 1


def test_what_comes_after_a_transaction_is_free() -> None:
    source = "async def act():\n async with transaction():\n  pass\n await asyncio.gather()\n"

    assert list(faults(source)) == []
