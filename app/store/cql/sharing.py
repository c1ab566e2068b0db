"""Equal parts of an expression, so that each is priced and computed once."""

from collections import Counter
from typing import Any


class Sharing:
    """Gives equal parts of an expression one number. Holds while the expression lives."""

    def __init__(self, expression: Any) -> None:
        self._numbers: dict[Any, int] = {}
        self._of_part: dict[int, int] = {}
        self._times: Counter[int] = Counter()
        self._number(expression)

    def __len__(self) -> int:
        """How many parts there are."""
        return len(self._of_part)

    def of(self, part: Any) -> int | None:
        """The number of an operator, property, literal or list; None for plain values."""
        return self._of_part.get(id(part))

    def repeated(self, part: Any) -> int | None:
        """The same, for a part that stands there more than once: worth keeping."""
        number = self.of(part)
        return number if number is not None and self._times[number] > 1 else None

    def _number(self, part: Any) -> int:
        if isinstance(part, dict):
            structure: Any = ("{", *((name, self._number(part[name])) for name in sorted(part)))
        elif isinstance(part, list):
            structure = ("[", *map(self._number, part))
        else:
            structure = (type(part), part)  # True, 1 and 1.0 are equal, and not the same
        number = self._numbers.setdefault(structure, len(self._numbers))
        if isinstance(part, dict | list):
            self._of_part[id(part)] = number
            self._times[number] += 1
        return number
