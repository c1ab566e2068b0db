"""`/view.<ext>?<view>`: what is on the screen, taken away in another form."""

import asyncio
from dataclasses import dataclass, replace
from functools import partial

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.content_policy import framed, policy_in
from app.faces import BY_EXT, Face, Files, Selection
from app.faces.picture.options import Options, limit_items, read_options
from app.plan.errors import BadValue, NotFound, NotShown, UnknownParameter
from app.render.job import RenderJob, job_of
from app.render.pool import RenderPool
from app.settings import Settings
from app.store.collections import shape_of_layers
from app.store.store import Page
from app.view import PAGE_PARAMETERS, VIEW_PARAMETERS, View, once
from app.web.callers import client_of
from app.web.dependencies import (
    RenderPoolDep,
    Service,
    ServiceDep,
    own_pairs,
    view_language,
)  # fmt: skip
from app.web.files import disposition
from app.web.headers import OURS, POLICY
from app.web.languages import say_language
from app.web.links import base_url
from app.web.queries import projection_of
from app.web.responses import answer
from app.web.view_parameters import BUSY, view_parameters
from app.web.views import asked_view, check_code

COMPARED_MOST = 3
"""As many as the page sets side by side."""

router = APIRouter(tags=["views"])

FILE = {
    "200": {
        "description": "The file",
        "content": {face.media_type.partition(";")[0]: {} for face in BY_EXT.values()},
    }
}


@router.get(
    "/view.{ext}", summary="A view as data, as a picture, as slides", response_class=Response,
    openapi_extra={"parameters": view_parameters(), "responses": {**FILE, **BUSY}},
)  # fmt: skip
async def view_face(
    request: Request, service: ServiceDep, render_pool: RenderPoolDep, ext: str
) -> Response:
    """The features of a view in the format the path ends with."""
    if ext not in BY_EXT:
        raise NotFound("format", ext, BY_EXT)
    face = BY_EXT[ext]
    values, own = divided(request, service, face)
    view = await asked_view(service, values.items())
    projection = projection_of(service, "crs", own)
    selection = replace(
        outline(request, service, view, read_options(own)),
        projection=projection,
        compared=compared_of(service, own.get("compare", "")),
    )
    job = job_of(face, selection, service.made_by)
    body = await render_pool.find(job.key)
    if body is None:
        body = await made(Making(request, service, render_pool, face, job))
    headers = file_headers(service, view, face)
    if face.kind == "page":
        headers[POLICY] = framed(policy_in(body), OURS)
    return await asyncio.to_thread(
        answer, request, body, face.media_type, headers=headers, ranges=True
    )


def compared_of(service: Service, text: str) -> tuple[str, ...]:
    """The items to be set side by side, as the page reads them. Raises BadValue for any other."""
    ids = tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
    if len(ids) > COMPARED_MOST:
        raise BadValue("compare", text, f"the ids of at most {COMPARED_MOST} items")
    known = {item.id for item in service.pack.items}
    for id in ids:
        if id not in known:
            raise BadValue("compare", id, f"the ids of at most {COMPARED_MOST} items")
    return ids


def divided(
    request: Request, service: Service, face: Face
) -> tuple[dict[str, str], dict[str, str]]:
    """The query's part that is the view, and the part that is the face's own."""
    is_page = face.media_type.startswith("text/html")
    pairs = own_pairs(request, service) if is_page else request.query_params.multi_items()
    values = once(pairs)
    allowed = (*VIEW_PARAMETERS, *face.options)
    for name in values:
        if name not in allowed and name not in PAGE_PARAMETERS:
            raise UnknownParameter(name, allowed)
    for name in face.unshown:
        if values.get(name, "").strip():
            raise NotShown(name, values[name], face.ext)
    own = {name: values.pop(name) for name in face.options if name in values}
    return values, own


@dataclass(frozen=True, slots=True)
class Making:
    """What a file is made of, and with."""

    request: Request
    service: Service
    render_pool: RenderPool
    face: Face
    job: RenderJob


async def made(making: Making) -> bytes:
    """A file that is not kept: by a worker process, or here where that is quick."""
    request, face, job = making.request, making.face, making.job
    client, gone = client_of(request.scope), request.is_disconnected
    query = job.selection.view.query()
    if face.kind == "picture":
        limit_items(await making.service.store.count(query))
    if job.selection.options.qr:
        check_code("qr", job.selection.url)
    if face.in_worker:
        return await making.render_pool.make(job, client, gone)
    shape = shape_of_layers(making.service.pack, query.layers)
    page = await making.service.store.search(replace(query, shape=shape))
    make = partial(rendered, face, job.selection, page)
    return await making.render_pool.make_here(job.key, make, client, gone)


def rendered(face: Face, selection: Selection, page: Page) -> bytes:
    return face.render(filled(selection, page))


def filled(selection: Selection, page: Page) -> Selection:
    return replace(selection, features=[orjson.loads(feature) for feature in page.features])


def outline(request: Request, service: Service, view: View, options: Options) -> Selection:
    """All that decides a file but the features, with what it needs to say where it comes from."""
    address = f"{base_url(request)}/"
    query = view.query_string()
    return Selection(
        pack=service.pack,
        version=service.store.version,
        view=view,
        features=(),
        lang=say_language(request, view_language(service, view)),
        url=f"{address}?{query}" if query else address,
        files=files_of(service.settings),
        options=options,
    )


def files_of(settings: Settings) -> Files:
    """Where the offline page and the pictures find what they are made of."""
    return Files(settings.static, settings.packages, settings.font)


def file_headers(service: Service, view: View, face: Face) -> dict[str, str]:
    """A file name that says what is inside; shown in the browser where that makes sense."""
    parts = [service.pack.info.id, *view.county, *view.layer]
    return {"Content-Disposition": disposition("inline", "-".join(parts)[:80], face.ext)}
