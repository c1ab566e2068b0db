"""GeoParquet 1.1: one table with types, for DuckDB, pandas, R and Spark."""

import io

import geopandas
import pyarrow.parquet

from app.formats.gis.record_batches import GEOMETRY, authority_of, record_batches
from app.formats.outlines import with_full_outlines
from app.formats.tabular.table import columns_of
from app.selection.about import about_selection
from app.selection.selection import Selection


def render(selection: Selection) -> bytes:
    """Every row, unlocated ones with a null geometry; a box per row, for readers that skip."""
    rows = record_batches(with_full_outlines(selection), columns_of(selection)).read_all()
    table, placed = rows.drop_columns(GEOMETRY), located(rows, authority_of(selection.projection))
    for field in placed.schema:
        table = table.append_column(field, placed[field.name])
    facts = {key: value.encode() for key, value in about_selection(selection).pairs().items()}
    known = {key: placed.schema.metadata[key] for key in (b"geo",)}
    final = io.BytesIO()
    pyarrow.parquet.write_table(table.replace_schema_metadata(known | facts), final)
    return final.getvalue()


def located(rows: pyarrow.Table, crs: str) -> pyarrow.Table:
    """The geometries and their boxes, and what a file says of them."""
    frame = geopandas.GeoDataFrame(geometry=geopandas.GeoSeries.from_wkb(rows[GEOMETRY], crs=crs))
    written = io.BytesIO()
    frame.to_parquet(written, index=False, write_covering_bbox=True, schema_version="1.1.0")
    return pyarrow.parquet.read_table(written)
