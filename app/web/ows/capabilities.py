"""What WMS and WMTS say of themselves."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import shapely
from fastapi import Request
from fastapi.responses import Response

from app.domain.projections import Box, Projection
from app.domain.text.languages import tag_of, word_in
from app.view.view import THEMES
from app.web.api.links import base_url
from app.web.dependencies import Service, titled, view_language
from app.web.http.responses import answer
from app.web.ows.matrices import MATRIX_SETS
from app.web.ows.parameters import BASEMAP, PLAN, SIDE_MOST, OwsParameters, name_of_crs, view_of
from app.web.ows.windows import INFO_FORMATS
from app.web.pages.html import environment

XML = "text/xml"
DIGITS = {True: 2, False: 6}
"""Decimals of an edge in metres, and in degrees."""


async def capabilities(
    request: Request, service: Service, parameters: OwsParameters, template: str
) -> Response:
    """A document with every layer, for one view: its parameters are in each address it names."""
    view = await view_of(service, parameters, [PLAN], "")
    lang = view_language(service, view)
    path = f"/{template.partition('_')[0].partition('.')[0]}"
    vendor = {name: text for name, text in parameters.vendor.items() if text}
    values = {
        "address": f"{base_url(request)}{path}",
        "vendor": urlencode(vendor, quote_via=quote, safe=","),
        "home": f"{base_url(request)}/",
        "info": service.catalog.info,
        "titled": lambda thing, name="title": titled(thing, lang, name),
        "lang": lang,
        "tag": tag_of(lang),
        "version": service.store.version,
        "layers": layer_records(service, lang),
        "styles": [(theme, word_in(f"ows.{theme}", lang)) for theme in THEMES],
        "crs_names": [name_of_crs(one) for one in service.projections.values()],
        "side_most": SIDE_MOST,
        "info_formats": INFO_FORMATS,
        "sets": MATRIX_SETS.values(),
    }
    body = environment().get_template(f"ows/{template}").render(**values).encode()
    return answer(request, body, XML)


def layer_records(service: Service, lang: str) -> list[dict[str, Any]]:
    """Name, title and extent of each: the pack's frame, which programs show first. A few items
    lie far beyond it and would have all of them begin with half of the world.
    """
    named = [
        (PLAN, titled(service.catalog.info, lang)),
        *((layer.id, titled(layer, lang)) for layer in service.catalog.layers),
        (BASEMAP, word_in("ows.basemap", lang)),
    ]
    frame = service.catalog.info.frame
    return [record(service.projections, name, title, frame) for name, title in named]


def record(
    projections: Mapping[str, Projection], name: str, title: str, box: Box
) -> dict[str, Any]:
    boxes = [(one, edges_in(one, box)) for one in projections.values()]
    return {
        "name": name,
        "title": title,
        "queryable": name != BASEMAP,
        "degrees": box,
        "boxes": [(name_of_crs(one), own, swapped(one, own)) for one, own in boxes],
    }


def edges_in(projection: Projection, box: Box) -> tuple[float, ...]:
    """The edges of a box in degrees in another CRS, x first."""
    found = projection.from_degrees(shapely.segmentize(shapely.box(*box), 0.1)).bounds
    edges = swapped(projection, found)
    return tuple(round(edge, DIGITS[projection.metres]) for edge in edges)


def swapped(projection: Projection, edges: tuple[float, ...]) -> tuple[float, ...]:
    """Edges with x and y exchanged where the CRS's axes want that, either way."""
    a, b, c, d = edges
    return (b, a, d, c) if projection.swapped else (a, b, c, d)
