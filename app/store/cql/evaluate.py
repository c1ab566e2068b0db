"""Evaluates an expression on columns: for which rows it is true."""

from collections.abc import Callable
from functools import reduce
from typing import Any, Protocol

import numpy as np

from app.domain.projections import CRS84, Projection
from app.store.cql.coded import Rows
from app.store.cql.cost import Pricing, Size
from app.store.cql.effort import LONG, PARTS_AT_ONCE, effort
from app.store.cql.errors import wrong
from app.store.cql.narrow import Held, narrowed
from app.store.cql.operators.arrays import ARRAYS, array_relation
from app.store.cql.operators.comparison import (
    ARITHMETIC,
    COMPARISONS,
    between,
    calculate,
    compare,
    is_in,
    is_null,
    like,
)
from app.store.cql.operators.functions import FOLDS, call
from app.store.cql.operators.spatial import (
    SPATIAL,
    box_literal,
    geometry_literal,
    spatial_relation,
)
from app.store.cql.operators.temporal import (
    TEMPORAL,
    date_literal,
    instant_literal,
    interval_value,
    temporal_relation,
)
from app.store.cql.sharing import Sharing
from app.store.cql.values import (
    BOOLEAN,
    LIST,
    NUMBER,
    TEXT,
    Mask,
    Truth,
    Value,
    column,
    constant,
    need_count,
)
from app.work import check

GEOMETRY_TYPES = (
    "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
    "GeometryCollection",
)  # fmt: skip


class Columns(Protocol):
    """What a filter is evaluated on."""

    def __len__(self) -> int: ...

    def column(self, name: str) -> Value:
        """The values of a queryable. Raises BadValue for any other name."""
        ...

    def size(self, name: str) -> Size:
        """How much of it there is; of any other name an empty size."""
        ...

    def derived(self, key: str, make: Callable[[], Value]) -> Value:
        """What a function makes of a column, made once for some filters."""
        ...


class AllColumns(Columns, Held, Protocol):
    """Columns with all rows."""

    def of(self, rows: Rows) -> Columns:
        """The same of some rows."""
        ...


def evaluate(expression: Any, columns: AllColumns, projection: Projection = CRS84) -> Mask:
    """Which rows the expression is true of; geometries of it are in `projection`."""
    evaluation = Evaluation(expression, columns, projection)
    rows = evaluation.candidates(columns)
    if rows is None:
        return evaluation.rows()
    evaluation.columns = columns.of(rows)
    mask = np.zeros(len(columns), np.bool_)
    mask[rows] = evaluation.rows()
    return mask


class Evaluation:
    """One evaluation: the columns, and the CRS of geometry literals.

    Parts that say the same are computed once. Between two steps it is looked whether to go on.
    """

    def __init__(self, expression: Any, columns: Columns, projection: Projection = CRS84) -> None:
        self.expression = expression
        self.columns = columns
        self.projection = projection
        self.steps = 0
        """Operators and literals computed so far."""
        self._sharing = Sharing(expression)
        self._values: dict[int, Value] = {}
        self._truths: dict[int, Truth] = {}

    def candidates(self, columns: Held) -> Rows | None:
        """The rows that it may be true of; None where these are not few."""
        return narrowed(self.expression, columns, self.plain)

    def effort(self, columns: Held) -> float:
        """How long it takes, about (app/store/cql/effort.py)."""
        if len(self._sharing) > PARTS_AT_ONCE:
            return LONG
        return effort(self.expression, columns, self.plain)

    def cost(self) -> int:
        """What it will cost (app/store/cql/cost.py). Raises BadValue for a bad geometry."""
        pricing = Pricing(self.columns, self._sharing, self.geometry)
        pricing.size(self.expression)
        return pricing.cost

    def rows(self) -> Mask:
        """The rows for which it is true."""
        true = self.truth(self.expression).yes
        return np.broadcast_to(true, (len(self.columns),))

    def truth(self, expression: Any) -> Truth:
        """The truth of a predicate."""
        number = self._sharing.repeated(expression)
        if number in self._truths:
            return self._truths[number]
        found = self._truth(expression)
        if number is not None:
            self._truths[number] = found
        return found

    def _truth(self, expression: Any) -> Truth:
        match expression:
            case {"op": str(name), "args": list(args)}:
                self.step()
                return self.predicate(name, args)
        return boolean(self.value(expression))

    def step(self) -> None:
        self.steps += 1
        check()

    def predicate(self, name: str, args: list[Any]) -> Truth:
        op = name.lower()
        if op in LOGIC:
            return LOGIC[op](self, args)
        for operators, relation in RELATIONS:
            if op in operators:
                need_count(op, args, 2)
                return relation(op, self.value(args[0]), self.value(args[1]))
        if op in SPECIAL:
            return SPECIAL[op](self, args)
        return boolean(self.result(op, args))

    def value(self, expression: Any) -> Value:
        """The value of a scalar, array, time or geometry expression."""
        if isinstance(expression, dict):
            return self.object_value(expression)
        if isinstance(expression, list):
            return self.array(expression)
        for type, kind in ((bool, BOOLEAN), (str, TEXT), (int | float, NUMBER)):
            if isinstance(expression, type):
                return constant(kind, expression)
        raise wrong(expression, "a property, a literal or a function; null by IS NULL")

    def object_value(self, expression: dict[str, Any]) -> Value:
        match expression:
            case {"property": str(name), **rest} if not rest:
                return self.columns.column(name)
        number = self._sharing.of(expression)
        if number in self._values:
            return self._values[number]
        self.step()
        match expression:
            case {"op": str(name), "args": list(args)}:
                value = self.result(name.lower(), args)
            case _:
                value = self.literal(expression)
        if self._sharing.repeated(expression) is not None:
            self.keep(expression, value)
        return value

    def keep(self, expression: Any, value: Value) -> None:
        number = self._sharing.of(expression)
        if number is not None:
            self._values[number] = value

    def result(self, op: str, args: list[Any]) -> Value:
        """The value of an operator or function."""
        if op in ARITHMETIC:
            need_count(op, args, 2)
            return calculate(op, self.value(args[0]), self.value(args[1]))
        if is_call(op):
            return self.called(op, args)
        truth = self.predicate(op, args)
        return Value(BOOLEAN, truth.yes, truth.yes | truth.no)

    def called(self, op: str, args: list[Any]) -> Value:
        """The value of a function; of a column alone it is kept for other filters."""

        def make() -> Value:
            return call(op, [self.value(arg) for arg in args])

        match args:
            case [{"property": str(name)}]:
                return self.columns.derived(f"{op} {name}", make)
        return make()

    def array(self, parts: list[Any]) -> Value:
        """An array literal: a set of texts, numbers or booleans."""
        for part in parts:
            if not isinstance(part, str | int | float | bool):
                raise wrong(part, "texts, numbers or booleans in an array")
        return constant(LIST, frozenset(parts))

    def literal(self, expression: dict[str, Any]) -> Value:
        """A time or a geometry."""
        match expression:
            case {"date": text}:
                return date_literal(text)
            case {"timestamp": text}:
                return instant_literal(text)
            case {"interval": list(parts)}:
                return interval_value(parts, self.value)
        value = self.geometry(expression)
        if value is None:
            raise wrong(
                expression,
                'a CQL2 expression: {"op": …, "args": […]}, {"property": "name"}, a date, '
                "timestamp or interval, a bbox or a GeoJSON geometry",
            )
        return value

    def plain(self, expression: Any) -> Value | None:
        """The value of a literal; None of anything else."""
        match expression:
            case {"op": str(name), "args": [str(text)]} if name.lower() in FOLDS:
                return call(name.lower(), [constant(TEXT, text)])
            case str() | bool() | int() | float() | list() | {"date": _} | {"timestamp": _}:
                return self.value(expression)
        return self.geometry(expression)

    def geometry(self, expression: Any) -> Value | None:
        """A geometry literal, read once; None for anything else."""
        number = self._sharing.of(expression)
        if number in self._values:
            return self._values[number]
        match expression:
            case {"bbox": numbers}:
                value = box_literal(numbers, self.projection)
            case {"type": str(kind)} if kind in GEOMETRY_TYPES:
                value = geometry_literal(expression, self.projection)
            case _:
                return None
        self.keep(expression, value)
        return value


def boolean(value: Value) -> Truth:
    """The truth of a value that is true or false."""
    if value.kind != BOOLEAN:
        raise wrong(f"a {value.kind}", "a predicate: a comparison, or a boolean property")
    return Truth(value.data & value.known, ~value.data & value.known)


def all_of(self: Evaluation, args: list[Any]) -> Truth:
    if not args:
        return Truth(np.ones(1, np.bool_), np.zeros(1, np.bool_))
    return reduce(Truth.__and__, map(self.truth, args))


def any_of(self: Evaluation, args: list[Any]) -> Truth:
    if not args:
        return Truth(np.zeros(1, np.bool_), np.ones(1, np.bool_))
    return reduce(Truth.__or__, map(self.truth, args))


def opposite(self: Evaluation, args: list[Any]) -> Truth:
    need_count("not", args, 1)
    return ~self.truth(args[0])


def one_in(self: Evaluation, args: list[Any]) -> Truth:
    need_count("in", args, 2)
    if not isinstance(args[1], list):
        raise wrong(args[1], "a list after IN")
    plain = [arg for arg in args[1] if not isinstance(arg, dict | list)]
    other = [self.value(arg) for arg in args[1] if isinstance(arg, dict | list)]
    return is_in(self.value(args[0]), other, literals(self, plain))


def literals(self: Evaluation, plain: list[Any]) -> list[Value]:
    """Plain values, each different one once, as a column a kind."""
    found: dict[str, dict[Any, Value]] = {}
    for one in plain:
        value = self.value(one)
        found.setdefault(value.kind, {})[one] = value
    return [column(kind, values, [True] * len(values)) for kind, values in found.items()]


def nothing(self: Evaluation, args: list[Any]) -> Truth:
    need_count("isNull", args, 1)
    return is_null(self.value(args[0]))


def inside(self: Evaluation, args: list[Any]) -> Truth:
    need_count("between", args, 3)
    value, low, high = (self.value(arg) for arg in args)
    return between(value, low, high)


def alike(self: Evaluation, args: list[Any]) -> Truth:
    need_count("like", args, 2)
    return like(self.value(args[0]), self.value(args[1]))


Rule = Callable[[Evaluation, list[Any]], Truth]
LOGIC: dict[str, Rule] = {"and": all_of, "or": any_of, "not": opposite}
SPECIAL: dict[str, Rule] = {"in": one_in, "isnull": nothing, "between": inside, "like": alike}
RELATIONS: tuple[tuple[Any, Callable[[str, Value, Value], Truth]], ...] = (
    (COMPARISONS, compare),
    (SPATIAL, spatial_relation),
    (TEMPORAL, temporal_relation),
    (ARRAYS, array_relation),
)


def is_call(op: str) -> bool:
    """Whether a name is a function's, known or not, and no operator's."""
    taken = (LOGIC, SPECIAL, ARITHMETIC, *(operators for operators, _ in RELATIONS))
    return not any(op in operators for operators in taken)
