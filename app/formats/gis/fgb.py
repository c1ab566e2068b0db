"""FlatGeobuf: located items in one indexed file, of which maps on the web read parts.

An item of which only its counties are known would be met by every box there, with their whole
outline. Here it is the point and radius of the point-radius method: the middle of the circle of
`uncertainty_m` that holds its counties. Their outline stands in a column, generalised, as Darwin
Core's footprintWKT does.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyogrio
import shapely
from shapely.geometry import shape

from app.domain.schema import text_property
from app.domain.text.languages import word_in
from app.formats.gis.fgb_packing import packed
from app.formats.gis.record_batches import projected, record_batches, write_layer
from app.formats.outlines import Changed, Chosen, Feature, coarse_outlines, is_county_wide, middles
from app.formats.tabular.table import Column, columns_of
from app.selection.about import about_selection
from app.selection.selection import Selection

FOOTPRINT = text_property("footprint_wkt", "", "", "", "")
AREAS = "areas"


def render(selection: Selection) -> bytes:
    """What has a place, in an order of which a box is a few byte ranges.

    Readers of the format stop at a null geometry; how many items have none is in the metadata.
    """
    located: list[int] = []
    wide: set[str] = set()
    at_middles = not (selection.properties or selection.family == AREAS)
    for at, feature in enumerate(selection.features):
        if feature["geometry"] is not None:
            located.append(at)
            if at_middles and is_county_wide(feature):
                wide.add(feature["id"])
    shown = replace(selection, features=Chosen(selection.features, located))
    columns: tuple[Column, ...] = columns_of(selection)
    if at_middles:
        shown, columns = with_footprints(shown), (*columns, FOOTPRINT)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.fgb"
        write_layer(
            record_batches(shown, columns), path, selection.projection,
            driver="FlatGeobuf", layer="items", geometry_type="Unknown",
            **said_of(selection, len(located), len(wide)),
        )  # fmt: skip
        return packed(path.read_bytes(), [id in wide for id in ids_of(path)])


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


def with_footprints(selection: Selection) -> Selection:
    """County-wide items at their middle, with their outline in a property."""
    middle, outline = middles(selection), coarse_outlines(selection)
    texts: dict[tuple[str, ...], str] = {}

    def placed(feature: Feature) -> Feature:
        if not is_county_wide(feature):
            return feature
        counties = tuple(feature["properties"]["counties"])
        if counties not in texts:
            drawn = projected([shape(outline(feature))], selection.projection)
            (texts[counties],) = shapely.to_wkt(drawn, rounding_precision=6)
        properties = {**feature["properties"], FOOTPRINT.id: texts[counties]}
        return {**feature, "geometry": middle(feature), "properties": properties}

    return replace(selection, features=Changed(selection.features, placed))


def ids_of(path: Path) -> list[str]:
    """The id of each feature, in the order of the file."""
    _, table = pyogrio.read_arrow(path, columns=["id"], read_geometry=False)
    ids: list[str] = table["id"].to_pylist()
    return ids
