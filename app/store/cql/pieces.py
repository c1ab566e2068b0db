"""Texts by the few characters that stand beside each other in them: which may contain a part is
known without looking at any.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONGEST = 4
"""Characters of a piece."""
COMPARED = 32
"""Texts of a piece up to which they are not compared with those of another."""
TRIED = 16
"""Pieces of a part that are looked up."""
MANY = 16
"""One text in so many is sorted, more are marked."""
BITS = 63
BETWEEN = "\0"
"""No text has it."""


class TextPieces:
    """Every piece of every text as one number, in order: first its characters, then its text."""

    def __init__(self, texts: Sequence[Any] | NDArray[Any]) -> None:
        given = code_points(BETWEEN.join(texts))
        known = np.zeros(given.max(initial=0) + 1, np.bool_)
        known[given] = True
        known[0] = False
        alphabet = [chr(one) for one in np.flatnonzero(known).tolist()]
        self._digits = {char: digit for digit, char in enumerate(alphabet, 1)}
        self._count = len(texts)
        self._width = len(alphabet).bit_length()
        self._place_width = len(texts).bit_length()
        self.length = min(LONGEST, (BITS - self._place_width) // max(self._width, 1))
        """Characters up to which what may contain a part does contain it."""
        digits = (np.cumsum(known, dtype=np.int32) * known)[given]
        pieces = digits.astype(np.int64)
        for further in range(1, self.length):
            pieces <<= self._width
            pieces[:-further] |= digits[further:]
        pieces <<= self._place_width
        pieces |= np.cumsum(given == 0)
        self._pieces = pieces[digits > 0]
        self._pieces.sort()
        self._last = "", [(0, 0)]

    def texts(self, part: str) -> NDArray[np.int64]:
        """The places of the texts that may contain it."""
        spans = self._spans(part)
        found = self._texts_of(spans[0])
        if len(found) < self._count // MANY:
            if len(found) > COMPARED and len(spans) > 1:
                return np.intersect1d(found, self._texts_of(spans[1]))
            return distinct(found)
        holds = np.zeros(self._count, np.bool_)
        holds[found] = True
        return np.flatnonzero(holds)

    def holding(self, part: str) -> tuple[int, int]:
        """From where to where the pieces are that tell of texts which may contain it."""
        return self._spans(part)[0]

    def _texts_of(self, span: tuple[int, int]) -> NDArray[np.int64]:
        return self._pieces[slice(*span)] & ((1 << self._place_width) - 1)

    def _spans(self, part: str) -> list[tuple[int, int]]:
        """From where to where each piece of a part is, those in the fewest texts first."""
        asked, found = self._last
        if asked != part:
            found = self._found(part)
            self._last = part, found
        return found

    def _found(self, part: str) -> list[tuple[int, int]]:
        digits = [self._digits.get(one, 0) for one in part[: self.length + TRIED - 1]]
        if 0 in digits:
            return [(0, 0)]
        size = min(self.length, len(digits))
        ends: list[int] = []
        shift = self._place_width + self._width * (self.length - size)
        for start in range(len(digits) - size + 1):
            piece = 0
            for digit in digits[start : start + size]:
                piece = piece << self._width | digit
            ends += (piece << shift, piece + 1 << shift)
        places = np.searchsorted(self._pieces, np.array(ends)).tolist()
        spans = zip(places[::2], places[1::2], strict=True)
        return sorted(spans, key=lambda one: one[1] - one[0])


def distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """Each number once, in order."""
    numbers = np.sort(numbers)
    is_next = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=is_next[1:])
    found: NDArray[Any] = numbers[is_next]
    return found


def code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
