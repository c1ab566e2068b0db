"""JSON-FG (OGC 21-045r1): GeoJSON that also says what a feature is and can hold other CRSs."""

from collections.abc import Iterable
from typing import Any

import orjson

from app.domain.projections import CRS84, Converter, Projection, converter
from app.selection.selection import Selection

Feature = dict[str, Any]

CONFORMS_TO = (
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/core",
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas",
)


def render(selection: Selection) -> bytes:
    """The features of a view, each with its layer as its type."""
    return orjson.dumps(collection(selection.features, selection.projection))


def collection(features: Iterable[Feature], projection: Projection = CRS84) -> dict[str, Any]:
    """A JSON-FG FeatureCollection."""
    convert = converter(projection)
    return {
        "type": "FeatureCollection",
        "conformsTo": CONFORMS_TO,
        "coordRefSys": projection.uri,
        "features": [feature_member(feature, projection, convert) for feature in features],
    }


def feature_document(feature: Feature, projection: Projection = CRS84) -> dict[str, Any]:
    """One feature as a document of its own."""
    head = {"conformsTo": CONFORMS_TO, "coordRefSys": projection.uri}
    found = feature_member(feature, projection, converter(projection))
    return {"type": found.pop("type"), **head, **found}


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
