"""Attributes of tile features: few at low zooms; for styles and labels at high zooms.

A zoom says the same in every tile, so that an item is alike on both sides of an edge.
"""

from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.domain.text.cleaning import LIST_SEPARATOR
from app.store.tiles.grid import Ints
from app.store.tiles.mvt import NOTHING, OWN, Tags, value_bytes
from app.store.tiles.point_features import bits_of
from app.store.tiles.ragged import starts_of

Feature = Mapping[str, Any]


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

    names: tuple[str, ...]
    """Those of `RICH` that some feature has."""
    codes: NDArray[np.int32]
    """A column for each name; codes as in `Tags`."""
    present: NDArray[np.int32]
    """Of each feature a bit for each name, whether it has that."""
    values: list[bytes]
    own: list[bytes]
    """The values that only one feature has, in the order of the columns."""
    sizes: NDArray[np.int32]
    """Of these the bytes, a column for each name."""


class Level(NamedTuple):
    """The same where less is said: the first names."""

    names: tuple[str, ...]
    own: list[bytes]
    owned: NDArray[np.int8]
    """How many values of its own each feature has."""
    own_keys: list[int]
    """Places of the names of which there are such."""


class Attributes:
    """What is said of some features, ready for any tile.

    `order` has every row, neighbours near each other: what a tile says lies together in memory.
    `fullest` says of each zoom how many items are in its fullest tile.
    """

    def __init__(self, features: Sequence[Feature], order: Ints, fullest: Sequence[int]) -> None:
        self._features, self._order, self._fullest = features, order, fullest
        self._zooms: dict[int, Level] = {}
        self._levels: dict[int, Level] = {}

    def tags(self, zoom: int, rows: Ints) -> Tags:
        """What a zoom says of some rows; names nobody has are left out."""
        if zoom not in self._zooms:
            self._zooms[zoom] = self._level(self._names_at(zoom))
        names, texts, owned, own_keys = self._zooms[zoom]
        codes = np.take(self._said.codes, rows, axis=0)[:, : len(names)].T.copy()
        present = self._said.present[rows] & (1 << len(names)) - 1
        held = bits_of(int(np.bitwise_or.reduce(present, initial=0)))
        if len(held) < len(names):
            codes = codes[held]
            present = bits(codes != NOTHING)
        keys = [names[place] for place in held]
        own_keys = [key for key, place in enumerate(held) if place in own_keys]
        own = list(map(texts.__getitem__, rows.tolist()))
        return Tags(keys, codes, own_keys, present, self._said.values, own, owned[rows])

    def _level(self, wanted: Sequence[str]) -> Level:
        """What is said where some names are: the first of all."""
        said = self._said
        names = tuple(name for name in said.names if name in wanted)
        count = len(names)
        if count not in self._levels:
            is_own, own = said.codes[:, :count] <= OWN, said.own
            if count < len(said.names):
                ends = said.sizes[:, :count].sum(axis=1).tolist()
                own = [text[:end] for text, end in zip(own, ends, strict=True)]
            owned = is_own.sum(axis=1, dtype=np.int8)
            keys = np.flatnonzero(is_own.any(axis=0)).tolist()
            self._levels[count] = Level(names, own, owned, keys)
        return self._levels[count]

    def _names_at(self, zoom: int) -> tuple[str, ...]:
        """The most detail that the zoom allows to its fullest tile."""
        most = self._fullest[zoom]
        allowed = [one for one in DETAILS if zoom >= one.zoom and most <= one.items]
        return allowed[-1].names

    @cached_property
    def _said(self) -> Said:
        codes, values = self._coded()
        given = codes >= 0
        single = np.append(np.bincount(codes[given], minlength=len(values)) == 1, False)
        place = np.append(np.cumsum(~single[:-1]) - 1, NOTHING)
        own = single[codes]
        texts = [b""] * len(codes)
        order = self._order
        alone = list(map(values.__getitem__, codes[order][own[order]].tolist()))
        ends = starts_of(own[order].sum(axis=1)).tolist()
        for row, (start, end) in zip(order.tolist(), pairwise(ends), strict=True):
            texts[row] = b"".join(alone[start:end])
        sizes = np.fromiter(map(len, [*values, b""]), np.int32)[codes] * own
        shared = [value for value, alone in zip(values, single.tolist(), strict=False) if not alone]
        numbered = np.where(own, OWN + 1 - own.cumsum(axis=1), place[codes]).astype(np.int32)
        held = np.flatnonzero(given.any(axis=0))
        names = tuple(RICH[column] for column in held.tolist())
        return Said(
            names, np.ascontiguousarray(numbered[:, held]), bits(given[:, held].T), shared, texts,
            np.ascontiguousarray(sizes[:, held]),
        )  # fmt: skip

    def _coded(self) -> tuple[NDArray[np.int32], list[bytes]]:
        """What is said of each feature, a column for each of `RICH`: places among the values."""
        found = array("i")
        values: list[bytes] = []
        known: dict[Any, int] = {None: NOTHING, "": NOTHING}
        for row in self._order.tolist():
            feature = self._features[row]
            for given in (feature["id"], *map(feature["properties"].get, RICH[1:])):
                key = value = given
                if type(given) is not str and given is not None:
                    value = tile_value(given)
                    key = value if type(value) is str else (type(value), value)
                code = known.get(key)
                if code is None:
                    code = known[key] = len(values)
                    values.append(value_bytes(value))
                found.append(code)
        codes = np.empty((len(self._features), len(RICH)), dtype=np.int32)
        codes[self._order] = np.array(found, dtype=np.int32).reshape(-1, len(RICH))
        return codes, values


def bits(present: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Of each column a number with a bit for each row."""
    found = np.zeros(present.shape[1], dtype=np.int32)
    for row, one in enumerate(present):
        found |= one.astype(np.int32) << row
    return found


def tile_value(value: Any) -> str | float | bool:
    """A property as MVT can hold it: a list as one text, of others none."""
    if isinstance(value, list | tuple):
        return LIST_SEPARATOR.join(map(str, value))
    return value if isinstance(value, int | float | bool) else ""
