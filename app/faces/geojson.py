"""GeoJSON (RFC 7946): the features of a view with all their evidence."""

import orjson

from app.faces.face import Face, Selection


def render(selection: Selection) -> bytes:
    """A FeatureCollection that says what it is and which version of the data it shows."""
    info = selection.pack.info
    return orjson.dumps(
        {
            "type": "FeatureCollection",
            "title": selection.title,
            "version": selection.version,
            "attribution": info.attribution if selection.lang == "zh" else info.attribution_en,
            "features": list(selection.features),
        }
    )


FACE = Face(
    ext="geojson",
    media_type="application/geo+json",
    title="GeoJSON 数据",
    title_en="GeoJSON data",
    render=render,
)
