"""The shapes of the API's documents, for the OpenAPI document; nothing outside is referred to."""

from typing import Any

from app.web.openapi.describe import reference

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
LINKS: Schema = {"type": "array", "items": reference("link")}
STRINGS: Schema = {"type": "array", "items": STRING}
BOX: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}


def record(required: str, **properties: Schema) -> Schema:
    """An object; `required` names the properties it must have."""
    return {"type": "object", "required": required.split(), "properties": properties}


SCHEMAS: dict[str, Schema] = {
    "link": record(
        "href rel type", href=STRING, rel=STRING, type=STRING, title=STRING,
        templated={"type": "boolean"},
    ),
    "landingPage": record(
        "title links", title=STRING, description=STRING, attribution=STRING, links=LINKS
    ),
    "conformance": record("conformsTo", conformsTo=STRINGS, links=LINKS),
    "collections": record(
        "links collections", links=LINKS, crs=STRINGS,
        collections={"type": "array", "items": reference("collection")},
    ),
    "collection": record(
        "id links", id=STRING, title=STRING, description=STRING, itemType=STRING,
        itemCount=COUNT, crs=STRINGS, storageCrs=STRING, links=LINKS, extent=reference("extent"),
    ),
    "extent": record(
        "spatial",
        spatial=record("bbox crs", bbox={"type": "array", "items": BOX, "minItems": 1}, crs=STRING),
    ),
    "featureCollection": record(
        "type features numberMatched numberReturned links",
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": reference("featureMember")},
        numberMatched=COUNT, numberReturned=COUNT, links=LINKS,
    ),
    "featureMember": record(
        "type id geometry properties",
        type={"type": "string", "enum": ["Feature"]}, id=STRING,
        geometry=reference("geometry"), properties={"type": "object"},
    ),
    "feature": record(
        "type id geometry properties links",
        type={"type": "string", "enum": ["Feature"]}, id=STRING,
        geometry=reference("geometry"), properties={"type": "object"}, links=LINKS,
    ),
    "geometry": {
        "nullable": True,
        **record(
            "type coordinates",
            type={
                "type": "string",
                "enum": ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon",
                         "MultiPolygon"],
            },
            coordinates={"type": "array", "items": {}},
        ),
    },
    "problem": record(
        "type title status detail", type=STRING, title=STRING, status={"type": "integer"},
        detail=STRING, parameter=STRING, value=STRING, expected=STRING, allowed=STRINGS,
    ),
}  # fmt: skip
