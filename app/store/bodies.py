"""The bytes of features, ready as they are asked for: an answer joins them.

What is asked for is written behind what a feature has: properties that it lacks as null, and a
geometry as one of several where its collection promises such. Nothing is parsed for it.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from app.domain.on_demand import OnDemand

Feature = Mapping[str, Any]

CLOSED = b"}}"
SINGLE = {"Point", "LineString", "Polygon"}
DIGEST_BYTES = 12


@dataclass(frozen=True, slots=True)
class AnswerShape:
    """What every feature of an answer has, whatever it says."""

    properties: tuple[str, ...] = ()
    """Each is there, null where nothing is known."""
    multi: bool = False
    """Whether each geometry is a MultiPoint, MultiLineString or MultiPolygon."""


AS_BUILT = AnswerShape()


class Bodies:
    """Compact GeoJSON, a text a feature; the properties come last, and are left open."""

    def __init__(self, features: Sequence[Feature] = ()) -> None:
        self._texts: list[bytes] = []
        self._types: list[str] = []
        self._starts, self._ends = array("q"), array("q")
        self._digests = bytearray()
        self._names = array("i")
        """Which of the known lists of names each feature has."""
        self._known: dict[tuple[str, ...], int] = {}
        self._shapes: dict[AnswerShape, tuple[list[bytes], bytes]] = {}
        for feature in features:
            self.add(feature)

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, feature: Feature, written: bytes = b"") -> bytes:
        """Add a feature behind the others, `written` its properties where they have been written
        already; the bytes of its geometry.
        """
        members = {
            name: one for name, one in feature.items() if name not in ("geometry", "properties")
        }
        head = orjson.dumps(members)[:-1] + b',"geometry":'
        shape = feature["geometry"]
        geometry = orjson.dumps(shape and {name: shape[name] for name in ("type", "coordinates")})
        own = written or orjson.dumps(feature["properties"])
        text = b"".join((head, geometry, b',"properties":', own))
        names = tuple(feature["properties"])
        self._shapes.clear()
        self._texts.append(text[:-1])
        self._types.append(shape["type"] if shape else "")
        self._starts.append(len(head))
        self._ends.append(len(head) + len(geometry))
        self._digests += blake2b(text, digest_size=DIGEST_BYTES).digest()
        self._names.append(self._known.setdefault(names, len(self._known)))
        return geometry

    def put_in_order(self, order: Sequence[int]) -> None:
        """Put what stands at these places first, second, third."""
        self._digests = bytearray(self._digest_rows[order].tobytes())
        self._starts = array("q", [self._starts[at] for at in order])
        self._ends = array("q", [self._ends[at] for at in order])
        self._texts = [self._texts[at] for at in order]
        self._types = [self._types[at] for at in order]
        self._names = array("i", [self._names[at] for at in order])

    def get(self, row: int, shape: AnswerShape = AS_BUILT) -> bytes:
        """A feature in that shape."""
        tails, _ = self._shaped(shape)
        text = self._as_multi(row) if shape.multi else self._texts[row]
        return text + tails[self._names[row]]

    def pieces(self, rows: Sequence[int], shape: AnswerShape = AS_BUILT) -> list[bytes]:
        """What some features in that shape, between commas, are joined of."""
        tails, _ = self._shaped(shape)
        between = [tail + b"," for tail in tails]
        found = [b""] * (2 * len(rows))
        found[::2] = map(self._as_multi if shape.multi else self._texts.__getitem__, rows)
        names = [self._names[row] for row in rows]
        found[1::2] = map(between.__getitem__, names)
        if found:
            found[-1] = tails[names[-1]]
        return found

    def digest(self, rows: Sequence[int], shape: AnswerShape = AS_BUILT) -> bytes:
        """What differs wherever the bytes of these features do."""
        _, mark = self._shaped(shape)
        return self._digest_rows[np.asarray(rows, dtype=np.intp)].tobytes() + mark

    def size(self, rows: Sequence[int]) -> int:
        """About so many bytes these features have."""
        return sum(map(len, map(self._texts.__getitem__, rows)))

    @property
    def _digest_rows(self) -> NDArray[np.uint8]:
        return np.frombuffer(self._digests, dtype=np.uint8).reshape(-1, DIGEST_BYTES)

    def _shaped(self, shape: AnswerShape) -> tuple[list[bytes], bytes]:
        """The ends of features in a shape, by which names they have, and what tells it apart."""
        found = self._shapes.get(shape)
        if found is None:
            ends = [missing(shape.properties, names) for names in self._known]
            found = self._shapes[shape] = ends, repr(shape).encode()
        return found

    def _as_multi(self, row: int) -> bytes:
        """The feature's bytes but their end, a single geometry as the only one of several."""
        text, type = self._texts[row], self._types[row]
        if type not in SINGLE:
            return text
        start, end = self._starts[row], self._ends[row]
        lead = f'{{"type":"{type}","coordinates":'.encode()
        inner = text[start + len(lead) : end - 1]
        several = b'{"type":"Multi' + type.encode() + b'","coordinates":[' + inner + b"]}"
        return text[:start] + several + text[end:]


def missing(wanted: Sequence[str], names: Sequence[str]) -> bytes:
    """The end of a feature that has some properties and shall have others too."""
    nulls = ",".join(f'"{name}":null' for name in wanted if name not in names)
    return (("," if nulls and names else "") + nulls).encode() + CLOSED


class Texts(OnDemand[bytes]):
    """The bytes of some features, each put into shape when it is looked at."""

    def __init__(self, bodies: Bodies, rows: Sequence[int], shape: AnswerShape) -> None:
        self._bodies, self._rows, self._shape = bodies, rows, shape

    def __len__(self) -> int:
        return len(self._rows)

    def member(self, at: int) -> bytes:
        return self._bodies.get(self._rows[at], self._shape)

    def pieces(self) -> list[bytes]:
        """What all of them, between commas, are joined of."""
        return self._bodies.pieces(self._rows, self._shape)

    def digest(self) -> bytes:
        """What differs wherever their bytes do."""
        return self._bodies.digest(self._rows, self._shape)

    def size(self) -> int:
        """About so many bytes they have."""
        return self._bodies.size(self._rows)


class ParsedFeatures(OnDemand[dict[str, Any]]):
    """Features that are parsed when they are looked at: held so, they take ten times the bytes."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies

    def __len__(self) -> int:
        return len(self._bodies)

    def member(self, at: int) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self._bodies.get(at))
        return found
