"""GeoParquet 1.1: one table with types, for DuckDB, pandas, R and Spark."""

import io

import pyarrow.parquet

from app.formats.gis.geodataframe import geodataframe
from app.formats.outlines import with_full_outlines
from app.selection.about import about_selection
from app.selection.selection import Selection


def render(selection: Selection) -> bytes:
    """Every row, unlocated ones with a null geometry; a box per row, for readers that skip."""
    written, final = io.BytesIO(), io.BytesIO()
    rows = geodataframe(with_full_outlines(selection))
    rows.to_parquet(written, index=False, write_covering_bbox=True, schema_version="1.1.0")
    table = pyarrow.parquet.read_table(written)
    facts = {key: value.encode() for key, value in about_selection(selection).pairs().items()}
    known = {key: table.schema.metadata[key] for key in (b"geo",)}
    pyarrow.parquet.write_table(table.replace_schema_metadata(known | facts), final)
    return final.getvalue()
