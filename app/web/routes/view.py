"""`/view.<ext>?<view>`: a view as a file in another format."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.errors import BadValue, NotFound, NotShown, UnknownParameter
from app.formats import BOOKS, BY_EXT, Format, FrontEnd, Selection
from app.render.job import job_of
from app.selection.overview import drawn_view
from app.selection.picture_options import PictureOptions, read_options
from app.settings import Settings
from app.view.values import COMPARED_MOST, parse_ids
from app.view.view import PAGE_PARAMETERS, VIEW_PARAMETERS, View, reject_repeats
from app.web.api.links import base_url
from app.web.dependencies import (
    RenderPoolDep,
    Service,
    ServiceDep,
    own_pairs,
    view_language,
)  # fmt: skip
from app.web.exports import ExportContext, file_answer
from app.web.http.file_names import disposition
from app.web.http.languages import set_content_language
from app.web.params.queries import projection_of
from app.web.params.view_parameters import BUSY, view_parameters
from app.web.params.views import asked_view, centre_of

COMPARED = (
    f"at most {COMPARED_MOST} ids of items (/api/collections/plan/items lists them) "
    "or codes of counties (/api/collections/boundaries/items)"
)

router = APIRouter(tags=["views"])

FILE = {
    "200": {
        "description": "The file",
        "content": {
            file_format.media_type.partition(";")[0]: {} for file_format in BY_EXT.values()
        },
    }
}


@router.get(
    "/view.{ext}", summary="A view as data, as a picture, as slides", response_class=Response,
    openapi_extra={"parameters": view_parameters(), "responses": {**FILE, **BUSY}},
)  # fmt: skip
async def view_format(
    request: Request, service: ServiceDep, render_pool: RenderPoolDep, ext: str
) -> Response:
    """The features of a view in the format the path ends with."""
    if ext not in BY_EXT:
        raise NotFound("format", ext, BY_EXT)
    file_format = BY_EXT[ext]
    values, own = divided(request, service, file_format)
    view = await asked_view(service, values.items())
    projection = projection_of(service, "crs", own)
    options = read_options(own)
    selection = replace(
        outline(request, service, view, options),
        projection=projection,
        centre=await centre_of(service, view),
        compared=await compared_of(service, own.get("compare", "")),
    )
    if file_format.kind == "picture" and not options.split:
        selection = replace(selection, view=drawn_view(service.catalog, view))
    job = job_of(file_format, selection, service.code_version)
    context = ExportContext(request, service, render_pool, file_format, job)
    if file_format.in_worker:
        request.state.file = job.key  # by which the gate finds it again
    return await file_answer(context, file_headers(service, view, file_format))


async def compared_of(service: Service, text: str) -> tuple[str, ...]:
    """The items or the counties to be set side by side, as the page reads them. Raises BadValue
    for any other, and for some of both.
    """
    ids = parse_ids("compare", text)
    counties = {*service.catalog.info.county_codes}
    for id in ids:
        if id not in counties and await service.store.feature(id) is None:
            raise BadValue("compare", id, COMPARED)
    if 0 < len(counties.intersection(ids)) < len(ids):
        raise BadValue("compare", text, f"{COMPARED}, not some of both")
    return ids


def divided(
    request: Request, service: Service, file_format: Format
) -> tuple[dict[str, str], dict[str, str]]:
    """The query's part that is the view, and the part that is the format's own."""
    is_page = file_format.media_type.startswith("text/html")
    pairs = own_pairs(request, service) if is_page else request.query_params.multi_items()
    values = reject_repeats(pairs)
    allowed = (*VIEW_PARAMETERS, *file_format.options)
    for name in values:
        if name not in allowed and name not in PAGE_PARAMETERS:
            raise UnknownParameter(name, allowed)
    for name in file_format.refused:
        if values.get(name, "").strip():
            files = tuple(f"/{one.ext}" for one in BOOKS if name in one.options)
            raise NotShown(name, values[name], file_format.ext, files)
    own = {name: values.pop(name) for name in file_format.options if name in values}
    return values, own


def outline(request: Request, service: Service, view: View, options: PictureOptions) -> Selection:
    """All that decides a file but the features, with what it needs to say where it comes from."""
    address = f"{base_url(request)}/"
    query = view.query_string()
    return Selection(
        catalog=service.catalog,
        version=service.store.version,
        view=view,
        features=(),
        lang=set_content_language(request, view_language(service, view)),
        url=f"{address}?{query}" if query else address,
        files=files_of(service.settings),
        options=options,
    )


def files_of(settings: Settings) -> FrontEnd:
    """Where the offline page and the pictures find what they are made of."""
    return FrontEnd(settings.static, settings.packages, settings.font)


def file_headers(service: Service, view: View, file_format: Format) -> dict[str, str]:
    """A file name that says what is inside; shown in the browser where that makes sense."""
    parts = [service.catalog.info.id, *view.county, *view.layer]
    return {"Content-Disposition": disposition("inline", "-".join(parts)[:80], file_format.ext)}
