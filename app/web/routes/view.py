"""`/view.<ext>?<view>`: what is on the screen, taken away in another form."""

import asyncio
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.faces import BY_EXT, Face, Selection
from app.plan.errors import NotFound
from app.view import View, parse_view
from app.web.dependencies import Service, ServiceDep, view_language
from app.web.links import base_url
from app.web.responses import answer

router = APIRouter(tags=["views"])


@router.get("/view.{ext}", summary="A view as data", response_class=Response)
async def view_face(request: Request, service: ServiceDep, ext: str) -> Response:
    """The features of a view in the format the path ends with."""
    if ext not in BY_EXT:
        raise NotFound("format", ext, BY_EXT)
    face = BY_EXT[ext]
    view = parse_view(request.query_params.multi_items(), service.words)
    selection = await select(request, service, view)
    body = await asyncio.to_thread(face.render, selection)
    return answer(request, body, face.media_type, headers=file_headers(service, view, face))


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
    )


def file_headers(service: Service, view: View, face: Face) -> dict[str, str]:
    """A file name that says what is inside; shown in the browser where that makes sense."""
    parts = [service.pack.info.id, *view.county, *view.layer]
    name = "-".join(parts)[:80] + f".{face.ext}"
    return {"Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}"}
