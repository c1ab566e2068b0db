"""What many texts have: words that stand alone, and pairs of characters of Chinese.

Texts are seen block by block; of each block a few are looked at for what they have in common. From
then on such a word is held once, with who has it, and of such a pair there is a bit for every text.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from app.store.search.grams import BLOCK

ALONE = ""
"""Behind a word that stands in the texts themselves: what they are found by besides is another."""
APART = 32
"""Of so many texts of a block one is looked at."""
OFTEN = 3
"""Of those that are, so many have what is common."""
SELDOM = 4
"""Of so many blocks one is looked at for pairs."""
MOST_PAIRS = 1_000
"""Pairs that have bits."""
CHARACTERS = 1 << 16
"""Characters that may be in them: those of the first plane."""
CLASSES = 1 << 10
"""Numbers for those that are."""

Bits = NDArray[np.uint8]
NONE = np.empty((0, BLOCK // 8), dtype=np.uint8)


class CommonWords:
    """Words that stand between spaces and that many texts have, numbered as what else is shared."""

    def __init__(self, known: dict[tuple[str, ...], int]) -> None:
        self._known = known
        self._numbers: dict[str, int] = {}

    def parted(self, text: str) -> tuple[str, Iterator[int]]:
        """What a text alone has, each word once, and the numbers of its words that many have."""
        words = {*text.split()}
        common = words & self._numbers.keys()
        return " ".join(words - common), map(self._numbers.__getitem__, common)

    def learn(self, texts: Sequence[str]) -> None:
        """Look at the texts of a block for what is common."""
        seen = Counter(word for text in texts[::APART] for word in text.split())
        for word, count in seen.items():
            if count >= OFTEN:
                self._numbers[word] = self._known.setdefault((word, ALONE), len(self._known))

    def holding(self, word: str) -> list[int]:
        """The numbers of those that contain a word."""
        return [number for one, number in self._numbers.items() if word in one]


class CommonPairs:
    """Two characters side by side, and a character alone, that many texts have."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._classes = np.zeros(CHARACTERS, dtype=np.uint16)
        self._alone = np.zeros(CHARACTERS, dtype=np.uint16)
        self._pairs = np.zeros(CLASSES * CLASSES, dtype=np.uint16)
        """Of two classes the number of the pair; 0 for none."""
        self._known = 0
        self._blocks: list[Bits] = []

    def add(self, texts: Sequence[str]) -> None:
        """The next block."""
        if len(self._blocks) % SELDOM == 0:
            self._learn(texts)
        codes = np.frombuffer("\n".join(texts).encode("utf-32-le"), dtype=np.uint32)
        codes = np.minimum(codes, CHARACTERS - 1)
        row_of = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])[:-1]
        classes = self._classes.take(codes).astype(np.int32)
        marks = np.zeros((len(self._numbers) + 1, BLOCK), dtype=np.bool_)
        pairs = self._pairs.take(classes[:-1] * CLASSES + classes[1:])
        for found in (pairs, self._alone.take(codes)):
            at = np.flatnonzero(found)
            marks[found[at], row_of[at]] = True
        self._blocks.append(np.packbits(marks[1:], axis=1))

    def _learn(self, texts: Sequence[str]) -> None:
        seen = Counter[str]()
        for text in texts[::APART]:
            seen.update({text[at : at + 2] for at in range(len(text) - 1)})
            seen.update({*text})
        for one, count in seen.most_common():
            if count < OFTEN or len(self._numbers) == MOST_PAIRS:
                break
            if one not in self._numbers and all("\x7f" < letter < "\uffff" for letter in one):
                self._name(one)

    def _name(self, one: str) -> None:
        codes = [ord(letter) for letter in one]
        for code in codes:
            if not self._classes[code] and self._known < CLASSES - 1:
                self._known += 1
                self._classes[code] = self._known
        classes = [int(self._classes[code]) for code in codes]
        if not all(classes):
            return
        self._numbers[one] = number = len(self._numbers) + 1
        if len(one) == 1:
            self._alone[codes[0]] = number
        else:
            self._pairs[classes[0] * CLASSES + classes[1]] = number

    def settle(self) -> None:
        """Every block is there."""
        del self._classes, self._alone, self._pairs
        counts = [len(bits) for bits in self._blocks]
        self._since = np.searchsorted(counts, np.arange(len(self._numbers)), side="right")
        self._bits = np.full((len(self._numbers), len(counts), BLOCK // 8), 0xFF, dtype=np.uint8)
        """Of each pair the blocks; of those before it was known every bit is set."""
        for at, count in enumerate(counts):
            self._bits[:count, at], self._blocks[at] = self._blocks[at], NONE
        del self._blocks

    def within(self, word: str) -> list[int]:
        """The numbers of the pairs in a word; of a character, where it is one."""
        parts = [word[at : at + 2] for at in range(max(len(word) - 1, 1))]
        return [self._numbers[part] - 1 for part in parts if part in self._numbers]

    def since(self, numbers: Sequence[int]) -> int:
        """From which block on one of some pairs is known, the last of all where none is."""
        return min((int(self._since[number]) for number in numbers), default=self._bits.shape[1])

    def rows(self, numbers: Sequence[int]) -> NDArray[np.intp]:
        """The rows that may have all of some pairs, from the block on that one is known in."""
        since = self.since(numbers)
        bits = np.bitwise_and.reduce(self._bits[list(numbers), since:])
        return np.flatnonzero(np.unpackbits(bits)) + since * BLOCK
