"""The parameters of an items request → the query a store answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.catalog.collections import Collection
from app.domain.errors import BadValue
from app.domain.projections import CRS84, Converter, Projection, as_it_is
from app.domain.schema import Property
from app.domain.winding import COUNTERCLOCKWISE, WINDINGS, winding_converter
from app.store.base import Filter, Order, Query
from app.store.columns import KIND_OF_TYPE
from app.store.cql import read_filter
from app.store.cql.operators.temporal import day, instant
from app.store.cql.read import LANGUAGES, properties_of
from app.store.cql.values import BOOLEAN, DATE, INSTANT, LIST, NUMBER
from app.store.sorting import SORTABLE
from app.view.values import parse_inview
from app.view.view import parse_view
from app.web.dependencies import Service
from app.web.params.parameters import chosen, number, numbers, whole

Values = Mapping[str, str]

PAGING = ("limit", "offset")
SAMPLE = 10
"""A first page of a whole collection of so few is a sample, by which clients learn its geometry:
it ends where the items without a place begin, which follow on the next page."""
SELECTS_NOTHING = frozenset(("limit", "crs", "winding", "properties", "f", "lang"))
"""Parameters that select nothing."""
SHAPING = ("crs", "winding", "properties", "f", "lang")
SELECTING = ("bbox", "bbox-crs", "datetime", "q", "filter", "filter-lang", "filter-crs", "sortby")
OFFSET_MOST = 10_000_000
RESERVED = (*PAGING, *SHAPING, *SELECTING)

DAY_LENGTH = len("2025-12-31")
LITERALS = {DATE: "date", INSTANT: "timestamp"}


@dataclass(frozen=True, slots=True)
class ItemsRequest:
    """What an items request asks for, beside the format."""

    query: Query
    projection: Projection
    properties: tuple[str, ...]
    """The properties wanted; empty means all."""
    wind: Converter = as_it_is
    """Which way rings run."""


def item_names(collection: Collection) -> tuple[str, ...]:
    """Every parameter that items of a collection know."""
    return (*RESERVED, *collection.filters, *plain_queryables(collection))


def plain_queryables(collection: Collection) -> dict[str, Property]:
    """The queryables that are query parameters too (Features 3, queryables-query-parameters)."""
    reserved = (*RESERVED, *collection.filters)
    return {one.id: one for one in collection.queryables if one.id not in reserved}


def items_request(
    service: Service, collection: Collection, values: Values, unpaged: bool
) -> ItemsRequest:
    """Read all of it. `whole_set`: without a limit, everything that matches."""
    view_values = [
        (name, values[name])
        for name in (*collection.filters, "q")
        if name in values and name != "inview"
    ]
    view = parse_view(view_values, service.words)
    box = box_of(service, values)
    inview = inview_of(values)
    query = replace(
        view.query(),
        layers=collection.layers or view.layer,
        families=collection.query.families,
        shape=collection.shape,
        bbox=None if inview else box,
        within=box if inview else None,
        filters=filters_of(service, collection, values),
        order=order_of(collection, values.get("sortby", "")),
        limit=(limit := limit_of(service, values, unpaged)),
        offset=whole("offset", values.get("offset", "0"), 0, OFFSET_MOST),
        stop_at_unlocated=limit is not None
        and limit <= SAMPLE
        and values.keys() <= SELECTS_NOTHING,
        cost_most=service.settings.filter_cost_most,
    )
    projection = projection_of(service, "crs", values)
    return ItemsRequest(
        query, projection, selected_properties(collection, values.get("properties", "")),
        winding_of(values),
    )  # fmt: skip


def limit_of(service: Service, values: Values, unpaged: bool) -> int | None:
    """A limit above the most there is means the most (Features 1, /req/core/fc-limit-response)."""
    if "limit" not in values:
        return None if unpaged else service.settings.page_limit
    limit = whole("limit", values["limit"], 1, 2**31)
    return limit if unpaged else min(limit, service.settings.page_limit_most)


def projection_of(service: Service, name: str, values: Values) -> Projection:
    """The CRS a parameter names by its URI (in short `EPSG:4326`, `4326`); CRS84 without it."""
    if name not in values:
        return CRS84
    uri = values[name].removeprefix("[").removesuffix("]")
    for one in service.projections.values():
        if uri in (one.uri, one.authority, one.authority.partition(":")[2]):
            return one
    known = (f"{one.authority} ({one.uri})" for one in service.projections.values())
    raise BadValue(name, values[name], f"one of {', '.join(known)}")


def winding_of(values: Values) -> Converter:
    """Rings as the parameter says, as they are kept without it."""
    return winding_converter(chosen("winding", values.get("winding", COUNTERCLOCKWISE), WINDINGS))


def box_of(service: Service, values: Values) -> Any:
    """The box in degrees, whatever CRS it is given in."""
    projection = projection_of(service, "bbox-crs", values)
    if "bbox" not in values:
        return None
    return projection.box(numbers("bbox", values["bbox"]))


def inview_of(values: Values) -> bool:
    """Whether county-wide items do not count as in the box, as on the map; the box must be said."""
    text = values.get("inview", "")
    if text and "bbox" not in values:
        raise BadValue("inview", text, "1, with a bbox beside it: the window")
    return bool(text) and parse_inview(text)


def filters_of(service: Service, collection: Collection, values: Values) -> tuple[Filter, ...]:
    """The filter, the time and the plain queryables, all of which must hold."""
    language = chosen("filter-lang", values.get("filter-lang", LANGUAGES[0]), LANGUAGES)
    projection = projection_of(service, "filter-crs", values)
    filters = []
    if "filter" in values:
        expression = read_filter(values["filter"], language)
        known = [one.id for one in collection.queryables]
        for name in properties_of(expression):
            if name not in (*known, "geometry"):
                raise BadValue("filter", name, f"one of the queryables: {', '.join(known)}")
        filters.append(Filter(expression, projection))
    if "datetime" in values:
        filters += time_filter(collection, values["datetime"])
    plain = plain_queryables(collection)
    for name in values:
        if name in plain:
            if allowed := allowed_words(service, plain[name]):
                chosen(name, values[name], allowed)
            filters.append(Filter(equal(plain[name], values[name])))
    return tuple(filters)


def allowed_words(service: Service, queryable: Property) -> list[str]:
    """The words a queryable may be, where its list is closed; empty where it is open."""
    catalog = service.catalog
    match queryable.id:
        case "layer":
            return [layer.id for layer in catalog.layers]
        case "counties":
            return [*catalog.info.county_codes]
    return [choice[0] for choice in queryable.choices]


def time_filter(collection: Collection, text: str) -> list[Filter]:
    """Features at that time and those that have none (Features 1, /req/core/fc-time-response).

    Raises BadValue for what is no RFC 3339 time or interval, even where no feature has a time.
    """
    parts = ["..", ".."] if text == "" else [part or ".." for part in text.split("/")]
    if len(parts) > 2 or set(parts) == {".."}:
        raise BadValue("datetime", text, "a time, or an interval with at least one end")
    kind = instant_kind(collection)
    start, end = (time_of(one, kind, last) for one, last in ((parts[0], False), (parts[-1], True)))
    if ".." not in (start, end) and moment(start) > moment(end):
        raise BadValue("datetime", text, "an interval that starts before it ends")
    if not collection.instant:
        return []
    time = {"property": collection.instant}
    within = {"op": "t_intersects", "args": [time, {"interval": [start, end]}]}
    return [Filter({"op": "or", "args": [within, {"op": "isNull", "args": [time]}]})]


def moment(text: str) -> int:
    """A time to compare with others of its kind, whatever its zone and digits."""
    return (day if len(text) == DAY_LENGTH else instant)(text)


def instant_kind(collection: Collection) -> str:
    """Whether the collection's time is a day or an instant."""
    types = {one.id: one.type for one in collection.queryables}
    return KIND_OF_TYPE[types.get(collection.instant, "datetime")]


def time_of(text: str, kind: str, last: bool) -> str:
    """A date or timestamp as the kind asked for; a day lasts until its last moment."""
    if text == "..":
        return text
    try:
        moment(text)
    except BadValue as error:
        raise BadValue("datetime", text, error.expected) from None
    if kind == DATE:
        return text[:DAY_LENGTH]
    if len(text) == DAY_LENGTH:
        return f"{text}T23:59:59.999999Z" if last else f"{text}T00:00:00Z"
    return text


def equal(queryable: Property, text: str) -> dict[str, Any]:
    """The expression of `name=value`: equal, or contained in a list."""
    name: dict[str, Any] = {"property": queryable.id}
    kind = KIND_OF_TYPE[queryable.type]
    value = literal(queryable.id, kind, text)
    if kind == LIST:
        return {"op": "a_contains", "args": [name, [value]]}
    return {"op": "=", "args": [name, value]}


def literal(name: str, kind: str, text: str) -> Any:
    """The value of a plain parameter, of the queryable's kind."""
    if kind == NUMBER:
        return number(name, text)
    if kind == BOOLEAN:
        return chosen(name, text, ("true", "false")) == "true"
    if kind in LITERALS:
        return {LITERALS[kind]: text}
    return text


def order_of(collection: Collection, text: str) -> tuple[Order, ...]:
    """`-precision,name`: a minus for descending, a plus or nothing for ascending."""
    known = sortables(collection)
    orders: dict[str, Order] = {}  # a name given again sorts nothing any more
    for word in filter(None, (part.strip() for part in text.split(","))):
        name = word.lstrip("+-")
        if name not in known or len(word) - len(name) > 1:
            raise BadValue("sortby", word, f"one of {', '.join(known)}, after + or -")
        orders.setdefault(name, Order(name, descending=word.startswith("-")))
    return tuple(orders.values())


def sortables(collection: Collection) -> dict[str, Property]:
    """The queryables that have an order."""
    return {one.id: one for one in collection.queryables if KIND_OF_TYPE[one.type] in SORTABLE}


def selected_properties(collection: Collection, text: str) -> tuple[str, ...]:
    """The properties asked for, each one the collection has."""
    known = [one.id for one in collection.properties]
    names = dict.fromkeys(filter(None, (part.strip() for part in text.split(","))))
    for name in names:
        if name not in known:
            raise BadValue("properties", name, f"one of {', '.join(known)}")
    return tuple(names)
