"""Attributes of tile features: few at low zooms; for styles and labels at high zooms.

A zoom says the same in every tile, so that an item is alike on both sides of an edge.
"""

from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import add
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.domain.text.cleaning import LIST_SEPARATOR
from app.store.tiles.grid import Ints
from app.store.tiles.mvt import NOTHING, OWN, Tags, value_bytes
from app.store.tiles.ragged import starts_of

Feature = Mapping[str, Any]
Codes = NDArray[np.int32]


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

    names: list[str]
    """Those of `RICH` that some feature has."""
    codes: Codes
    """A column for each name: places in `values`; NOTHING; or OWN, where no other feature says the
    same.
    """
    values: list[bytes]
    own: bytes
    """The values that only one feature has, feature by feature, in the order of the columns."""
    begins: Ints
    """Where those of each feature begin."""
    sizes: NDArray[np.integer]
    """How long they are, a column for each name."""

    def between(self, begins: Ints, ends: Ints) -> list[bytes]:
        """Stretches of what is only said of one feature."""
        ends_of = zip(begins.tolist(), ends.tolist(), strict=True)
        return [self.own[begin:end] for begin, end in ends_of]


class Attributes:
    """What is said of some features, ready for any tile.

    `order` has every row, neighbours near each other: what a tile says lies together in memory.
    `fullest` says of each zoom how many items are in its fullest tile.
    """

    def __init__(self, features: Sequence[Feature], order: Ints, fullest: Sequence[int]) -> None:
        self._features, self._order, self._fullest = features, order, fullest

    def tags(self, zoom: int, rows: Ints, lang: str = "") -> Tags:
        """What a zoom says of some rows; names nobody has are left out. Where items have names in
        the language, each is called by its own, in place of all other names that it has.
        """
        said, wanted = self._said, self._names_at(zoom)
        names = [name for name in said.names if name in wanted]
        codes, begins = said.codes[rows], said.begins[rows]
        ends = np.cumsum(said.sizes[rows], axis=1, dtype=np.int64) + begins[:, None]
        last, other = len(names) - 1, f"name_{lang}"
        own: list[bytes] = []
        if "name" in names and other in said.names:
            at, beside = said.names.index("name"), said.names.index(other)
            known = codes[:, beside] != NOTHING
            codes[known, at] = codes[known, beside]
            names = [name for name in names if name != other]
            own = said.between(begins, ends[:, at - 1])
            begins, last = np.where(known, ends[:, at], ends[:, at - 1]), max(last, beside)
        rest = said.between(begins, ends[:, last])
        own = list(map(add, own, rest)) if own else rest
        codes = codes[:, [said.names.index(name) for name in names]]
        is_there = codes != NOTHING
        held = is_there.any(axis=0)
        codes, is_own = codes[:, held], codes[:, held] == OWN
        codes[is_own] = (OWN + 1 - is_own.cumsum(axis=1))[is_own]
        return Tags(
            [name for name, one in zip(names, held.tolist(), strict=True) if one],
            codes.T.copy(), np.flatnonzero(is_own.any(axis=0)).tolist(),
            bits(is_there[:, held].T), said.values, own, is_own.sum(axis=1, dtype=np.int8),
        )  # fmt: skip

    def _names_at(self, zoom: int) -> tuple[str, ...]:
        """The most detail that the zoom allows to its fullest tile."""
        most = self._fullest[zoom]
        allowed = [one for one in DETAILS if zoom >= one.zoom and most <= one.items]
        return allowed[-1].names

    @cached_property
    def _said(self) -> Said:
        """Those of neighbours are read, and lie in memory, one after another."""
        codes, values = coded(self._features, self._order)
        given = codes >= 0
        single = np.bincount(codes[given], minlength=len(values)) == 1
        held = np.flatnonzero(given.any(axis=0))
        codes = codes[:, held]
        is_own = np.append(single, False)[codes]
        alone = codes[is_own]
        sizes = np.fromiter(map(len, values), np.int64)
        lengths = np.zeros(codes.shape, dtype=np.min_scalar_type(sizes[alone].max(initial=0)))
        lengths[is_own] = sizes[alone]
        own = b"".join(map(values.__getitem__, alone.tolist()))
        place = np.append(np.cumsum(~single) - 1, NOTHING)
        codes = np.where(is_own, OWN, place[codes]).astype(np.int32)
        begins = starts_of(lengths.sum(axis=1, dtype=np.int64))[:-1]
        at = np.empty(len(codes), dtype=np.int64)
        at[self._order] = np.arange(len(codes))
        shared = [value for value, one in zip(values, single.tolist(), strict=True) if not one]
        return Said(
            [RICH[column] for column in held.tolist()],
            codes[at],
            shared,
            own,
            begins[at],
            lengths[at],
        )


def coded(features: Sequence[Feature], order: Ints) -> tuple[Codes, list[bytes]]:
    """What is said of features, a column for each of `RICH`: places among the values."""
    found = array("i")
    values: list[bytes] = []
    known: dict[Any, int] = {None: NOTHING, "": NOTHING}
    for row in order.tolist():
        feature = features[row]
        given = [feature["id"], *map(feature["properties"].get, RICH[1:])]
        for at, value in enumerate(given):
            if type(value) is not str and value is not None:
                given[at] = tile_value(value)
        codes: list[Any] = list(map(known.get, given))
        if None in codes:
            for at, value in enumerate(given):
                if codes[at] is None:
                    codes[at] = known[value] = len(values)
                    values.append(value_bytes(value if type(value) is str else value[1]))
        found.extend(codes)
    return np.array(found, dtype=np.int32).reshape(-1, len(RICH)), values


def bits(present: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Of each column a number with a bit for each row."""
    found = np.zeros(present.shape[1], dtype=np.int32)
    for row, one in enumerate(present):
        found |= one.astype(np.int32) << row
    return found


def tile_value(value: Any) -> str | tuple[type, float | bool]:
    """A property as MVT can hold it, numbers told apart by their type: a list as one text, of
    others none.
    """
    if isinstance(value, list | tuple):
        return LIST_SEPARATOR.join(map(str, value))
    return (type(value), value) if isinstance(value, int | float | bool) else ""
