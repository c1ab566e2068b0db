"""A column by its different values: what is asked of it is asked once of each, not of each row."""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Codes = NDArray[np.int32]

FEW = 1_000
"""So many texts are looked through one by one; more are searched as one."""
BETWEEN = "\0"
"""No text has it."""
LAST_CHARACTER = chr(0x10FFFF)

RANKED: dict[str, Callable[[Codes, int, int], Any]] = {
    "=": lambda codes, low, high: (codes >= low) & (codes < high),
    "<>": lambda codes, low, high: (codes < low) | (codes >= high),
    "<": lambda codes, low, high: codes < low,
    "<=": lambda codes, low, high: codes < high,
    ">": lambda codes, low, high: codes >= high,
    ">=": lambda codes, low, high: codes >= low,
}
"""What is true of the rows whose texts rank from `low` up to `high`, which are equal to a text."""


class Coded:
    """The different values, and of each row the place of its own."""

    def __init__(self, codes: Codes, values: Sequence[Any]) -> None:
        self.codes, self.values = codes, values

    def rows(self, holds: Iterable[bool]) -> Mask:
        """Which rows have one of the values for which something holds."""
        mask: Mask = np.fromiter(holds, np.bool_, len(self.values))[self.codes]
        return mask


class CodedTexts(Coded):
    """The values are texts in order."""

    def compare(self, op: str, text: str) -> Mask:
        low, high = bisect_left(self.values, text), bisect_right(self.values, text)
        mask: Mask = RANKED[op](self.codes, low, high)
        return mask

    def among(self, texts: Iterable[str]) -> Mask:
        holds = np.zeros(len(self.values), np.bool_)
        for text in texts:
            holds[bisect_left(self.values, text) : bisect_right(self.values, text)] = True
        return holds[self.codes]

    def starting(self, text: str) -> Mask:
        """Which rows' texts begin so; its last character is not the last there is."""
        after = text[:-1] + chr(ord(text[-1]) + 1)
        low, high = bisect_left(self.values, text), bisect_left(self.values, after)
        return RANKED["="](self.codes, low, high)  # type: ignore[no-any-return]

    def matching(self, matches: Callable[[str], Any], part: str) -> Mask:
        """Which rows' texts match; all that do contain the part, which may be empty."""
        if not part or BETWEEN in part or len(self.values) < FEW:
            return self.rows(matches(text) is not None for text in self.values)
        return self._among_codes(
            code for code in self._containing(part) if matches(self.values[code]) is not None
        )

    def containing(self, part: str) -> Mask:
        """Which rows' texts contain a part that is not empty."""
        if BETWEEN in part or len(self.values) < FEW:
            return self.rows(part in text for text in self.values)
        return self._among_codes(self._containing(part))

    def _among_codes(self, codes: Iterable[int]) -> Mask:
        wanted_codes = np.fromiter(codes, np.int32)
        if not len(wanted_codes):
            return np.zeros(len(self.codes), np.bool_)
        holds = np.zeros(len(self.values), np.bool_)
        holds[wanted_codes] = True
        return holds[self.codes]

    def _containing(self, part: str) -> Iterator[int]:
        """The places of the texts that contain it."""
        whole, starts = self._whole
        at = whole.find(part)
        while at >= 0:
            code = bisect_right(starts, at) - 1
            yield code
            if code + 1 == len(starts):
                return
            at = whole.find(part, starts[code + 1])

    @property
    def characters(self) -> float:
        """How much is looked through for a part; without bound as long as nobody has."""
        if len(self.values) < FEW:
            return FEW
        return len(self._whole[0]) if "_whole" in vars(self) else math.inf

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """All texts as one, and where each begins."""
        starts = [0, *accumulate(len(text) + len(BETWEEN) for text in self.values[:-1])]
        return BETWEEN.join(self.values), starts


def coded_texts(texts: Sequence[str]) -> CodedTexts:
    values = sorted(set(texts))
    return CodedTexts(codes_of(texts, values), values)


def coded(values: Sequence[Any]) -> Coded:
    different = list(dict.fromkeys(values))
    return Coded(codes_of(values, different), different)


def codes_of(values: Sequence[Any], different: Iterable[Any]) -> Codes:
    place = {value: at for at, value in enumerate(different)}
    return np.fromiter(map(place.__getitem__, values), np.int32, len(values))


WILD = re.compile(r"\\.|[%_]", re.DOTALL)


def plain_part(pattern: str) -> str:
    """The longest piece of a LIKE pattern that stands for itself."""
    return max(WILD.split(pattern), key=len)
