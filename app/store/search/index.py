"""The texts of features as a search looks through them.

What each says of its own stands one behind the other, in blocks; what many are found by is held
once, with who has it.
"""

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.text.search import search_text
from app.store.facets import Mask, Rows
from app.store.search.grams import BLOCK, GROUP, Grams, Groups, each_group
from app.work.ambient import check

Words = tuple[str, ...]
Parts = Iterable[tuple[str, Sequence[Words]]]
"""Of each feature its own text, and the words it shares with others."""

MASKS = 32
"""Words that many have, whose rows are kept marked."""
SOUGHT = 256
"""Words of which it is kept where they may be."""
MANY = 64
"""A word that more than one in so many may have has its rows marked."""
FEW = 4
"""Of so many times fewer rows than may have a word each is looked at by itself."""
BETWEEN = b"\n"
"""No word has it."""


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """A word, and where it may be."""

    word: str
    text: bytes
    groups: Groups
    """Of texts that may hold it."""
    codes: Sequence[int]
    """The shared texts that do."""
    most: int
    """Rows that may have it, at most."""


def own_parts(features: Iterable[Mapping[str, Any]]) -> Parts:
    """Of features that share nothing."""
    return ((search_text(feature["properties"]), ()) for feature in features)


class SearchIndex:
    """Texts of features, in their order."""

    def __init__(self, parts: Parts) -> None:
        self._blocks: list[tuple[bytes, array[int]]] = []
        """Texts one behind the other, and where each begins; where the last ends."""
        self._grams = Grams()
        known: dict[Words, int] = {}
        codes, ends, own = array("i"), array("q", [0]), []
        for text, shared in parts:
            own.append(text.encode())
            codes.extend([known.setdefault(words, len(known)) for words in shared])
            ends.append(len(codes))
            if len(own) == BLOCK:
                self._add(own)
        if own:
            self._add(own)
        self._grams.settle()
        self._shared = [" ".join(words) for words in known]
        self._codes, self._ends = np.asarray(codes), np.asarray(ends)
        """Which of the shared texts each feature has: where its codes end."""
        self._sharing, self._sharing_ends = rows_by_code(self._codes, self._ends, len(known))
        """Which features have each of the shared texts: where its rows end."""
        self._masks: OrderedDict[str, Mask] = OrderedDict()
        self._sought = lru_cache(SOUGHT)(self._seek)

    def _add(self, own: list[bytes]) -> None:
        """The next block."""
        starts, at = array("I", [0]), 0
        for text in own:
            at += len(text) + len(BETWEEN)
            starts.append(at)
        self._blocks.append((BETWEEN.join(own), starts))
        self._grams.add(*self._blocks[-1])
        own.clear()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def matching(self, words: Iterable[str], rows: Rows) -> Rows:
        """Which of some rows, in their order, have texts that contain all the words. What fewest
        may have comes first, so that the others are looked for where it is.
        """
        for sought in sorted(map(self._sought, words), key=lambda one: one.most):
            rows = self._containing(sought, rows)
        return rows

    def holds(self, word: str) -> bool:
        """Whether a text contains a word."""
        sought = self._sought(word)
        return bool(sought.codes) or any(True for _ in self._among_own(sought))

    def hold_together(self, first: str, second: str) -> bool:
        """Whether a text contains both words."""
        few, other = sorted(map(self._sought, (first, second)), key=lambda one: one.most)
        rows = chain(self._among_own(few), self._among_shared(few).tolist())
        return any(self._row_holds(other, row) for row in rows)

    def _seek(self, word: str) -> Sought:
        text = word.encode()
        groups = self._grams.holding(text)
        codes = [code for code, shared in enumerate(self._shared) if word in shared]
        own = int(np.bitwise_count(groups).sum()) * GROUP
        counts = (self._sharing_ends[code + 1] - self._sharing_ends[code] for code in codes)
        return Sought(word, text, groups, codes, min(own + int(sum(counts)), len(self)))

    def _containing(self, sought: Sought, rows: Rows) -> Rows:
        if sought.word not in self._masks:
            if len(rows) * FEW < sought.most:
                chosen = [row for row in rows.tolist() if self._row_holds(sought, row)]
                return np.array(chosen, dtype=np.intp)
            if sought.most * MANY < len(self):
                found = np.fromiter(self._among_own(sought), np.intp)
                found = np.union1d(found, self._among_shared(sought))
                return found if len(rows) == len(self) else rows[np.isin(rows, found)]
        mask = self._mask(sought)
        return np.flatnonzero(mask) if len(rows) == len(self) else rows[mask[rows]]

    def _mask(self, sought: Sought) -> Mask:
        """Which rows contain it; of the last few it is kept."""
        mask = self._masks.pop(sought.word, None)
        if mask is None:
            mask = np.zeros(len(self), dtype=np.bool_)
            mask[self._among_shared(sought)] = True
            if not mask.all():
                mask[np.fromiter(self._among_own(sought), np.intp)] = True
        self._masks[sought.word] = mask
        while len(self._masks) > MASKS:
            self._masks.popitem(last=False)
        return mask

    def _row_holds(self, sought: Sought, row: int) -> bool:
        block, starts = self._blocks[row // BLOCK]
        at = row % BLOCK
        if block.find(sought.text, starts[at], starts[at + 1] - len(BETWEEN)) >= 0:
            return True
        own = self._codes[self._ends[row] : self._ends[row + 1]].tolist()
        return not set(own).isdisjoint(sought.codes)

    def _among_shared(self, sought: Sought) -> NDArray[np.int32]:
        """The rows whose shared texts contain it; some may come twice."""
        ends = self._sharing_ends
        found = [self._sharing[ends[code] : ends[code + 1]] for code in sought.codes]
        return np.concatenate((self._sharing[:0], *found))

    def _among_own(self, sought: Sought) -> Iterator[int]:
        """The rows whose own texts contain it."""
        word = sought.text
        for number, groups in each_group(sought.groups):
            check()
            block, starts = self._blocks[number]
            first, last = number * BLOCK, len(starts) - 1
            for group in groups:
                row = group * GROUP
                end = starts[min(row + GROUP, last)]
                at = block.find(word, starts[row], end)
                while at >= 0:
                    row = bisect_right(starts, at)
                    yield first + row - 1
                    at = block.find(word, starts[row], end)


def rows_by_code(
    codes: NDArray[np.int32], ends: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The rows of each code, those of one behind those of the other, and where they end; given
    the codes of each row.
    """
    rows = np.repeat(np.arange(len(ends) - 1, dtype=np.int32), np.diff(ends))
    order = np.argsort(codes.astype(np.uint16) if count <= 1 << 16 else codes, kind="stable")
    return rows[order], np.concatenate(([0], np.cumsum(np.bincount(codes, minlength=count))))
