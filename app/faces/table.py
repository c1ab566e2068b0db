"""A feature as one flat row: what every tabular format writes, in the same columns."""

from collections.abc import Iterable
from typing import Any

from app.plan.models import PlanRef
from app.plan.pack import Pack

LIST_SEPARATOR = "|"

COMMON = (
    "id", "layer", "category", "name", "name_en", "plan_term", "summary", "summary_en", "scope",
    "counties", "county_basis", "status", "facts", "facts_en", "plan", "plan_more",
    "uncertainty_m", "precision", "basis", "method", "places", "along", "location", "location_en",
    "place_note", "place_note_en", "related", "note", "note_en", "source",
)  # fmt: skip


def columns(pack: Pack, layers: Iterable[str] = ()) -> tuple[str, ...]:
    """The common columns, then the typed fields of the layers chosen (all, if none is)."""
    chosen = set(layers)
    fields = [
        field.id
        for layer in pack.layers
        if not chosen or layer.id in chosen
        for field in layer.fields
    ]
    return (*COMMON, *dict.fromkeys(fields))


def flat_row(properties: dict[str, Any], names: Iterable[str]) -> list[Any]:
    """The cells of one feature, in the order of the columns; unknown is empty."""
    flat = {**properties, **(properties.get("located_by") or {})}
    return [cell_of(flat.get(name)) for name in names]


def cell_of(value: Any) -> Any:
    """Lists become `a|b`, plan references `第一章 第二节 专栏1-1`, None an empty cell."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(PlanRef(**value))
    if isinstance(value, list):
        return LIST_SEPARATOR.join(str(cell_of(part)) for part in value)
    return value
