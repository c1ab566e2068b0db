"""Lists of different lengths in one flat array: where each begins, and how to gather them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def starts_of(lengths: NDArray[np.integer]) -> Ints:
    """Where each list begins; one more for where the last ends."""
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def grouped(codes: NDArray[Any], count: int) -> tuple[NDArray[np.int32], Ints]:
    """The rows by their codes, of which there are so many, and where those of each code begin; one
    more for where the last end.
    """
    rows = np.argsort(codes, kind="stable").astype(np.int32)
    return rows, starts_of(np.bincount(codes, minlength=count))


def within(lengths: NDArray[np.integer]) -> Ints:
    """0, 1, 2 … in each list."""
    starts = starts_of(lengths)
    return np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)


def places(starts: NDArray[np.integer], lengths: NDArray[np.integer]) -> Ints:
    """Every place of lists that begin at `starts`, list by list."""
    return np.repeat(starts, lengths) + within(lengths)
