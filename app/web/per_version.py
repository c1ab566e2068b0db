"""Values that only the data version decides: computed once, on first use, off the event loop.

It is nobody's request, so it has no request's deadline and is not stopped when one client leaves:
on a slow machine the first reader waits a little, and nobody is told that it takes too long.
"""

import asyncio
import math
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from app.work.ambient import CALLER, DATA, FILTER, SEARCH, TILES, Caller
from app.work.pool import Pool

T = TypeVar("T")
Maker = Callable[[], Coroutine[Any, Any, T]]


WORKERS = 2
WAITING = 100
"""More than there are things to make."""
MOST = 100
"""Things kept at the same time: some are made once for each name the service is asked under."""


class PerVersion:
    """Finished things by name. They live as long as the data version they are made of."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[Any]] = {}
        pool = Pool("made", WORKERS, WAITING, math.inf)
        self._maker = Caller("", never_leaves, dict.fromkeys((DATA, FILTER, SEARCH, TILES), pool))

    def __len__(self) -> int:
        return len(self._tasks)

    async def get(self, name: str, make: Maker[T]) -> T:
        """The thing of a name. Who asks while it is made waits for the same one."""
        task: asyncio.Task[T] | None = self._tasks.pop(name, None)
        if task is None or failed(task):
            context = Context()
            context.run(CALLER.set, self._maker)
            task = asyncio.get_running_loop().create_task(make(), context=context)
        self._tasks[name] = task
        if len(self._tasks) > MOST:
            del self._tasks[next(iter(self._tasks))]  # who waits for it holds it
        return await asyncio.shield(task)


async def never_leaves() -> None:
    """Whoever makes these does not leave."""
    await asyncio.Event().wait()


def failed(task: asyncio.Task[Any]) -> bool:
    """Whether it ended with nothing, so that the next one who asks has it made again."""
    return task.done() and (task.cancelled() or task.exception() is not None)


async def get_per_version(request: Request) -> Any:
    return request.app.state.per_version


PerVersionDep = Annotated[PerVersion, Depends(get_per_version)]
