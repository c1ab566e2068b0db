"""The shapes OGC's own JSON schemas ask of each document, written as JSON Schema."""

from typing import Any

Shape = dict[str, Any]

TEXT: Shape = {"type": "string", "minLength": 1}
URI: Shape = {"type": "string", "pattern": "^https?://"}
NUMBER: Shape = {"type": "number"}
COUNT: Shape = {"type": "integer", "minimum": 0}


def record(required: str, **properties: Shape) -> Shape:
    return {"type": "object", "required": required.split(), "properties": properties}


def listed(items: Shape, least: int = 0) -> Shape:
    return {"type": "array", "items": items, "minItems": least}


LINK = record("href rel type", href=URI, rel=TEXT, type=TEXT, title=TEXT)
LINKS = listed(LINK, least=1)
BOX = {"type": "array", "items": NUMBER, "minItems": 4, "maxItems": 4}
EXTENT = record("spatial", spatial=record("bbox crs", bbox=listed(BOX, least=1), crs=URI))

LANDING = record("title description links", title=TEXT, description=TEXT, links=LINKS)
CONFORMANCE = record("conformsTo", conformsTo=listed(URI, least=1))
COLLECTION = record(
    "id title description itemType crs storageCrs links extent",
    id=TEXT, title=TEXT, description=TEXT, itemType={"const": "feature"},
    crs=listed(URI, least=4), storageCrs=URI, links=LINKS, extent=EXTENT,
)  # fmt: skip
COLLECTIONS = record("links collections crs", links=LINKS, collections=listed(COLLECTION, 1))

POSITION = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}
NESTED = {
    "Point": POSITION,
    "MultiPoint": listed(POSITION),
    "LineString": listed(POSITION, 2),
    "MultiLineString": listed(listed(POSITION, 2)),
    "Polygon": listed(listed(POSITION, 4)),
    "MultiPolygon": listed(listed(listed(POSITION, 4))),
}
GEOMETRY = {
    "oneOf": [
        {"type": "null"},
        *(
            record("type coordinates", type={"const": name}, coordinates=shape)
            for name, shape in NESTED.items()
        ),
    ]
}
MEMBER = record(
    "type id geometry properties",
    type={"const": "Feature"}, id=TEXT, geometry=GEOMETRY, properties={"type": "object"},
)  # fmt: skip
FEATURE = {"allOf": [MEMBER, record("links", links=LINKS)]}
ITEMS = record(
    "type features links numberMatched numberReturned",
    type={"const": "FeatureCollection"}, features=listed(MEMBER), links=LINKS,
    numberMatched=COUNT, numberReturned=COUNT,
)  # fmt: skip

JSONFG_MEMBER = {
    "allOf": [
        MEMBER,
        record("time place", time={"type": "null"}, place=GEOMETRY, featureType=TEXT),
    ],
    "not": {"required": ["conformsTo"]},
}
JSONFG = {
    "allOf": [
        record("conformsTo coordRefSys", conformsTo=listed(URI, 1), coordRefSys=URI),
        {**ITEMS, "properties": {**ITEMS["properties"], "features": listed(JSONFG_MEMBER)}},
    ]
}

MATRIX = record(
    "id scaleDenominator cellSize pointOfOrigin tileWidth tileHeight matrixWidth matrixHeight",
    id=TEXT, scaleDenominator=NUMBER, cellSize=NUMBER, pointOfOrigin=POSITION, tileWidth=COUNT,
    tileHeight=COUNT, matrixWidth=COUNT, matrixHeight=COUNT,
)  # fmt: skip
GRID = record("id crs tileMatrices", id=TEXT, crs=URI, tileMatrices=listed(MATRIX, 1))
GRIDS = record("tileMatrixSets", tileMatrixSets=listed(record("id links", id=TEXT, links=LINKS)))
LIMIT = record(
    "tileMatrix minTileRow maxTileRow minTileCol maxTileCol", tileMatrix=TEXT,
    minTileRow=COUNT, maxTileRow=COUNT, minTileCol=COUNT, maxTileCol=COUNT,
)  # fmt: skip
TILESET = record(
    "dataType crs tileMatrixSetURI links layers tileMatrixSetLimits",
    dataType={"const": "vector"}, crs=URI, tileMatrixSetURI=URI, links=LINKS,
    layers=listed(record("id dataType", id=TEXT, dataType={"const": "vector"}), 1),
    tileMatrixSetLimits=listed(LIMIT, 1),
)  # fmt: skip
TILESETS = record(
    "tilesets", tilesets=listed(record("dataType crs links", crs=URI, links=LINKS), least=1)
)
TILEJSON = record(
    "tilejson tiles vector_layers bounds minzoom maxzoom attribution",
    tilejson={"const": "3.0.0"}, tiles=listed(URI, 1), bounds=BOX,
    vector_layers=listed(record("id fields", id=TEXT, fields={"type": "object"}), 1),
)  # fmt: skip
FUNCTIONS = record(
    "functions",
    functions=listed(record("name returns arguments", name=TEXT, returns=listed(TEXT, 1)), 1),
)
