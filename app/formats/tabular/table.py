"""A feature as one flat row: what every tabular format writes, in the same columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

import shapely
from shapely.geometry import shape

from app.catalog.catalog import Catalog
from app.domain.models import PRECISIONS, STATUSES, PlanRef
from app.domain.schema import ROW, Property, of_field
from app.domain.table_schema import DISTANCE, table_properties
from app.domain.text.cleaning import LIST_SEPARATOR
from app.domain.text.languages import title_in, word_in
from app.selection.selection import Selection

NAMES = ("id", "name", "name_en")
AT_ONCE = 2000
"""Rows that are made and written in one go."""
CITED = 4096
"""References whose words are remembered."""
LISTS = list, tuple
ID = next(one for one in ROW if one.id == "id")


Column = Property
"""A column is a property: what it is called is said in app/domain/schema.py and nowhere else."""


def heading(column: Column, lang: str) -> str:
    """`面积 (亩)`."""
    title, unit = title_in(column, lang), title_in(column, lang, "unit")
    return f"{title} ({unit})" if unit else title


def columns(catalog: Catalog, layers: Iterable[str] = ()) -> tuple[Column, ...]:
    """Every property of a feature laid flat, own fields of the layers chosen (or all) last."""
    chosen = set(layers)
    shown = [layer for layer in catalog.layers if not chosen or layer.id in chosen]
    info = catalog.info
    unsaid = catalog.unsaid(shown)
    properties = table_properties(
        shown, catalog.destination_kinds, info.languages, info.status_titles
    )
    return tuple(one for one in properties if one.id not in unsaid)


def columns_of(selection: Selection) -> tuple[Column, ...]:
    """The columns of what is selected: those of items, or of whatever else it is."""
    if not selection.properties:
        found = columns(selection.catalog, selection.view.layer)
        if selection.centre is None:
            return found
        last = max(number for number, one in enumerate(found) if one.id in NAMES)
        return (*found[: last + 1], DISTANCE, *found[last + 1 :])
    own = selection.properties
    return own if own[0].id == "id" else (ID, *own)


def rows(selection: Selection, shown: Sequence[Column]) -> Iterator[list[Any]]:
    """The cells of every feature, in the order of the columns; unknown is None."""
    return map(row_maker(selection, shown), selection.features)


def row_maker(
    selection: Selection, shown: Sequence[Column]
) -> Callable[[dict[str, Any]], list[Any]]:
    """What makes the cells of a feature."""
    titles = Titles.of(selection.catalog, selection.lang)
    names = [column.id for column in shown]
    of_items = not selection.properties

    def row(feature: dict[str, Any]) -> list[Any]:
        properties = feature["properties"]
        flat = titles.flat(properties) if of_items else {"id": feature["id"], **properties}
        return [
            value if value is None or (value and isinstance(value, str)) else cell_of(value)
            for value in map(flat.get, names)
        ]

    return row


def some_at_once(selection: Selection) -> Iterator[Selection]:
    """The same, some features after the other."""
    for start in range(0, len(selection.features), AT_ONCE):
        yield replace(selection, features=selection.features[start : start + AT_ONCE])


def geometry_types(selection: Selection) -> list[str]:
    """The type of each feature's geometry, empty where it has none."""
    return [(feature["geometry"] or {}).get("type", "") for feature in selection.features]


def geometries(selection: Selection) -> list[Any]:
    """The geometry of each feature, None where it has none."""
    outlines = [feature["geometry"] for feature in selection.features]
    found = [None if one is None or is_position(one) else shape(one) for one in outlines]
    points = [at for at, one in enumerate(outlines) if one is not None and is_position(one)]
    if points:
        made = shapely.points([outlines[at]["coordinates"] for at in points])
        for at, point in zip(points, made, strict=True):
            found[at] = point
    return found


def is_position(geometry: dict[str, Any]) -> bool:
    """Whether it is a point without a height: many are made at once."""
    return geometry["type"] == "Point" and len(geometry["coordinates"]) == 2


@dataclass(frozen=True, slots=True)
class Titles:
    """What ids of a pack are called, in one language."""

    layers: dict[str, str]
    categories: dict[tuple[str, str], str]
    counties: dict[str, str]
    statuses: dict[str, str]
    status: str
    """What a status is called."""
    status_basis: str
    """Whose word of which year it is; empty where the pack does not say."""
    precisions: dict[str, str]
    fields: dict[str, tuple[Property, ...]]
    """Layer → its own fields."""
    term: Callable[[str], str]
    """A word of a list field."""
    lang: str
    cite: Callable[[PlanRef], str]
    """How a place in the plan is named."""

    @classmethod
    def of(cls, catalog: Catalog, lang: str) -> "Titles":
        return cls(
            {layer.id: title_in(layer, lang) for layer in catalog.layers},
            {
                (layer.id, category.id): title_in(category, lang)
                for layer in catalog.layers
                for category in layer.categories
            },
            {county.code: title_in(county, lang, "name") for county in catalog.info.counties},
            {id: word_in(names, lang) for id, names in STATUSES.items()},
            catalog.info.status_in(lang),
            catalog.info.status_in(lang) if catalog.info.status_title else "",
            {id: word_in(names, lang) for id, names in PRECISIONS.items()},
            {layer.id: tuple(map(of_field, layer.fields)) for layer in catalog.layers},
            partial(catalog.term_in, lang=lang),
            lang,
            lru_cache(CITED)(partial(PlanRef.citation, lang=lang, grammar=catalog.info.grammar)),
        )

    def flat(self, properties: dict[str, Any]) -> dict[str, Any]:
        """The properties with what is an object laid open, and names beside ids."""
        layer, category = properties["layer"], properties["category"]
        return {
            **properties,
            **(properties.get("located_by") or {}),
            **self.distances(properties.get("access") or {}),
            "exits": [self.exit_words(one) for one in properties.get("exits") or ()],
            "plan": self.reference(properties.get("plan")),
            "plan_more": [self.reference(one) for one in properties.get("plan_more") or ()],
            "layer_title": self.layers.get(layer),
            "category_title": self.categories.get((layer, category)),
            "county_names": [self.counties.get(code, code) for code in properties["counties"]],
            "status_title": self.statuses.get(properties["status"]),
            "status_basis": self.status_basis,
            "precision_title": self.precisions.get(properties["precision"]),
        }

    def distances(self, access: Mapping[str, Any]) -> dict[str, Any]:
        """Which is nearest of each kind, how far it is, and give or take how much."""
        kilometres: dict[str, Any] = {}
        for kind, nearest in access.items():
            if nearest:
                kilometres[f"access_{kind}"] = title_in(nearest, self.lang, "name")
                kilometres[f"access_{kind}_km"] = nearest["km"]
                kilometres[f"access_{kind}_doubt_km"] = nearest["doubt_km"]
                kilometres[f"access_{kind}_road_km"] = nearest.get("road_km")
        return kilometres

    def exit_words(self, exit: Mapping[str, Any]) -> str:
        """Where a line leaves for, at which position, which way: `锦州 (121.2 41 45°)`."""
        to = title_in(exit, self.lang, "to")
        return f"{to} ({exit['lng']:g} {exit['lat']:g} {exit['bearing']}°)"

    def reference(self, where: dict[str, str] | None) -> str | None:
        return self.cite(PlanRef(**where)) if where else None


def cell_of(value: Any) -> Any:
    """Lists become `a；b`, plan references `第一章 第二节 专栏1-1`; empty is None."""
    if isinstance(value, LISTS):
        parts = (part if part and isinstance(part, str) else str(cell_of(part)) for part in value)
        return LIST_SEPARATOR.join(parts) or None
    if isinstance(value, dict):
        return str(PlanRef(**value)) or None
    return None if value == "" else value
