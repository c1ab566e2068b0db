"""How long an expression takes, where that is known to be short: so that it may be found at once.

The unit is a row that is compared. Unlike the cost (cost.py) it is what is usual, not the most.
"""

import math
from collections.abc import Callable
from typing import Any, Protocol

import shapely

from app.store.cql.coded import CodedTexts, plain_part
from app.store.cql.operators.comparison import COMPARISONS
from app.store.cql.values import Value

LONG = math.inf
NODE = 5_000
LIST_MOST = 100
CHARACTERS_A_ROW = 1.5
"""Characters that are searched as long as a row is compared."""


class Held(Protocol):
    """Columns of which some are made."""

    def held(self, name: str) -> Value | None:
        """A column that is there already."""
        ...


def effort(expression: Any, columns: Held) -> float:
    """Rows that are compared; LONG where it may be more than can be said beforehand."""
    match expression:
        case {"op": str(op), "args": [*parts]} if op.lower() in ("and", "or", "not"):
            return NODE + sum(effort(part, columns) for part in parts)
        case {"op": str(op), "args": [{"property": str(name)}, *others]}:
            rule, column = RULES.get(op.lower()), columns.held(name)
            return LONG if rule is None or column is None else NODE + rule(column, others)
    return LONG


def by_row(column: Value, others: list[Any]) -> float:
    plain = all(isinstance(one, str | int | float) for one in others)
    return len(column.known) if plain and not isinstance(column.index, shapely.STRtree) else LONG


def by_list(column: Value, others: list[Any]) -> float:
    match others:
        case [list(options)] if len(options) <= LIST_MOST:
            return 2 * by_row(column, options)
    return LONG


def by_part(column: Value, others: list[Any]) -> float:
    """Of a LIKE: all texts are gone through, once they are held as one."""
    index = column.index
    match others:
        case [str(pattern)] if isinstance(index, CodedTexts) and plain_part(pattern):
            return len(column.known) + index.characters / CHARACTERS_A_ROW
    return LONG


def by_box(column: Value, others: list[Any]) -> float:
    """Of a box among what is mostly points."""
    match others:
        case [{"bbox": list()}] if isinstance(column.index, shapely.STRtree):
            return len(column.known)
    return LONG


Rule = Callable[[Value, list[Any]], float]
RULES: dict[str, Rule] = {
    **dict.fromkeys(COMPARISONS, by_row),
    "between": by_row,
    "isnull": by_row,
    "in": by_list,
    "like": by_part,
    "s_intersects": by_box,
}
