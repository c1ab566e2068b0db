"""Heads that clients send again and again, byte for byte: each is checked and parsed once.

A browser that comes back, a proxy that asks whether its copy is good, whoever watches the service.
"""

from typing import Any, NamedTuple

from app.asked_before import AskedBefore

MOST, LONGEST = 2000, 1500
"""Heads that are kept, and bytes of one."""
READ = ("method", "http_version", "path", "raw_path", "query_string")
"""What the ASGI scope has of a head, beside its fields."""
UNKNOWN = 4
"""So many heads for each that is kept are remembered as sent once."""


class ReadHead(NamedTuple):
    """What a head without a body says."""

    scope: dict[str, Any]
    """Of the ASGI scope what the head says beside its fields."""
    headers: list[tuple[bytes, bytes]]
    keep_alive: bool


class KnownHeads:
    """Heads by their bytes; what was kept first goes first."""

    def __init__(self) -> None:
        self._kept: dict[bytes, ReadHead] = {}
        self._sent = AskedBefore(UNKNOWN * MOST)

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, head: bytes) -> ReadHead | None:
        return self._kept.get(head)

    def is_sent_again(self, head: bytes) -> bool:
        """Whether it was sent before; from now on it was."""
        return self._sent.note(head)

    def keep(self, head: bytes, read: ReadHead) -> None:
        """Keep a head, unless it is long."""
        if len(head) > LONGEST:
            return
        if len(self._kept) >= MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[head] = read
