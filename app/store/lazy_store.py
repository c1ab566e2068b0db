"""A store that is filled when it is first asked: a service starts without what few ask for."""

import threading
from collections.abc import Callable, Sequence

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
from app.work.ambient import DATA, run


class LazyStore:
    """What `make` makes, made once."""

    def __init__(self, version: str, make: Callable[[], Store]) -> None:
        self.version = version
        self._make = make
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

    async def boxes(self, query: Query) -> Sequence[Box]:
        return await (await self._filled()).boxes(query)

    async def extent(self, query: Query) -> Box | None:
        return await (await self._filled()).extent(query)
