"""CSV with a byte-order mark, as Excel and WPS open it: a row per item, geometry as WKT."""

import csv
import io
from collections.abc import Iterable
from typing import Any

import shapely

from app.faces.face import Face, Selection
from app.faces.frame import geometries
from app.faces.table import columns_of, rows

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(selection: Selection) -> bytes:
    """The table of a view; the last column is the geometry, empty if unlocated.

    It is well-known text with the axes in the order of its CRS: lng lat unless another is asked.
    """
    wanted = columns_of(selection)
    shapes: Any = [
        None if one is None else selection.projection.from_degrees(one)
        for one in geometries(selection)
    ]
    texts = shapely.to_wkt(shapes, rounding_precision=6, trim=True)
    return table(
        [*(column.id for column in wanted), "geometry"],
        ([*cells, text] for cells, text in zip(rows(selection, wanted), texts, strict=True)),
    )


def table(header: Iterable[str], lines: Iterable[Iterable[Any]]) -> bytes:
    """The bytes of a CSV file; an unknown value is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return (BOM + out.getvalue()).encode()


def harmless(cell: Any) -> Any:
    """A spreadsheet would run a text that begins like a formula; a quote keeps it text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


FACE = Face(
    ext="csv",
    media_type="text/csv; charset=utf-8",
    title="CSV 表格",
    title_en="CSV table",
    render=render,
)
