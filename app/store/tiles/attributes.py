"""Attributes of tile features: few at low zooms; for styles and labels at high zooms.

A zoom says the same in every tile, so that an item is alike on both sides of an edge.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.domain.text.cleaning import LIST_SEPARATOR
from app.store.tiles.grid import Floats, Ints
from app.store.tiles.mvt import Tags, value_bytes

Feature = Mapping[str, Any]

NEAR_ZOOM = 12
TEXT_PROPERTIES = (str, int, float, bool)


class Detail(NamedTuple):
    """Which properties are said, from which zoom on, and to how many items a tile at most."""

    names: tuple[str, ...]
    zoom: int
    items: float


STYLED = ("id", "code", "layer", "category", "kind", "status", "precision", "scope")
NAMED = (*STYLED, "name")
RICH = (*NAMED, "name_en", "uncertainty_m", "counties", "county", "basis", "source")

DETAILS = (
    Detail(STYLED, 0, float("inf")),
    Detail(NAMED, 6, 1_000),
    Detail(RICH, 10, 1_000),
)
"""The least first, the last has all. What else there is to say is a request for the item away."""


class Attributes:
    """What is said of some features, ready for any tile.

    `points` are the places of those rows in `point_rows`; other rows may be anywhere.
    """

    def __init__(self, features: Sequence[Feature], points: Floats, point_rows: Ints) -> None:
        self._features = features
        self._points = points
        self._everywhere = len(features) - len(points)
        self._order = in_order(points, point_rows, len(features))
        self._names: dict[int, tuple[str, ...]] = {}

    def tags(self, zoom: int, rows: Ints) -> Tags:
        """What a zoom says of some rows; names nobody has are left out."""
        if zoom not in self._names:
            self._names[zoom] = self._names_at(zoom)
        names = self._names[zoom]
        every, values = self._coded
        codes = every[rows, : len(names)]
        held = codes.max(axis=0) >= 0
        keys = [name for name, has in zip(names, held.tolist(), strict=True) if has]
        return Tags(keys, codes[:, held], values)

    def _names_at(self, zoom: int) -> tuple[str, ...]:
        """The most detail that the zoom allows to its fullest tile."""
        most = fullest(self._points, zoom) + self._everywhere
        allowed = [one for one in DETAILS if zoom >= one.zoom and most <= one.items]
        return allowed[-1].names

    @cached_property
    def _coded(self) -> tuple[NDArray[np.int32], list[bytes]]:
        """What is said of each feature, a column for each of `RICH`: places among the values,
        which stand in the order in which tiles say them.
        """
        codes = np.full((len(self._features), len(RICH)), -1, dtype=np.int32)
        values: list[bytes] = []
        known: dict[Any, int] = {}
        for row in self._order:
            feature = self._features[row]
            for column, name in enumerate(RICH):
                value = tile_value(feature, name)
                if value is None:
                    continue
                key = value if type(value) is str else (type(value), value)
                code = known.get(key)
                if code is None:
                    code = known[key] = len(values)
                    values.append(value_bytes(value))
                codes[row, column] = code
        return codes, values


def in_order(points: Floats, point_rows: Ints, count: int) -> list[int]:
    """Every row, neighbours near each other: what a tile says lies together in memory."""
    others = np.ones(count, dtype=np.bool_)
    others[point_rows] = False
    x, y = np.floor(points.T * 2**NEAR_ZOOM)
    near = point_rows[np.lexsort((x, y))]
    return [*np.flatnonzero(others).tolist(), *near.tolist()]


def fullest(points: Floats, zoom: int) -> int:
    """How many points the fullest tile of a zoom holds."""
    if not len(points):
        return 0
    cells = np.floor(points * 2**zoom).astype(np.int64)
    return int(np.unique(cells[:, 0] << 32 | cells[:, 1], return_counts=True)[1].max())


def tile_value(feature: Feature, name: str) -> Any:
    """A property as MVT can hold it: a list as one text, nothing empty."""
    value = feature["id"] if name == "id" else feature["properties"].get(name)
    if isinstance(value, list | tuple):
        value = LIST_SEPARATOR.join(map(str, value))
    return None if value in (None, "") or not isinstance(value, TEXT_PROPERTIES) else value
