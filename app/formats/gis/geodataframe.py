"""A view as a GeoDataFrame with typed columns, for the formats that GDAL writes."""

import io
from typing import Any

import geopandas
import pandas
import pyogrio

from app.domain.projections import CRS84
from app.formats.tabular.table import columns_of, geometries, rows
from app.selection.selection import Selection

CRS = "EPSG:4326"
DTYPES = {
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "string",
    "datetime": "string",
}
"""Column type → pandas type that knows the unknown; every other is text."""


def geodataframe(selection: Selection) -> geopandas.GeoDataFrame:
    """A row per feature in order, x first; an unlocated one keeps a null geometry."""
    columns = columns_of(selection)
    cells = list(rows(selection, columns))
    data = {
        column.id: typed([row[place] for row in cells], column.type)
        for place, column in enumerate(columns)
    }
    frame = geopandas.GeoDataFrame(data, geometry=geometries(selection), crs=CRS)
    if selection.projection is CRS84:
        return frame
    return frame.to_crs(selection.projection.authority)


def typed(values: list[Any], kind: str) -> Any:
    """A pandas array of the column's type; unknown stays unknown."""
    dtype: Any = DTYPES.get(kind, "string")
    return pandas.array(values, dtype=dtype)


def gdal_bytes(data: geopandas.GeoDataFrame, **options: Any) -> bytes:
    """The bytes of one layer, geometries kept as they are: mixed types in one layer."""
    out = io.BytesIO()
    pyogrio.write_dataframe(data, out, geometry_type="Unknown", promote_to_multi=False, **options)
    return out.getvalue()
