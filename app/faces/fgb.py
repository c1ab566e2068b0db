"""FlatGeobuf: the whole table as one compact file for maps on the web and for GDAL."""

from app.faces.about import about
from app.faces.face import Face, Selection
from app.faces.frame import frame, write


def render(selection: Selection) -> bytes:
    """All items in plan order. No spatial index: the format's index refuses null geometries."""
    facts = about(selection)
    return write(
        frame(selection),
        driver="FlatGeobuf",
        layer="items",
        layer_options={
            "SPATIAL_INDEX": "NO",
            "TITLE": facts.title,
            "DESCRIPTION": facts.text(selection.lang),
        },
        layer_metadata=facts.pairs(),
    )


FACE = Face(
    ext="fgb",
    media_type="application/vnd.flatgeobuf",
    title="FlatGeobuf 地理数据",
    title_en="FlatGeobuf",
    render=render,
)
