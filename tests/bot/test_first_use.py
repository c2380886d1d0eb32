"""The bot library's models, built when they are used instead of all at its import."""

import json
import re
import subprocess
import sys
from functools import cache
from typing import Any

ADDRESS = re.compile(r" at 0x[0-9a-f]+")
SAYS = """
import json, sys
from bot import first_use
if sys.argv[1] == "first_use":
    first_use.load()
from aiogram.methods.base import TelegramMethod
from aiogram.types import Message
from aiogram.types.base import TelegramObject

def models(of):
    for one in of.__subclasses__():
        yield one
        yield from models(one)

def said(model):
    model.model_rebuild()
    fields = {name: (repr(one.annotation), one.is_required()) for name, one in model.model_fields.items()}
    return f"{model.__module__}.{model.__name__}", fields

found = {*models(TelegramObject), *models(TelegramMethod)}
built = sum(model.__pydantic_complete__ for model in found)
print(json.dumps({"built": built, "models": dict(map(said, found))}))
"""


def test_every_model_becomes_what_aiogram_makes_of_it() -> None:
    sparing, plain = _says("first_use"), _says("plain")

    assert _without_addresses(sparing["models"]) == _without_addresses(plain["models"])


def test_few_models_are_built_before_they_are_used() -> None:
    sparing = _says("first_use")

    assert sparing["built"] < len(sparing["models"]) / 2


@cache
def _says(way: str) -> dict[str, Any]:
    ran = subprocess.run([sys.executable, "-c", SAYS, way], capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def _without_addresses(models: dict[str, Any]) -> dict[str, Any]:
    """Of a function's repr the address differs in every process."""
    return {
        model: {name: (ADDRESS.sub("", said), needed) for name, (said, needed) in fields.items()}
        for model, fields in models.items()
    }
