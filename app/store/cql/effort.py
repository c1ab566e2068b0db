"""How long an expression takes, where that is known to be short: so that it may be found at once.

The unit is about a nanosecond. Unlike the cost (cost.py) it is what is usual, not the most.
"""

import math
from collections.abc import Callable
from typing import Any

import shapely

from app.store.cql.coded import FEW, Coded, CodedTexts, plain_part
from app.store.cql.coded_lists import CodedLists
from app.store.cql.narrow import Constant, Held, held_column, looked_up, share_in
from app.store.cql.operators.arrays import ARRAYS
from app.store.cql.operators.comparison import COMPARISONS
from app.store.cql.operators.functions import FOLDS
from app.store.cql.values import GEOMETRY, Value

AT_ONCE = 1_200_000
"""As long as filters may take while others wait."""
PARTS_AT_ONCE = 200
"""Operators, properties and literals up to which it is looked how long they take."""
LONG = math.inf
NODE, BOX = 5_000, 50_000
ROW = 0.25
"""Of a row whose truth is marked and joined to that of others."""
ROW_FOUND, TEXT_READ, SHAPE = 2, 100, 60
LIST_MOST = 100


def effort(expression: Any, columns: Held, constant: Constant) -> float:
    """LONG where it may be more than can be said beforehand."""
    of_all = effort_of_all(expression, columns, constant)
    if AT_ONCE < of_all < LONG:
        few = looked_up(expression, columns, constant)
        return of_all if few is None else NODE + TEXT_READ * few.about
    return of_all


def effort_of_all(expression: Any, columns: Held, constant: Constant) -> float:
    """Where all rows are looked at."""
    match expression:
        case {"op": str(op), "args": [*parts]} if op.lower() in ("and", "or", "not"):
            return NODE + sum(effort_of_all(part, columns, constant) for part in parts)
        case {"op": str(op), "args": [part, *others]}:
            rule, column = RULES.get(op.lower()), held_column(columns, part)
            if rule is not None and column is not None:
                return NODE + ROW * len(columns) + rule(column, others, constant)
    return LONG


def by_row(column: Value, others: list[Any], constant: Constant) -> float:
    return 0 if column.kind != GEOMETRY and all(map(is_plain, others)) else LONG


def is_plain(part: Any) -> bool:
    match part:
        case str() | int() | float() | {"date": _} | {"timestamp": _}:
            return True
        case {"op": str(op), "args": [str()]}:
            return op.lower() in FOLDS
    return False


def by_list(column: Value, others: list[Any], constant: Constant) -> float:
    match others:
        case [list(options)] if len(options) <= LIST_MOST:
            a_row = min(ROW * len(options), ROW_FOUND)
            return by_row(column, options, constant) + a_row * len(column.known)
    return LONG


def by_part(column: Value, others: list[Any], constant: Constant) -> float:
    """Of a LIKE: by how many texts may hold its longest part, once it is held which do."""
    index, patterns = column.index, [constant(one) for one in others]
    match patterns:
        case [Value(kind="text", data=data)] if isinstance(index, CodedTexts):
            if len(index.values) < FEW:
                return by_value(column, [[]], constant)
            part = plain_part(data[0])
            count = index.count_about(part) if index.is_searched else None
            if count is None:
                return LONG
            is_exact = data[0] == f"%{part}%" and index.tells(part)
            return (ROW_FOUND if is_exact else TEXT_READ) * count + ROW_FOUND * len(column.known)
    return LONG


def by_value(column: Value, others: list[Any], constant: Constant) -> float:
    """Each different value is looked at."""
    match others:
        case [list()] if isinstance(column.index, Coded) and len(column.index.values) < FEW:
            return TEXT_READ * len(column.index.values) + ROW_FOUND * len(column.known)
    return LONG


def by_member(column: Value, others: list[Any], constant: Constant) -> float:
    """By how many lists have it, once it is held which do; of few each is looked at."""
    index = column.index
    match others:
        case [[str() | int() | float() as member]] if (
            isinstance(index, CodedLists) and index.is_searched
        ):
            codes = index.codes_about("a_contains", frozenset((member,)))
            return LONG if codes is None else TEXT_READ * len(codes) + ROW_FOUND * len(column.known)
    return by_value(column, others, constant)


def by_box(column: Value, others: list[Any], constant: Constant) -> float:
    """Of a box among what is mostly points: by how many may lie in it."""
    match others:
        case [{"bbox": list()} as box] if isinstance(column.index, shapely.STRtree):
            literal = constant(box)
            assert literal is not None
            return BOX + SHAPE * len(column.known) * share_in(column.index, literal.data[0])
    return LONG


Rule = Callable[[Value, list[Any], Constant], float]
RULES: dict[str, Rule] = {
    **dict.fromkeys(COMPARISONS, by_row),
    "between": by_row,
    "isnull": by_row,
    "in": by_list,
    "like": by_part,
    "s_intersects": by_box,
    **dict.fromkeys(ARRAYS, by_member),
}
