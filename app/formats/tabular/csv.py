"""CSV with a byte-order mark, as Excel and WPS open it: a row per item, coordinates at its end."""

import csv
import io
from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from app.formats.tabular.table import columns_of, geometries, rows
from app.selection.selection import Selection

BOM = "\ufeff"
PLACE = ("lng", "lat")
GEOMETRY = "WKT"
"""As GDAL and QGIS want the column called to take it for the geometry."""

FORMULA = frozenset("=+-@\t\r")


def render(selection: Selection) -> bytes:
    """The table of a view; at the end of a row where the item is, empty if unlocated.

    `lng` and `lat` of a single point, then well-known text of any geometry; always in CRS84, since
    a text file cannot say its CRS.
    """
    shown = columns_of(selection)
    shapes: Any = geometries(selection)
    texts = shapely.to_wkt(shapes, rounding_precision=6, trim=True)
    names = {column.id for column in shown}
    place = [] if names.issuperset(PLACE) else list(PLACE)
    return csv_bytes(
        [*(column.id for column in shown), *place, GEOMETRY],
        (
            [*cells, *(position(shape) if place else ()), text]
            for cells, shape, text in zip(rows(selection, shown), shapes, texts, strict=True)
        ),
    )


def position(geometry: BaseGeometry | None) -> tuple[float | None, float | None]:
    """Lng and lat of a single point; an area has no place to be typed into a map."""
    if not isinstance(geometry, shapely.Point):
        return None, None
    return round(geometry.x, 6), round(geometry.y, 6)


def csv_bytes(header: Iterable[str], lines: Iterable[Iterable[Any]]) -> bytes:
    """The bytes of a CSV file; an unknown value is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(
        [cell if cell is None else without_formula(cell) for cell in line] for line in lines
    )
    return (BOM + out.getvalue()).encode()


def without_formula(cell: Any) -> Any:
    """A spreadsheet would run a text that begins like a formula; a quote keeps it text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA else cell
