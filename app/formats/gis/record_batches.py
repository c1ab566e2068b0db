"""A view as Arrow record batches, for the formats that GDAL and Arrow write: some rows at a time,
so that no more of them stands in memory, and no object is made of each cell.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import geopandas
import pyarrow
import pyogrio
import shapely

from app.domain.projections import CRS84, Projection
from app.formats.tabular.table import Column, geometries, row_maker, some_at_once
from app.selection.selection import Selection

CRS = "EPSG:4326"
GEOMETRY = "geometry"
MARKED = pyarrow.field(
    GEOMETRY, pyarrow.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"}
)
TYPES = {"integer": pyarrow.int64(), "number": pyarrow.float64(), "boolean": pyarrow.bool_()}
"""Column type → Arrow's; every other is text."""

Shapes = Callable[[Any], Any]
"""What becomes of the geometries of a batch."""


def record_batches(
    selection: Selection, columns: Sequence[Column], shaped: Shapes | None = None,
    *, located: bool = True,
) -> pyarrow.RecordBatchReader:  # fmt: skip
    """A row per feature in order, x first; an unlocated one keeps a null geometry, and none has
    one where nothing is `located`.
    """
    fields = [pyarrow.field(one.id, type_of(one)) for one in columns]
    schema = pyarrow.schema([*fields, *([MARKED] if located else [])])

    def batches() -> Iterator[pyarrow.RecordBatch]:
        cells = row_maker(selection, columns)
        for part in some_at_once(selection):
            across = zip(*map(cells, part.features), strict=True)
            arrays = [
                array_of(values, one.type) for values, one in zip(across, fields, strict=True)
            ]
            if located:
                shapes = projected(geometries(part), selection.projection)
                written = shapely.to_wkb(shaped(shapes) if shaped else shapes)
                arrays.append(pyarrow.array(written, pyarrow.binary()))
            yield pyarrow.RecordBatch.from_arrays(arrays, schema=schema)

    return pyarrow.RecordBatchReader.from_batches(schema, batches())


def type_of(column: Column) -> pyarrow.DataType:
    return TYPES.get(column.type, pyarrow.string())


def array_of(values: Sequence[Any], type: pyarrow.DataType) -> pyarrow.Array:
    """Values of a column; what is no text is written as one where the column is of texts."""
    try:
        return pyarrow.array(values, type)
    except (pyarrow.ArrowTypeError, pyarrow.ArrowInvalid):
        if type != pyarrow.string():
            raise
        return pyarrow.array([None if one is None else str(one) for one in values], type)


def projected(shapes: Sequence[Any], projection: Projection) -> Any:
    """Geometries in a CRS."""
    found = geopandas.GeoSeries(shapes, crs=CRS)
    return (found if projection is CRS84 else found.to_crs(projection.authority)).to_numpy()


def authority_of(projection: Projection) -> str:
    """How a file names its CRS, x first whatever its axes."""
    return CRS if projection is CRS84 else projection.authority


def write_layer(
    rows: pyarrow.RecordBatchReader, path: Path, projection: Projection, **options: Any
) -> None:
    """Write one layer of a file, geometries kept as they are."""
    if GEOMETRY in rows.schema.names:
        options |= {"geometry_name": GEOMETRY, "crs": authority_of(projection)}
    pyogrio.write_arrow(rows, path, **options)
