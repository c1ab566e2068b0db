"""Rings run as they are kept, or the other way; lines and what has no place stay."""

from typing import Any

import shapely
from shapely.geometry import LineString, box, mapping, shape

from app.domain.winding import CLOCKWISE, COUNTERCLOCKWISE, winding_converter

HOLED: Any = mapping(box(0, 0, 9, 9).difference(box(3, 3, 6, 6)).normalize())


def test_exteriors_and_holes_run_as_asked() -> None:
    turned = shape(winding_converter(CLOCKWISE)(HOLED))
    assert not shapely.is_ccw(turned.exterior)
    assert shapely.is_ccw(turned.interiors[0])
    assert turned.equals(shape(HOLED))
    assert winding_converter(COUNTERCLOCKWISE)(HOLED) is HOLED


def test_lines_and_nothing_stay() -> None:
    line = mapping(LineString([(0, 0), (1, 1), (2, 0)]))
    assert winding_converter(CLOCKWISE)(line) == line
    assert winding_converter(CLOCKWISE)(None) is None
