"""What the page is made from: the pack's words, a light index, the search text, the base map."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.catalog.boxes import box_ids, text_address
from app.catalog.catalog import Catalog
from app.catalog.search import search_texts, traditional_of
from app.domain.doubts import DOUBTS, doubts_of
from app.domain.errors import NotFound
from app.domain.models import BASES, METHODS, PRECISIONS, STATUSES, Place
from app.domain.text.folding import folded
from app.domain.text.languages import (
    ENGLISH,
    name_of_language,
    product_words,
    record_json,
    translations_in,
)
from app.domain.text.links import web_address
from app.domain.text.spelling import spellings
from app.formats import FORMATS
from app.online_base_maps import KEY, OnlineBaseMap, offered_base_maps
from app.selection.overview import start_view
from app.store.base import Query, ResultPage
from app.web.api.codes import code_lists
from app.web.dependencies import Service, ServiceDep, checked
from app.web.http.responses import answer_large
from app.web.pages.first_view import counts_of, start_text
from app.web.per_version import PerVersion, PerVersionDep
from app.words import PAGE, catalogue_texts
from app.work import run
from app.work.ambient import DATA

router = APIRouter(include_in_schema=False)

INDEXED = (
    "id", "layer", "category", "name", "name_en", "counties", "scope", "status", "precision",
    "basis", "uncertainty_m", "exits",
)  # fmt: skip
UNKNOWN = "unknown"
"""What a source says that does not say when."""
DIAGRAM = "diagram"
"""The field that says how the plan's own drawing shows an item; the map needs it at once."""
JSON = "application/json"
PARTS = ("facets.json", "list.json", "window.json", "api/collections/plan/items")
"""What is asked of a pack that is too large to be sent whole."""
PLACE_NAMES = "names.geojson"
DETAIL_TYPES = {"geojson": "application/geo+json", "png": "image/png"}

Features = Iterable[dict[str, Any]]
Body = Callable[[Service, ResultPage], bytes]


@router.get("/pack.json")
async def pack(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """The pack's words: titles, counties, layers, closed lists."""
    return await body_answer(request, service, cache, pack_body)


@router.get("/index.json")
async def index(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """Every feature, light: what the list, the filters and the map need at first."""
    check_sent_whole(service, "index.json")
    return await body_answer(request, service, cache, index_body)


@router.get("/start.json")
async def start(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """What the page begins with: the items on its first map, its doors in each language."""
    counts = await counts_of(request, service)

    async def made_of_first() -> bytes:
        view = start_view(service.catalog)
        first = (await service.store.search(view.query())).parsed() if view else ()
        texts = {lang: start_text(service, counts, lang) for lang in service.words.languages}
        return orjson.dumps({"features": indexed(service, first), "html": texts})

    checked(request, ())
    body = await cache.get("start", made_of_first)
    return await answer_large(request, body, JSON, dense=True)


@router.get("/search.json")
async def search(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """Id → everything a search looks through."""
    check_sent_whole(service, "search.json")
    return await body_answer(request, service, cache, search_body)


@router.get("/codes.json")
async def codes(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """What the codes in features and tiles are called, in the pack's languages."""
    return await body_answer(request, service, cache, codes_body)


@router.get("/places.json")
async def places(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """Every place of the gazetteer that has a position: what a view can be near to."""
    return await body_answer(request, service, cache, places_body)


@router.get("/words/{lang}.json")
async def words(request: Request, service: ServiceDep, lang: str) -> Response:
    """What the page says in a language of the pack."""
    checked(request, ())
    if lang not in service.words.languages:
        raise NotFound("language", lang, service.words.languages)
    return await answer_large(request, orjson.dumps(catalogue_texts(lang, PAGE)), JSON)


@router.get("/base.json")
async def whole_base(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """Every layer of the built-in base map by name."""
    checked(request, ())

    async def joined() -> bytes:
        files = service.catalog.base
        return orjson.dumps({name: orjson.Fragment(body) for name, body in files.items()})

    body = await cache.get("base", joined)
    return await answer_large(request, body, JSON, dense=True)


@router.get("/base/{name}.geojson")
async def base(request: Request, service: ServiceDep, name: str) -> Response:
    """One layer of the built-in base map."""
    checked(request, ())
    files = service.catalog.base
    if name not in files:
        raise NotFound("base map layer", name, files)
    return await answer_large(request, files[name], "application/geo+json")


@router.get("/base/detail/{name}")
async def detail(
    request: Request, service: ServiceDep, cache: PerVersionDep, name: str
) -> Response:
    """What the close map shows beside the first: shapes, the shade of the relief, names."""
    checked(request, ())
    if name == PLACE_NAMES:
        return await body_answer(request, service, cache, names_body)
    files = service.catalog.detail
    if name not in files:
        raise NotFound("detail of the base map", name, detail_names(service))
    return await answer_large(request, files[name], DETAIL_TYPES[name.rpartition(".")[2]])


def detail_names(service: Service) -> tuple[str, ...]:
    return (*service.catalog.detail, PLACE_NAMES)


def names_body(service: Service, page: ResultPage) -> bytes:
    """The names of the close map."""
    features = service.catalog.place_names
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def check_sent_whole(service: Service, name: str) -> None:
    """Raises NotFound where the pack is too large for that: what else answers is named."""
    if service.large:
        raise NotFound("file of all items of so large a pack", name, PARTS)


async def body_answer(
    request: Request, service: Service, cache: PerVersion, make: Body
) -> Response:
    """A body that only the data decides."""
    checked(request, ())

    async def made_of_all() -> bytes:
        page = await service.store.search(Query())
        return await run(DATA, make, service, page)

    body = await cache.get(make.__name__, made_of_all)
    return await answer_large(request, body, JSON, dense=True)


def pack_body(service: Service, page: ResultPage) -> bytes:
    return orjson.dumps(pack_words(service, page.features))


def codes_body(service: Service, page: ResultPage) -> bytes:
    return orjson.dumps(code_lists(service.catalog))


def places_body(service: Service, page: ResultPage) -> bytes:
    places = [place_words(place) for place in service.catalog.gazetteer if place.position]
    return orjson.dumps({"places": places, "destinations": destination_names(service.catalog)})


def place_words(place: Place) -> dict[str, Any]:
    return {
        "name": place.name, "name_en": place.name_en, **place.translations, "kind": place.kind,
        "county": place.county, "position": place.at, "uncertainty_m": place.uncertainty_m,
        "basis": place.basis, "aliases": place.aliases,
        "spelt": [*place.aliases, *spellings(place.name)],
    }  # fmt: skip


def destination_names(catalog: Catalog) -> dict[str, dict[str, list[str]]]:
    """Kinds of places that distances are measured to: what readers call each, and the places."""
    names = {}
    for kind in catalog.placed_destinations:
        called = [
            folded(catalogue_texts(lang, PAGE).get(f"access.{kind}", kind))
            for lang in catalog.info.languages
        ]
        for synonym in catalog.synonyms:
            if set(called) & {*synonym.words, *synonym.also}:
                called += synonym.also
        places = list(catalog.info.access.get(kind, ()))
        names[kind] = {"names": list(dict.fromkeys(called)), "places": places}
    return names


def index_body(service: Service, page: ResultPage) -> bytes:
    """Every feature as the list, the filters and the map need it at first."""
    index = indexed(service, page.parsed())
    return orjson.dumps({"version": service.store.version, "features": index})


def indexed(service: Service, features: Features) -> list[dict[str, Any]]:
    catalog, shown = service.catalog, []
    for feature in features:
        shown.append(index_feature(catalog, feature))
        if area := catalog.areas.as_geojson(feature):
            shown[-1]["area"] = area
        if DIAGRAM in shown[-1] and (drawing := catalog.drawings.get(feature["id"])):
            shown[-1]["drawing"] = drawing
    return shown


def search_body(service: Service, page: ResultPage) -> bytes:
    """Id → search text."""
    return orjson.dumps(search_texts(service.catalog, list(page.parsed())))


def index_feature(catalog: Catalog, feature: dict[str, Any]) -> dict[str, Any]:
    """A feature without what only its card shows; county polygons are drawn from the base map."""
    properties = feature["properties"]
    members = {name: properties[name] for name in INDEXED if name in properties}
    members |= translations_in(properties, ("name",), INDEXED)
    method = properties["located_by"]["method"]
    # As it is served everywhere: what the page finds near or in a window rests on the same numbers.
    geometry = None if method == "counties" else feature["geometry"]
    if properties.get("access"):
        members["access"] = properties["access"]
    if DIAGRAM in properties:
        members[DIAGRAM] = properties[DIAGRAM]
    if doubts := doubts_of(properties):
        members["doubts"] = doubts
    terms = catalog.with_headings(catalog.listed_words(properties))
    if terms:
        members["terms"] = terms
    return {**members, "method": method, "geometry": geometry}


def pack_words(service: Service, bodies: Iterable[bytes]) -> dict[str, Any]:
    """Everything particular that the interface says comes from here."""
    info, pages = service.catalog.info, box_ids(service.catalog)
    return {
        "id": info.id,
        **info.translations,
        "title": info.title, "title_en": info.title_en,
        "plan": info.plan, "plan_en": info.plan_en,
        "plan_short": info.plan_short, "plan_short_en": info.plan_short_en,
        "period": info.period, "place": info.place, "place_en": info.place_en,
        "languages": info.languages,
        "references": {
            lang: service.catalog.references_in(lang, service.reference_parts)
            for lang in info.languages
        },
        "language_names": {language: name_of_language(language) for language in info.languages},
        "frame": info.frame,
        "destinations": service.catalog.placed_destinations,
        "attribution": info.attribution, "attribution_en": info.attribution_en,
        "approval_number": info.approval_number, "feedback": web_address(info.feedback),
        "contact": info.contact, "contact_en": info.contact_en,
        "version": service.store.version,
        "foreign_parameters": service.words.foreign,
        "traditional": traditional_of(service.catalog, bodies),
        "counties": [with_spellings(county, county.name) for county in info.counties],
        "figures": [
            record_json(stop) for tour in info.tours for stop in tour.stops
        ],
        "families": [record_json(family) for family in service.catalog.families],
        "layers": [with_spellings(layer, layer.title) for layer in service.catalog.layers],
        "status_title": info.status_titles[0], "status_title_en": info.status_titles[1],
        **{f"status_title_{lang}": info.status_in(lang) for lang in info.languages[1:]},
        "statuses": [worded(service, id, names) for id, names in STATUSES.items()],
        "precisions": [
            {
                **worded(service, id, names),
                **product_words("description", names[2:], info.languages),
            }
            for id, names in PRECISIONS.items()
        ],
        "doubts": [worded(service, id, names) for id, names in DOUBTS.items()],
        "bases": [worded(service, id, names) for id, names in BASES.items()],
        "methods": [worded(service, id, names) for id, names in METHODS.items()],
        "outline": [
            {
                **entry.ref.as_dict(), **({"page": pages[entry.ref]} if entry.ref.box else {}),
                **({"text": text} if (text := text_address(
                    service.catalog, entry.ref, pages.get(entry.ref, ""))) else {}),
                "title": entry.title, "title_en": entry.title_en,
                **entry.translations,
            }
            for entry in service.catalog.outline
        ],
        "terms": service.catalog.terms,
        "term_words": further_terms(service),
        "industries": [
            {"name": one.name, "words": one.words, "also": one.also}
            for one in service.catalog.industries
        ],
        "sources": [
            {
                "id": source.id, "title": source.title, "title_en": source.title_en,
                "url": source.url,
                "vintage": "" if source.vintage == UNKNOWN else source.vintage,
                **source.translations,
            }
            for source in service.catalog.sources
        ],
        "faces": [
            {
                "ext": file_format.ext, "kind": file_format.kind, "options": file_format.options,
                **product_words("title", file_format.title, info.languages),
            }
            for file_format in FORMATS
            if file_format.download
        ],
        "start": start_words(service),
        **({"large": service.large} if service.large else {}),
        "base": list(service.catalog.base),
        "detail": list(service.catalog.detail),
        "base_maps": [
            with_key(base, service.settings.tianditu_key)
            for base in offered_base_maps(service.settings.base_maps, service.settings.tianditu_key)
        ],
    }  # fmt: skip


def with_key(base: OnlineBaseMap, key: str) -> dict[str, Any]:
    """A base map as the page asks it for tiles."""
    urls = {"url": base.url.replace(KEY, key), "overlay": base.overlay.replace(KEY, key)}
    return {**asdict(base), **urls}


def start_words(service: Service) -> dict[str, Any] | None:
    """What a map begins with."""
    start = service.catalog.info.start
    if start is None:
        return None
    titles = {name: text for name, text in record_json(start).items() if name.startswith("title")}
    return {"view": start.view, **titles}


def with_spellings(record: Any, name: str) -> dict[str, Any]:
    """A record with the spellings of its name, so that it is found by them."""
    return {**record_json(record), "spelt": spellings(name)}


def worded(service: Service, id: str, words: Sequence[str]) -> dict[str, str]:
    """An id of the product's own, titled in every language of the pack."""
    return {"id": id, **product_words("title", words, service.catalog.info.languages)}


def further_terms(service: Service) -> dict[str, dict[str, str]]:
    """Language beside the first and English → words of list fields in it."""
    return {
        lang: {
            word: titles[lang]
            for word, titles in service.catalog.term_words.items()
            if titles.get(lang)
        }
        for lang in service.catalog.info.languages[1:]
        if lang != ENGLISH
    }
