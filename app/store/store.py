"""The contract of a store: what may be asked, and what comes back.

Feature bytes are compact GeoJSON (WGS 84, lng lat), made once, so that an answer is a join.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees. West > east crosses the antimeridian."""

CITY, OUTSIDE = "city", "outside"
"""County values for city-wide items and for items outside the city."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is wanted; an empty tuple means any, several values mean or, fields mean and."""

    layers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    """Six-digit codes, CITY, OUTSIDE."""
    statuses: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    """Lower-case; each must be part of the item's search text."""
    bbox: Box | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """How many match, and the feature bytes of this page in plan order."""

    matched: int
    features: Sequence[bytes]


class Store(Protocol):
    """Every store keeps this contract; every test of it runs against each store."""

    version: str
    """Changes exactly when the data does."""

    async def count(self, query: Query) -> int:
        """How many features match, whatever limit and offset say."""
        ...

    async def search(self, query: Query) -> Page:
        """The features that match, in plan order."""
        ...

    async def feature(self, layer: str, id: str) -> bytes | None:
        """One feature, or None."""
        ...

    async def extent(self, layers: tuple[str, ...]) -> Box | None:
        """The box around all geometries of some layers, or None where there are none."""
        ...
