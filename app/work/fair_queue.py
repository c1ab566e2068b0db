"""A bounded queue that no single client can fill against the others.

Turns go round the clients, so that one who sends a hundred jobs waits behind himself alone. Who is
alone may use every place; when the queue is full, a newcomer takes the last place of whoever holds
most. Not locked: its owner holds a lock anyway.
"""

from collections import OrderedDict, deque
from typing import Generic, TypeVar

from app.domain.errors import Overloaded

T = TypeVar("T")


class FairQueue(Generic[T]):
    """Items by the client they belong to; at most `most` in all."""

    def __init__(self, most: int, name: str = "work") -> None:
        self.most, self.name = most, name
        self._lines: OrderedDict[str, deque[T]] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def put(self, client: str, item: T) -> T | None:
        """Add an item to the client's line; the item that had to give way, if one had to.

        Raises Overloaded where the queue is full and nobody holds more than this client would.
        """
        displaced = self._make_room(client) if self._count >= self.most else None
        self._lines.setdefault(client, deque()).append(item)
        self._count += 1
        return displaced

    def take(self) -> T | None:
        """The next item, a client's turn after another's; None where nothing waits."""
        if not self._lines:
            return None
        client, line = next(iter(self._lines.items()))
        item = line.popleft()
        self._count -= 1
        self._lines.move_to_end(client)
        if not line:
            del self._lines[client]
        return item

    def discard(self, client: str, item: T) -> bool:
        """Take an item out of its line; whether it was still there."""
        line = self._lines.get(client)
        if line is None or item not in line:
            return False
        line.remove(item)
        self._count -= 1
        if not line:
            del self._lines[client]
        return True

    def _make_room(self, client: str) -> T:
        heaviest = max(self._lines, key=lambda one: len(self._lines[one]), default=client)
        own = len(self._lines.get(client, ()))
        if len(self._lines.get(heaviest, ())) <= own + 1:
            raise Overloaded(self.name, f"{self.most} requests already wait")
        item = self._lines[heaviest].pop()
        self._count -= 1
        return item
