"""About the data: what there is, how well it is located, what is open, where it comes from."""

from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from app.catalog.quality import NoteCount, Quality, Tally, quality
from app.domain.errors import NotFound
from app.domain.json_schema import property_schema
from app.domain.models import BASES, PRECISIONS
from app.domain.schema import (
    BUILT,
    PLACE,
    ROW,
    feature_properties,
    of_field,
    with_status_title,
)
from app.domain.text.languages import record_json
from app.domain.text.links import web_address
from app.formats import FORMATS
from app.store.base import Query
from app.web.dependencies import Service, ServiceDep, checked, checked_page
from app.web.http.responses import answer_large
from app.web.pages.html import page, page_language
from app.web.per_version import PerVersion, PerVersionDep
from app.work.ambient import DATA, run

router = APIRouter(tags=["About the data"])

PAGE_NAMES = ("lang",)
DOCUMENTS = {"sources": "SOURCES.md", "corrections": "CORRECTIONS.md", "pack": "README.md"}
"""Name in the address → file of the pack that is shown under it, where the pack has it; in Chinese
`README.zh.md`, where it has that."""

ANSWER = {"200": {"description": "What is counted", "content": {"application/json": {}}}}


@router.get(
    "/api/quality",
    summary="What the data holds and leaves open",
    response_class=Response,
    openapi_extra={"responses": ANSWER},
)
async def quality_json(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """Counts by layer, county and precision; unlocated items and why; doubts; sources; columns."""
    checked(request, ())
    report = await quality_of(service, cache)

    async def dump() -> bytes:
        return await run(DATA, lambda: orjson.dumps(document(service, report)))

    body = await cache.get("quality.json", dump)
    return await answer_large(request, body, "application/json")


@router.get("/data", include_in_schema=False)
async def data_page(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """The same for people."""
    checked_page(request, service, PAGE_NAMES)
    return await run(
        DATA, page, request, service, "data.html",
        here="data",
        quality=await quality_of(service, cache),
        layers={layer.id: layer for layer in service.catalog.layers},
        precisions=PRECISIONS,
        bases=BASES,
        row=with_status_title(ROW, service.catalog.info.status_titles), built=BUILT,
        place=PLACE, of_field=of_field,
        formats=[file_format for file_format in FORMATS if file_format.kind == "data"],
        documents=[name for name, file in DOCUMENTS.items() if has(service, file)],
    )  # fmt: skip


@router.get("/data/{document}", include_in_schema=False)
async def document_page(request: Request, service: ServiceDep, document: str) -> Response:
    """A text of the pack: sources, corrections, how a row becomes a place on the map."""
    checked_page(request, service, PAGE_NAMES)
    known = [name for name, file in DOCUMENTS.items() if has(service, file)]
    if document not in known:
        raise NotFound("document", document, known)
    texts, file = service.catalog.documents, DOCUMENTS[document]
    own = f"{file.removesuffix('.md')}.{page_language(request, service)}.md"
    text = texts.get(own, texts[file])
    html = Markup(await run(DATA, markdown, text))
    return await run(
        DATA, page, request, service, "document.html", here="data", document=document, text=html
    )


def has(service: Service, file: str) -> bool:
    return file in service.catalog.documents


def markdown(text: str) -> str:
    """CommonMark with tables that scroll; HTML in the text is shown, not run."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("image", image_as_link)
    html = str(reader.render(text))
    scrolling = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return scrolling.replace("</table>", "</table></div>")


def image_as_link(_: Any, tokens: Sequence[Token], number: int, *__: Any) -> str:
    """No picture is fetched for a reader who has not asked for it: its text leads there."""
    token = tokens[number]
    address, words = web_address(str(token.attrs.get("src", ""))), escape(token.content)
    return f'<a href="{escape(address)}" rel="noreferrer">{words}</a>' if address else words


async def quality_of(service: Service, cache: PerVersion) -> Quality:
    """What is counted, once per data version."""

    async def count() -> Quality:
        page = await service.store.search(Query())
        return await run(DATA, lambda: quality(service.catalog, list(page.parsed())))

    return await cache.get("quality", count)


def document(service: Service, report: Quality) -> dict[str, Any]:
    """The JSON document."""
    info = service.catalog.info
    return {
        "title": info.title,
        "title_en": info.title_en,
        "version": service.store.version,
        "updated": info.updated,
        "left_out": info.left_out,
        "left_out_en": info.left_out_en,
        "whole": tally_json(report.whole),
        "layers": [tally_json(one) for one in report.layers],
        "counties": [tally_json(one) for one in report.counties],
        "items_by_layer_and_county": [
            {"layer": layer, "county": county, "items": items}
            for (layer, county), items in report.cross.items()
        ],
        "bases": report.bases,
        "county_inferred": report.inferred,
        "unlocated": [
            {"missing": gap.id, "items": gap.count, "reasons": remarks_json(gap.reasons)}
            for gap in report.gaps
        ],
        "notes": [
            {"layer": layer.id, "notes": remarks_json(remarks)} for layer, remarks in report.doubts
        ],
        "places": {"items": report.places, "with_coordinates": report.placed},
        "sources": [source_json(asdict(usage)) for usage in report.sources],
        "dictionary": [
            {"id": one.id, "title_en": one.title_en, **property_schema(one, info.first)}
            for one in feature_properties(
                service.catalog.layers, info.languages, info.status_titles
            )
        ],
    }


def tally_json(one: Tally) -> dict[str, Any]:
    return {**record_json(one), "located": one.located, "unlocated": one.unlocated}


def remarks_json(remarks: tuple[NoteCount, ...]) -> list[dict[str, Any]]:
    return [
        {
            "text": remark.text,
            "text_en": remark.text_en,
            **remark.translations,
            "items": [
                {name: item["properties"][name] for name in ("id", "layer", "name", "name_en")}
                for item in remark.items
            ],
        }
        for remark in remarks
    ]


def source_json(usage: dict[str, Any]) -> dict[str, Any]:
    """A source with what rests on it, without its place in the table."""
    source = {name: value for name, value in usage["source"].items() if name != "row"}
    source |= source.pop("translations")
    return {**source, "items": usage["items"], "places": usage["places"]}
