"""The boxes and tables of the plan and its figures, and which items each of them names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.catalog.catalog import Catalog
from app.domain.models import OutlineEntry, PlanRef
from app.domain.text.languages import ENGLISH
from app.domain.text.links import PLACEHOLDERS, filled_address
from app.domain.tours import Stop

Feature = dict[str, Any]

UNFIT = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Box:
    """A box or table of the plan; or a figure, which is a view and stands in no one section."""

    id: str
    title: str
    title_en: str
    items: tuple[Feature, ...]
    ref: PlanRef | None = None
    view: str = ""
    translations: Mapping[str, str] = field(default_factory=dict)


def text_address(catalog: Catalog, ref: PlanRef, id: str = "") -> str:
    """Where the operator's copy of the plan's text has a chapter, a section or a box; empty where
    there is no copy.
    """
    values = (ref.chapter, ref.section, ref.box, id)
    return filled_address(catalog.info.text_url, dict(zip(PLACEHOLDERS, values, strict=True)))


def box_ids(catalog: Catalog) -> dict[PlanRef, str]:
    """Every box and table in the plan's order → what its page is called: `box-5-1`, `table-1`.

    One that the pack's grammar has no English for is called by its place in the order.
    """
    refs = [one.ref for one in catalog.outline if one.ref.box]
    ids: dict[PlanRef, str] = {}
    for number, ref in enumerate(refs, start=1):
        name = catalog.info.grammar.part_in(ref.box, ENGLISH)
        id = UNFIT.sub("-", name.lower()).strip("-") if name.isascii() else ""
        ids[ref] = id if id and id not in ids.values() else f"box-no-{number}"
    return ids


def figure_ids(catalog: Catalog) -> dict[str, Stop]:
    """What the pages of figures are called, in their order."""
    stops = [stop for tour in catalog.info.tours for stop in tour.stops]
    return {f"figure-{number}": stop for number, stop in enumerate(stops, start=1)}


def boxes(catalog: Catalog, features: Sequence[Feature]) -> tuple[Box, ...]:
    """Every box and table in the plan's order, with its items in theirs, placed or not."""
    rows = {id: row for row, id in enumerate(catalog.item_names)}
    ordered = sorted(features, key=lambda one: rows[one["properties"]["id"]])
    ids = box_ids(catalog)
    return tuple(
        Box(
            ids[entry.ref], entry.title, entry.title_en,
            tuple(one for one in ordered if names(entry, one)),
            ref=entry.ref, translations=entry.translations,
        )
        for entry in catalog.outline
        if entry.ref.box
    )  # fmt: skip


def names(entry: OutlineEntry, feature: Feature) -> bool:
    """Whether a box names an item."""
    return entry.ref.as_dict() in references_of(feature)


def references_of(feature: Feature) -> list[dict[str, str]]:
    """Every place of the plan that names an item."""
    properties = feature["properties"]
    return [ref for ref in (properties["plan"], *properties["plan_more"]) if ref]


def figure(id: str, stop: Stop, items: Iterable[Feature]) -> Box:
    """A figure as a list of what it shows."""
    return Box(
        id, stop.title, stop.title_en, tuple(items),
        view=stop.view, translations=stop.translations,
    )  # fmt: skip
