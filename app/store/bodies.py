"""The bytes of features, ready as they are asked for: an answer joins them.

What is asked for is written behind what a feature has: properties that it lacks as null, and a
geometry as one of several where its collection promises such. Nothing is parsed for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

Feature = Mapping[str, Any]

CLOSED = b"}}"
SINGLE = {"Point", "LineString", "Polygon"}


@dataclass(frozen=True, slots=True)
class AnswerShape:
    """What every feature of an answer has, whatever it says."""

    properties: tuple[str, ...] = ()
    """Each is there, null where nothing is known."""
    multi: bool = False
    """Whether each geometry is a MultiPoint, MultiLineString or MultiPolygon."""


AS_BUILT = AnswerShape()


class Bodies:
    """Compact GeoJSON, a text a feature; the properties come last."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self._texts: list[bytes] = []
        self._geometries: list[tuple[str, int, int]] = []
        self._names: list[frozenset[str]] = []
        known: dict[frozenset[str], frozenset[str]] = {}
        for feature in features:
            names = frozenset(feature["properties"])
            self._names.append(known.setdefault(names, names))
            self._add(feature)

    def __len__(self) -> int:
        return len(self._texts)

    def _add(self, feature: Feature) -> None:
        members = {
            name: one for name, one in feature.items() if name not in ("geometry", "properties")
        }
        head = orjson.dumps(members)[:-1] + b',"geometry":'
        shape = feature["geometry"]
        geometry = orjson.dumps(shape and {name: shape[name] for name in ("type", "coordinates")})
        own = orjson.dumps(feature["properties"])
        self._texts.append(head + geometry + b',"properties":' + own + b"}")
        type = shape["type"] if shape else ""
        self._geometries.append((type, len(head), len(head) + len(geometry)))

    def get(self, rows: Sequence[int], shape: AnswerShape = AS_BUILT) -> list[bytes]:
        """The features of some rows, each in that shape."""
        if shape == AS_BUILT:
            return [self._texts[row] for row in rows]
        tails: dict[frozenset[str], bytes] = {}
        found = []
        for row in rows:
            names = self._names[row]
            if names not in tails:
                tails[names] = missing(shape.properties, names)
            text = self._as_multi(row) if shape.multi else self._texts[row]
            found.append(text[: -len(CLOSED)] + tails[names])
        return found

    def _as_multi(self, row: int) -> bytes:
        """The feature's bytes, a single geometry as the only one of several."""
        type, start, end = self._geometries[row]
        text = self._texts[row]
        if type not in SINGLE:
            return text
        lead = f'{{"type":"{type}","coordinates":'.encode()
        inner = text[start + len(lead) : end - 1]
        several = b'{"type":"Multi' + type.encode() + b'","coordinates":[' + inner + b"]}"
        return text[:start] + several + text[end:]


def missing(wanted: Sequence[str], names: frozenset[str]) -> bytes:
    """The end of a feature that has some properties and shall have others too."""
    nulls = ",".join(f'"{name}":null' for name in wanted if name not in names)
    return (("," if nulls and names else "") + nulls).encode() + CLOSED
