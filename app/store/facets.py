"""By which values features are found: small numbers for what each has one of, rows for lists."""

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.store.ragged import grouped

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]

MASKS = 32
"""Combinations of values whose rows are kept marked."""


def in_order(parts: Sequence[NDArray[Any]], count: int) -> Rows:
    """Some of so many rows, each once and in order; those of a part are in order."""
    if len(parts) == 1:
        return parts[0].astype(np.intp)
    mask = np.zeros(count, dtype=np.bool_)
    for part in parts:
        mask[part] = True
    return np.flatnonzero(mask)


class OfOne:
    """A property of which each feature has one value."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._given = array("i")

    def add(self, value: object) -> None:
        """The value of the next feature."""
        self._given.append(self._known.setdefault(str(value), len(self._known)))

    def settle(self, order: Rows) -> None:
        """Every feature is there: this one is the first, that one the second."""
        codes = np.array(self._given, dtype=np.int32)[order]
        self.codes = codes.astype(np.min_scalar_type(len(self._known)))
        del self._given

    def rows(self, wanted: Iterable[str]) -> Rows:
        """The rows of all that have one of the values, in order."""
        rows, starts = self._by_value
        codes = [self._known[value] for value in wanted if value in self._known]
        return in_order([rows[starts[code] : starts[code + 1]] for code in codes], len(self.codes))

    @cached_property
    def _by_value(self) -> tuple[NDArray[np.int32], Rows]:
        """The rows by their values, and where those of each begin; where the last end."""
        return grouped(self.codes, len(self._known))

    def has(self, rows: Rows, wanted: Iterable[str]) -> Mask:
        """Which rows have one of the values."""
        chosen = np.zeros(len(self._known), dtype=np.bool_)
        chosen[[self._known[value] for value in wanted if value in self._known]] = True
        found: Mask = chosen[self.codes[rows]]
        return found

    @property
    def names(self) -> list[str]:
        """The values, by their codes."""
        return list(self._known)

    def counts(self, rows: Rows) -> dict[str, int]:
        """Value → how many of the rows have it, in the order in which values first came."""
        found = np.bincount(self.codes[rows], minlength=len(self._known)).tolist()
        return {value: n for value, n in zip(self._known, found, strict=True) if n}

    def paired(self, other: "OfOne", rows: Rows) -> dict[str, int]:
        """The same of pairs of values: `own:other`."""
        width = len(other._known)
        pairs = self.codes[rows].astype(np.int64) * width + other.codes[rows]
        own, others = list(self._known), list(other._known)
        return {
            f"{own[pair // width]}:{others[pair % width]}": n
            for pair, n in enumerate(np.bincount(pairs).tolist())
            if n
        }

    @property
    def values(self) -> NDArray[np.object_]:
        """The value of each row."""
        found: NDArray[np.object_] = np.array([*self._known, None], dtype=object)[self.codes]
        return found


class OfMany:
    """A property of which each feature may have several values."""

    def __init__(self) -> None:
        self._count = 0
        self._given: dict[str, array[int]] = {}
        self._masks: dict[tuple[str, ...], Mask] = {}

    def add(self, values: Iterable[str]) -> None:
        """The values of the next feature."""
        for value in values:
            self._given.setdefault(value, array("i")).append(self._count)
        self._count += 1

    def settle(self, order: Rows) -> None:
        """Every feature is there: this one is the first, that one the second."""
        row_of = np.empty(self._count, dtype=np.int32)
        row_of[order] = np.arange(self._count, dtype=np.int32)
        given = np.frombuffer(b"".join(self._given.values()), dtype=np.int32)
        counts = np.array([len(rows) for rows in self._given.values()], dtype=np.intp)
        which = np.repeat(np.arange(len(counts)), counts)
        pairs = np.unique(which * max(self._count, 1) + row_of[given])
        which, rows = np.divmod(pairs, max(self._count, 1))
        self._every = rows.astype(np.int32)
        """The rows of each value in order, those of one behind those of the other."""
        ends = np.cumsum(np.bincount(which, minlength=len(counts)))
        self._starts = np.concatenate(([0], ends))[:-1]
        self._rows = dict(zip(self._given, np.split(self._every, self._starts[1:]), strict=False))
        del self._given

    def rows(self, wanted: Iterable[str]) -> Rows:
        """The rows of all that have one of the values, in order."""
        known = [self._rows[value] for value in wanted if value in self._rows]
        return in_order(known, self._count)

    def has(self, rows: Rows, wanted: Sequence[str]) -> Mask:
        """Which rows have one of the values."""
        key = tuple(wanted)
        mask = self._masks.get(key)
        if mask is None:
            mask = np.zeros(self._count, dtype=np.bool_)
            for value in key:
                mask[self._rows.get(value, [])] = True
            if len(self._masks) >= MASKS:
                self._masks.clear()
            self._masks[key] = mask
        in_rows: Mask = mask[rows]
        return in_rows

    def counts(self, rows: Rows) -> dict[str, int]:
        """Value → how many of the rows have it."""
        marked = np.zeros(self._count, dtype=np.bool_)
        marked[rows] = True
        found = np.add.reduceat(marked.take(self._every), self._starts, dtype=np.int32)
        return {value: n for value, n in zip(self._rows, found.tolist(), strict=True) if n}
