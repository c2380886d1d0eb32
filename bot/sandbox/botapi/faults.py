"""Faults on demand: the ways in which Telegram and the network between let a bot down."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from bot.sandbox.botapi import limits
from bot.sandbox.botapi.updates import Updates


class Fault(StrEnum):
    """What happened to a call, as counted in `Faults.hits`."""

    DOWN = "down"
    FLOOD = "flood"
    SERVER_ERROR = "server_error"
    SLOW = "slow"
    HELD = "held"  # took effect, but the answer does not come before the client gives up
    LOST = "lost"  # took effect, but the connection breaks before the answer


@dataclass(slots=True)
class Order:
    """A fault that was asked for; `times` None means until cleared."""

    fault: Fault
    times: int | None
    method: str | None = None
    chat_id: int | None = None
    number: int = 0

    def concerns(self, method: str, chat_id: int) -> bool:
        right_method = self.method is None or self.method.lower() == method.lower()
        return self.times != 0 and right_method and self.chat_id in {None, chat_id}

    def spend(self) -> None:
        if self.times is not None:
            self.times -= 1


class Faults:
    """Switches for a test or the page. getUpdates is only met by `down`, `slow` and faults that name it."""

    def __init__(self, updates: Updates) -> None:
        self.hits: Counter[Fault] = Counter()
        self.slow: float = 0.0
        self._down = False
        self._orders: list[Order] = []
        self._updates = updates

    @property
    def down(self) -> bool:
        """Every call is answered 502, a poll under way too."""
        return self._down

    @down.setter
    def down(self, down: bool) -> None:
        self._down = down
        if down:
            self._updates.interrupt(limits.ApiError(502, limits.BAD_GATEWAY))

    def flood(self, retry_after: int, *, chat_id: int | None = None, times: int | None = 1) -> None:
        """Answer 429 with `retry_after` seconds: to sends into one chat, or to all."""
        self._orders.append(Order(Fault.FLOOD, times, chat_id=chat_id, number=retry_after))

    def server_error(self, times: int | None = 1, *, method: str | None = None, code: int = 500) -> None:
        """Answer with a 5xx, before anything took effect."""
        self._orders.append(Order(Fault.SERVER_ERROR, times, method=method, number=code))

    def hold_answer(self, times: int | None = 1, *, method: str | None = None) -> None:
        """Let the call take effect and never answer, so that the client times out."""
        self._orders.append(Order(Fault.HELD, times, method=method))

    def lose_answer(self, times: int | None = 1, *, method: str | None = None) -> None:
        """Let the call take effect and break the connection."""
        self._orders.append(Order(Fault.LOST, times, method=method))

    def clear(self) -> None:
        """Everything works again; what was counted stays."""
        self.down, self.slow = False, 0.0
        self._orders.clear()

    def before(self, method: str, chat_id: int) -> None:
        """Raise ApiError if the call is to fail before it takes effect."""
        if self._down:
            self.hits[Fault.DOWN] += 1
            raise limits.ApiError(502, limits.BAD_GATEWAY)
        order = self._next(method, chat_id, {Fault.FLOOD, Fault.SERVER_ERROR})
        if order is None:
            return
        if order.fault is Fault.FLOOD:
            raise limits.flooded(order.number)
        raise limits.ApiError(
            order.number, "Internal Server Error" if order.number == 500 else limits.BAD_GATEWAY
        )

    def after(self, method: str, chat_id: int) -> Fault | None:
        """HELD or LOST if the answer of a call that took effect is not to arrive."""
        order = self._next(method, chat_id, {Fault.HELD, Fault.LOST})
        return None if order is None else order.fault

    def _next(self, method: str, chat_id: int, kinds: set[Fault]) -> Order | None:
        for order in self._orders:
            polls = method.lower() == "getupdates" and order.method is None
            if order.fault in kinds and not polls and order.concerns(method, chat_id):
                order.spend()
                self.hits[order.fault] += 1
                return order
        return None
