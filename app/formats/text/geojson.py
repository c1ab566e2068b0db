"""GeoJSON (RFC 7946): the features of a view with all their evidence."""

from collections.abc import Iterable
from typing import Any

import orjson

from app.selection.about import about_selection
from app.selection.page_features import PageFeatures
from app.selection.selection import Selection


def render(selection: Selection) -> bytes:
    """A FeatureCollection that says what it is, which version of the data, whose, how to cite."""
    features = selection.features
    head = orjson.dumps(
        {
            "type": "FeatureCollection",
            **about_selection(selection).pairs(),
            "count": len(features),
        }
    )
    written = features.written() if isinstance(features, PageFeatures) else b""
    return b"".join((head[:-1], b',"features":[', written or dumped(features), b"]}"))


def dumped(features: Iterable[dict[str, Any]]) -> bytes:
    return b",".join(map(orjson.dumps, features))
