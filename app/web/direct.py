"""Answers made of bytes that are kept, without the routes: one item, and a page of items.

They are what the routes answer, byte for byte: links, tags and headers are made by the same
functions, once, with a mark in the place of what each request has of its own. Whatever asks for
more than this goes the routes' way, and so does what is wrong: there it is said why.
"""

import contextlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

import orjson
from fastapi import Request
from starlette.types import Scope

from app.catalog.collections import Collection
from app.domain.errors import PlanmapError, RequestError
from app.domain.projections import CRS84
from app.domain.text.languages import tag_of
from app.store.base import Query
from app.web.api.links import (
    collection_links,
    item_links,
    own_links,
    own_url,
    page_links,
    with_query,
)
from app.web.api.writers import FEATURE_FORMATS, ITEM_FORMATS
from app.web.dependencies import Service, known_once, language
from app.web.direct_tiles import DirectTiles, TileAnswer
from app.web.http.conditions import http_date
from app.web.http.encodings import ENCODERS, etag_of
from app.web.http.headers import OURS, missing_headers
from app.web.http.representations import GEOJSON, negotiated
from app.web.http.responses import (
    LARGE,
    LEAST_COMPRESSED,
    REVALIDATE,
    VARY,
    EncodedBodies,
    accepted_encoding,
)
from app.web.middleware.ready_store import Key, ReadyAnswer
from app.web.params.decoding import read_query
from app.web.params.parameters import numbers
from app.web.params.queries import ItemsRequest, filters_of, item_names, items_request

Headers = tuple[tuple[bytes, bytes], ...]
K = TypeVar("K")
V = TypeVar("V")

PATH = re.compile(r"/api/collections/([\w.~-]+)/items(?:/([\w.~-]+))?", re.ASCII)
PLAIN = frozenset((
    "bbox", "limit", "offset", "layer", "county", "category", "status", "precision", "term",
    "filter", "filter-lang",
))  # fmt: skip
"""Parameters by which a page is found at once."""
EACH_ITS_OWN = ("bbox", "filter", "filter-lang")
"""Those that are read each time: hardly anybody asks for the same again."""
AS_WRITTEN = re.compile(rb"[a-z-]+=[\w.~,:-]*(?:&[a-z-]+=[\w.~,:-]*)*", re.ASCII)
"""A query that a link has as it was sent."""
LINK_TYPE = GEOJSON.link_type
MARK = "eachrequestsown"
MOST = 1000
"""Things kept of what requests share: links of a collection, choices that are asked for again."""
AT_ONCE = 1_000_000
"""Bytes that are joined while others wait."""


class Wish(NamedTuple):
    """What a client prefers, as far as it decides an answer."""

    lang: str
    encoding: str


@dataclass(frozen=True, slots=True)
class CommonLinks:
    """What all answers of one kind have, of one collection, under one name of the service."""

    query: Query
    url: str
    """Of all items, or of the mark in the place of one."""
    own: list[bytes]
    """The links to the answer itself, around what each request has of its own."""
    rest: bytes
    """The links that follow, where they are always the same."""


class DirectAnswers:
    """The answers of a service. It holds little, and nothing of any one answer."""

    def __init__(self, service: Service, modified: datetime, encoded: EncodedBodies) -> None:
        self._service, self._modified = service, modified
        self._tiles = DirectTiles(service, encoded)
        self._wishes: dict[str, Wish | None] = {}
        self._shared: dict[tuple[object, ...], CommonLinks] = {}
        self._asked: dict[tuple[object, ...], ItemsRequest] = {}
        self._fixed: dict[Wish, tuple[Headers, bytes]] = {}

    def look(self, scope: Scope, path: str, key: Key) -> ReadyAnswer | None:
        """The answer to a plain request for `path`; None for any other, and for what is wrong."""
        try:
            return self._look(scope, path, key)
        except RequestError:
            return None

    def _look(self, scope: Scope, path: str, key: Key) -> ReadyAnswer | None:
        if "/tiles/" in path:
            return self._tile(self._tiles.look(scope, path, key[-1]))
        match = PATH.fullmatch(path)
        collection = self._service.collections.get(match[1]) if match else None
        if not match or not collection or (match[2] and scope["query_string"]):
            return None
        wish = self._wish(scope, key[-1])
        if wish is None:
            return None
        if match[2]:
            return self._item(scope, collection, match[2], wish)
        return self._page(scope, collection, wish)

    async def make(self, scope: Scope, path: str, key: Key) -> ReadyAnswer | None:
        """The same for what can be made here, off the event loop: a tile. What fails is told by
        its route.
        """
        with contextlib.suppress(PlanmapError):
            if "/tiles/" in path:
                return self._tile(await self._tiles.make(scope, path, key[-1]))
        return None

    def _tile(self, tile: TileAnswer | None) -> ReadyAnswer | None:
        if tile is None:
            return None
        pairs = tile.headers
        if tile.tag:
            pairs = (
                ("ETag", tile.tag), ("Last-Modified", http_date(self._modified)),
                ("Content-Length", str(len(tile.body))), *pairs,
            )  # fmt: skip
        headers = tuple((name.lower().encode(), value.encode("latin-1")) for name, value in pairs)
        status = 200 if tile.tag else 204
        return ReadyAnswer(status, headers, lines_of(headers), tile.body, tile.tag, math.inf)

    def _wish(self, scope: Scope, preferences: str) -> Wish | None:
        """What a client prefers; None where that is another format."""
        if preferences not in self._wishes:
            made = None
            with contextlib.suppress(RequestError):
                request = Request({**scope, "query_string": b"", "state": {}})
                if negotiated(request, "", ITEM_FORMATS) is GEOJSON:
                    made = Wish(language(request, self._service), accepted_encoding(request))
            bounded(self._wishes)[preferences] = made
        return self._wishes[preferences]

    def _item(
        self, scope: Scope, collection: Collection, id: str, wish: Wish
    ) -> ReadyAnswer | None:
        shared = self._shared_of(scope, collection, wish, item=True)
        text = collection.store.feature_now(id, shared.query)
        if text is None:
            return None
        links = id.encode().join(shared.own)
        body = b"".join((text[:-1], b',"links":[', links, b"]}"))
        return self._answer(body, etag_of(body, ""), wish, ())

    def _page(self, scope: Scope, collection: Collection, wish: Wish) -> ReadyAnswer | None:
        pairs = read_query(scope["query_string"])
        values = dict(pairs)
        if not values or len(values) < len(pairs) or not values.keys() <= PLAIN:
            return None
        query = self._query_of(collection, values)
        page = collection.store.search_now(query)
        if page is None or page.features.is_larger(AT_ONCE):
            return None
        shared = self._shared_of(scope, collection, wish, item=False)
        asked = scope["query_string"]
        if not AS_WRITTEN.fullmatch(asked):
            asked = with_query("", values)[1:].encode()
        links = [asked.join(shared.own), shared.rest]
        if more := page_links(shared.url, values, LINK_TYPE, query, page):
            links.insert(1, orjson.dumps(more)[1:-1])
        matched, returned = (b"%d" % count for count in (page.matched, len(page.features)))
        head = b"".join((
            b'{"type":"FeatureCollection","numberMatched":', matched, b',"numberReturned":',
            returned, b',"links":[', b",".join(links), b'],"features":[',
        ))  # fmt: skip
        tag = etag_of(head + page.features.digest(), "")
        body = b"".join((head, *page.features.pieces(), b"]}"))
        return self._answer(
            body, tag, wish, ((b"ogc-numbermatched", matched), (b"ogc-numberreturned", returned))
        )

    def _query_of(self, collection: Collection, values: Mapping[str, str]) -> Query:
        """What the values ask for; what is beside the box is read once. Raises RequestError."""
        rest = {name: text for name, text in values.items() if name not in EACH_ITS_OWN}
        key = (collection.id, *rest.items())
        asked = self._asked.get(key)
        if asked is None:
            known = known_once(rest.items(), item_names(collection))
            asked = items_request(self._service, collection, known, unpaged=False)
            bounded(self._asked)[key] = asked
        query, filters = asked.query, asked.query.filters
        if len(rest) == len(values):
            return query
        box = CRS84.box(numbers("bbox", values["bbox"])) if "bbox" in values else None
        if len(rest) < len(values) - (box is not None):
            filters = filters_of(self._service, collection, values)
        return query.changed(bbox=box, filters=filters, stop_at_unlocated=False)

    def _shared_of(
        self, scope: Scope, collection: Collection, wish: Wish, *, item: bool
    ) -> CommonLinks:
        host = dict(scope["headers"])[b"host"]
        root = scope.get("root_path", "")
        key = (scope["scheme"], host, root, collection.id, wish.lang, item)
        links = self._shared.get(key)
        if links is None:
            path = f"{root}/api/collections/{collection.id}/items"
            mark = f"{MARK}={MARK}"
            changed = (
                {"path": f"{path}/{MARK}", "query_string": b""}
                if item
                else {"path": path, "query_string": mark.encode()}
            )
            request = Request({**scope, **changed})
            formats, languages = (
                FEATURE_FORMATS if item else ITEM_FORMATS, self._service.words.languages
            )  # fmt: skip
            own = own_links(request, GEOJSON, formats, wish.lang, languages)
            rest = collection_links(request, collection)
            if item:
                own, rest = [*own, *item_links(request, collection, MARK)], []
            cut = orjson.dumps(own)[1:-1].split((MARK if item else mark).encode())
            links = CommonLinks(collection.query, own_url(request), cut, orjson.dumps(rest)[1:-1])
            bounded(self._shared)[key] = links
        return links

    def _answer(self, body: bytes, tag: str, wish: Wish, more: Headers) -> ReadyAnswer | None:
        """The answer, packed as the client likes; None where packing it would hold up others."""
        if wish.encoding and len(body) >= LEAST_COMPRESSED:
            if len(body) >= LARGE:
                return None
            body, tag = ENCODERS[wish.encoding](body), f'{tag[:-1]}-{wish.encoding}"'
            more = (*more, (b"content-encoding", wish.encoding.encode()))
        own = ((b"etag", tag.encode()), (b"content-length", b"%d" % len(body)), *more)
        fixed, fixed_lines = self._fixed_headers(wish)
        return ReadyAnswer(200, (*own, *fixed), lines_of(own) + fixed_lines, body, tag, math.inf)

    def _fixed_headers(self, wish: Wish) -> tuple[Headers, bytes]:
        """The headers that all answers have, and their lines."""
        fixed = self._fixed.get(wish)
        if fixed is None:
            pairs = [
                ("last-modified", http_date(self._modified)), ("cache-control", REVALIDATE),
                ("vary", VARY), ("content-language", tag_of(wish.lang)),
                ("content-crs", f"<{CRS84.uri}>"), ("content-type", GEOJSON.media_type),
                *missing_headers("/api", GEOJSON.media_type, OURS),
            ]  # fmt: skip
            headers = tuple(
                (name.lower().encode(), value.encode("latin-1")) for name, value in pairs
            )
            fixed = self._fixed[wish] = headers, lines_of(headers)
        return fixed


def lines_of(headers: Headers) -> bytes:
    """Headers as they are sent."""
    return b"".join([b"%s: %s\r\n" % pair for pair in headers])


def bounded(kept: dict[K, V]) -> dict[K, V]:
    """The same, with room for one more."""
    if len(kept) >= MOST:
        kept.clear()
    return kept
