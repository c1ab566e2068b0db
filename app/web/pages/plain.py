"""A view as words and links, in the page itself: for browsers that cannot run the map, as IE mode
or one without scripts or import maps, for readers of sources, and for search engines.
"""

import asyncio
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from app.catalog.collections import PLAN_COLLECTION, VIEW_FILTERS
from app.domain.text.languages import colon, name_of_language
from app.formats import FORMATS
from app.store.base import ResultPage
from app.view.view import View
from app.web.dependencies import Service, titled
from app.web.pages.html import environment
from app.words import translator

SHOWN = 60
"""Items in the page; the rest is a link away."""
ELEMENT = "plain"
CHOICES = "plain-choices"


async def with_plain_list(service: Service, page: str, view: View, lang: str, title: str) -> str:
    """The page with the items of its view at the end of its body."""
    found = await service.store.search(replace(view.query(), limit=SHOWN))
    text = await asyncio.to_thread(plain_list, service, found, view, lang, title)
    before, closing, after = page.rpartition("</body>")
    return f"{before}{text}{closing}{after}"


def plain_list(service: Service, page: ResultPage, view: View, lang: str, title: str) -> str:
    features = [feature["properties"] for feature in page.parsed()]
    layers = {layer.id: titled(layer, lang) for layer in service.catalog.layers}
    return (
        environment()
        .get_template("plain.html")
        .render(
            element=ELEMENT, t=translator(lang), lang=lang, title=title, layers=layers,
            items=[item(one, lang) for one in features], matched=page.matched,
            all_items=all_items(view, lang), colon=colon(lang), choices_element=CHOICES,
            choices=choices(service, view, lang),
        )
    )  # fmt: skip


def choices(service: Service, view: View, lang: str) -> list[dict[str, Any]]:
    """What else may be seen or taken away: other languages, layers, counties; files."""
    t, catalog = translator(lang), service.catalog
    layers = {layer.id: titled(layer, lang) for layer in catalog.layers}
    counties = {county.code: titled(county, lang, "name") for county in catalog.info.counties}
    languages = [
        link(name_of_language(code), to_view(replace(view, lang=code)), code == lang)
        for code in service.words.languages
    ]
    every = t("about.all")
    return [
        {"title": t("page.languages"), "links": languages},
        {"title": t("layers"), "links": filters(view, "layer", {"": every, **layers})},
        {"title": t("counties"), "links": filters(view, "county", {"": every, **counties})},
        {"title": t("share.download"), "links": files(view, lang)},
    ]


def filters(view: View, name: str, titles: dict[str, str]) -> list[dict[str, Any]]:
    """The view with each value of a filter alone, and without it."""
    chosen: tuple[str, ...] = getattr(view, name) or ("",)
    values: dict[str, Any] = {id: {name: (id,) if id else ()} for id in titles}
    return [
        link(title, to_view(replace(view, **values[id])), id in chosen)
        for id, title in titles.items()
    ]


def files(view: View, lang: str) -> list[dict[str, Any]]:
    """The view in every format, less what the format refuses."""
    pairs = parse_qsl(replace(view, lang=lang).query_string())
    offered = [file_format for file_format in FORMATS if file_format.download]
    queries = [
        urlencode([p for p in pairs if p[0] not in file_format.refused]) for file_format in offered
    ]
    return [
        link(titled(one, lang), f"view.{one.ext}?{query}")
        for one, query in zip(offered, queries, strict=True)
    ]


def link(title: str, href: str, chosen: bool = False) -> dict[str, Any]:
    return {"title": title, "href": href, "chosen": chosen}


def to_view(view: View) -> str:
    return f"?{view.query_string()}"


def item(properties: dict[str, Any], lang: str) -> dict[str, str]:
    own = properties.get("name" if lang == "zh" else f"name_{lang}")
    return {
        "id": properties["id"],
        "layer": properties["layer"],
        "name": str(own or properties["name"]),
    }


def all_items(view: View, lang: str) -> str:
    """The page of the API that lists the items of a view."""
    collection = view.layer[0] if len(view.layer) == 1 else PLAN_COLLECTION
    known = (*VIEW_FILTERS, "q")
    chosen = [pair for pair in parse_qsl(view.query_string()) if pair[0] in known]
    if view.bbox and ("inview", "1") in chosen:
        chosen.append(("bbox", ",".join(map(str, view.bbox))))
    return (
        f"api/collections/{collection}/items?{urlencode([*chosen, ('f', 'html'), ('lang', lang)])}"
    )
