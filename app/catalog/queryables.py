"""What the features of a collection may be filtered and sorted by, read off their schema."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.schema import BUILT, ROW, Property
from app.domain.table_schema import access_properties
from app.store.columns import GEOMETRY_NAME, KIND_OF_TYPE
from app.store.cql.values import GEOMETRY

INSIDE = {
    "plan": ("chapter", "section", "box"),
    "located_by": ("method", "places", "along"),
}
"""Parts of properties that are objects, by the names features give them."""

PLAN_PARTS = {
    "chapter": ("章", "Chapter"),
    "section": ("节", "Section"),
    "box": ("专栏", "Box"),
}
LISTS_OF_OBJECTS = ("plan_more", "exits")


def queryables(properties: Iterable[Property], kinds: Iterable[str] = ()) -> tuple[Property, ...]:
    """The properties a filter may name: dots lead into those that are objects.

    `kinds`: of places that features say their distance to.
    """
    found: list[Property] = []
    for one in properties:
        if one.id == "access":
            found += distances(kinds)
        elif one.type == "object":
            found += parts(one)
        elif one.id not in LISTS_OF_OBJECTS:
            found.append(one)
    return tuple(found)


def kinds_of(properties: Iterable[Property]) -> dict[str, str]:
    """Name → kind of its column; the geometry is always there."""
    return {**{one.id: KIND_OF_TYPE[one.type] for one in properties}, GEOMETRY_NAME: GEOMETRY}


def parts(whole: Property) -> list[Property]:
    """The parts of an object as properties of their own."""
    known = {one.id: one for one in (*ROW, *BUILT)}
    return [
        replace(known[name], id=f"{whole.id}.{name}")
        if name in known
        else Property(f"{whole.id}.{name}", "text", *PLAN_PARTS[name], "", "")
        for name in INSIDE.get(whole.id, ())
    ]


def distances(kinds: Iterable[str]) -> list[Property]:
    """Kilometres to the nearest of each kind of place."""
    return [
        replace(one, id=f"access.{one.id.removeprefix('access_').removesuffix('_km')}.km")
        for one in access_properties(kinds)
        if one.id.endswith("_km") and not one.id.endswith("_doubt_km")
    ]
