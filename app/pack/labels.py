"""Names of the first map: a name that is of a place stands where the gazetteer has that place."""

from typing import Any

import orjson

from app.pack.reading import parsed_geojson
from app.pack.tables.gazetteer import Gazetteer


def labels_at_places(name: str, body: bytes, gazetteer: Gazetteer) -> bytes:
    """The labels, those with a `place` moved to it; where it is unknown they stay as written."""
    collection = parsed_geojson(name, body)
    moved = [label_at_place(one, gazetteer) for one in collection["features"]]
    if moved == collection["features"]:
        return body
    return orjson.dumps({**collection, "features": moved})


def label_at_place(label: dict[str, Any], gazetteer: Gazetteer) -> dict[str, Any]:
    properties = label.get("properties") or {}
    place = gazetteer.get(str(properties.get("place") or ""))
    if place is None or place.position is None:
        return label
    return {**label, "geometry": {"type": "Point", "coordinates": list(place.at)}}
