"""What a store keeps of its features: bytes, shapes, and the values they are found by.

They are gone through once, and none is held as it was given.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from app.domain.doubts import doubts_of
from app.domain.text.characters import has_forbidden, printable
from app.store.base import CITY, OUTSIDE
from app.store.bodies import Bodies
from app.store.facets import Mask, OfMany, OfOne, Rows
from app.store.geometry_families import family_of
from app.store.proximity import is_somewhere

Feature = dict[str, Any]


class FeatureTable:
    """Features in the order given, those without a place after the others."""

    def __init__(
        self,
        features: Iterable[Feature],
        term_fields: Sequence[str],
        with_headings: Callable[[Iterable[str]], Iterable[str]],
    ) -> None:
        self.bodies = Bodies()
        self.layer, self.category, self.status, self.precision = (OfOne() for _ in range(4))
        self.family = OfOne()
        self.term, self.county, self.doubt = (OfMany() for _ in range(3))
        ids, shapes, somewhere = [], ShapeReader(), []
        for given in features:
            properties, written = cleaned(given["properties"])
            feature = {**given, "properties": properties}
            ids.append(feature["id"])
            shapes.add(feature["geometry"], self.bodies.add(feature, written))
            somewhere.append(is_somewhere(feature))
            self.layer.add(properties.get("layer"))
            self.category.add(properties.get("category"))
            self.status.add(properties.get("status"))
            self.precision.add(properties.get("precision"))
            self.family.add(family_of(feature["geometry"]))
            words = (word for name in term_fields for word in properties.get(name) or ())
            self.term.add(with_headings(words))
            self.county.add(areas_of(properties))
            self.doubt.add(doubts_of(properties))
        read_shapes = shapes.read()
        located = ~shapely.is_missing(read_shapes)
        self.order: Rows = np.argsort(~located, kind="stable")
        """Where each row stood among the features given."""
        self._settle(ids, read_shapes, located, np.array(somewhere, dtype=np.bool_))

    def _settle(
        self, ids: list[str], shapes: NDArray[np.object_], located: Mask, somewhere: Mask
    ) -> None:
        order = self.order
        self.bodies.settle(order)
        for facet in (self.layer, self.category, self.status, self.precision, self.family):
            facet.settle(order)
        for several in (self.term, self.county, self.doubt):
            several.settle(order)
        self.shapes: NDArray[np.object_] = shapes[order]
        self.located: Mask = located[order]
        self.somewhere: Mask = somewhere[order]
        """Which have a place of their own."""
        self.ids = {ids[at]: row for row, at in enumerate(order.tolist())}


class ShapeReader:
    """Geometries, in WGS 84 lng lat; None where a feature has no place. Those that many features
    have, as the outline of a county, are made once.
    """

    def __init__(self) -> None:
        self._points: dict[tuple[float, ...], int] = {}
        self._texts: dict[bytes, int] = {}
        self._points_at, self._texts_at = array("q"), array("q")
        """Which point and which other shape each feature has; NONE where it has none."""

    def add(self, geometry: Any, text: bytes) -> None:
        """The next geometry, and its bytes."""
        point = other = NONE
        if geometry and geometry["type"] == "Point" and len(geometry["coordinates"]) == 2:
            point = self._points.setdefault(tuple(geometry["coordinates"]), len(self._points))
        elif geometry:
            other = self._texts.setdefault(text, len(self._texts))
        self._points_at.append(point)
        self._texts_at.append(other)

    def read(self) -> NDArray[np.object_]:
        pairs = np.array(list(self._points), dtype=np.float64).reshape(-1, 2)
        points = np.asarray(shapely.points(pairs), dtype=object)
        others = shapely.from_geojson([text.decode() for text in self._texts])
        found = np.full(len(self._points_at), None, dtype=object)
        for shapes, places in ((points, self._points_at), (others, self._texts_at)):
            at = np.asarray(places)
            found[at != NONE] = shapes[at[at != NONE]]
        return found


NONE = -1


def cleaned(properties: Feature) -> tuple[Feature, bytes]:
    """The properties without what cannot be printed, and with null for each text that says
    nothing: one way to say so, for all clients. And their bytes.
    """
    clean = without_blanks(properties)
    written = written_of(clean)
    if not written or has_forbidden(written):
        clean = without_blanks(printable(properties))
        written = orjson.dumps(clean)
    return clean, written


def without_blanks(properties: Feature) -> Feature:
    if "" not in properties.values():
        return properties
    return {name: None if value == "" else value for name, value in properties.items()}


def written_of(properties: Feature) -> bytes:
    """Empty where they hold half a surrogate."""
    try:
        return orjson.dumps(properties)
    except TypeError:
        return b""


def areas_of(properties: Feature) -> tuple[str, ...]:
    """The counties of a feature, and CITY or OUTSIDE where that is its scope."""
    scope = properties.get("scope")
    return (*(properties.get("counties") or ()), *((scope,) if scope in (CITY, OUTSIDE) else ()))
