"""What tiles say of an item: little far out, what a map is styled and labelled by further in.

A zoom says the same in every tile, so that an item is alike on both sides of an edge.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from app.store.tiles.grid import Floats, Ints
from app.store.tiles.mvt import Tags, value_bytes

Feature = Mapping[str, Any]

SPOKEN = (str, int, float, bool)


class Detail(NamedTuple):
    """Which properties are said, from which zoom on, and to how many items a tile at most."""

    names: tuple[str, ...]
    zoom: int
    items: float


STYLED = ("id", "code", "layer", "category", "kind", "status", "precision", "scope")
NAMED = (*STYLED, "name")
RICH = (*NAMED, "name_en", "uncertainty_m", "counties", "county", "basis", "source")

DETAILS = (
    Detail(STYLED, 0, float("inf")),
    Detail(NAMED, 6, 4_000),
    Detail(RICH, 10, 1_500),
)
"""The least first, the last has all. What else there is to say is a request for the item away."""


class Attributes:
    """What is said of some features, ready for any tile.

    `points` are the places of those that are points, `everywhere` how many others there are.
    """

    def __init__(self, features: Sequence[Feature], points: Floats, everywhere: int) -> None:
        self._features = features
        self._points, self._everywhere = points, everywhere
        self._values: list[bytes] = []
        self._known: dict[Any, int] = {}
        self._columns: dict[str, Ints] = {}
        self._names: dict[int, tuple[str, ...]] = {}

    def tags(self, zoom: int, rows: Ints) -> Tags:
        """What a zoom says of some rows; names nobody has are left out."""
        if zoom not in self._names:
            self._names[zoom] = self._names_at(zoom)
        columns = [(name, self._column(name)[rows]) for name in self._names[zoom]]
        held = [(name, codes) for name, codes in columns if codes.max(initial=-1) >= 0]
        codes = np.column_stack([codes for _, codes in held])
        return Tags([name for name, _ in held], codes, self._values)

    def _names_at(self, zoom: int) -> tuple[str, ...]:
        """The most detail that the zoom allows to its fullest tile."""
        most = fullest(self._points, zoom) + self._everywhere
        allowed = [one for one in DETAILS if zoom >= one.zoom and most <= one.items]
        return allowed[-1].names

    def _column(self, name: str) -> Ints:
        if name not in self._columns:
            found = [self._code(spoken(feature, name)) for feature in self._features]
            self._columns[name] = np.array(found, dtype=np.int64)
        return self._columns[name]

    def _code(self, value: Any) -> int:
        if value is None:
            return -1
        key = (type(value), value)
        code = self._known.get(key)
        if code is None:
            code = self._known[key] = len(self._values)
            self._values.append(value_bytes(value))
        return code


def fullest(points: Floats, zoom: int) -> int:
    """How many points the fullest tile of a zoom holds."""
    if not len(points):
        return 0
    cells = np.floor(points * 2**zoom).astype(np.int64)
    return int(np.unique(cells[:, 0] << 32 | cells[:, 1], return_counts=True)[1].max())


def spoken(feature: Feature, name: str) -> Any:
    """A property as MVT can hold it: a list as text between commas, nothing empty."""
    value = feature["id"] if name == "id" else feature["properties"].get(name)
    if isinstance(value, list | tuple):
        value = ",".join(map(str, value))
    return None if value in (None, "") or not isinstance(value, SPOKEN) else value
