"""Spatial operators (OGC 21-065r2) and the literals they compare with, in WGS 84 lng lat."""

from collections.abc import Callable
from typing import Any

import numpy as np
import orjson
import shapely
from shapely import GEOSException
from shapely.geometry.base import BaseGeometry

from app.plan.errors import PlanmapError
from app.plan.projections import Projection
from app.store.cql.errors import wrong
from app.store.cql.values import GEOMETRY, Truth, Value, constant, judged, same_kind

SPATIAL: dict[str, Callable[[Any, Any], Any]] = {
    "s_intersects": shapely.intersects,
    "s_equals": shapely.equals,
    "s_disjoint": shapely.disjoint,
    "s_touches": shapely.touches,
    "s_within": shapely.within,
    "s_overlaps": shapely.overlaps,
    "s_crosses": shapely.crosses,
    "s_contains": shapely.contains,
}


def spatial_relation(op: str, left: Value, right: Value) -> Truth:
    """Whether two geometries stand in a relation; a row without a geometry is unknown."""
    same_kind(op, left, right, (GEOMETRY,))
    a, b = np.broadcast_arrays(left.data, right.data)
    try:
        return judged(SPATIAL[op](a, b), left, right)
    except GEOSException as error:
        raise wrong(op, f"geometries that can be compared; {error}") from None


def geometry_literal(value: dict[str, Any], projection: Projection) -> Value:
    """A GeoJSON geometry in the filter's CRS."""
    try:
        geometry = shapely.from_geojson(orjson.dumps(value))
    except (GEOSException, TypeError) as error:
        raise wrong(value, f"a GeoJSON geometry; {error}") from None
    return checked(value, shapely.force_2d(geometry), projection)


def box_literal(numbers: Any, projection: Projection) -> Value:
    """`BBOX(…)`: four numbers, or six with heights, in the filter's CRS and axis order."""
    if not isinstance(numbers, list) or not all(is_number(one) for one in numbers):
        raise wrong(numbers, "a bbox of four or six numbers")
    try:
        west, south, east, north = projection.box(numbers)
    except PlanmapError as error:
        raise wrong(numbers, str(error)) from None
    if west <= east:
        return constant(GEOMETRY, shapely.box(west, south, east, north))
    halves = [shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)]
    return constant(GEOMETRY, shapely.MultiPolygon(halves))


def checked(value: object, geometry: BaseGeometry, projection: Projection) -> Value:
    """A literal that GEOS can compare: not empty, valid, on the globe."""
    if geometry.is_empty or not geometry.is_valid:
        why = "it is empty" if geometry.is_empty else shapely.is_valid_reason(geometry)
        raise wrong(value, f"a valid geometry; {why}")
    on_globe = projection.to_degrees(geometry)
    if not np.isfinite(shapely.get_coordinates(on_globe)).all():
        raise wrong(value, f"coordinates within {projection.title}")
    shapely.prepare(on_globe)
    return constant(GEOMETRY, on_globe)


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
