"""Attributes of tile features: few at low zooms; for styles and labels at high zooms.

A zoom says the same in every tile, so that an item is alike on both sides of an edge.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.domain.text.cleaning import LIST_SEPARATOR
from app.store.tiles.blocks import Blocks
from app.store.tiles.grid import Floats, Ints
from app.store.tiles.mvt import NOTHING, OWN, Tags, value_bytes

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


class Said(NamedTuple):
    """What can be said of every feature."""

    codes: NDArray[np.int32]
    """A column for each of `RICH`, as in `Tags`."""
    values: list[bytes]
    own: list[bytes]
    """The values that only one feature has, in the order of the columns."""
    ends: dict[int, NDArray[np.int32]]
    """By how many columns are said, how much of that is."""


class Attributes:
    """What is said of some features, ready for any tile.

    `points` are the places of those rows in `point_rows`; other rows may be anywhere. `blocks`
    knows how many lie in a tile.
    """

    def __init__(
        self, features: Sequence[Feature], points: Floats, point_rows: Ints, blocks: Blocks
    ) -> None:
        self._features = features
        self._blocks = blocks
        self._everywhere = len(features) - len(points)
        self._order = in_order(points, point_rows, len(features))
        self._names: dict[int, tuple[str, ...]] = {}
        self._starts: dict[int, list[bytes]] = {}

    def tags(self, zoom: int, rows: Ints) -> Tags:
        """What a zoom says of some rows; names nobody has are left out."""
        if zoom not in self._names:
            self._names[zoom] = self._names_at(zoom)
        names = self._names[zoom]
        codes = np.take(self._said.codes, rows, axis=0)[:, : len(names)]
        present = codes != NOTHING
        held = present.any(axis=0)
        if not held.all():
            codes, present = codes[:, held], present[:, held]
        keys = [name for name, has in zip(names, held.tolist(), strict=True) if has]
        own = list(map(self._own(len(names)).__getitem__, rows.tolist()))
        return Tags(keys, codes, present, self._said.values, own)

    def _own(self, columns: int) -> list[bytes]:
        """Of each feature the values of its own in the first columns."""
        if columns == len(RICH):
            return self._said.own
        if columns not in self._starts:
            ends = self._said.ends[columns].tolist()
            self._starts[columns] = [
                text[:end] for text, end in zip(self._said.own, ends, strict=True)
            ]
        return self._starts[columns]

    def _names_at(self, zoom: int) -> tuple[str, ...]:
        """The most detail that the zoom allows to its fullest tile."""
        most = self._blocks.fullest(zoom) + self._everywhere
        allowed = [one for one in DETAILS if zoom >= one.zoom and most <= one.items]
        return allowed[-1].names

    @cached_property
    def _said(self) -> "Said":
        codes, values = self._coded()
        given = codes >= 0
        single = np.append(np.bincount(codes[given], minlength=len(values)) == 1, False)
        place = np.append(np.cumsum(~single[:-1]) - 1, NOTHING)
        own = single[codes]
        texts = [b""] * len(codes)
        for row in self._order:  # neighbours lie together in memory
            texts[row] = b"".join([values[code] for code in codes[row, own[row]].tolist()])
        sizes = np.fromiter(map(len, [*values, b""]), np.int32)[codes] * own
        ends = {
            len(one.names): sizes[:, : len(one.names)].sum(axis=1, dtype=np.int32)
            for one in DETAILS
        }
        shared = [value for value, alone in zip(values, single.tolist(), strict=False) if not alone]
        return Said(np.where(own, OWN, place[codes]).astype(np.int32), shared, texts, ends)

    def _coded(self) -> tuple[NDArray[np.int32], list[bytes]]:
        """What is said of each feature, a column for each of `RICH`: places among the values."""
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


def tile_value(feature: Feature, name: str) -> Any:
    """A property as MVT can hold it: a list as one text, nothing empty."""
    value = feature["id"] if name == "id" else feature["properties"].get(name)
    if isinstance(value, list | tuple):
        value = LIST_SEPARATOR.join(map(str, value))
    return None if value in (None, "") or not isinstance(value, TEXT_PROPERTIES) else value
