"""The transport a connection writes to: counts unsent bytes, closes without losing the last
response.
"""

import asyncio
from collections.abc import Callable
from typing import Any


class Outlet:
    """A transport whose end is decided by its connection: `ended` is called instead of close."""

    def __init__(self, transport: asyncio.Transport, ended: Callable[[], None]) -> None:
        self.transport = transport
        self.written = 0
        self.closing = False
        self._ended = ended

    def write(self, data: bytes) -> None:
        self.written += len(data)
        self.transport.write(data)

    def close(self) -> None:
        self._ended()

    def is_closing(self) -> bool:
        return self.closing or self.transport.is_closing()

    @property
    def unsent(self) -> int:
        """Bytes that wait for the client to take them."""
        return self.transport.get_write_buffer_size()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.transport, name)
