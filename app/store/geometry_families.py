"""Families of geometry: what a GIS keeps in one layer, because it draws it in one way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class GeometryFamily:
    """Geometries of one dimension."""

    id: str
    title: str
    title_en: str
    single: str
    multi: str


FAMILIES = (
    GeometryFamily("points", "点", "points", "Point", "MultiPoint"),
    GeometryFamily("lines", "线", "lines", "LineString", "MultiLineString"),
    GeometryFamily("areas", "面", "areas", "Polygon", "MultiPolygon"),
)

FAMILY_OF = {type: family.id for family in FAMILIES for type in (family.single, family.multi)}


def family_of(geometry: Mapping[str, Any] | None) -> str:
    """The family a GeoJSON geometry belongs to; empty where there is none."""
    return FAMILY_OF.get(geometry["type"], "") if geometry else ""


def types_of(geometries: Iterable[Mapping[str, Any] | None]) -> frozenset[str]:
    """The types that occur."""
    return frozenset(geometry["type"] for geometry in geometries if geometry)


def geometry_format(types: frozenset[str]) -> str:
    """What a schema says of geometries of these types (OGC API – Features Part 5, Req. 5)."""
    if len(types) == 1:
        return f"geometry-{next(iter(types)).lower()}"
    for family in FAMILIES:
        if types == {family.single, family.multi}:
            return f"geometry-{family.single.lower()}-or-{family.multi.lower()}"
    return "geometry-any"
