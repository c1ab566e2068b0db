"""`/view.<ext>?<view>`: what is on the screen, taken away in another form."""

import asyncio
from dataclasses import replace
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.faces import BY_EXT, Face, Files, Selection
from app.faces.picture.options import limit_items, read_options
from app.plan.errors import NotFound, UnknownParameter
from app.settings import Settings
from app.view import PAGE_PARAMETERS, VIEW_PARAMETERS, View, once, parse_view
from app.web.dependencies import Service, ServiceDep, view_language
from app.web.links import base_url
from app.web.press import PressDep
from app.web.responses import answer
from app.web.view_parameters import BUSY, view_parameters

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
async def view_face(request: Request, service: ServiceDep, press: PressDep, ext: str) -> Response:
    """The features of a view in the format the path ends with."""
    if ext not in BY_EXT:
        raise NotFound("format", ext, BY_EXT)
    face = BY_EXT[ext]
    values, own = divided(request, face)
    view = parse_view(values.items(), service.words)
    options = read_options(own)
    selection = replace(await select(request, service, view), options=options)
    body = await rendered(face, selection, request, press)
    return answer(request, body, face.media_type, headers=file_headers(service, view, face))


def divided(request: Request, face: Face) -> tuple[dict[str, str], dict[str, str]]:
    """The query's part that is the view, and the part that is the face's own."""
    values = once(request.query_params.multi_items())
    allowed = (*VIEW_PARAMETERS, *face.options)
    for name in values:
        if name not in allowed and name not in PAGE_PARAMETERS:
            raise UnknownParameter(name, allowed)
    own = {name: values.pop(name) for name in face.options if name in values}
    return values, own


async def rendered(face: Face, selection: Selection, request: Request, press: PressDep) -> bytes:
    """The bytes of a face: a picture by the press, data in a thread."""
    if not face.options:
        return await asyncio.to_thread(face.render, selection)
    limit_items(len(selection.features))
    return await press.make(face, selection, request.is_disconnected)


async def select(request: Request, service: Service, view: View) -> Selection:
    """The features a view shows, with what a face needs to say where they come from."""
    page = await service.store.search(view.query())
    address = f"{base_url(request)}/"
    query = view.query_string()
    return Selection(
        pack=service.pack,
        version=service.store.version,
        view=view,
        features=[orjson.loads(feature) for feature in page.features],
        lang=view_language(service, view),
        url=f"{address}?{query}" if query else address,
        files=files_of(service.settings),
    )


def files_of(settings: Settings) -> Files:
    """Where the offline page and the pictures find what they are made of."""
    return Files(settings.static, settings.packages, settings.font)


def file_headers(service: Service, view: View, face: Face) -> dict[str, str]:
    """A file name that says what is inside; shown in the browser where that makes sense."""
    parts = [service.pack.info.id, *view.county, *view.layer]
    name = "-".join(parts)[:80] + f".{face.ext}"
    return {"Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}"}
