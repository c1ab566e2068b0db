"""What is made of several views: a tour as slides, the whole plan as an atlas."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.errors import BadValue, NotFound, UnknownParameter
from app.domain.text.languages import record_json, title_in
from app.domain.tours import TALK, titled_queries, tour_hash
from app.formats import BOOKS, MADE_BY_EXT
from app.render.job import job_of
from app.selection.overview import drawn_view
from app.selection.picture_options import SIZES, limit_items, read_options
from app.selection.selection import Talk
from app.view.view import PAGE_PARAMETERS, THEMES, VIEW_PARAMETERS
from app.web.api.links import base_url
from app.web.dependencies import RenderPoolDep, Service, ServiceDep, checked
from app.web.exports import ExportContext, file_answer
from app.web.http.file_names import disposition
from app.web.http.responses import answer
from app.web.params.decoding import read_query
from app.web.params.parameters import SHORT, TEXT, parameter
from app.web.params.parameters import whole as whole_number
from app.web.params.view_parameters import BUSY, COLOUR
from app.web.params.views import asked_view
from app.web.routes.view import compared_of, outline

router = APIRouter(tags=["views"])

STOPS_MOST = 30
"""As many as a tour of the page has (static/js/core/tour.js)."""
FREE = ("lang", "theme", "base", "table", "choropleth", "compare", "present")
"""What a tour says once for all of its views, or no slide shows."""
SAID_MOST, DWELL_MOST = 500, 600
LINK_MOST = 2000
LOOK = ("title", "lang", "theme", "colour", "size")
DECK = (*LOOK, "tour", "view")
ATLAS = (*LOOK, "county")
COMPARISON = (*LOOK, "compare")
COMPARED_LEAST = 2
"""Fewer is no comparison."""
DESCRIBED = {
    "title": parameter("title", "Title on the cover", SHORT),
    "lang": parameter("lang", "Language of names and words", TEXT),
    "theme": parameter("theme", "Light or dark", {"type": "string", "enum": list(THEMES)}),
    "colour": COLOUR,
    "size": parameter("size", SIZES, TEXT),
    "tour": parameter("tour", "A tour that the pack holds ready (/tours.json)", TEXT),
    "view": {
        **parameter(
            "view",
            "The query string of a view; once for each, in order. Without it and `tour` the query "
            "is a view itself. "
            f"`say` in it are the speaker's notes (at most {SAID_MOST} characters), `dwell` the "
            f"seconds until the next (at most {DWELL_MOST})",
            TEXT,
        ),
        "schema": {"type": "array", "items": {"type": "string"}, "maxItems": STOPS_MOST},
        "explode": True,
    },
    "county": parameter("county", "Code or name: the atlas of one county", TEXT),
    "compare": parameter(
        "compare", "Ids of two to four items, or codes of counties, comma between them", TEXT
    ),
}
FILES = {
    "200": {
        "description": "The file",
        "content": {book.media_type: {} for book in BOOKS},
    }
}

READY = {"200": {"description": "A list of tours", "content": {"application/json": {}}}}


@router.post("/deck.{ext}", include_in_schema=False)
@router.get(
    "/deck.{ext}", summary="A tour as slides or as PDF", response_class=Response,
    openapi_extra={"parameters": [DESCRIBED[one] for one in DECK], "responses": {**FILES, **BUSY}},
)  # fmt: skip
async def deck(
    request: Request, service: ServiceDep, render_pool: RenderPoolDep, ext: str
) -> Response:
    """A cover, the slides of each view, the sources. By POST a form says the same as the query:
    notes of many views are longer than an address may be.
    """
    book = MADE_BY_EXT.get(f"deck.{ext}")
    if book is None:
        raise NotFound("format", ext, ("pptx", "pdf"))
    values = known(as_tour([*request.query_params.multi_items(), *await form_of(request)]), DECK)
    stops, title = stops_of(service, values)
    whole = await asked_view(service, look_of(values, title))
    parts, talks = [], [talk_of(stop) for stop in stops]
    for stop in stops:
        view = await asked_view(service, [pair for pair in stop if pair[0] not in TALK])
        part = drawn_view(service.catalog, view)
        colour = whole.colour or part.colour
        parts.append(replace(part, lang=whole.lang, theme=whole.theme, colour=colour))
        limit_items(await service.store.count(part.query()))
    address = tour_hash(
        [
            "&".join(filter(None, (part.query_string(), urlencode(talk.pairs()))))
            for part, talk in zip(parts, talks, strict=True)
        ]
    )
    options = read_options({"size": first(values, "size")})
    selection = outline(request, service, whole, options)
    selection = replace(
        selection,
        url=tour_url(selection.url.partition("?")[0], address),
        parts=tuple(
            replace(outline(request, service, part, options), talk=talk)
            for part, talk in zip(parts, talks, strict=True)
        ),
    )
    job = job_of(book, selection, service.code_version)
    return await book_answer(ExportContext(request, service, render_pool, book, job))


@router.get(
    "/atlas.pdf", summary="The plan as one document of maps and lists", response_class=Response,
    openapi_extra={"parameters": [DESCRIBED[one] for one in ATLAS], "responses": {**FILES, **BUSY}},
)  # fmt: skip
async def atlas(request: Request, service: ServiceDep, render_pool: RenderPoolDep) -> Response:
    """Cover, contents, a page or more for each county and layer, index, sources."""
    book = MADE_BY_EXT["atlas.pdf"]
    values = known(request.query_params.multi_items(), ATLAS)
    pairs = [*look_of(values, ""), *(("county", one) for one in values.get("county", []))]
    view = await asked_view(service, pairs)
    if len(view.county) > 1:
        raise BadValue("county", first(values, "county"), "one county, or none for all of them")
    limit_items(await service.store.count(view.query()))
    selection = outline(request, service, view, read_options({"size": first(values, "size")}))
    job = job_of(book, selection, service.code_version)
    return await book_answer(ExportContext(request, service, render_pool, book, job))


@router.get(
    "/comparison.{ext}", summary="Items or counties side by side", response_class=Response,
    openapi_extra={
        "parameters": [DESCRIBED[one] for one in COMPARISON], "responses": {**FILES, **BUSY},
    },
)  # fmt: skip
async def comparison(
    request: Request, service: ServiceDep, render_pool: RenderPoolDep, ext: str
) -> Response:
    """Slides or PDF: a map of two to four items or counties and a table; a workbook: the table,
    the items.
    """
    formats = {
        one.ext.removeprefix("comparison."): one
        for one in BOOKS
        if one.ext.startswith("comparison.")
    }
    if ext not in formats:
        raise NotFound("format", ext, formats)
    values = known(request.query_params.multi_items(), COMPARISON)
    ids = await compared_of(service, first(values, "compare"))
    if len(ids) < COMPARED_LEAST:
        expected = f"the ids of {COMPARED_LEAST} items or more, or the codes of as many counties"
        raise BadValue("compare", ",".join(ids), expected)
    view = await asked_view(service, [*look_of(values, ""), await choice_of(service, ids)])
    options = read_options({"size": first(values, "size")})
    selection = replace(outline(request, service, view, options), compared=ids)
    query = [("compare", ",".join(ids)), *(("lang", one) for one in values.get("lang", []))]
    selection = replace(selection, url=f"{base_url(request)}/?{urlencode(query, safe=',')}")
    job = job_of(formats[ext], selection, service.code_version)
    return await book_answer(ExportContext(request, service, render_pool, formats[ext], job))


async def choice_of(service: Service, ids: Sequence[str]) -> tuple[str, str]:
    """The parameter of a view that holds what is compared: counties, or the layers of items."""
    if ids[0] in service.catalog.info.county_codes:
        return "county", ",".join(ids)
    return "layer", ",".join(dict.fromkeys([await layer_of(service, id) for id in ids]))


async def layer_of(service: Service, id: str) -> str:
    """The layer of an item that there is."""
    feature = orjson.loads(await service.store.feature(id) or b"{}")
    return str(feature["properties"]["layer"])


@router.get("/tours.json", summary="Tours that are ready", openapi_extra={"responses": READY})
async def tours(request: Request, service: ServiceDep) -> Response:
    """Each with the views it shows, in order."""
    checked(request, ())
    fields = [
        {**record_json(tour), "stops": [record_json(stop) for stop in tour.stops]}
        for tour in service.catalog.info.tours
    ]
    return answer(request, orjson.dumps(fields), "application/json")


async def book_answer(making: ExportContext) -> Response:
    view, file_format = making.job.selection.view, making.file_format
    stem, ext = file_format.ext.split(".")
    parts = (making.service.catalog.info.id, stem, *view.county)
    headers = {"Content-Disposition": disposition("inline", "-".join(parts), ext)}
    return await file_answer(making, headers)


def tour_url(base: str, tour: str) -> str:
    """The tour on the map; where it is longer than slides and PDF readers follow, the map."""
    url = f"{base}?present=1{tour}"
    return url if len(url) <= LINK_MOST else base


async def form_of(request: Request) -> list[tuple[str, str]]:
    """The fields of a form that was sent, read as a query is. Raises BadValue for what is no form,
    BadCharacter for what is no text.
    """
    body = await request.body() if request.method == "POST" else b""
    if body and not (body.isascii() and all(b"=" in field for field in body.split(b"&"))):
        raise BadValue("body", body[:40].decode("latin-1"), "a form, URL-encoded")
    return read_query(body)


def as_tour(pairs: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """A query that names no view is one itself: that of a map, under another path.

    >>> as_tour([("county", "city"), ("title", "A")])
    [('title', 'A'), ('view', 'county=city')]
    """
    own = [pair for pair in pairs if pair[0] not in LOOK]
    names = {name for name, _ in own}
    if names & {"tour", "view"} or names.isdisjoint((*VIEW_PARAMETERS, *PAGE_PARAMETERS)):
        return pairs
    return [*(pair for pair in pairs if pair[0] in LOOK), ("view", urlencode(own))]


def known(pairs: Sequence[tuple[str, str]], names: tuple[str, ...]) -> dict[str, list[str]]:
    """The parameters by name. Raises for one that is not known, or given twice but for `view`."""
    by_name: dict[str, list[str]] = {}
    for name, text in pairs:
        if name not in names:
            raise UnknownParameter(name, names)
        if name in by_name and name != "view":
            raise BadValue(name, text, "given once")
        by_name.setdefault(name, []).append(text)
    return by_name


def first(values: dict[str, list[str]], name: str) -> str:
    return values.get(name, [""])[0]


def look_of(values: dict[str, list[str]], title: str) -> list[tuple[str, str]]:
    """What all pages share; the title asked for before that of a ready tour."""
    pairs = [(name, first(values, name)) for name in ("title", "lang", "theme", "colour")]
    return [(name, text or (title if name == "title" else "")) for name, text in pairs
            if text or (name == "title" and title)]  # fmt: skip


def stops_of(
    service: Service, values: dict[str, list[str]]
) -> tuple[list[list[tuple[str, str]]], str]:
    """The views of a tour as pairs, and its title. Raises BadValue where there are none or many."""
    queries, title = values.get("view", []), ""
    if tour_id := first(values, "tour"):
        tours = {tour.id: tour for tour in service.catalog.info.tours}
        if tour_id not in tours:
            raise BadValue(
                "tour", tour_id, f"one of {', '.join(tours)}" if tours else "no tour here"
            )
        lang = first(values, "lang") or service.words.languages[0]
        title = title_in(tours[tour_id], lang)
        queries = [*titled_queries(tours[tour_id], lang), *queries]
    if not 0 < len(queries) <= STOPS_MOST:
        expected = f"tour, or view once for each of 1 to {STOPS_MOST} views"
        raise BadValue("view", str(len(queries)), expected)
    return [list(pairs_of(query)) for query in queries], title


def talk_of(stop: list[tuple[str, str]]) -> Talk:
    """What is said of a stop, and how long it stays. Raises BadValue beyond what a slide holds."""
    values = {name: text.strip() for name, text in stop if name in TALK}
    words = values.get("say", "")
    if len(words) > SAID_MOST:
        raise BadValue("say", words, f"at most {SAID_MOST} characters")
    seconds = values.get("dwell", "")
    return Talk(words, whole_number("dwell", seconds, 1, DWELL_MOST) if seconds else 0)


def pairs_of(query: str) -> Iterator[tuple[str, str]]:
    """What a slide shows of a view of the page."""
    for name, text in parse_qsl(query.removeprefix("?")):
        if name not in FREE and name not in PAGE_PARAMETERS:
            yield name, text
