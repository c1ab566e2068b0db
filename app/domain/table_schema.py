"""What a flat table of features has: every property of the schema, objects laid open."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.models import CONTACT, STATUS_TITLES, Layer
from app.domain.schema import BUILT, ROW, Property, feature_properties, list_property, text_property

TITLES: tuple[Property, ...] = (
    text_property("layer_title", "图层名称", "Layer title", "图层的标题", "The layer's title"),
    text_property(
        "category_title", "类别名称", "Category title", "类别的标题", "The category's title"
    ),
    list_property("county_names", "县区名称", "County names", "县区的名称", "The counties' names"),
    text_property("status_title", "状态名称", "Status title", "状态的标题", "The status in words"),
    text_property(
        "status_basis",
        "状态依据",
        "Basis of the status",
        "谁在哪一年所说",
        "Whose word of which year it is",
    ),
    text_property(
        "precision_title", "精度名称", "Precision title", "精度的标题", "The precision in words"
    ),
)
"""What a table says in words beside an id; a feature has only the id."""

DISTANCE = Property(
    "distance_km", "number", "距离", "Distance", "离所选的地点或项目的直线距离",
    "From the place or item that was chosen, as the crow flies", unit="km", unit_en="km",
)  # fmt: skip
"""Of a view that is near to something."""

GEOMETRY = text_property("geometry", "几何类型", "Geometry type", "", "")
"""What a table without geometries says of one."""

EXPRESSWAY = "expressway"
"""The kind that is a line of lines.csv."""

DESTINATIONS = {
    "port": ("港口", "Port"),
    "passenger_station": ("客运站", "Passenger station"),
    "freight_station": ("货运站", "Freight station"),
    EXPRESSWAY: ("高速公路", "Expressway"),
    "airport": ("机场", "Airport"),
}
"""Kinds of places that distances are measured to, in the order an investor asks."""

ACCESS_PARTS = {
    "": ("text", "最近的{kind}", "Nearest {kind}", ""),
    "_km": ("number", "到{kind}的距离", "Distance to the {kind}", "km"),
    "_doubt_km": (
        "number",
        "到{kind}的距离误差",
        "Uncertainty of the distance to the {kind}",
        "km",
    ),
    "_road_km": (
        "number",
        "到{kind}的公路里程（估计）",
        "Estimated distance to the {kind} by road",
        "km",
    ),
}
"""Ending → type, title, unit: how a table shows one distance of `access`."""


TABLE_ORDER = (
    "id", "name", "name_en", "layer", "layer_title", "category", "category_title", "plan_term",
    "summary", "summary_en", "scope", "counties", "county_names", "county_basis", "status",
    "status_title", "status_basis", "facts", "facts_en", "origin", "origin_en", "plan",
    "plan_more", "uncertainty_m", "precision",
    "precision_title", "basis", "method", "places", "along", "location", "location_en",
    "place_note", "place_note_en", "related", "note", "note_en", "source", *CONTACT,
)  # fmt: skip
"""Of a table's columns; any other comes after them."""


def destination_words(kind: str) -> tuple[str, str]:
    """What a kind of destination is called; one of a pack's own goes by its id."""
    return DESTINATIONS.get(kind, (kind, kind.replace("_", " ").capitalize()))


def access_properties(kinds: Iterable[str]) -> tuple[Property, ...]:
    """`access` laid flat: for each kind which, how far, and give or take how much."""
    access = next(one for one in BUILT if one.id == "access")
    return tuple(
        Property(
            f"access_{kind}{ending}", type, title.format(kind=zh),
            title_en.format(kind=en.lower()), access.description, access.description_en,
            unit=unit, unit_en=unit,
        )
        for kind in kinds
        for zh, en in (destination_words(kind),)
        for ending, (type, title, title_en, unit) in ACCESS_PARTS.items()
    )  # fmt: skip


def table_properties(
    layers: Sequence[Layer],
    kinds: Sequence[str] = (),
    languages: Sequence[str] = (),
    status: tuple[str, str] = STATUS_TITLES,
) -> tuple[Property, ...]:
    """What a flat table of these layers' features has: every property, objects laid open.

    An id is followed by what it is called, `located_by` by its parts, `access` by a column for
    each kind of destination.
    """
    rows = {one.id: one for one in ROW}
    titles = {one.id: one for one in TITLES}
    named = {
        "layer": ("layer_title",), "category": ("category_title",), "counties": ("county_names",),
        "status": ("status_title", "status_basis"), "precision": ("precision_title",),
    }  # fmt: skip
    properties: list[Property] = []
    for one in feature_properties(layers, languages, status):
        if one.id == "access":
            properties += access_properties(kinds) if any(layer.access for layer in layers) else ()
        elif one.id == "located_by":
            properties += [rows[id] for id in ("method", "places", "along")]
        elif one.id == "plan":
            properties.append(replace(one, type="text"))
        else:
            properties += [one, *(titles[id] for id in named.get(one.id, ()))]
    return tuple(sorted(properties, key=place_in_table))


def place_in_table(one: Property) -> int:
    """Where a column stands: those every table has had first, in the order they have had."""
    return TABLE_ORDER.index(one.id) if one.id in TABLE_ORDER else len(TABLE_ORDER)
