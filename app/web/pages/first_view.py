"""What the map's page shows before a script has run: head, doors, counts, the first rows.

The page's own parts write the same over it (static/js/ui/header.js, panel/*.js), so that nothing
moves when they come; who has no scripts reads and follows these.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import quote

from fastapi import Request

from app.catalog.catalog import Catalog
from app.domain.certainty import certainty_of
from app.domain.models import STATUSES
from app.domain.text.languages import colon, title_in, word_in
from app.domain.tours import Tour, titled_queries, tour_hash
from app.selection.overview import begins, drawn_view
from app.store.base import CITY, OUTSIDE, Query, ResultPage
from app.view.view import PAGE_PARAMETERS, View
from app.web.dependencies import Service, titled
from app.web.pages.html import environment, switch
from app.web.pages.plain import CHOICES, all_items, choices, item
from app.words import catalogue_texts, translator

SHOWN = 40
"""Rows in the page; the rest comes with the script, or is a link away."""
MARKED = ("none", "wide", "schematic", "circle")
"""What a row says of its place (static/js/ui/panel/list.js)."""
SEVERAL = 3
"""Counties that a row names (static/js/ui/phrases.js)."""
PLACES = {
    "header": '<header id="header">',
    "start": '<section id="start">',
    "filters": '<section id="filters">',
    "results": '<section id="results" tabindex="-1">',
}
"""Where index.html has room for each part."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items there are of each layer, county and status."""

    layer: Mapping[str, int]
    county: Mapping[str, int]
    status: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a view."""

    title: str
    href: str
    view: str = ""
    n: int | None = None
    icon: str = ""
    to: str = ""
    links: tuple["Link", ...] = ()


async def with_first_view(
    request: Request, service: Service, page: str, view: View, lang: str
) -> str:
    """The page of the map with its parts filled in."""
    found = await service.store.search(replace(view.query(), limit=SHOWN))
    counts = await counts_of(request, service)
    words = {
        "t": translator(lang), "lang": lang, "info": service.catalog.info, "view": view,
        "titled": lambda thing, name="title": titled(thing, lang, name),
    }  # fmt: skip

    def parts() -> dict[str, str]:
        filters = filters_of(service, counts, lang)
        return {
            "header": rendered("header", words, languages=languages_of(request, service, lang)),
            "start": start_text(service, counts, lang),
            "filters": "" if view.chooses else rendered("filters", words, **filters),
            "results": rendered("list", words, **rows_of(service, view, lang, found)),
        }

    for name, text in (await asyncio.to_thread(parts)).items():
        place = PLACES[name]
        opening = place.replace(">", f' data-lang="{lang}">') if name == "start" else place
        page = page.replace(place, f"{opening}{text}", 1)
    calm = drawn_view(service.catalog, view) != view
    items = "start" if calm else "index"
    page = with_preloads(page, lang, () if service.large else (items,))
    if not begins(service.catalog, view) or any(
        name in request.query_params for name in PAGE_PARAMETERS
    ):
        return page
    return page.replace("<body ", '<body class="is-start" ', 1)


def with_preloads(page: str, lang: str, items: Iterable[str]) -> str:
    """The page asking at once for all that its first map is made of."""
    names = (*(f"{one}.json" for one in items), f"words/{lang}.json", "base.json")
    links = "".join(
        f'<link rel="preload" href="{name}" as="fetch" crossorigin>\n    ' for name in names
    )
    index = '<link rel="preload" href="index.json" as="fetch" crossorigin>\n    '
    return page.replace(index, links, 1)


def languages_of(request: Request, service: Service, lang: str) -> list[dict[str, Any]]:
    known = catalogue_texts(lang)
    return [
        {**one, "short": known.get(f"language.{one['code']}.short", one["code"].upper())}
        for one in switch(request, service, lang)
    ]


def rendered(name: str, words: Mapping[str, Any], **values: Any) -> str:
    return environment().get_template(f"map/{name}.html").render(**words, **values)


async def counts_of(request: Request, service: Service) -> Counts:
    """Counted once of each state of the data."""

    async def count() -> Counts:
        facets = (await service.store.facets(Query())).values
        return Counts(facets["layer"], facets["county"], facets["status"])

    counts: Counts = await request.app.state.per_version.get("first counts", count)
    return counts


def start_text(service: Service, counts: Counts, lang: str) -> str:
    """What the page begins with, where the pack says so."""
    start = service.catalog.info.start
    if start is None:
        return ""
    links = StartLinks(service, lang)
    statuses = (
        (id, word_in(words, lang), counts.status.get(id, 0)) for id, words in STATUSES.items()
    )
    return rendered(
        "start",
        {"t": translator(lang), "lang": lang},
        lead=title_in(start, lang, "lead"),
        doors=[links.door(door, counts) for door in start.doors],
        numbers=[links.view(f"status={id}", title, n) for id, title, n in statuses if n],
        status_title=service.catalog.info.status_in(lang),
        plays=[links.play(tour) for tour in service.catalog.info.tours],
        searches=[links.view(f"q={quote(text)}", text) for text in searches_in(start, lang)],
    )


def searches_in(start: Any, lang: str) -> tuple[str, ...]:
    return getattr(start, f"searches_{lang}", ()) or start.searches


class StartLinks:
    """Ways from the start page, in one language."""

    def __init__(self, service: Service, lang: str) -> None:
        self._catalog, self._lang = service.catalog, lang
        self._also = "" if lang == service.words.languages[0] else f"&lang={lang}"

    def view(self, query: str, title: str, n: int | None = None, icon: str = "") -> Link:
        return Link(title, f"?{query}{self._also}", query, n, icon)

    def play(self, tour: Tour) -> Link:
        """A ready tour, shown at once."""
        stops = tour_hash(titled_queries(tour, self._lang))
        title = translator(self._lang)("start.play", title=title_in(tour, self._lang))
        return Link(title, f"?present=1{self._also}{stops}")

    def door(self, door: Any, counts: Counts) -> Link:
        title = title_in(door, self._lang)
        if door.tour:
            tour = next(one for one in self._catalog.info.tours if one.id == door.tour)
            stops = (self.view(stop.view, title_in(stop, self._lang)) for stop in tour.stops)
            return Link(title, "", icon=door.icon, links=tuple(stops))
        if door.to == "counties":
            return Link(title, "", icon=door.icon, links=tuple(self.counties(counts)))
        if door.to:
            href = {"search": "#q", "data": f"data?lang={self._lang}"}[door.to]
            return Link(title, href, icon=door.icon, to=door.to)
        return self.view(door.view, title, icon=door.icon)

    def counties(self, counts: Counts) -> Iterable[Link]:
        for id, title in county_names(self._catalog, self._lang).items():
            yield self.view(f"county={id}", title, counts.county.get(id, 0))


def county_names(catalog: Catalog, lang: str) -> dict[str, str]:
    """What counties, the city and what is outside are called in lists."""
    own = {county.code: title_in(county, lang, "name") for county in catalog.info.counties}
    return own | {id: translator(lang)(f"scope.{id}") for id in (CITY, OUTSIDE)}


def filters_of(service: Service, counts: Counts, lang: str) -> dict[str, Any]:
    links = StartLinks(service, lang)
    families = []
    for family in service.catalog.families:
        in_family = [
            layer
            for layer in service.catalog.layers
            if layer.family == family.id and counts.layer.get(layer.id)
        ]
        if in_family:
            alone = len(in_family) == 1
            query = f"layer={','.join(one.id for one in in_family)}"
            n = sum(counts.layer[one.id] for one in in_family)
            link = links.view(query, titled(in_family[0] if alone else family, lang), n)
            families.append({"title": link.title, "href": link.href, "n": n, "alone": alone})
    return {"counties": list(links.counties(counts)), "families": families}


def rows_of(service: Service, view: View, lang: str, page: ResultPage) -> dict[str, Any]:
    """The first rows, a group for each layer as the list has them."""
    features = [one["properties"] for one in page.parsed()]
    layers = {layer.id: titled(layer, lang) for layer in service.catalog.layers}
    t, names = translator(lang), county_names(service.catalog, lang)

    def group_of(one: Mapping[str, Any]) -> str:
        return t("near.first") if view.near else layers[one["layer"]]

    grouped = [(title, list(group)) for title, group in groupby(features, group_of)]
    whole = len(grouped) - (page.matched > len(features))
    groups = [
        {
            "title": title, "n": len(group) if number < whole else 0,
            "items": [row_of(service, one, lang, names) for one in group],
        }
        for number, (title, group) in enumerate(grouped)
    ]  # fmt: skip
    return {
        "groups": groups, "matched": page.matched, "shown": len(features),
        "all_items": all_items(view, lang), "marked": MARKED, "colon": colon(lang),
        "choices": choices(service, view, lang), "choices_element": CHOICES,
    }  # fmt: skip


def row_of(
    service: Service, properties: dict[str, Any], lang: str, names: Mapping[str, str]
) -> dict[str, str]:
    """As static/js/ui/panel/list.js writes it."""
    info, t = service.catalog.info, translator(lang)
    where = properties["counties"] if properties["scope"] == "county" else [properties["scope"]]
    named = t("comma").join(names[code] for code in where if code in names)
    counties = t("counties.several", n=len(where)) if len(where) > SEVERAL else named
    status = word_in(STATUSES[properties["status"]], lang)
    status_words = t("status.titled", title=info.status_in(lang), words=status)
    return {
        **item(properties, lang), "meta": f"{counties} · {status_words}",
        "truth": certainty_of(properties),
    }  # fmt: skip
