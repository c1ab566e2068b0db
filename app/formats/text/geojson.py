"""GeoJSON (RFC 7946): the features of a view with all their evidence."""

import orjson

from app.selection.about import about_selection
from app.selection.selection import Selection


def render(selection: Selection) -> bytes:
    """A FeatureCollection that says what it is, which version of the data, whose, how to cite."""
    return orjson.dumps(
        {
            "type": "FeatureCollection",
            **about_selection(selection).pairs(),
            "count": len(selection.features),
            "features": list(selection.features),
        }
    )
