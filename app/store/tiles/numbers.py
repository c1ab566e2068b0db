"""Feature numbers: MVT ids are integers, the ids of items are words."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from app.store.tiles.grid import Ints

BITS = 42
"""Six bytes in a tile, well within what JavaScript counts (2^53). A million ids
have a chance of one in nine that any two meet."""


def numbers_of(ids: Sequence[str]) -> Ints:
    """A number for each id, which only the id decides, so that data versions share it.

    Of two ids with one number the latter in the alphabet gets the next that its hashes give.
    """
    numbers = np.fromiter(map(hashed, ids), dtype=np.int64, count=len(ids))
    if len(np.unique(numbers)) == len(ids) and numbers.all():
        return numbers
    taken: set[int] = set()
    known: dict[str, int] = {}
    for id in sorted(set(ids)):
        attempt = 0
        while (number := hashed(id, attempt)) in taken or not number:
            attempt += 1
        taken.add(number)
        known[id] = number
    return np.fromiter(map(known.__getitem__, ids), dtype=np.int64, count=len(ids))


def hashed(id: str, attempt: int = 0) -> int:
    """The first 42 bits of BLAKE2b-64 of the id; of `#1`, `#2` … added where those are taken."""
    text = f"{id}#{attempt}" if attempt else id
    digest = blake2b(text.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - BITS)
