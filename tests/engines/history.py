"""A package of migrations that a test writes as it goes."""

import importlib
from pathlib import Path
from textwrap import indent

from models.engines.migrate import make, migrate

TABLES = "tests.engines.shelf"

HEAD = """from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from models.engines.ddl import Sql


class Migration(migrations.Migration):
    dependencies = [("models", {after!r})]
    operations = [
"""


class History:
    """`begin()` writes the first migration from the tables; `then()` one more, from operations as source."""

    def __init__(self, folder: Path) -> None:
        self.package = folder.name
        self._folder = folder
        self._last = ""
        folder.mkdir()
        (folder / "__init__.py").touch()

    async def begin(self) -> None:
        importlib.invalidate_caches()
        path = await make("initial", tables=TABLES, migrations=self.package)
        assert path is not None
        self._last = path.stem

    def then(self, name: str, *operations: str) -> None:
        body = "".join(f"{indent(operation, ' ' * 8)},\n" for operation in operations)
        text = HEAD.format(after=self._last) + body + "    ]\n"
        (self._folder / f"{name}.py").write_text(text)
        self._last = name
        importlib.invalidate_caches()

    async def apply(self, url: str) -> list[str]:
        return await migrate(url, tables=TABLES, migrations=self.package)
