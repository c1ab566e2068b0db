"""What the page asks for where a pack is too large to be sent whole (`Settings.index_most`):
counts, a page of the list, what lies in the window, a place.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.errors import BadValue
from app.domain.models import PRECISIONS, STATUSES
from app.domain.text.languages import ENGLISH
from app.store.base import GridCell, Order, ResultPage
from app.view.values import known_as, parse_bbox
from app.view.view import VIEW_PARAMETERS, View
from app.web.dependencies import Service, ServiceDep, checked, view_language
from app.web.http.responses import answer_large
from app.web.params.parameters import whole
from app.web.params.views import asked_view
from app.web.routes.site import JSON, destination_names, indexed, place_words
from app.work.ambient import DATA, run

router = APIRouter(include_in_schema=False)

PAGE_MOST = 500
WINDOW_MOST = 1000
"""Items that a window shows one by one; more are counted in squares."""
SQUARE_PX, WORLD_PX = 84, 256
ZOOM_MOST = 22
OFFSET_MOST = 100_000_000
SORTS = ("name", "layer", "category", "status", "precision", "radius")
"""Columns of the table that the list can be sorted by."""


@router.get("/facets.json")
async def facets(request: Request, service: ServiceDep) -> Response:
    """How many items a view shows, and how many each further choice would show."""
    _, view = await view_in(request, service, ())
    counts = await service.store.facets(view.query())
    body = {
        "matched": counts.matched, "counts": counts.values, "categories": counts.categories,
        "statuses": counts.statuses, "layers": counts.layers,
    }  # fmt: skip
    return await answer_large(request, orjson.dumps(body), JSON)


@router.get("/destinations.json")
async def destinations(request: Request, service: ServiceDep) -> Response:
    """What distances are measured to, without all places of the gazetteer (`/places.json`)."""
    checked(request, ())
    return await answer_large(request, orjson.dumps(destination_names(service.catalog)), JSON)


@router.get("/place.json")
async def place(request: Request, service: ServiceDep) -> Response:
    """The place that a view means by a name, without all others (`/places.json`)."""
    name = checked(request, ("place",)).get("place", "")
    known = known_as(name, service.words.places())
    found = service.catalog.gazetteer.get(known) if known else None
    places = [place_words(found)] if found else []
    return await answer_large(request, orjson.dumps({"places": places}), JSON)


@router.get("/list.json")
async def listed(request: Request, service: ServiceDep) -> Response:
    """Some items of a view in the order of the list, or of a column of the table; or those of
    some ids.
    """
    options, view = await view_in(request, service, ("limit", "offset", "sort", "ids"))
    query = replace(
        view.query(),
        ids=tuple(one for one in options.get("ids", "").split(",") if one),
        by_layer=True,
        order=order_of(service, view, options.get("sort", "")),
        limit=whole("limit", options.get("limit", "100"), 1, PAGE_MOST),
        offset=whole("offset", options.get("offset", "0"), 0, OFFSET_MOST),
    )
    return await items_answer(request, service, await service.store.search(query))


@router.get("/window.json")
async def window(request: Request, service: ServiceDep) -> Response:
    """What of a view lies in a window: its items and those known by their counties alone, or,
    where they are many, squares and how many of each layer each holds.
    """
    options, view = await view_in(request, service, ("window", "zoom"))
    seen = parse_bbox("window", options.get("window", ""))
    zoom = whole("zoom", options.get("zoom", "9"), 0, ZOOM_MOST)
    query = view.query()
    wide = replace(query, everywhere=True, limit=WINDOW_MOST)
    query = replace(query, within=query.within or seen)
    page = await service.store.search(replace(query, limit=WINDOW_MOST))
    if page.matched <= WINDOW_MOST:
        around = await service.store.search(wide)
        pages = (page, around) if around.matched <= WINDOW_MOST else (page,)
        return await items_answer(request, service, *pages)
    size = 360 / WORLD_PX / 2**zoom * SQUARE_PX
    cells = await service.store.cells(query, size)
    body = orjson.dumps({"features": [], "cells": [cell_json(cell) for cell in cells]})
    return await answer_large(request, body, JSON)


async def view_in(
    request: Request, service: Service, names: tuple[str, ...]
) -> tuple[Mapping[str, str], View]:
    """The parameters of these names, and the view that the others are."""
    values = checked(request, (*VIEW_PARAMETERS, *names))
    options = {name: values.pop(name) for name in names if name in values}
    return options, await asked_view(service, values.items())


async def items_answer(request: Request, service: Service, *pages: ResultPage) -> Response:
    features = chain.from_iterable(page.parsed() for page in pages)
    index = await run(DATA, indexed, service, features)
    body = orjson.dumps({"matched": sum(page.matched for page in pages), "features": index})
    return await answer_large(request, body, JSON)


def order_of(service: Service, view: View, text: str) -> tuple[Order, ...]:
    """`name`, `-name`: a column, upwards or downwards. Raises BadValue for any other."""
    if not text:
        return ()
    column = text.removeprefix("-")
    if column not in SORTS:
        raise BadValue("sort", text, f"one of {', '.join(SORTS)}, with - before it downwards")
    layers = service.catalog.layers
    english = view_language(service, view) == ENGLISH
    orders = {
        "name": Order("name_en" if english else "name"),
        "layer": Order("layer", values=tuple(one.id for one in layers)),
        "category": Order(
            "category",
            values=tuple(
                dict.fromkeys(category.id for layer in layers for category in layer.categories)
            ),
        ),
        "status": Order("status", values=tuple(STATUSES)),
        "precision": Order("precision", values=tuple(PRECISIONS)),
        "radius": Order("uncertainty_m"),
    }
    return (replace(orders[column], descending=text.startswith("-")),)


def cell_json(cell: GridCell) -> dict[str, Any]:
    return {"lng": cell.lng, "lat": cell.lat, "layers": cell.layers}
