"""The bytes of features, ready as they are asked for: an answer joins them.

What is asked for is written behind what a feature has: properties that it lacks as null, and a
geometry as one of several where its collection promises such. Nothing is parsed for it.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from struct import Struct
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from app.domain.on_demand import OnDemand
from app.store.facets import Rows

Feature = Mapping[str, Any]

CLOSED = b"}}"
SINGLE = {"Point", "LineString", "Polygon"}
DIGEST_BYTES = 12
MARK = f"V{DIGEST_BYTES}"
ENTRY = np.dtype(
    [("begin", "i8"), ("end", "i8"), ("geometry", "i4", 2), ("names", "i4"), ("mark", MARK)]
)
"""Of a feature where its text begins and ends, and its geometry in it; which of the known lists of
names it has, and a digest. They lie side by side: memory is what many features are waited for.
"""
ONE_ENTRY = Struct(f"=qqiii{DIGEST_BYTES}s")
"""The same of one feature, read at once."""
Entries = NDArray[np.void]
Piece = bytes | memoryview


@dataclass(frozen=True, slots=True)
class AnswerShape:
    """What every feature of an answer has, whatever it says."""

    properties: tuple[str, ...] = ()
    """Each is there, null where nothing is known."""
    multi: bool = False
    """Whether each geometry is a MultiPoint, MultiLineString or MultiPolygon."""


AS_BUILT = AnswerShape()


class Bodies:
    """Compact GeoJSON, a text a feature, all in one buffer: an answer of many joins slices of it,
    and looks at nothing else that is held for each. The properties come last, and are left open.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._places = array("q")
        """Of each feature where its text begins, its geometry begins and ends, its text ends."""
        self._types: list[str] = []
        self._digests = bytearray()
        self._names = array("i")
        """Which of the known lists of names each feature has."""
        self._known: dict[tuple[str, ...], int] = {}
        self._shapes: dict[AnswerShape, tuple[list[bytes], list[bytes], bytes]] = {}

    def __len__(self) -> int:
        return len(self._types)

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
        begin = len(self._buffer)
        lead = begin + len(head)
        self._buffer += text[:-1]
        self._places.extend((begin, lead, lead + len(geometry), len(self._buffer)))
        self._types.append(shape["type"] if shape else "")
        self._digests += blake2b(text, digest_size=DIGEST_BYTES).digest()
        self._names.append(self._known.setdefault(names, len(self._known)))
        return geometry

    def settle(self, order: Rows) -> None:
        """Every feature is there: this one is the first, that one the second."""
        places = np.array(self._places, dtype=np.int64).reshape(-1, 4)
        self._entries = np.empty(len(self), dtype=ENTRY)
        self._entries["begin"], self._entries["end"] = places[:, 0], places[:, 3]
        self._entries["geometry"] = places[:, 1:3] - places[:, :1]
        self._entries["names"] = self._names
        self._entries["mark"] = np.frombuffer(self._digests, dtype=MARK)
        self._entries = self._entries[order]
        self._rows = self._entries.view(f"V{ENTRY.itemsize}")
        """The same; a row is copied as it is, not member by member."""
        self._packed, self._whole = self._rows.data, memoryview(self._buffer)
        self.longest = int((places[:, 3] - places[:, 0]).max(initial=0))
        """Bytes of the longest text."""
        self._types = [self._types[at] for at in order.tolist()]
        del self._places, self._digests, self._names

    def get(self, row: int, shape: AnswerShape = AS_BUILT) -> bytes:
        """A feature in that shape."""
        tails, _, _ = self._shaped(shape)
        begin, end, start, stop, names, _ = ONE_ENTRY.unpack_from(
            self._packed, row * ENTRY.itemsize
        )
        text: Piece = self._whole[begin:end]
        if shape.multi:
            text = several(self._types[row], text, start, stop)
        return b"".join((text, tails[names]))

    def entries(self, rows: Rows) -> Entries:
        """What is known of some features beside their bytes."""
        return self._rows[rows].view(ENTRY)

    def pieces(self, rows: Rows, entries: Entries, shape: AnswerShape) -> list[Piece]:
        """What some features in that shape, between commas, are joined of."""
        tails, between, _ = self._shaped(shape)
        found: list[Piece] = [b""] * (2 * len(rows))
        whole, begins, ends = self._whole, entries["begin"].tolist(), entries["end"].tolist()
        texts: list[Piece] = [whole[begin:end] for begin, end in zip(begins, ends, strict=True)]
        if shape.multi:
            types = map(self._types.__getitem__, rows.tolist())
            places = entries["geometry"].tolist()
            texts = [
                several(type, text, *place)
                for type, text, place in zip(types, texts, places, strict=True)
            ]
        found[::2] = texts
        names = entries["names"].tolist()
        found[1::2] = map(between.__getitem__, names)
        if found:
            found[-1] = tails[names[-1]]
        return found

    def digest(self, entries: Entries, shape: AnswerShape) -> bytes:
        """What differs wherever the bytes of these features do."""
        return entries["mark"].tobytes() + self._shaped(shape)[2]

    def _shaped(self, shape: AnswerShape) -> tuple[list[bytes], list[bytes], bytes]:
        """The ends of features in a shape, by which names they have, the same with the comma
        behind them, and what tells the shape apart.
        """
        shaped = self._shapes.get(shape)
        if shaped is None:
            ends = [missing(shape.properties, names) for names in self._known]
            shaped = self._shapes[shape] = ends, [one + b"," for one in ends], repr(shape).encode()
        return shaped


def several(type: str, text: Piece, start: int, stop: int) -> Piece:
    """A feature's text with a single geometry as the only one of several; `start` and `stop`, where
    its geometry is.
    """
    if type not in SINGLE:
        return text
    lead = f'{{"type":"{type}","coordinates":'.encode()
    inner = text[start + len(lead) : stop - 1]
    multi = b'{"type":"Multi' + type.encode() + b'","coordinates":['
    return b"".join((text[:start], multi, inner, b"]}", text[stop:]))


def missing(wanted: Sequence[str], names: Sequence[str]) -> bytes:
    """The end of a feature that has some properties and shall have others too."""
    nulls = ",".join(f'"{name}":null' for name in wanted if name not in names)
    return (("," if nulls and names else "") + nulls).encode() + CLOSED


class Texts(OnDemand[bytes]):
    """The bytes of some features, each put into shape when it is looked at."""

    def __init__(self, bodies: Bodies, rows: Rows, shape: AnswerShape) -> None:
        self._bodies, self._rows, self._shape = bodies, rows, shape

    def __len__(self) -> int:
        return len(self._rows)

    def member(self, at: int) -> bytes:
        return self._bodies.get(int(self._rows[at]), self._shape)

    def pieces(self) -> list[Piece]:
        """What all of them, between commas, are joined of."""
        return self._bodies.pieces(self._rows, self._entries, self._shape)

    def digest(self) -> bytes:
        """What differs wherever their bytes do."""
        return self._bodies.digest(self._entries, self._shape)

    def is_larger(self, most: int) -> bool:
        """Whether they have more bytes than that, the ends of those that are shaped aside."""
        if len(self) * self._bodies.longest <= most:
            return False
        return int((self._entries["end"] - self._entries["begin"]).sum()) > most

    @cached_property
    def _entries(self) -> Entries:
        return self._bodies.entries(self._rows)


class ParsedFeatures(OnDemand[dict[str, Any]]):
    """Features that are parsed when they are looked at: held so, they take ten times the bytes."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies

    def __len__(self) -> int:
        return len(self._bodies)

    def member(self, at: int) -> dict[str, Any]:
        feature: dict[str, Any] = orjson.loads(self._bodies.get(at))
        return feature
