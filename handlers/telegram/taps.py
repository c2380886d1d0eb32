"""Recognising our buttons."""

from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery

from handlers.text.screens import Tap, Verb, read_tap


class Tapped(BaseFilter):
    """A whole button of ours with this verb; gives the handler its `tap`."""

    def __init__(self, verb: Verb) -> None:
        self._verb = verb

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Tap]:
        """Let the tap in, read."""
        tap = read_tap(query.data or "")
        return {"tap": tap} if tap is not None and tap.verb is self._verb else False
