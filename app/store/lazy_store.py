"""A store that is filled when it is first asked: a service starts without what few ask for."""

import threading
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.store.base import (
    ANY,
    Box,
    FacetCounts,
    GridCell,
    Query,
    ResultPage,
    Store,
    Tile,
    TileLayer,
)
from app.store.memory import box_around
from app.work.ambient import DATA, run


class LazyStore:
    """What `make` makes, made once. How many features it has, and where, `bounds` may know
    without them: a box of each, NaN of one that has no place.
    """

    def __init__(
        self,
        version: str,
        make: Callable[[], Store],
        bounds: Callable[[], NDArray[np.float64]] | None = None,
    ) -> None:
        self.version = version
        self._make, self._bounds = make, bounds
        self._made: Store | None = None
        self._making = threading.Lock()

    def _fill(self) -> Store:
        with self._making:
            store: Store = self._made or self._make()
            self._made = store
            return store

    async def _filled(self) -> Store:
        return await run(DATA, self._fill) if self._made is None else self._made

    async def count(self, query: Query) -> int:
        if self._bounds and not query.chooses:
            return len(await run(DATA, self._bounds))
        return await (await self._filled()).count(query)

    async def search(self, query: Query) -> ResultPage:
        return await (await self._filled()).search(query)

    def search_now(self, query: Query) -> ResultPage | None:
        return self._made.search_now(query) if self._made else None

    async def facets(self, query: Query) -> FacetCounts:
        return await (await self._filled()).facets(query)

    async def cells(self, query: Query, size: float) -> Sequence[GridCell]:
        return await (await self._filled()).cells(query, size)

    async def feature(self, id: str, query: Query = ANY) -> bytes | None:
        return await (await self._filled()).feature(id, query)

    def feature_now(self, id: str, query: Query = ANY) -> bytes | None:
        return self._made.feature_now(id, query) if self._made else None

    async def tile(self, layers: tuple[TileLayer, ...], tile: Tile, lang: str = "") -> bytes:
        return await (await self._filled()).tile(layers, tile, lang)

    def tile_now(self, layers: tuple[TileLayer, ...], tile: Tile, lang: str = "") -> bytes | None:
        return self._made.tile_now(layers, tile, lang) if self._made else None

    async def extent(self, query: Query, beyond: Box | None = None) -> Box | None:
        if self._bounds and not query.chooses:
            return box_around(await run(DATA, self._bounds), beyond)
        return await (await self._filled()).extent(query, beyond)
