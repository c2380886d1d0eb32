"""Bot API objects held against the public schema (`botapi-schema.json`, its licence inside)."""

import json
from pathlib import Path
from typing import Any

SCHEMA = json.loads(Path(__file__).with_name("botapi-schema.json").read_text("utf-8"))
PLAIN = {"Integer": int, "String": str, "Boolean": bool, "Float": float, "InputFile": object}


def answer_problems(method: str, result: object) -> list[str]:
    """What is wrong with the result of a method; empty if nothing is."""
    return _one_of(result, SCHEMA["methods"][method]["returns"], method)


def call_problems(method: str, parameters: dict[str, Any]) -> list[str]:
    """What is wrong with a call: parameters that are unknown, missing, or JSON of another shape."""
    known = SCHEMA["methods"][method]["parameters"]
    unknown = [f"{method}.{name}: unknown" for name in parameters if name not in known]
    missing = [
        f"{method}.{name}: missing" for name in known if known[name]["required"] and name not in parameters
    ]
    nested = [
        problem
        for name, value in parameters.items()
        if name in known and isinstance(value, dict | list)
        for problem in _one_of(value, known[name]["types"], f"{method}.{name}")
    ]
    return unknown + missing + nested


def object_problems(value: object, kind: str, where: str = "") -> list[str]:
    """What is wrong with a value that should be of a type of the schema."""
    where = where or kind
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where}: not an array"]
        inner = kind.removeprefix("Array of ")
        return [p for i, item in enumerate(value) for p in object_problems(item, inner, f"{where}[{i}]")]
    if kind in PLAIN:
        fits = isinstance(value, PLAIN[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return [] if fits else [f"{where}: {value!r} is no {kind}"]
    if kind not in SCHEMA["types"]:
        return [f"{where}: the schema was trimmed of {kind}"]
    variants = SCHEMA["types"][kind].get("one_of")
    return _one_of(value, variants, where) if variants else _field_problems(value, kind, where)


def _field_problems(value: object, kind: str, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: {value!r} is no {kind}"]
    fields = SCHEMA["types"][kind]["fields"]
    problems = [f"{where}.{name}: unknown" for name in value if name not in fields]
    problems += [
        f"{where}.{name}: missing" for name in fields if fields[name]["required"] and name not in value
    ]
    for name in fields.keys() & value.keys():
        problems += _one_of(value[name], fields[name]["types"], f"{where}.{name}")
    return problems


def _one_of(value: object, kinds: list[str], where: str) -> list[str]:
    """The complaints of the type that fits best."""
    return min((object_problems(value, kind, where) for kind in kinds), key=len)
