"""FlatGeobuf: located items in one indexed file, of which maps on the web read parts.

An item of which only its counties are known would be met by every box there, with their whole
outline. Here it is the point and radius of the point-radius method: the middle of the circle of
`uncertainty_m` that holds its counties. Their outline stands in a column, generalised, as Darwin
Core's footprintWKT does.
"""

import io
from dataclasses import replace
from typing import Any

import geopandas
import pyogrio

from app.domain.text.languages import word_in
from app.formats.gis.fgb_packing import packed
from app.formats.gis.geodataframe import CRS, gdal_bytes, geodataframe
from app.formats.outlines import at_middles, coarse, is_county_wide
from app.formats.tabular.table import geometries
from app.selection.about import about_selection
from app.selection.selection import Selection

FOOTPRINT = "footprint_wkt"
AREAS = "areas"


def render(selection: Selection) -> bytes:
    """What has a place, in an order of which a box is a few byte ranges.

    Readers of the format stop at a null geometry; how many items have none is in the metadata.
    """
    located = [feature for feature in selection.features if feature["geometry"] is not None]
    rows = table(replace(selection, features=located))
    wide = set(rows["id"][rows[FOOTPRINT].notna()]) if FOOTPRINT in rows else set()
    body = gdal_bytes(
        rows,
        driver="FlatGeobuf",
        layer="items",
        **said_of(selection, len(located), len(wide)),
    )
    return packed(body, [id in wide for id in ids_of(body)])


def said_of(selection: Selection, located: int, wide: int) -> dict[str, Any]:
    """What the file says of itself, in words and in numbers."""
    left_out = len(selection.features) - located
    facts = about_selection(selection)
    words = {"fgb.left-out": left_out, "fgb.county-wide": wide}
    parts = [word_in(key, selection.lang).format(n=n) for key, n in words.items() if n]
    numbers = {"located": located, "left_out": left_out, "county_wide": wide}
    return {
        "layer_options": {
            "SPATIAL_INDEX": "YES",
            "TITLE": facts.title,
            "DESCRIPTION": "\n".join([facts.text(selection.lang), *parts]),
        },
        "layer_metadata": {**facts.pairs(), **{name: str(n) for name, n in numbers.items()}},
    }


def table(selection: Selection) -> geopandas.GeoDataFrame:
    """A row per item; county-wide ones at their middle, with their outline in a column.

    Who asks for areas alone gets them.
    """
    if selection.properties or selection.family == AREAS:
        return geodataframe(selection)
    frame = geodataframe(at_middles(selection))
    wide = [is_county_wide(feature) for feature in selection.features]
    outlines = geopandas.GeoSeries(geometries(coarse(selection)), crs=CRS)[wide].to_crs(frame.crs)
    frame[FOOTPRINT] = outlines.to_wkt(rounding_precision=6).reindex(frame.index).astype("string")
    return frame


def ids_of(body: bytes) -> Any:
    """The id of each feature, in the order of the file."""
    return pyogrio.read_dataframe(io.BytesIO(body), columns=["id"], read_geometry=False)["id"]
