"""Where a word may stand: texts are known, a few together, by the pieces of three bytes in them.

A piece is a letter of Chinese, or three of the alphabet. Of each there is a bit for every group of
texts; a word can only be where the bits of all its pieces are. What is no word's piece shares a
bit with others now and then: the texts of a group are still looked at.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GROUP = 16
"""Texts that are known together."""
GROUPS = 64
"""Groups of a block: the bits of a number."""
BLOCK = GROUP * GROUPS
PIECE = 3
"""Bytes."""
BITS = 14
"""Of the numbers that pieces are known by."""
SPREAD = np.uint32(0x9E3779B1)
"""Odd, with its bits well mixed: pieces that are nearly the same get numbers far apart."""

Groups = NDArray[np.uint64]
"""Of each block the groups, as bits."""


class Grams:
    """Which groups of texts have which pieces."""

    def __init__(self) -> None:
        self._blocks: list[Groups] = []
        self._all: list[int] = []

    def add(self, block: bytes, starts: Sequence[int]) -> None:
        """The next block of texts, and where each begins; where the last ends."""
        held = np.zeros(1 << BITS, dtype=np.uint64)
        numbers = piece_numbers(block)
        firsts = starts[:-1:GROUP]
        for group, (start, end) in enumerate(zip(firsts, (*firsts[1:], starts[-1]), strict=True)):
            held[numbers[start:end]] |= np.uint64(1 << group)
        self._blocks.append(held)
        self._all.append((1 << len(firsts)) - 1)

    def settle(self) -> None:
        """Every block is there."""
        self._every = np.array(self._all, dtype=np.uint64)
        self._held = np.empty((1 << BITS, len(self._blocks)), dtype=np.uint64)
        for at in range(len(self._blocks)):
            self._held[:, at], self._blocks[at] = self._blocks[at], self._every[:0]
        del self._blocks, self._all

    def holding(self, word: bytes) -> Groups:
        """The groups that may have a word; all of them, where it is shorter than a piece."""
        numbers = piece_numbers(word)
        if not len(numbers):
            return self._every
        found: Groups = np.bitwise_and.reduce(self._held[numbers])
        return found & self._every


def piece_numbers(text: bytes) -> NDArray[np.intp]:
    """The numbers of the pieces that begin at each byte of a text."""
    count = max(len(text) - PIECE + 1, 0)
    rounds = -(-count // 4)
    padded = text + bytes(8)
    numbers = np.empty(4 * rounds, dtype=np.uint32)
    for at in range(4):  # four bytes at a time, of which the last is not looked at
        numbers[at::4] = np.frombuffer(padded, "<u4", rounds, at)
    numbers <<= np.uint32(8)
    numbers *= SPREAD
    numbers >>= np.uint32(32 - BITS)
    return numbers[:count].astype(np.intp)


def groups_in(bits: int) -> list[int]:
    """Of a block, from their bits."""
    return [at for at in range(GROUPS) if bits >> at & 1]


def whole_groups(marks: NDArray[np.bool_]) -> Groups:
    """The groups of which every text is marked."""
    every = np.zeros(-(-len(marks) // BLOCK) * BLOCK, dtype=np.bool_)
    every[: len(marks)] = marks
    whole = np.packbits(every.reshape(-1, GROUP).all(axis=1), bitorder="little")
    return whole.view("<u8").astype(np.uint64)
