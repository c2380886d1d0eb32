"""Tasks that die at a chosen await, as a killed process would, but leave the test's loop alive."""

import asyncio
from collections.abc import Coroutine, Generator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Life:
    """How many steps a group of tasks may take together; `names` tells which tasks belong to it."""

    names: tuple[str, ...]
    lasts: int
    steps: int = 0
    tasks: dict[asyncio.Task[Any], Coroutine[Any, Any, Any]] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        return self.steps >= self.lasts

    def factory(
        self, loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **more: Any
    ) -> asyncio.Task[Any]:
        """The loop's task factory while this life lasts."""
        if work.__qualname__ not in self.names:
            return asyncio.Task(work, loop=loop, **more)
        task: asyncio.Task[Any] = asyncio.Task(Mortal(work, self), loop=loop, **more)
        self.tasks[task] = work
        return task

    async def ends(self) -> None:
        """Let what is left of the tasks go."""
        while alive := [task for task in self.tasks if not task.done()]:
            for task in alive:
                task.cancel()
            await asyncio.sleep(0)
        for work in self.tasks.values():
            work.close()  # some never began


class Mortal(Coroutine[Any, Any, Any]):
    """The work, step by step; from the last step on, every await is cancelled as it begins."""

    def __init__(self, work: Coroutine[Any, Any, Any], life: Life) -> None:
        self._work = work
        self._life = life

    def send(self, value: Any) -> Any:
        return self._lived(self._work.send(value))

    def throw(self, *error: Any) -> Any:
        return self._lived(self._work.throw(*error))

    def close(self) -> None:
        self._work.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._work.__await__()

    def _lived(self, waited: Any) -> Any:
        self._life.steps += 1
        task = asyncio.current_task()
        if self._life.is_over and task is not None:
            task.cancel()
        return waited
