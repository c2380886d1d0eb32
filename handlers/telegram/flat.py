"""The chat door's routers as one: an update is not handed from one to the next.

The library wraps an update anew for each router on its way, and has a thread of its own resolve each `F…`.
"""

from collections.abc import Iterable
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import BaseFilter
from aiogram.types import TelegramObject
from aiogram.utils.magic_filter import MagicFilter


class Seen(BaseFilter):
    """What an `F…` asks of an update, asked at once: it only looks at what is there."""

    def __init__(self, asked: MagicFilter) -> None:
        self._asked = asked

    async def __call__(self, event: TelegramObject) -> Any:
        """What it found; nothing, where it does not fit."""
        return self._asked.resolve(event)


def flat(routers: Iterable[Router]) -> Router:
    """One router with the handlers of all, in their order; a filter belongs to a handler, not to a router.

    Raises ValueError for a router with middlewares or routers of its own: those would be lost.
    """
    own = Router(name="desk")
    for router in routers:
        if router.sub_routers or any(map(_is_wrapped, router.observers.values())):
            raise ValueError(f"the router {router.name} is more than its handlers")
        for name, observer in router.observers.items():
            for handler in observer.handlers:
                filters = [_prompt(one) for one in handler.filters or ()]
                own.observers[name].register(handler.callback, *filters, flags=handler.flags)
    return own


def _is_wrapped(observer: TelegramEventObserver) -> bool:
    return bool(len(observer.middleware) or len(observer.outer_middleware))


def _prompt(one: FilterObject) -> Any:
    return Seen(one.magic) if isinstance(one.magic, MagicFilter) else one.callback
