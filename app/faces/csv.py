"""CSV with a byte-order mark, as Excel and WPS open it: a row per item, geometry as WKT."""

import csv
import io
from typing import Any

from shapely import wkt
from shapely.geometry import shape

from app.faces.face import Face, Selection
from app.faces.table import columns, flat_row

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(selection: Selection) -> bytes:
    """The table of a view; the last column is the geometry (WKT, lng lat), empty if unlocated."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = columns(selection.pack, selection.view.layer)
    writer.writerow([*names, "geometry"])
    for feature in selection.features:
        row = flat_row(feature["properties"], names)
        writer.writerow([*(harmless(cell) for cell in row), wkt_of(feature["geometry"])])
    return (BOM + out.getvalue()).encode()


def harmless(cell: Any) -> Any:
    """A spreadsheet would run a text that begins like a formula; a quote keeps it text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def wkt_of(geometry: dict[str, Any] | None) -> str:
    """Well-known text with six decimals, or an empty cell."""
    return (
        "" if geometry is None else str(wkt.dumps(shape(geometry), trim=True, rounding_precision=6))
    )


FACE = Face(
    ext="csv",
    media_type="text/csv; charset=utf-8",
    title="CSV 表格",
    title_en="CSV table",
    render=render,
)
