"""A view as a GeoDataFrame with typed columns, for the formats that GDAL writes."""

import io
from typing import Any

import geopandas
import pandas
import pyogrio
from shapely.geometry import shape

from app.faces.face import Selection
from app.faces.table import columns, rows

CRS = "EPSG:4326"
DTYPES = {
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "string",
    "datetime": "string",
}
"""Column type → pandas type that knows the unknown; every other is text."""


def frame(selection: Selection) -> geopandas.GeoDataFrame:
    """A row per feature in plan order, WGS 84 lng lat; an unlocated one keeps a null geometry."""
    wanted = columns(selection.pack, selection.view.layer)
    cells = rows(selection, wanted)
    data = {
        column.id: typed([row[place] for row in cells], column.type)
        for place, column in enumerate(wanted)
    }
    return geopandas.GeoDataFrame(data, geometry=geometries(selection), crs=CRS)


def typed(values: list[Any], kind: str) -> Any:
    """A pandas array of the column's type; unknown stays unknown."""
    dtype: Any = DTYPES.get(kind, "string")
    return pandas.array(values, dtype=dtype)


def geometries(selection: Selection) -> list[Any]:
    """The geometry of each feature, None where it has none."""
    found = (feature["geometry"] for feature in selection.features)
    return [None if geometry is None else shape(geometry) for geometry in found]


def write(data: geopandas.GeoDataFrame, **options: Any) -> bytes:
    """The bytes of one layer, geometries kept as they are: mixed types in one layer."""
    out = io.BytesIO()
    pyogrio.write_dataframe(data, out, geometry_type="Unknown", promote_to_multi=False, **options)
    return out.getvalue()
