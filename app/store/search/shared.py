"""Texts that many features have, each held once, and who has it."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from app.store.ragged import starts_of

Numbers = NDArray[np.int32]
BETWEEN = "\n"


class SharedTexts:
    """Texts by their codes. `rows` and `codes` belong together: each row has the text of its code.

    The codes of a row stand one behind the other, and the rows of a code.
    """

    def __init__(self, texts: Iterable[str], rows: Numbers, codes: Numbers, count: int) -> None:
        known = list(texts)
        self._texts = BETWEEN.join(known)
        self._starts = [*accumulate((len(one) + len(BETWEEN) for one in known), initial=0)]
        self._codes = codes[np.argsort(rows, kind="stable")]
        self._code_ends = starts_of(np.bincount(rows, minlength=count))
        by_code = np.argsort(
            codes.astype(np.uint16) if len(known) < 1 << 16 else codes, kind="stable"
        )
        self._rows = rows[by_code]
        self._row_ends = starts_of(np.bincount(codes, minlength=len(known)))

    def codes(self, word: str) -> list[int]:
        """The texts that contain a word."""
        found, at = [], self._texts.find(word)
        while at >= 0:
            code = bisect_right(self._starts, at)
            found.append(code - 1)
            at = self._texts.find(word, self._starts[code])
        return found

    def rows(self, codes: Iterable[int]) -> Numbers:
        """Who has any of some texts; who has two of them comes twice."""
        ends = self._row_ends
        return np.concatenate(
            (self._rows[:0], *(self._rows[ends[code] : ends[code + 1]] for code in codes))
        )

    def most(self, codes: Iterable[int]) -> int:
        """How many rows have any of them, at most."""
        return sum(int(self._row_ends[code + 1] - self._row_ends[code]) for code in codes)

    def has(self, row: int, codes: Sequence[int]) -> bool:
        """Whether a row has any of them."""
        own = self._codes[self._code_ends[row] : self._code_ends[row + 1]]
        return not set(own.tolist()).isdisjoint(codes)
