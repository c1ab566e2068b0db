"""JSON-FG (OGC 21-045r1): GeoJSON that also says what a feature is and can hold other CRSs."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import orjson

from app.domain.projections import CRS84, Converter, Projection, converter
from app.formats.text.geojson import between_commas
from app.selection.selection import Selection

Feature = dict[str, Any]

CONFORMS_TO = (
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/core",
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas",
)

NOTHING: Mapping[str, Any] = MappingProxyType({})


def render(selection: Selection) -> bytes:
    return b"".join(pieces(selection))


def pieces(selection: Selection) -> Iterator[bytes]:
    """The features of a view, each with its layer as its type."""
    return collection_pieces(selection.features, selection.projection, NOTHING)


def collection(
    features: Iterable[Feature], projection: Projection = CRS84, more: Mapping[str, Any] = NOTHING
) -> bytes:
    """A JSON-FG FeatureCollection with `more` members."""
    return b"".join(collection_pieces(features, projection, more))


def collection_pieces(
    features: Iterable[Feature], projection: Projection, more: Mapping[str, Any]
) -> Iterator[bytes]:
    """The same feature by feature: the whole at once would take the memory of all, and the
    interpreter from everybody else meanwhile.
    """
    convert = converter(projection)
    head = orjson.dumps({
        "type": "FeatureCollection", "conformsTo": CONFORMS_TO, "coordRefSys": projection.uri,
        **more,
    })  # fmt: skip
    yield head[:-1] + b',"features":['
    yield from between_commas(
        orjson.dumps(feature_member(feature, projection, convert)) for feature in features
    )
    yield b"]}"


def feature_document(feature: Feature, projection: Projection = CRS84) -> dict[str, Any]:
    """One feature as a document of its own."""
    head = {"conformsTo": CONFORMS_TO, "coordRefSys": projection.uri}
    document = feature_member(feature, projection, converter(projection))
    return {"type": document.pop("type"), **head, **document}


def feature_member(feature: Feature, projection: Projection, convert: Converter) -> Feature:
    """`place` is the geometry in a CRS that is not WGS 84; `geometry` stays for plain GeoJSON."""
    geometry = feature["geometry"]
    place = None if projection is CRS84 else convert(geometry)
    layer = feature["properties"].get("layer")
    return {
        "type": "Feature",
        "id": feature["id"],
        **({"featureType": layer} if layer else {}),
        "time": None,
        "place": place,
        "geometry": geometry,
        "properties": feature["properties"],
    }
