"""The contract of a store: what may be asked, and what comes back.

Feature bytes are compact GeoJSON (WGS 84, lng lat), made once, so that an answer is a join.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import orjson

from app.domain.models import Position
from app.domain.projections import CRS84, Box, Projection
from app.store.bodies import AnswerShape, Texts
from app.store.tiles import Tile, TileLayer
from app.work import check

__all__ = [
    "ANY",
    "CITY",
    "OUTSIDE",
    "Box",
    "FacetCounts",
    "Filter",
    "GridCell",
    "Order",
    "Query",
    "ResultPage",
    "Store",
    "Tile",
    "TileLayer",
]

CITY, OUTSIDE = "city", "outside"
"""County values for city-wide items and for items outside the city."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A CQL2 expression, as CQL2 JSON writes it; its geometries are in `projection`."""

    expression: Any
    projection: Projection = CRS84


@dataclass(frozen=True, slots=True)
class Order:
    """Sort by a property; rows without it come last either way."""

    property: str
    descending: bool = False
    values: tuple[str, ...] = ()
    """Of a closed list, in its order; without them by what the values are."""


@dataclass(frozen=True)
class Query:
    """What is wanted; an empty tuple means any, several values mean or, fields mean and."""

    layers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    """Six-digit codes, CITY, OUTSIDE."""
    statuses: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """Words of list fields: industries, products, stops."""
    doubts: tuple[str, ...] = ()
    """What may be doubted of an item (app/domain/doubts.py)."""
    ids: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    """Ids of items that are left out, whatever else holds of them."""
    tokens: tuple[str, ...] = ()
    """Lower-case; each must be part of the item's search text."""
    families: tuple[str, ...] = ()
    """Kinds of geometry (app/store/geometry_families.py)."""
    bbox: Box | None = None
    """West > east crosses the antimeridian."""
    sites: tuple[tuple[str, float], ...] = ()
    """Kinds of places and km: only items whose `access` says that the nearest is so near; those
    whose distances are the smallest shares of what they may be come first."""
    near: tuple[str | Position, float] | None = None
    """An item's id or a position, and km: only items that lie so near (app/store/proximity.py)."""
    within: Box | None = None
    """Like bbox, but county-wide items do not count as seen: they are everywhere."""
    everywhere: bool = False
    """Only items known by their counties alone."""
    filters: tuple[Filter, ...] = ()
    """All must be true."""
    order: tuple[Order, ...] = ()
    """Plan order where this leaves a tie; where it is empty too, but what is near stands nearest
    first."""
    by_layer: bool = False
    """Whether plan order is kept within each layer only, as a list has its groups."""
    limit: int | None = None
    offset: int = 0
    stop_at_unlocated: bool = False
    """Whether the page ends where the features without a place begin."""
    cost_most: int | None = None
    """What the filters may cost together (app/store/cql/cost.py), of 100,000 features or fewer; in
    proportion of more; no bound without it."""
    shape: AnswerShape | None = None
    """What every feature of the answer has, whatever it says; without it, what was built."""

    def changed(self, **fields: Any) -> "Query":
        """The same but for some fields: what `dataclasses.replace` makes, with a tenth of its work,
        as each box that is asked for needs one.
        """
        query = object.__new__(Query)
        query.__dict__.update(self.__dict__, **fields)
        query.__dict__.pop("chooses", None)
        return query

    @cached_property
    def chooses(self) -> bool:
        """Whether a feature may be left out, wherever it stands and however many are asked for."""
        return self.changed(
            order=(), by_layer=False, limit=None, offset=0, stop_at_unlocated=False,
            cost_most=None, shape=None,
        ) != ANY  # fmt: skip


ANY = Query()


@dataclass(frozen=True, slots=True)
class ResultPage:
    """How many match, and the feature bytes of this page in order."""

    matched: int
    features: Texts

    def parsed(self) -> Iterator[dict[str, Any]]:
        """The features one at a time, while there is time for the work that asks."""
        for feature in self.features:
            check()
            yield orjson.loads(feature)


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """How many match, and how many a further choice would show: of each facet the values, among
    what the other facets leave.
    """

    matched: int
    values: Mapping[str, Mapping[str, int]]
    """By what the view calls a facet: layer, county, category, status, precision, term, doubt."""
    categories: Mapping[str, int]
    """`layer:category` → how many, given every other facet."""
    statuses: Mapping[str, int]
    """`layer:status` → how many match."""
    layers: Mapping[str, int]
    """Layer → how many match, in the order of a list."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """What lies in a square of the map: where its middle is, and how many of each layer."""

    lng: float
    lat: float
    layers: Mapping[str, int]


class Store(Protocol):
    """Every store keeps this contract; every test of it runs against each store."""

    version: str
    """Changes exactly when the data does."""

    async def count(self, query: Query) -> int:
        """How many features match, whatever limit and offset say."""
        ...

    async def search(self, query: Query) -> ResultPage:
        """The features that match. Raises BadValue for a filter or order that makes no
        sense, TooCostly for filters that would cost more than the query allows.
        """
        ...

    def search_now(self, query: Query) -> ResultPage | None:
        """The same at once; None where it may take so long that others would wait."""
        ...

    async def facets(self, query: Query) -> FacetCounts:
        """How many match, and how many would if more or less were chosen."""
        ...

    async def cells(self, query: Query, size: float) -> Sequence[GridCell]:
        """Where the matching features lie, counted in squares of so many degrees."""
        ...

    async def feature(self, id: str, query: Query = ANY) -> bytes | None:
        """One feature, or None where it is none of those the query means."""
        ...

    def feature_now(self, id: str, query: Query = ANY) -> bytes | None:
        """The same at once; None too where it would take long."""
        ...

    async def tile(self, layers: tuple[TileLayer, ...], tile: Tile, lang: str = "") -> bytes:
        """An MVT tile of these layers, its names in a language; of those that are empty no
        bytes.
        """
        ...

    def tile_now(self, layers: tuple[TileLayer, ...], tile: Tile, lang: str = "") -> bytes | None:
        """The same at once; None where it is not made yet."""
        ...

    async def extent(self, query: Query, beyond: Box | None = None) -> Box | None:
        """The box around all geometries that match, or None where there are none; around those
        alone that do not lie within a box.
        """
        ...
