"""A county's list for checking: what is inferred, estimated or doubtful, with room for remarks."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.catalog.boxes import Feature
from app.domain.errors import BadValue
from app.selection.view_words import county_titles
from app.view.values import shown, split_known
from app.view.view import View
from app.web.dependencies import ServiceDep, checked_page
from app.web.pages.html import page, page_language
from app.web.routes.boxes import BoxWords
from app.web.routes.pages import county_code
from app.work.ambient import DATA, run

router = APIRouter(include_in_schema=False)

DOUBTS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "inferred": lambda one: one["county_basis"] == "inferred",
    "estimated": lambda one: one["basis"] == "estimated",
    "doubtful": lambda one: bool(one["note"]),
}
"""What may be doubted of an item: its county, its place, what the plan says of it."""


@router.get("/data/checking/{county}")
async def checking_page(request: Request, service: ServiceDep, county: str) -> Response:
    """All doubts of a county, or those that `doubt` names."""
    values = checked_page(request, service, ("doubt", "lang"))
    code = county_code(service, county)
    chosen = doubts_in(values.get("doubt", ""))
    found = await service.store.search(View(county=(code,)).query())
    lang = page_language(request, service)

    def make() -> Response:
        features = list(found.parsed())
        return page(
            request, service, "checking.html", here="data", words=BoxWords(service, lang),
            code=code, county=county_titles(service.catalog, lang)[code], doubts=tuple(DOUBTS),
            chosen=chosen, counts={id: len(having(features, (id,))) for id in DOUBTS},
            items=having(features, chosen or tuple(DOUBTS)), doubted=doubted,
        )  # fmt: skip

    return await run(DATA, make)


def doubts_in(text: str) -> tuple[str, ...]:
    chosen, unknown = split_known(shown(text), {id: id for id in DOUBTS})
    if unknown:
        raise BadValue("doubt", unknown[0], f"one of {', '.join(DOUBTS)}")
    return chosen


def having(features: list[Feature], doubts: tuple[str, ...]) -> list[Feature]:
    """The features of which any of these is true."""
    return [one for one in features if any(doubted(one, id) for id in doubts)]


def doubted(feature: Feature, doubt: str) -> bool:
    return DOUBTS[doubt](feature["properties"])
