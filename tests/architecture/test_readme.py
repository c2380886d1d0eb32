"""The README names every command, and none that does not exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
LISTED = re.search(r"Useful beside it:(.+?)\n\n", README, re.DOTALL)


def commands(group: click.Group, path: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}"


def test_every_command_is_named() -> None:
    named = [one for one in commands(main) if re.search(rf"(?:abonement |`){one}\b", README)]

    assert sorted(named) == sorted(commands(main))


def test_every_named_command_exists() -> None:
    assert LISTED is not None
    known = [*commands(main)]
    named = [one.removeprefix("abonement ") for one in re.findall(r"`([^`]+)`", LISTED[1])]

    assert [one for one in named if not any(re.match(rf"{name}\b", one) for name in known)] == []
