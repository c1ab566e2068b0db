"""Tiles that are made already, answered without the routes, byte for byte as they answer.

Whatever asks for more than a tile goes the routes' way, and so does what is wrong.
"""

import re
from typing import NamedTuple

from fastapi import Request
from starlette.types import Scope

from app.domain.errors import RequestError
from app.store.base import Store
from app.store.tiles import ZOOM_MOST, Tile, TileLayer
from app.web.api.tilesets import (
    GRID,
    SMALL,
    cache_of,
    is_within,
    layers_of,
    names_lang,
    tile_layers,
)
from app.web.dependencies import Service
from app.web.http.encodings import ENCODERS, etag_of, is_compressible
from app.web.http.headers import OURS, missing_headers
from app.web.http.representations import MVT, negotiated
from app.web.http.responses import (
    LEAST_COMPRESSED,
    VARY,
    EncodedBodies,
    accepted_encoding,
)
from app.web.params.decoding import read_query

TILE_PATH = re.compile(
    rf"/api(?:/collections/([\w.~-]+))?/tiles/{GRID}/(\d{{1,2}})/(\d{{1,5}})/(\d{{1,5}})", re.ASCII
)
PLAIN = frozenset(("f", "v", "lang"))
MOST = 1000
"""Preferences that are remembered."""


class TileAnswer(NamedTuple):
    """What is said of a tile, beside what all answers have; of an empty one there is no tag."""

    body: bytes
    tag: str
    headers: tuple[tuple[str, str], ...]


class TileWish(NamedTuple):
    """A plain request for a tile of a tile set."""

    store: Store
    layers: tuple[TileLayer, ...]
    tile: Tile
    encoding: str
    version: str
    lang: str


class DirectTiles:
    """The tiles of a service that need not be made."""

    def __init__(self, service: Service, encoded: EncodedBodies) -> None:
        self._service, self._encoded = service, encoded
        self._layers = {one: tile_layers([found]) for one, found in service.collections.items()}
        self._whole = tile_layers(layers_of(service))
        self._encodings: dict[tuple[str, str], str | None] = {}
        self._guards = tuple(missing_headers("/api", MVT.media_type, OURS))

    def look(self, scope: Scope, path: str, preferences: str) -> TileAnswer | None:
        """The answer to a plain request for a tile that is there; None for any other."""
        wish = self._wish(scope, path, preferences)
        body = wish and wish.store.tile_now(wish.layers, wish.tile, wish.lang)
        return self._answer(body, wish) if wish and body is not None else None

    async def make(self, scope: Scope, path: str, preferences: str) -> TileAnswer | None:
        """The same of a tile that is not there yet: it is made, off the event loop."""
        wish = self._wish(scope, path, preferences)
        if not wish:
            return None
        return self._answer(await wish.store.tile(wish.layers, wish.tile, wish.lang), wish)

    def _wish(self, scope: Scope, path: str, preferences: str) -> TileWish | None:
        match = TILE_PATH.fullmatch(path)
        if not match:
            return None
        id, zoom, row, column = match[1] or "", *map(int, match.groups()[1:])
        values = dict(pairs := read_query(scope["query_string"]))
        if len(values) < len(pairs) or not values.keys() <= PLAIN or zoom > ZOOM_MOST:
            return None
        encoding = self._encoding(scope, preferences, values.get("f", ""))
        tile, extents = Tile(zoom, row, column), self._service.tile_extents
        if encoding is None or id not in extents or not is_within(tile, extents[id]):
            return None
        layers = self._layers.get(id) if id else self._whole
        store = self._service.collections[id].store if id else self._service.store
        lang = values.get("lang", "")
        if not layers or lang not in ("", *self._service.words.languages):
            return None
        lang = names_lang(self._service, lang)
        return TileWish(store, layers, tile, encoding, values.get("v", ""), lang)

    def _answer(self, body: bytes, wish: TileWish) -> TileAnswer | None:
        """The answer, packed as the client likes; None where that would hold up others."""
        cache = ("Cache-Control", cache_of(self._service, wish.version))
        if not body:
            return TileAnswer(b"", "", (cache, *self._guards))
        encoding = wish.encoding if len(body) >= LEAST_COMPRESSED else ""
        tag = etag_of(body, encoding)
        packed: tuple[tuple[str, str], ...] = ()
        if encoding:
            if len(body) >= SMALL and tag not in self._encoded:
                return None
            plain, pack = body, ENCODERS[encoding]
            body = self._encoded.get(tag, lambda: pack(plain))
            packed = (("Content-Encoding", encoding),)
        headers = (
            cache, ("Vary", VARY), ("Content-Type", MVT.media_type), *packed, *self._guards,
        )  # fmt: skip
        return TileAnswer(body, tag, headers)

    def _encoding(self, scope: Scope, preferences: str, format: str) -> str | None:
        """How a client likes a tile packed; None where it wants something else."""
        key = preferences, format
        if key not in self._encodings:
            request = Request({**scope, "query_string": b"", "state": {}})
            if len(self._encodings) >= MOST:
                self._encodings.clear()
            try:
                negotiated(request, format, (MVT,))
                packed = is_compressible(MVT.media_type)
                self._encodings[key] = accepted_encoding(request) if packed else ""
            except RequestError:
                self._encodings[key] = None
        return self._encodings[key]
