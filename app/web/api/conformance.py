"""The conformance classes, each listed only because it is true."""

OGC = "http://www.opengis.net/spec"

CLASSES = {
    "ogcapi-common-1/1.0/conf": ("core", "landing-page", "json", "oas30"),
    "ogcapi-common-2/1.0/conf": ("collections",),
    "ogcapi-features-1/1.0/conf": ("core", "geojson", "html", "oas30"),
    "ogcapi-features-2/1.0/conf": ("crs",),
    "ogcapi-features-3/1.0/conf": (
        "queryables", "queryables-query-parameters", "filter", "features-filter",
    ),
    "ogcapi-features-5/1.0/conf": (
        "schemas", "core-roles-features", "advanced-property-roles",
        "returnables-and-receivables", "queryables", "sortables",
    ),
    "ogcapi-common-3/1.0/conf": (
        "schemas", "advanced-property-roles", "returnables-and-receivables", "queryables",
        "sortables",
    ),
    "cql2/1.0/conf": (
        "cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators",
        "case-insensitive-comparison", "accent-insensitive-comparison", "basic-spatial-functions",
        "basic-spatial-functions-plus", "spatial-functions", "temporal-functions",
        "array-functions", "property-property", "functions", "arithmetic",
    ),
    "json-fg-1/1.0/conf": ("core", "types-schemas"),
    "ogcapi-tiles-1/1.0/conf": (
        "core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets",
        "collections-selection", "mvt", "oas30",
    ),
    "tms/2.0/conf": ("tilematrixset", "json-tilematrixset"),
}  # fmt: skip
"""Standard → its classes this service keeps. The roles of Features Part 5 have two names, one of
its draft; what was published is Common Part 3.
"""

CONFORMANCE = tuple(f"{OGC}/{part}/{one}" for part, ones in CLASSES.items() for one in ones)
