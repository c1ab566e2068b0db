"""The texts of features as a search looks through them.

What each says of its own stands one behind the other, in blocks; what many are found by is held
once, with who has it.
"""

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np

from app.domain.text.search import search_text
from app.store.facets import Mask, Rows
from app.store.search.common import CommonPairs, CommonWords
from app.store.search.grams import BLOCK, GROUP, Grams, Groups, groups_in, whole_groups
from app.store.search.shared import Numbers, SharedTexts
from app.work.ambient import check

Words = tuple[str, ...]


class Parts(NamedTuple):
    """What a search looks through in some features."""

    texts: Iterable[tuple[str, Sequence[Words]]]
    """Of each feature its own text, and the words it shares with others."""
    implied: Sequence[tuple[str, Words]] = ()
    """A word, and what features are found by too whose own texts contain it."""


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
    pairs: Sequence[int]
    """Of the common pairs of characters, those within it."""
    is_pair: bool
    """Whether it is one itself."""
    codes: Sequence[int]
    """The shared texts that do."""
    most: int
    """Rows that may have it, at most."""


def own_parts(features: Iterable[Mapping[str, Any]]) -> Parts:
    """Of features that share nothing."""
    return Parts((search_text(feature["properties"]), ()) for feature in features)


class SearchIndex:
    """Texts of features, in their order."""

    def __init__(
        self,
        texts: Iterable[tuple[str, Sequence[Words]]],
        implied: Iterable[tuple[str, Words]] = (),
    ) -> None:
        self._blocks: list[tuple[bytes, array[int]]] = []
        """Texts one behind the other, and where each begins; where the last ends."""
        self._grams, self._pairs = Grams(), CommonPairs()
        known: dict[Words, int] = {}
        common = CommonWords(known)
        codes, ends, own = array("i"), array("q", [0]), list[str]()
        for text, shared in texts:
            rest, numbers = common.parted(text)
            own.append(rest)
            codes.extend([known.setdefault(words, len(known)) for words in shared])
            codes.extend(numbers)
            ends.append(len(codes))
            if len(own) == BLOCK:
                self._add(own)
                common.learn(own)
                own.clear()
        if own:
            self._add(own)
        self._grams.settle()
        self._pairs.settle()
        self._count = len(ends) - 1
        rows = np.repeat(np.arange(self._count, dtype=np.int32), np.diff(ends))
        self._share(known, [rows], [np.asarray(codes)])
        also, whole = [rows], [np.asarray(codes)]
        for word, words in implied:
            if len(found := self._own(word, common)):
                also.append(found)
                whole.append(np.full(len(found), known.setdefault(words, len(known))))
        self._share(known, also, whole)
        self._masks: OrderedDict[str, Mask] = OrderedDict()
        self._sought = lru_cache(SOUGHT)(self._seek)
        self.holds = lru_cache(SOUGHT)(self._holds)

    def _add(self, own: Sequence[str]) -> None:
        """The next block."""
        texts = [text.encode() for text in own]
        starts = array("I", accumulate((len(text) + len(BETWEEN) for text in texts), initial=0))
        self._blocks.append((BETWEEN.join(texts), starts))
        self._grams.add(*self._blocks[-1])
        self._pairs.add(own)

    def __len__(self) -> int:
        return self._count

    def matching(self, words: Iterable[str], rows: Rows) -> Rows:
        """Which of some rows, in their order, have texts that contain all the words. What fewest
        may have comes first, so that the others are looked for where it is.
        """
        for sought in sorted(map(self._sought, words), key=lambda one: one.most):
            rows = self._containing(sought, rows)
        return rows

    def _holds(self, word: str) -> bool:
        """Whether a text contains a word."""
        sought = self._sought(word)
        return bool(sought.codes) or any(len(rows) for rows in self._among_own(sought))

    def hold_together(self, first: str, second: str) -> bool:
        """Whether a text contains both words."""
        few, other = sorted(map(self._sought, (first, second)), key=lambda one: one.most)
        rows = chain(
            chain.from_iterable(rows.tolist() for rows in self._among_own(few)),
            self._shared.rows(few.codes).tolist(),
        )
        return any(self._row_holds(other, row) for row in rows)

    def _share(
        self, known: Iterable[Words], rows: Sequence[Numbers], codes: Sequence[Numbers]
    ) -> None:
        """Rows have the words of their codes too."""
        texts = map(" ".join, known)
        self._shared = SharedTexts(texts, np.concatenate(rows), np.concatenate(codes), self._count)

    def _own(self, word: str, common: CommonWords) -> Numbers:
        """The rows whose own texts contain a word, those too where many have it."""
        found = self._among_own(self._seek(word))
        rows = np.concatenate((self._shared.rows(common.holding(word)), *found))
        return np.unique(rows).astype(np.int32)

    def _seek(self, word: str) -> Sought:
        text = word.encode()
        groups, pairs = self._grams.holding(text), self._pairs.within(word)
        codes = self._shared.codes(word)
        most = int(np.bitwise_count(groups).sum()) * GROUP + self._shared.most(codes)
        is_pair = bool(pairs) and len(word) <= len("两字")
        return Sought(word, text, groups, pairs, is_pair, codes, min(most, len(self)))

    def _containing(self, sought: Sought, rows: Rows) -> Rows:
        if sought.word not in self._masks:
            if len(rows) * FEW < sought.most:
                chosen = [row for row in rows.tolist() if self._row_holds(sought, row)]
                return np.array(chosen, dtype=np.intp)
            if sought.most * MANY < len(self):
                found = np.unique(
                    np.concatenate((self._shared.rows(sought.codes), *self._among_own(sought)))
                )
                return found if len(rows) == len(self) else rows[np.isin(rows, found)]
        mask = self._mask(sought)
        return np.flatnonzero(mask) if len(rows) == len(self) else rows[mask[rows]]

    def _mask(self, sought: Sought) -> Mask:
        """Which rows contain it; of the last few it is kept."""
        mask = self._masks.pop(sought.word, None)
        if mask is None:
            mask = np.zeros(len(self), dtype=np.bool_)
            mask[self._shared.rows(sought.codes)] = True
            groups = sought.groups & ~whole_groups(mask)
            for rows in self._among_own(replace(sought, groups=groups)):
                mask[rows] = True
        self._masks[sought.word] = mask
        while len(self._masks) > MASKS:
            self._masks.popitem(last=False)
        return mask

    def _row_holds(self, sought: Sought, row: int) -> bool:
        own = self._own_holds(sought, row)
        return own or self._shared.has(row, sought.codes)

    def _own_holds(self, sought: Sought, row: int) -> bool:
        (block, starts), at = self._blocks[row // BLOCK], row % BLOCK
        return block.find(sought.text, starts[at], starts[at + 1] - len(BETWEEN)) >= 0

    def _among_own(self, sought: Sought) -> Iterator[Rows]:
        """The rows whose own texts contain it, some after the other."""
        since = self._pairs.since(sought.pairs)
        if since < len(self._blocks):
            found = self._pairs.rows(sought.pairs)
            if sought.is_pair:
                yield found
            elif len(found) * 2 < (len(self._blocks) - since) * BLOCK:
                for start in range(0, len(found), BLOCK):
                    check()
                    some = found[start : start + BLOCK]
                    yield some[[self._own_holds(sought, row) for row in some.tolist()]]
            else:
                since = len(self._blocks)
        for number in np.flatnonzero(sought.groups[:since]).tolist():
            check()
            yield np.fromiter(self._scan(sought, number), np.intp) + number * BLOCK

    def _scan(self, sought: Sought, number: int) -> Iterator[int]:
        """Where in a block its texts contain it."""
        word, (block, starts) = sought.text, self._blocks[number]
        last = len(starts) - 1
        for group in groups_in(int(sought.groups[number])):
            row = group * GROUP
            end = starts[min(row + GROUP, last)]
            at = block.find(word, starts[row], end)
            while at >= 0:
                row = bisect_right(starts, at)
                yield row - 1
                at = block.find(word, starts[row], end)
