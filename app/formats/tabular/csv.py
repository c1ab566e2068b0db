"""CSV with a byte-order mark, as Excel and WPS open it: a row per item, coordinates at its end."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from app.formats.tabular.table import columns_of, geometries, row_maker, some_at_once
from app.selection.selection import Selection

BOM = "\ufeff"
PLACE = ("lng", "lat")
GEOMETRY = "WKT"
"""As GDAL and QGIS want the column called to take it for the geometry."""

FORMULA = frozenset("=+-@\t\r")


def render(selection: Selection) -> bytes:
    return b"".join(pieces(selection))


def pieces(selection: Selection) -> Iterator[bytes]:
    """The table of a view; at the end of a row where the item is, empty if unlocated.

    `lng` and `lat` of a single point, then well-known text of any geometry; always in CRS84, since
    a text file cannot say its CRS.
    """
    shown = columns_of(selection)
    names = {column.id for column in shown}
    place = () if names.issuperset(PLACE) else PLACE
    cells = row_maker(selection, shown)
    yield csv_bytes((*(column.id for column in shown), *place, GEOMETRY), ())
    for part in some_at_once(selection):
        shapes: Any = geometries(part)
        texts = shapely.to_wkt(shapes, rounding_precision=6, trim=True)
        yield lines_bytes(
            [*cells(feature), *(position(shape) if place else ()), text]
            for feature, shape, text in zip(part.features, shapes, texts, strict=True)
        )


def position(geometry: BaseGeometry | None) -> tuple[float | None, float | None]:
    """Lng and lat of a single point; an area has no place to be typed into a map."""
    if not isinstance(geometry, shapely.Point):
        return None, None
    return round(geometry.x, 6), round(geometry.y, 6)


def csv_bytes(header: Iterable[str], lines: Iterable[Iterable[Any]]) -> bytes:
    """The bytes of a CSV file; an unknown value is an empty cell."""
    return BOM.encode() + lines_bytes((header,)) + lines_bytes(lines)


def lines_bytes(lines: Iterable[Iterable[Any]]) -> bytes:
    """The bytes of some lines."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [cell if cell is None else without_formula(cell) for cell in line] for line in lines
    )
    return out.getvalue().encode()


def without_formula(cell: Any) -> Any:
    """A spreadsheet would run a text that begins like a formula; a quote keeps it text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA else cell
