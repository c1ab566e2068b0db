"""Which way rings run: RFC 7946 has exteriors counterclockwise, D3 reads them on the globe, where
a ring that runs so encloses all the rest of the world.
"""

from typing import Any

import shapely
from shapely.geometry import mapping, shape

from app.domain.projections import Converter, as_it_is

COUNTERCLOCKWISE, CLOCKWISE = "counterclockwise", "clockwise"
WINDINGS = (COUNTERCLOCKWISE, CLOCKWISE)
"""As every geometry is kept, first."""


def winding_converter(winding: str) -> Converter:
    """Geometries in degrees as they are kept → with their exteriors running so."""
    return as_it_is if winding == COUNTERCLOCKWISE else clockwise


def clockwise(geometry: Any) -> Any:
    """Exteriors clockwise, holes the other way; lines and points keep their order."""
    if geometry is None:
        return None
    return mapping(shapely.orient_polygons(shape(geometry), exterior_cw=True))
