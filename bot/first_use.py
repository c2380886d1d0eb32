"""aiogram without its largest cost: its models are built when they are first used.

aiogram declares `defer_build` for its models and then builds all four hundred of them while it is imported,
most of them with everything that a message can hold inside: two seconds of processor time and a hundred
megabytes. The program uses some forty.
"""

import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pydantic import BaseModel

LIBRARY: Final = "aiogram"
BUILD: Final = "model_rebuild"
WHOLE: Final = "Message"
"""What most others contain: built once, and not again inside each of them."""
NAME: Final = re.compile(r"\w+")


def load() -> None:
    """Import aiogram so: to be called before anything else imports it, or else nothing is gained.

    Every model can be built afterwards as if aiogram had done it, from wherever it is used.
    """
    if LIBRARY in sys.modules:
        return
    from pydantic import BaseModel  # the sandbox imports this module before its page stands

    waiting: list[type[BaseModel]] = []
    names: dict[str, Any] = {}

    def later(
        cls: type[BaseModel], /, *, _types_namespace: dict[str, Any] | None = None, **_: object
    ) -> None:
        waiting.append(cls)
        names.update(_types_namespace or {})

    builds = BaseModel.__dict__[BUILD]
    setattr(BaseModel, BUILD, classmethod(later))
    try:
        import_module(LIBRARY)
    finally:
        setattr(BaseModel, BUILD, builds)
    for model in waiting:
        _name(model, names)
    names[WHOLE].model_rebuild()


def _name(model: "type[BaseModel]", names: dict[str, Any]) -> None:
    """Let the model's module know what its annotations speak of, which it imports for type checkers only."""
    module = vars(sys.modules[model.__module__])
    for kind in model.__mro__:
        for said in vars(kind).get("__annotations__", {}).values():
            module.update((name, names[name]) for name in NAME.findall(str(said)) if name in names)
