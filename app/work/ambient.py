"""The pools and the client of the current request, so that callers need not pass them on.

`await run(function, …)` does it off the event loop, in the request's pool of that name; `check()`
between the steps of it ends it in time. Without a request, as in a test or a command, both just
work: a thread, and no deadline.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, ParamSpec, TypeVar

from app.domain.errors import Overloaded, TookTooLong
from app.work.job import CURRENT
from app.work.once import Once
from app.work.pool import Pool

P = ParamSpec("P")
R = TypeVar("R")

DATA, FILTER, SEARCH, TILES = "data", "filter", "search", "tiles"
"""The pools there are: answers are written, a client's expressions evaluated, items searched and
sorted, tiles made. What is short never waits behind what may be long."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, how it is noticed that he left, and the pools that work for him."""

    client: str
    gone: Callable[[], Awaitable[None]]
    """Returns when he has left."""
    pools: Mapping[str, Pool]


CALLER: ContextVar[Caller | None] = ContextVar("caller", default=None)


def check() -> None:
    """Between two steps of long work: go on, or raise."""
    job = CURRENT.get()
    if job is not None:
        job.check()


async def waited(name: str, once: Once[R]) -> R:
    """What is made once for all who ask. Nobody holds a thread of the pool of that name meanwhile,
    nor waits longer than its work may take: it is made all the same, for who asks again.

    Raises TookTooLong.
    """
    future = once.future()
    caller = CALLER.get()
    seconds = None if caller is None else caller.pools[name].seconds
    if not future.done():
        answer = asyncio.wrap_future(future)
        answer.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.wait((answer,), timeout=seconds)
    if seconds is not None and not future.done():
        raise TookTooLong(seconds, once.name, "it is made once for all; ask again in a moment")
    return future.result()


async def run(name: str, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """The result of a call, made in the pool of that name as long as the client is there.

    Raises Overloaded where too many wait or nobody does, TookTooLong past the deadline.
    """
    caller = CALLER.get()
    call = partial(function, *args, **kwargs)
    if caller is None:
        return await asyncio.to_thread(call)
    pool = caller.pools[name]
    job = pool.submit(caller.client, call)
    answer: asyncio.Future[R] = asyncio.wrap_future(job.future)
    leaving: asyncio.Future[None] = asyncio.ensure_future(caller.gone())
    either: set[asyncio.Future[Any]] = {answer, leaving}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        raise Overloaded("request", "nobody waits for it any more")
    finally:
        leaving.cancel()
        if not answer.done():
            answer.add_done_callback(lambda done: done.cancelled() or done.exception())
            pool.withdraw(caller.client, job)
