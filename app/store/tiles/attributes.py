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
from app.store.ragged import starts_of
from app.store.tiles.grid import Ints
from app.store.tiles.mvt import NOTHING, OWN, Tags, value_bytes

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
    """A column for each name, codes as in `Tags`: places in `values` or none."""
    values: list[bytes]
    own: bytes
    """The values that only one feature has, feature by feature, in the order of the columns."""
    begins: Ints
    """Where those of each feature begin."""
    ends: NDArray[np.integer]
    """How far from there they reach, up to each column."""

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
        begins, other = said.begins[rows], f"name_{lang}"
        if "name" in names and other in said.names:
            names, codes, own = renamed(said, names, other, rows)
        else:
            codes = said.codes[rows].T[: len(names)].copy()
            ends = said.ends[rows, len(names) - 1] if names else 0
            own = said.between(begins, begins + ends)
        held = np.flatnonzero((codes != NOTHING).any(axis=1)).tolist()
        codes = codes if len(held) == len(names) else codes[held]
        owned = OWN + 1 - codes.min(axis=0, initial=NOTHING)
        return Tags(
            [names[at] for at in held], codes, np.flatnonzero((codes <= OWN).any(axis=1)).tolist(),
            bits(codes != NOTHING), said.values, own, owned.astype(np.int8),
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
        held = held if len(held) else np.arange(1)  # of nothing at all, a name that nobody has
        codes = codes[:, held]
        is_own = np.append(single, False)[codes]
        alone = codes[is_own]
        sizes = np.zeros(codes.shape, dtype=np.int32)
        sizes[is_own] = np.fromiter(map(len, values), np.int32)[alone]
        own = b"".join(map(values.__getitem__, alone.tolist()))
        place = np.append(np.cumsum(~single) - 1, NOTHING)
        codes = np.where(is_own, OWN + 1 - is_own.cumsum(axis=1), place[codes]).astype(np.int32)
        ends = sizes.cumsum(axis=1)
        begins = starts_of(sizes.sum(axis=1))[:-1]
        ends = ends.astype(np.min_scalar_type(ends.max(initial=0)))
        at = np.empty(len(codes), dtype=np.int64)
        at[self._order] = np.arange(len(codes))
        shared = [value for value, one in zip(values, single.tolist(), strict=True) if not one]
        return Said(
            [RICH[column] for column in held.tolist()], codes[at], shared, own, begins[at], ends[at]
        )


def coded(features: Sequence[Feature], order: Ints) -> tuple[Codes, list[bytes]]:
    """What is said of features, a column for each of `RICH`: places among the values."""
    found = array("i")
    values: list[bytes] = []
    known: dict[Any, int] = {None: NOTHING, "": NOTHING}
    for row in order.tolist():
        feature = features[row]
        found.append(len(values))
        values.append(value_bytes(feature["id"]))  # which nobody shares
        given = list(map(feature["properties"].get, RICH[1:]))
        for at, value in enumerate(given):
            if type(value) is not str and value is not None:
                given[at] = tile_value(value)
        codes: list[Any] = list(map(known.get, given))
        if None in codes:
            for at, value in enumerate(given):
                if value not in known:
                    known[value] = len(values)
                    values.append(value_bytes(value if type(value) is str else value[1]))
                codes[at] = known[value]
        found.extend(codes)
    return np.array(found, dtype=np.int32).reshape(-1, len(RICH)), values


def renamed(
    said: Said, names: Sequence[str], other: str, rows: Ints
) -> tuple[list[str], Codes, list[bytes]]:
    """What is said of some rows where their other names are in the place of the first: the names
    of what is said, their codes, and what is only said of one.
    """
    codes, begins = said.codes[rows].T.copy(), said.begins[rows]
    ends = begins[:, None] + said.ends[rows]
    at, beside = said.names.index("name"), said.names.index(other)
    known = codes[beside] != NOTHING
    codes[at] = np.where(known, codes[beside], codes[at])
    left = [name for name in names if name != other]
    after = np.where(known, ends[:, at], ends[:, at - 1])
    last = ends[:, max(len(names) - 1, beside)]
    own = map(add, said.between(begins, ends[:, at - 1]), said.between(after, last))
    codes = codes[[said.names.index(name) for name in left]]
    is_own = codes <= OWN
    codes[is_own] = (OWN + 1 - is_own.cumsum(axis=0))[is_own]
    return left, codes, list(own)


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
