"""FlatGeobuf: located items in one compact, indexed file, of which maps on the web read parts."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.text.languages import word_in
from app.formats.gis.geodataframe import gdal_bytes, geodataframe
from app.selection.about import about_selection
from app.selection.selection import Selection


def render(selection: Selection) -> bytes:
    """What has a place, in the order of the spatial index, so that a box is a few byte ranges.

    Readers of the format stop at a null geometry; how many items have none is in the metadata.
    """
    located = [one for one in selection.features if one["geometry"] is not None]
    count = len(selection.features) - len(located)
    facts = about_selection(selection)
    said = word_in("fgb.left-out", selection.lang).format(n=count)
    description = [facts.text(selection.lang), *([said] if count else [])]
    numbers: Mapping[str, str] = {"located": str(len(located)), "left_out": str(count)}
    return gdal_bytes(
        geodataframe(replace(selection, features=located)),
        driver="FlatGeobuf",
        layer="items",
        layer_options={
            "SPATIAL_INDEX": "YES",
            "TITLE": facts.title,
            "DESCRIPTION": "\n".join(description),
        },
        layer_metadata={**facts.pairs(), **numbers},
    )
