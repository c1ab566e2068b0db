"""Features as typed columns, a value per row, for filters and sorting."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from app.domain.errors import BadValue
from app.store.cql.coded import Coded, Rows
from app.store.cql.cost import Size, size_of
from app.store.cql.operators.temporal import day, instant
from app.store.cql.values import (
    BOOLEAN,
    DATE,
    GEOMETRY,
    INSTANT,
    LIST,
    NUMBER,
    TEXT,
    Value,
    indexed,
)
from app.work.once import Once

Feature = Mapping[str, Any]

KIND_OF_TYPE = {
    "text": TEXT,
    "integer": NUMBER,
    "number": NUMBER,
    "boolean": BOOLEAN,
    "date": DATE,
    "datetime": INSTANT,
    "list": LIST,
}
"""Type of a property (app/domain/schema.py) → kind of its column."""

READ: dict[str, Callable[[Any], Any]] = {
    TEXT: str,
    NUMBER: float,
    BOOLEAN: bool,
    DATE: day,
    INSTANT: instant,
    LIST: frozenset,
}
FILLING: dict[str, Any] = {
    TEXT: "", NUMBER: 0.0, BOOLEAN: False, DATE: 0, INSTANT: 0, LIST: frozenset(), GEOMETRY: None,
}  # fmt: skip
"""What stands in a column where there is no value; never looked at."""

GEOMETRY_NAME = "geometry"
DERIVED_MOST = 4


class FeatureColumns:
    """The columns of some features; each is made when first asked for."""

    def __init__(
        self,
        features: Sequence[Feature],
        kinds: Mapping[str, str],
        shapes: NDArray[np.object_] | None = None,
    ) -> None:
        """`shapes`: the geometries of the features, where they have been read already."""
        self.features = features
        self.kinds = kinds
        self._shapes = shapes
        self._made: dict[str, Value] = {}
        self._making: dict[tuple[str, ...], Once[None]] = {}
        self._one_reads = threading.Lock()
        self._derived: OrderedDict[str, Value] = OrderedDict()
        self._sizes: dict[str, Size] = {}

    def __len__(self) -> int:
        return len(self.features)

    def column(self, name: str, parameter: str = "filter") -> Value:
        if name not in self.kinds:
            raise BadValue(parameter, name, f"one of the queryables: {', '.join(self.kinds)}")
        if name not in self._made:
            self.make((name,))
        return self._made[name]

    def held(self, name: str) -> Value | None:
        """A column that is made already."""
        return self._made.get(name)

    def held_derived(self, key: str) -> Value | None:
        """What a function makes of a column, where it is there already."""
        return self._derived.get(key)

    def of(self, rows: Rows) -> "ChosenColumns":
        """The same of some rows."""
        return ChosenColumns(self, rows)

    def size(self, name: str) -> Size:
        """How much of it there is, measured once; of any other name an empty size."""
        if name not in self.kinds:
            return Size()
        self.make((name,))
        return self._sizes[name]

    def make(self, names: Iterable[str]) -> None:
        """Make these columns where they are not there yet; the features are read once for all."""
        if not self._unmade(names):
            return
        with self._one_reads:
            new = self._unmade(names)
            made = {}
            if self._shapes is not None and GEOMETRY_NAME in new:
                new.remove(GEOMETRY_NAME)
                known = ~shapely.is_missing(self._shapes)
                made[GEOMETRY_NAME] = Value(GEOMETRY, self._shapes, known, index=self.tree)
            made |= self._read(new) if new else {}
            self._sizes |= {name: size_of(column) for name, column in made.items()}
            self._made |= made

    def making(self, names: Iterable[str]) -> Once[None] | None:
        """What makes these columns for all who wait for them; None where they are there."""
        new = tuple(self._unmade(names))
        if not new:
            return None
        self._making = {one: once for one, once in self._making.items() if not once.is_made}
        return self._making.setdefault(new, Once(partial(self.make, new), "filter"))

    def searching(self, names: Iterable[str]) -> Iterator[Once[Any]]:
        """What makes known which values of these columns hold what."""
        for name in dict.fromkeys(names):
            column = self.held(name)
            index = None if column is None else column.index
            if isinstance(index, Coded) and index.contents is not None:
                yield index.contents

    def _unmade(self, names: Iterable[str]) -> list[str]:
        return [name for name in dict.fromkeys(names) if name in self.kinds.keys() - self._made]

    def _read(self, names: Sequence[str]) -> dict[str, Value]:
        found: dict[str, list[Any]] = {name: [] for name in names}
        for feature in self.features:
            for name, values in found.items():
                values.append(value_of(feature, name))
        return {name: self._column(self.kinds[name], values) for name, values in found.items()}

    def _column(self, kind: str, found: Sequence[Any]) -> Value:
        filling = FILLING[kind]
        read = once_each_geometry() if kind == GEOMETRY else READ[kind]
        values = (filling if one is None else read(one) for one in found)
        return ordered(indexed(kind, values, (one is not None for one in found)))

    def derived(self, key: str, make: Callable[[], Value]) -> Value:
        """What a function makes of a column; the last few are kept."""
        column = self._derived.pop(key, None) or ordered(make())
        self._derived[key] = column
        if len(self._derived) > DERIVED_MOST:
            self._derived.popitem(last=False)
        return column

    @cached_property
    def tree(self) -> shapely.STRtree:
        """By which geometries are found."""
        assert self._shapes is not None
        return shapely.STRtree(self._shapes)


class ChosenColumns:
    """Columns of some of the rows."""

    def __init__(self, columns: FeatureColumns, rows: Rows) -> None:
        self._columns, self._rows = columns, rows
        self._made: dict[str, Value] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def column(self, name: str) -> Value:
        if name not in self._made:
            self._made[name] = self._columns.column(name).of(self._rows)
        return self._made[name]

    def size(self, name: str) -> Size:
        """How much of it there is; of any other name an empty size."""
        return size_of(self.column(name)) if name in self._columns.kinds else Size()

    def derived(self, key: str, make: Callable[[], Value]) -> Value:
        """What a function makes of a column."""
        held = self._columns.held_derived(key)
        return make() if held is None else held.of(self._rows)


def ordered(column: Value) -> Value:
    """The column, with all that is made once for it but what single filters ask for."""
    if isinstance(column.index, Coded):
        _ = column.index.order
    return column


def once_each_geometry() -> Callable[[Any], Any]:
    """Reads geometries; equal ones are one object, so that work on them is done once."""
    known: dict[bytes, Any] = {}

    def read(geometry: Any) -> Any:
        found = shape(geometry)
        return known.setdefault(found.wkb, found)

    return read


def value_of(feature: Feature, name: str) -> Any:
    """A property; dots lead into properties that are objects. None where there is none."""
    if name == GEOMETRY_NAME:
        return feature["geometry"]
    value: Any = feature["properties"]
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
