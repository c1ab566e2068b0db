"""The ready responses, bounded in number and in bytes."""

import math
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

from app.asked_before import AskedBefore

MOMENT = 1.0
"""Seconds for which an answer is kept that is made of files somebody may be working on."""
LARGEST = 8
"""No answer takes more than this part of the room."""
OVERHEAD = 600
"""Bytes an entry takes beside its texts."""
UNKNOWN = 4
"""So many addresses for each that is kept are remembered as asked for once."""

Key = tuple[bytes, bytes, str, bytes, str]
"""Path and query as sent, scheme, host, and what the client prefers."""


class ReadyAnswer(NamedTuple):
    """An answer as it is sent."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    lines: bytes
    """The same as they are sent."""
    body: bytes
    tag: str
    until: float


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """An answer whose body lies in the cache of files."""

    headers: tuple[tuple[bytes, bytes], ...]
    file: str
    """The body's key there."""


class ReadyStore:
    """Answers by key and status; what has not been asked for longest goes first.

    All of them rest on one `basis`: with another one, everything is forgotten.
    """

    def __init__(self, most_bytes: int, most_entries: int) -> None:
        self._most_bytes, self._most_entries = most_bytes, most_entries
        self.hits = self.misses = 0
        self.clear(None)

    def clear(self, basis: object) -> None:
        """Forget everything; from now on answers rest on `basis`."""
        self.basis = basis
        self.held = 0
        self._kept: OrderedDict[tuple[Key, int], ReadyAnswer] = OrderedDict()
        self._asked = AskedBefore(UNKNOWN * self._most_entries)
        self._files: OrderedDict[Key, FileAnswer] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key, status: int) -> ReadyAnswer | None:
        answer = self._kept.get((key, status))
        if answer is None:
            return None
        if answer.until != math.inf and answer.until < time.monotonic():
            later = time.monotonic() + MOMENT
            self._kept[key, status] = answer._replace(until=later)  # for others, while it is made
            return None
        self._kept.move_to_end((key, status))
        return answer

    def file_of(self, key: Key) -> FileAnswer | None:
        """The answer to a key where its body lies in the cache of files."""
        return self._files.get(key)

    def keep_file(self, basis: object, key: Key, answer: FileAnswer) -> None:
        """Keep where the body of an answer lies; what was noted first goes first."""
        if basis is self.basis:
            self._files[key] = answer
            if len(self._files) > self._most_entries:
                self._files.popitem(last=False)

    def is_asked_again(self, key: Key) -> bool:
        """Whether it was asked for before; from now on it was."""
        return self._asked.note(key)

    def forget(self, basis: object, key: Key) -> None:
        """The answer to a key is no longer one to keep."""
        if basis is self.basis:
            for status in (200, 304):
                self._drop((key, status))

    def keep(self, basis: object, key: Key, answer: ReadyAnswer) -> None:
        """Keep an answer that rests on a basis, and make room for it."""
        size = size_of(key, answer)
        if basis is not self.basis or size > self._most_bytes // LARGEST:
            return
        self._drop((key, answer.status))
        self._kept[key, answer.status] = answer
        self.held += size
        while self.held > self._most_bytes or len(self._kept) > self._most_entries:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple[Key, int]) -> None:
        if key in self._kept:
            self.held -= size_of(key[0], self._kept.pop(key))


def size_of(key: Key, answer: ReadyAnswer) -> int:
    """Bytes an entry takes, the address it is found by among them."""
    return sum(map(len, key)) + 2 * len(answer.lines) + len(answer.body) + OVERHEAD
