"""The parameters that items of a collection know, as the OpenAPI document describes them."""

from typing import Any

from app.catalog.collections import Collection
from app.domain.json_schema import TYPES
from app.domain.schema import Property
from app.domain.winding import WINDINGS
from app.store.cql.read import LANGUAGES
from app.web.dependencies import Service
from app.web.params.parameters import BBOX, FILTERS, TEXT, enum, one_of, parameter
from app.web.params.queries import OFFSET_MOST, allowed_words, plain_queryables, sortables


def item_parameters(service: Service, collection: Collection) -> list[dict[str, Any]]:
    """Every parameter but `f` and `lang`."""
    filters = [worded(service, collection, FILTERS[name]) for name in collection.filters]
    plain = [plain_parameter(service, one) for one in plain_queryables(collection).values()]
    return [*paging(service), *selecting(service, collection), *filters, *plain]


def paging(service: Service) -> list[dict[str, Any]]:
    settings = service.settings
    limit = {
        "type": "integer", "minimum": 1, "maximum": settings.page_limit_most,
        "default": min(settings.page_limit, settings.page_limit_most),
    }  # fmt: skip
    offset = {"type": "integer", "minimum": 0, "maximum": OFFSET_MOST, "default": 0}
    return [
        parameter(
            "limit",
            "Items a page, a larger number means the most there is; without it csv, gpkg, fgb and "
            "geojsonseq hold all that match. A first page of ten or less of a whole collection has "
            "located items only, where there are any: the others follow on the next page",
            limit,
        ),
        parameter("offset", "Items to skip", offset),
    ]


def selecting(service: Service, collection: Collection) -> list[dict[str, Any]]:
    """Standard parameters: what is selected, in which order and shape."""
    systems = enum(service.projections)
    sort_words = [f"{sign}{name}" for name in sortables(collection) for sign in ("", "+", "-")]
    return [
        parameter("bbox", "Four numbers (six with heights) in the CRS of bbox-crs", BBOX),
        parameter("bbox-crs", "The CRS of bbox", systems),
        parameter(
            "crs", "The CRS of the answer; csv and geojsonseq cannot say it and are CRS84 always",
            systems,
        ),
        parameter(
            "winding",
            "Which way exterior rings run (json, jsonfg, geojsonseq): as RFC 7946 says, or "
            "clockwise, as D3 reads them",
            enum(WINDINGS),
        ),
        parameter("datetime", time_words(collection), TEXT),
        FILTERS["q"],
        parameter("filter", "CQL2 expression over the queryables", TEXT),
        parameter("filter-lang", "The language of filter", enum(LANGUAGES)),
        parameter("filter-crs", "The CRS of geometries in filter", systems),
        parameter("sortby", "Sortables, a minus before one for descending", one_of(*sort_words)),
        parameter(
            "properties", "The properties wanted (json, jsonfg, geojsonseq); all without it",
            one_of(*(one.id for one in collection.properties)),
        ),
    ]  # fmt: skip


def time_words(collection: Collection) -> str:
    if collection.instant:
        return f"RFC 3339 time or interval that {collection.instant} falls in"
    return "RFC 3339 time or interval; features without a time match any"


def worded(service: Service, collection: Collection, described: dict[str, Any]) -> dict[str, Any]:
    """A parameter of the view, with the words it may be where they depend on the pack."""
    name = described["name"]
    words = {
        "layer": list(service.words.layers),
        "county": list(service.words.counties),
        "category": list(service.words.categories),
    }
    if name not in words:
        return described
    return parameter(name, described["description"], one_of(*words[name]))


def plain_parameter(service: Service, one: Property) -> dict[str, Any]:
    """A queryable as a parameter of its own: equal to it, or in its list."""
    contained = one.type == "list"
    schema = dict(TEXT if contained else TYPES[one.type])
    if words := allowed_words(service, one):
        schema["enum"] = words
    return parameter(
        one.id, f"{one.title_en}: {'contains this one' if contained else 'equal to'}", schema
    )
