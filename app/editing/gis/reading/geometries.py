"""The geometry of one feature: what can be drawn, and in words what cannot."""

import struct
from collections.abc import Iterator

import numpy as np
import shapely
from shapely import force_2d, get_coordinates
from shapely.errors import GEOSException, ShapelyError
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

DRAWABLE = (
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
)  # fmt: skip
OTHER = {
    8: "CircularString", 9: "CompoundCurve", 10: "CurvePolygon", 11: "MultiCurve",
    12: "MultiSurface", 13: "Curve", 14: "Surface", 15: "PolyhedralSurface", 16: "TIN",
    17: "Triangle",
}  # fmt: skip
"""Codes of WKB for what is no simple feature."""

HELP = {
    "TIN": "save it as polygons", "Triangle": "save it as polygons",
    "PolyhedralSurface": "save it as polygons", "GeometryCollection": "split it into features",
}  # fmt: skip
COMPLAINTS = (
    ("closed linestring", "a ring that ends where it begins"),
    ("Invalid number of points in LinearRing", "a ring of at least four points"),
    ("point array must contain 0 or >1", "a line of at least two points"),
)


def shape_of(raw: bytes | None) -> tuple[BaseGeometry | None, str]:
    """A geometry read from WKB, and what keeps it from being drawn; one of the two is empty."""
    if raw is None:
        return None, "a geometry; it is empty, or cannot be read"
    other = OTHER.get(kind_of(raw))
    if other:
        return None, refused(other)
    try:
        geometry = shapely.from_wkb(raw)
    except (GEOSException, ShapelyError, ValueError) as error:
        return None, complaint(str(error))
    wrong = next(wrongs(geometry), "")
    return (None, wrong) if wrong else (geometry, "")


def kind_of(raw: bytes) -> int:
    """The code of a geometry's kind, whatever its dimensions."""
    if len(raw) < 5:
        return 0
    (code,) = struct.unpack("<I" if raw[0] else ">I", raw[1:5])
    return int(code & 0x0FFFFFFF) % 1000


def complaint(text: str) -> str:
    """What GEOS says, as what is wanted."""
    for part, wanted in COMPLAINTS:
        if part in text:
            return wanted
    return f"a geometry that can be read ({text.splitlines()[0][:160]})"


def refused(kind: str) -> str:
    help = f"; {HELP[kind]}" if kind in HELP else ""
    return f"one of {', '.join(DRAWABLE)}, not {kind}{help}"


def wrongs(geometry: BaseGeometry) -> Iterator[str]:
    """What keeps a geometry from being drawn."""
    if geometry.is_empty:
        yield "a geometry; it is empty"
    elif geometry.geom_type not in DRAWABLE:
        yield refused(geometry.geom_type)
    elif not np.isfinite(get_coordinates(geometry)).all():
        yield "finite coordinates; one is infinite or not a number"
    elif not geometry.is_valid:
        yield f"a valid geometry; {explain_validity(geometry)}"


def flat(geometry: BaseGeometry) -> tuple[BaseGeometry, bool]:
    """The geometry without heights and measures, and whether it had any."""
    return force_2d(geometry), bool(geometry.has_z or getattr(geometry, "has_m", False))
