"""What only the data decides: made at the first request for it, for all, off the event loop."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from app.work.ambient import DATA, run

T = TypeVar("T")


class Made:
    """Finished things by name. They live as long as the data version they are made of."""

    def __init__(self) -> None:
        self._held: dict[str, Any] = {}
        self._making: dict[str, asyncio.Lock] = {}

    async def get(self, name: str, make: Callable[[], T]) -> T:
        """The thing of a name. Who asks while it is made waits for the same one."""
        if name not in self._held:
            async with self._making.setdefault(name, asyncio.Lock()):
                if name not in self._held:
                    self._held[name] = await run(DATA, make)
        found: T = self._held[name]
        return found


async def get_made(request: Request) -> Any:
    return request.app.state.made


MadeDep = Annotated[Made, Depends(get_made)]
