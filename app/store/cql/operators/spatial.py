"""Spatial operators (OGC 21-065r2) and the literals they compare with, in WGS 84 lng lat."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely import GEOSException
from shapely.geometry.base import BaseGeometry

from app.domain.errors import BadValue
from app.domain.projections import CRS84, METRES_MOST, Projection
from app.store.cql.errors import wrong
from app.store.cql.syntax.geojson import check_shape, is_number
from app.store.cql.values import GEOMETRY, Mask, Truth, Value, constant, judged, same_kind

Shapes = NDArray[Any]

LNG_MOST, LAT_MOST = 180, 90
COLLECTION = int(shapely.GeometryType.GEOMETRYCOLLECTION)

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


TURNED_NAMES = {"s_within": "s_contains", "s_contains": "s_within"}
TURNED = {name: SPATIAL[TURNED_NAMES.get(name, name)] for name in SPATIAL}
"""The same relations seen from the other side."""


def spatial_relation(op: str, left: Value, right: Value) -> Truth:
    """Whether two geometries stand in a relation; a row without a geometry is unknown."""
    same_kind(op, left, right, (GEOMETRY,))
    try:
        if is_found(left, right):
            return judged(found_in(left, op, right.data), left, right)
        if is_found(right, left):
            return judged(found_in(right, TURNED_NAMES.get(op, op), left.data), left, right)
        return judged(related(op, left.data, right.data), left, right)
    except GEOSException:
        raise wrong(op, f"two geometries {op} can compare; collections are not") from None


def related(op: str, left: Shapes, right: Shapes) -> Mask:
    """The relation, computed once for each different pair; a literal, being prepared, goes first.

    Items of a county all have the county's geometry: the same object (app/store/columns.py).
    """
    if len(left) == len(right) == 1:
        return np.asarray(SPATIAL[op](left, right))
    if len(right) == 1:
        return once_each(lambda shapes: TURNED[op](right, shapes), left)
    if len(left) == 1:
        return once_each(lambda shapes: SPATIAL[op](left, shapes), right)
    if left is right:
        return once_each(lambda shapes: SPATIAL[op](shapes, shapes), left)
    return np.asarray(SPATIAL[op](left, right))


def is_found(column: Value, literal: Value) -> bool:
    """Whether a tree finds what a literal may touch; collections are refused by all alike."""
    return (
        isinstance(column.index, shapely.STRtree)
        and len(literal.data) == 1
        and shapely.get_type_id(literal.data[0]) != COLLECTION
    )


def found_in(column: Value, op: str, literal: Shapes) -> Mask:
    """The relation of all to a literal: what its box does not touch is apart from it."""
    assert isinstance(column.index, shapely.STRtree)
    shapes = column.data
    mask = np.full(len(shapes), op == "s_disjoint", dtype=np.bool_)
    near = column.index.query(literal[0])
    if op == "s_intersects" and is_box(literal[0]):
        mask[near] = True
        near = near[shapely.get_type_id(shapes[near]) > 0]
    if len(near):
        mask[near] = related(op, shapes[near], literal)
    return mask


def is_box(shape: BaseGeometry) -> bool:
    """Whether it is its own box; a point that touches the box touches it."""
    return shapely.get_num_coordinates(shape) == 5 and bool(shape.equals(shape.envelope))


def once_each(function: Callable[[Shapes], Any], shapes: Shapes) -> NDArray[Any]:
    """A function of geometries, called with each different one once."""
    ids = np.fromiter(map(id, shapes), np.uint64, len(shapes))
    _, first, back = np.unique(ids, return_index=True, return_inverse=True)
    return np.asarray(function(shapes[first]))[back]


def geometry_literal(value: dict[str, Any], projection: Projection) -> Value:
    """A GeoJSON geometry in the filter's CRS."""
    check_shape(value)
    try:
        geometry = shapely.from_geojson(orjson.dumps(value))
    except (GEOSException, TypeError):
        raise wrong(value, "a GeoJSON geometry") from None
    return checked(value, shapely.force_2d(geometry), projection)


def box_literal(numbers: Any, projection: Projection) -> Value:
    """`BBOX(…)`: four numbers, or six with heights, in the filter's CRS and axis order."""
    if not isinstance(numbers, list) or not all(is_number(number) for number in numbers):
        raise wrong(numbers, "a bbox of four or six numbers")
    try:
        west, south, east, north = projection.box(numbers)
    except BadValue as error:
        raise wrong(error.value, error.expected) from None
    if math.isnan(west):  # nowhere
        return constant(GEOMETRY, shapely.Polygon())
    if west <= east:
        return constant(GEOMETRY, shapely.box(west, south, east, north))
    halves = [shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)]
    return constant(GEOMETRY, shapely.MultiPolygon(halves))


def checked(value: object, geometry: BaseGeometry, projection: Projection) -> Value:
    """A literal that GEOS can compare: not empty, valid, on the globe."""
    if geometry.is_empty or not geometry.is_valid:
        why = "it is empty" if geometry.is_empty else shapely.is_valid_reason(geometry)
        raise wrong(value, f"a valid geometry; {why}")
    on_globe = placed(geometry, projection)
    shapely.prepare(on_globe)
    return constant(GEOMETRY, on_globe)


def placed(geometry: BaseGeometry, projection: Projection) -> BaseGeometry:
    """The geometry in degrees, lng lat. Raises BadValue naming the first position off the globe.

    Latitude and longitude the wrong way round are the commonest mistake of all.
    """
    given = shapely.get_coordinates(geometry)
    if projection.metres:
        near = (np.abs(given) <= METRES_MOST).all(axis=1)
        if not near.all():
            raise outside(given[~near][0], projection)
    on_globe = projection.to_degrees(geometry)
    coordinates = np.abs(shapely.get_coordinates(on_globe))
    good = (coordinates <= (LNG_MOST, LAT_MOST)).all(axis=1)  # false where not finite
    if not good.all():
        raise outside(given[~good][0], projection)
    return on_globe


def outside(position: Any, projection: Projection) -> BadValue:
    """The error for a position that is not on the globe."""
    first, second = projection.axes
    if projection.metres:
        expected = f"{first} and {second} in metres within {projection.title_en}"
    else:
        expected = (
            f"{first} {second} in degrees, in this order: "
            f"longitude within ±{LNG_MOST}, latitude within ±{LAT_MOST}"
        )
    named = projection.uri if projection is not CRS84 else "CRS84"
    return wrong(" ".join(f"{part:.10g}" for part in position), f"{expected} ({named})")
