"""One view as several: a selection for each county, layer or category it holds items of."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from app.selection.picture_options import SPLITS
from app.selection.selection import Selection
from app.view.view import View

Belongs = Callable[[dict[str, Any]], bool]
"""Whether something with these properties is in a part."""


def split(selection: Selection) -> list[Selection]:
    """The parts that were asked for; the selection itself where none were."""
    by = selection.options.split
    return (list(parts_by(selection, by)) if by else []) or [selection]


def parts_by(selection: Selection, by: str) -> Iterator[Selection]:
    """A selection for each part that has any items."""
    for view, belongs in WAYS[by](selection):
        features = [feature for feature in selection.features if belongs(feature["properties"])]
        if features:
            yield replace(selection, features=features, view=view)


def by_county(selection: Selection) -> Iterator[tuple[View, Belongs]]:
    """Each county that the view shows."""

    def within(code: str) -> Belongs:
        return lambda p: code in p["counties"]

    for county in selection.catalog.info.counties:
        if not selection.view.county or county.code in selection.view.county:
            yield replace(selection.view, county=(county.code,)), within(county.code)


def by_layer(selection: Selection) -> Iterator[tuple[View, Belongs]]:
    """Each layer."""

    def of(layer: str) -> Belongs:
        return lambda p: bool(p["layer"] == layer)

    for layer in selection.catalog.layers:
        yield replace(selection.view, layer=(layer.id,)), of(layer.id)


def by_category(selection: Selection) -> Iterator[tuple[View, Belongs]]:
    """Each category of each layer; what has none is a part of its layer."""

    def of(layer: str, category: str) -> Belongs:
        return lambda p: p["layer"] == layer and (p.get("category") or "") == category

    for layer in selection.catalog.layers:
        for category in (*(one.id for one in layer.categories), ""):
            chosen = (category,) if category else ()
            view = replace(selection.view, layer=(layer.id,), category=chosen)
            yield view, of(layer.id, category)


WAYS = dict(zip(SPLITS, (by_county, by_layer, by_category), strict=True))
