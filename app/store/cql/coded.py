"""A column by its different values: what is asked of it is asked once of each, not of each row,
and of those values alone that an index says it can hold of.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, reduce
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from app.store.cql.pieces import BETWEEN, TextPieces
from app.store.ragged import grouped, places
from app.work.once import Once

Mask = NDArray[np.bool_]
Codes = NDArray[Any]
Rows = NDArray[np.intp]
Values = Sequence[Any] | NDArray[Any]

FEW = 1_000
"""So many texts are looked through one by one; of more it is held what stands in which."""
CHARACTERS_MOST = 32_000_000
"""Characters of texts up to which it is: that takes eight bytes for each."""
SCATTERED = 16
"""Of one row in so many each is marked, of more all are gone through: for so many values each by
itself.
"""
LAST_CHARACTER = chr(0x10FFFF)

RANKED: dict[str, Callable[[Codes, int, int], Any]] = {
    "=": lambda codes, low, high: codes == low if low < high else np.zeros(len(codes), np.bool_),
    "<>": lambda codes, low, high: codes != low if low < high else np.ones(len(codes), np.bool_),
    "<": lambda codes, low, high: codes < low,
    "<=": lambda codes, low, high: codes < high,
    ">": lambda codes, low, high: codes >= high,
    ">=": lambda codes, low, high: codes >= low,
}
"""What is true of rows: a value would stand at `low`; where it is there, the next is at `high`."""


class Coded:
    """The different values, and of each row the place of its own."""

    def __init__(self, codes: Codes, values: Values, *, is_part: bool = False) -> None:
        self.codes, self.values = codes, values
        self.is_part = is_part
        """Whether there are values that no row has."""

    def of(self, rows: Rows) -> Self:
        """The same of some rows."""
        return type(self)(self.codes[rows], self.values, is_part=True)

    def rows(self, holds: Callable[[Any], object]) -> Mask:
        """Which rows have one of the values for which something holds."""
        if not self.is_part:
            return self.among_codes(self.codes_where(holds))
        found = (bool(holds(self.values[code])) for code in self.codes.tolist())
        return np.fromiter(found, np.bool_, len(self.codes))

    def codes_where(self, holds: Callable[[Any], object]) -> NDArray[Any]:
        """The places of the values for which something holds."""
        found = (code for code, value in enumerate(self.values) if holds(value))
        return np.fromiter(found, np.intp)

    @cached_property
    def contents(self) -> Once[Any] | None:
        """Made once: what is in which value; None where each is looked at."""
        return None

    @property
    def is_searched(self) -> bool:
        """Whether that is made."""
        return self.contents is not None and self.contents.is_made

    @cached_property
    def order(self) -> tuple[NDArray[np.int32], Rows]:
        """The rows by their values, and where those of each value begin."""
        return grouped(self.codes, len(self.values))

    def count(self, low: int, high: int) -> int:
        """How many rows have the values from one place up to another."""
        starts = self.order[1]
        return int(starts[high] - starts[low])

    def between(self, low: int, high: int) -> Rows:
        """Those rows."""
        rows, starts = self.order
        found: Rows = rows[starts[low] : starts[high]].astype(np.intp)
        return found

    def count_of(self, codes: NDArray[Any]) -> int:
        """How many rows have one of some values."""
        starts = self.order[1]
        return int((starts[codes + 1] - starts[codes]).sum())

    def having(self, codes: NDArray[Any]) -> Rows:
        """The rows that have one of some values, of which each is named once."""
        rows, starts = self.order
        found: Rows = rows[places(starts[codes], starts[codes + 1] - starts[codes])].astype(np.intp)
        return found

    def among_codes(self, codes: NDArray[Any]) -> Mask:
        """Which rows have one of some values."""
        if self.is_part:
            return np.isin(self.codes, codes)
        is_few = len(codes) * SCATTERED < len(self.values)
        if is_few and self.count_of(codes) * SCATTERED < len(self.codes):
            mask = np.zeros(len(self.codes), np.bool_)
            mask[self.having(codes)] = True
            return mask
        if len(codes) < SCATTERED:
            masks = (self.codes == code for code in codes.tolist())
            return reduce(np.logical_or, masks, np.zeros(len(self.codes), np.bool_))
        holds = np.zeros(len(self.values), np.bool_)
        holds[codes] = True
        return np.take(holds, self.codes)


class Ranked(Coded):
    """The values are in order."""

    def bounds(self, value: Any) -> tuple[int, int]:
        """From where to where the values are that equal one: none, or one of them."""
        return bisect_left(self.values, value), bisect_right(self.values, value)

    def span(self, op: str, value: Any) -> tuple[int, int]:
        """From where to where the values are that stand in a relation to one; not of `<>`."""
        low, high = self.bounds(value)
        return {
            "=": (low, high), "<": (0, low), "<=": (0, high),
            ">": (high, len(self.values)), ">=": (low, len(self.values)),
        }[op]  # fmt: skip

    def compare(self, op: str, value: Any) -> Mask:
        mask: Mask = RANKED[op](self.codes, *self.bounds(value))
        return mask

    def among(self, values: Iterable[Any]) -> Mask:
        return self.among_codes(self.codes_among(values))

    def codes_among(self, values: Iterable[Any]) -> NDArray[Any]:
        """The places of those values that some row has."""
        return np.array([at for one in values for at in range(*self.bounds(one))], np.intp)


class CodedNumbers(Ranked):
    """The values are numbers."""

    def codes_among(self, values: Iterable[Any]) -> NDArray[Any]:
        known, numbers = np.asarray(self.values), np.asarray(values)
        places = np.searchsorted(known, numbers)
        inside = places < len(known)
        places, numbers = places[inside], numbers[inside]
        same: NDArray[Any] = places[known[places] == numbers]
        return same


class CodedTexts(Ranked):
    """The values are texts."""

    def span_starting(self, text: str) -> tuple[int, int]:
        """From where to where the texts are that begin so; its last character is not the last
        there is.
        """
        after = text[:-1] + chr(ord(text[-1]) + 1)
        return bisect_left(self.values, text), bisect_left(self.values, after)

    def starting(self, text: str) -> Mask:
        """Which rows' texts begin so."""
        low, high = self.span_starting(text)
        mask: Mask = (self.codes >= low) & (self.codes < high)
        return mask

    def matching(self, matches: Callable[[str], object], part: str) -> Mask:
        """Which rows' texts match; all that do contain the part, which may be empty."""
        if self.count_about(part) is None:
            return self.rows(matches)
        return self.among_codes(self._of_which(self.codes_about(part), matches))

    def containing(self, part: str) -> Mask:
        """Which rows' texts contain a part that is not empty."""
        if self.count_about(part) is None:
            return self.rows(lambda text: part in text)
        codes = self.codes_about(part)
        if not self.tells(part):
            codes = self._of_which(codes, lambda text: part in text)
        return self.among_codes(codes)

    def _of_which(self, codes: NDArray[Any], holds: Callable[[str], object]) -> NDArray[Any]:
        return np.array([code for code in codes.tolist() if holds(self.values[code])], np.intp)

    def count_about(self, part: str) -> float | None:
        """How many rows' texts may contain it, about; None where each has to be looked at."""
        if self.is_part or not part or BETWEEN in part or self.contents is None:
            return None
        low, high = self._searched.holding(part)
        return (high - low) * len(self.codes) / len(self.values)

    def tells(self, part: str) -> bool:
        """Whether texts that may contain it do."""
        return len(part) <= self._searched.length

    def codes_about(self, part: str) -> NDArray[Any]:
        """The places of the texts that may contain it, where that is known."""
        return self._searched.texts(part)

    @cached_property
    def contents(self) -> Once[TextPieces] | None:
        """What stands in which text; None of texts so few, or so many, that each is looked at."""
        if len(self.values) < FEW or sum(map(len, self.values)) > CHARACTERS_MOST:
            return None
        return Once(lambda: TextPieces(self.values), "filter")

    @cached_property
    def _searched(self) -> TextPieces:
        assert self.contents is not None
        return self.contents.get()


def coded_texts(texts: Values) -> CodedTexts:
    values = sorted(set(texts))
    return CodedTexts(codes_of(texts, values), values)


def coded_numbers(values: Values) -> CodedNumbers:
    different, codes = np.unique(np.asarray(values), return_inverse=True)
    return CodedNumbers(small(codes, len(different)), different)


def codes_of(values: Values, different: Iterable[Any]) -> Codes:
    place = {value: at for at, value in enumerate(different)}
    return small(np.fromiter(map(place.__getitem__, values), np.int32, len(values)), len(place))


def small(codes: NDArray[Any], count: int) -> Codes:
    """Codes below `count` in as few bytes as hold them: so they are gone through soonest."""
    return codes.astype(np.min_scalar_type(count))


WILD = re.compile(r"\\.|[%_]", re.DOTALL)


def plain_part(pattern: str) -> str:
    """The longest piece of a LIKE pattern that stands for itself."""
    return max(WILD.split(pattern), key=len)
