"""What was asked for once: only what is asked for again is worth keeping."""

from collections.abc import Hashable


class AskedBefore:
    """Things asked for, by number; all of them are forgotten when they are too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._numbers: set[int] = set()

    def note(self, asked: Hashable) -> bool:
        """Whether it was asked for before; from now on it was."""
        number = hash(asked)
        if number in self._numbers:
            return True
        if len(self._numbers) >= self._most:
            self._numbers.clear()
        self._numbers.add(number)
        return False
