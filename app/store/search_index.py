"""The texts of features as a search looks through them: a word is found in all of them at once.

What each says of its own stands one behind the other, in blocks; what many are found by is held
once, with who has it.
"""

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from app.domain.text.search import search_text
from app.store.facets import Mask
from app.work.ambient import check

Words = tuple[str, ...]
Parts = Iterable[tuple[str, Sequence[Words]]]
"""Of each feature its own text, and the words it shares with others."""

BLOCK = 1_000
"""Texts that are searched in one go: nobody waits for long, as others cannot do anything then."""
MASKS = 32
"""Words whose rows are kept marked."""
BETWEEN = b"\n"
"""No word has it."""


def own_parts(features: Iterable[Mapping[str, Any]]) -> Parts:
    """Of features that share nothing."""
    return ((search_text(feature["properties"]), ()) for feature in features)


class SearchIndex:
    """Texts of features, in their order."""

    def __init__(self, parts: Parts) -> None:
        self._blocks: list[tuple[bytes, array[int]]] = []
        """Texts one behind the other, and where each begins; where the last ends."""
        known: dict[Words, int] = {}
        codes, ends, own = array("i"), array("q", [0]), []
        for text, shared in parts:
            own.append(text.encode())
            codes.extend([known.setdefault(words, len(known)) for words in shared])
            ends.append(len(codes))
            if len(own) == BLOCK:
                self._add(own)
        self._add(own)
        self._shared = [" ".join(words) for words in known]
        self._codes, self._ends = np.asarray(codes), np.asarray(ends)
        """Which of the shared texts each feature has: where its codes end."""
        self._masks: OrderedDict[str, Mask] = OrderedDict()

    def _add(self, own: list[bytes]) -> None:
        """The next block."""
        starts, at = array("I", [0]), 0
        for text in own:
            at += len(text) + len(BETWEEN)
            starts.append(at)
        self._blocks.append((BETWEEN.join(own), starts))
        own.clear()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def rows(self, word: str) -> Mask:
        """Which features' texts contain a word; of the last few it is kept."""
        mask = self._masks.pop(word, None)
        if mask is None:
            mask = self._among_shared(word)
            mask[np.fromiter(self._among_own(word.encode()), np.intp)] = True
        self._masks[word] = mask
        while len(self._masks) > MASKS:
            self._masks.popitem(last=False)
        return mask

    def holds(self, word: str) -> bool:
        """Whether a text contains a word."""
        return bool(self.rows(word).any())

    def holding(self, first: str, last: str) -> Iterator[str]:
        """The texts that contain both."""
        for row in np.flatnonzero(self.rows(first) & self.rows(last)).tolist():
            check()
            yield self.text(row)

    def text(self, row: int) -> str:
        block, starts = self._blocks[row // BLOCK]
        at = row % BLOCK
        own = block[starts[at] : starts[at + 1] - len(BETWEEN)].decode()
        codes = self._codes[self._ends[row] : self._ends[row + 1]].tolist()
        return "\n".join((own, *(self._shared[code] for code in codes)))

    def _among_shared(self, word: str) -> Mask:
        holds = np.fromiter((word in text for text in self._shared), np.bool_, len(self._shared))
        found = np.concatenate(([0], np.cumsum(holds[self._codes], dtype=np.int32)))
        mask: Mask = found[self._ends[1:]] > found[self._ends[:-1]]
        return mask

    def _among_own(self, word: bytes) -> Iterator[int]:
        """The rows whose own texts contain it."""
        first = 0
        for block, starts in self._blocks:
            check()
            at = block.find(word)
            while at >= 0:
                row = bisect_right(starts, at)
                yield first + row - 1
                at = block.find(word, starts[row])
            first += len(starts) - 1
