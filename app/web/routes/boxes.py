"""Lists for officials: what each box, table and figure of the plan names; a county's doubts."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.catalog.boxes import Box, Feature, boxes, figure, figure_ids, references_of, text_address
from app.domain.doubts import DOUBTS, doubts_of
from app.domain.errors import NotFound
from app.domain.models import PRECISIONS, STATUSES, PlanRef
from app.domain.text.languages import comma, title_in, value_in
from app.selection.view_words import county_titles, layer_titles, words_in
from app.store.base import Query
from app.view.values import known_as, shown
from app.view.view import View, parse_view
from app.web.dependencies import Service, ServiceDep, checked_page
from app.web.pages.html import page, page_language
from app.web.per_version import PerVersion, PerVersionDep
from app.web.routes.pages import county_code
from app.work.ambient import DATA, run

router = APIRouter(include_in_schema=False)

PAGE_NAMES = ("lang",)


@router.get("/data/boxes")
async def boxes_page(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """All of them, and how many items each names."""
    checked_page(request, service, PAGE_NAMES)
    listing = await boxes_and_figures(service, cache)
    words = BoxWords(service, page_language(request, service))
    return await run(
        DATA, page, request, service, "boxes.html", here="data", words=words,
        chapters=[list(own) for chapter, own in groupby(listing, chapter_of) if chapter],
        figures=[one for one in listing if one.view],
    )  # fmt: skip


@router.get("/data/boxes/{box}")
async def box_page(
    request: Request, service: ServiceDep, cache: PerVersionDep, box: str
) -> Response:
    """One of them, by its id or as a language of the pack writes it."""
    checked_page(request, service, PAGE_NAMES)
    listing = await boxes_and_figures(service, cache)
    places = places_of(service, listing)
    name = known_as(shown(box), places)
    if name is None:
        raise NotFound("box", box, [one.id for one in listing])
    at = places[name]
    words = BoxWords(service, page_language(request, service))
    return await run(
        DATA, page, request, service, "box.html", here="data", words=words, box=listing[at],
        before=listing[at - 1] if at else None,
        after=listing[at + 1] if at + 1 < len(listing) else None,
        text=text_address(service.catalog, ref, listing[at].id) if (ref := listing[at].ref) else "",
    )  # fmt: skip


def chapter_of(box: Box) -> str:
    return box.ref.chapter if box.ref else ""


async def boxes_and_figures(service: Service, cache: PerVersion) -> tuple[Box, ...]:
    """Boxes and tables, then figures; once per data version."""

    async def gather() -> tuple[Box, ...]:
        page = await service.store.search(Query())
        listed = await run(DATA, lambda: boxes(service.catalog, list(page.parsed())))
        figures = []
        for id, stop in figure_ids(service.catalog).items():
            query = parse_view(parse_qsl(stop.view), service.words).query()
            shows = await service.store.search(query)
            figures.append(await run(DATA, partial(figure, id, stop, shows.parsed())))
        return (*listed, *figures)

    return await cache.get("boxes", gather)


def places_of(service: Service, found: Sequence[Box]) -> dict[str, int]:
    """Id, or name in any language → which of them it is."""
    grammar = service.catalog.info.grammar
    named = {
        grammar.part_in(one.ref.box, lang): at
        for lang in service.words.languages for at, one in enumerate(found) if one.ref
    }  # fmt: skip
    return {**named, **{one.id: at for at, one in enumerate(found)}}


class BoxWords:
    """What a page of boxes says of references and items, in one language."""

    def __init__(self, service: Service, lang: str) -> None:
        catalog = service.catalog
        self._catalog, self._lang = catalog, lang
        self.layers = layer_titles(catalog, lang)
        self.counties = county_titles(catalog, lang)
        self.statuses = words_in(STATUSES, lang)
        self.precisions = words_in(PRECISIONS, lang)
        self.status_title = catalog.info.status_in(lang)
        self._headings = {str(one.ref): title_in(one, lang) for one in catalog.outline}

    def name(self, box: Box) -> str:
        """`专栏5-1`; nothing of a figure, which the plan does not number."""
        return self._catalog.info.grammar.part_in(box.ref.box, self._lang) if box.ref else ""

    def part(self, part: str) -> str:
        return self._catalog.info.grammar.part_in(part, self._lang)

    def heading(self, chapter: str, section: str = "") -> str:
        """The title of a chapter or section."""
        return self._headings.get(str(PlanRef(chapter, section)), "")

    def counties_of(self, properties: dict[str, Any]) -> str:
        scope = properties["scope"]
        named = [scope] if scope in self.counties else properties["counties"]
        return comma(self._lang).join(self.counties[code] for code in named)

    def facts_of(self, properties: dict[str, Any]) -> list[str]:
        return value_in(properties, self._lang, "facts") or []

    def references(self, feature: Feature) -> list[str]:
        """Every place of the plan that names an item."""
        grammar = self._catalog.info.grammar
        return [PlanRef(**ref).citation(self._lang, grammar) for ref in references_of(feature)]


@router.get("/data/checking/{county}")
async def checking_page(request: Request, service: ServiceDep, county: str) -> Response:
    """All doubts of a county, or those that `doubt` names."""
    values = checked_page(request, service, ("doubt", "lang"))
    code = county_code(service, county)
    chosen = parse_view([("doubt", values.get("doubt", ""))], service.words).doubt
    found = await service.store.search(View(county=(code,)).query())
    lang = page_language(request, service)

    def make() -> Response:
        features = list(found.parsed())
        return page(
            request, service, "checking.html", here="data", words=BoxWords(service, lang),
            code=code, county=county_titles(service.catalog, lang)[code],
            doubts=words_in(DOUBTS, lang),
            chosen=chosen, counts={id: len(having(features, (id,))) for id in DOUBTS},
            items=having(features, chosen or tuple(DOUBTS)), doubted=doubted,
        )  # fmt: skip

    return await run(DATA, make)


def having(features: list[Feature], doubts: tuple[str, ...]) -> list[Feature]:
    """The features of which any of these is true."""
    return [feature for feature in features if any(doubted(feature, id) for id in doubts)]


def doubted(feature: Feature, doubt: str) -> bool:
    return doubt in doubts_of(feature["properties"])
