"""GeoJSON (RFC 7946): the features of a view with all their evidence."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from app.selection.about import about_selection
from app.selection.page_features import PageFeatures
from app.selection.selection import Selection


def render(selection: Selection) -> bytes:
    """A FeatureCollection that says what it is, which version of the data, whose, how to cite."""
    features = selection.features
    written = features.written() if isinstance(features, PageFeatures) else b""
    return b"".join((head(selection), written or dumped(features), b"]}"))


def pieces(selection: Selection) -> Iterator[bytes]:
    """The same feature by feature."""
    yield head(selection)
    yield from between_commas(map(orjson.dumps, selection.features))
    yield b"]}"


def head(selection: Selection) -> bytes:
    """All up to the first feature."""
    said = about_selection(selection).pairs()
    count = len(selection.features)
    document = orjson.dumps({"type": "FeatureCollection", **said, "count": count})
    return document[:-1] + b',"features":['


def between_commas(written: Iterable[bytes]) -> Iterator[bytes]:
    """Features that have been written, each but the first behind a comma."""
    for number, one in enumerate(written):
        yield b"," + one if number else one


def dumped(features: Iterable[dict[str, Any]]) -> bytes:
    return b",".join(map(orjson.dumps, features))
