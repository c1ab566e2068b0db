"""`/view.<ext>?<view>`: what is on the screen, taken away in another form."""

from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.content_policy import framed, policy_in
from app.faces import BY_EXT, Face, Files, Selection
from app.faces.picture.options import Options, limit_items, read_options
from app.plan.errors import NotFound, UnknownParameter
from app.settings import Settings
from app.store.store import Page
from app.view import PAGE_PARAMETERS, VIEW_PARAMETERS, View, once
from app.web.dependencies import Service, ServiceDep, own_pairs, view_language
from app.web.headers import OURS, POLICY
from app.web.kept import Kept, KeptDep
from app.web.links import base_url
from app.web.press import Press, PressDep, key_of
from app.web.responses import answer
from app.web.view_parameters import BUSY, view_parameters
from app.web.views import asked_view, check_code

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
    request: Request, service: ServiceDep, press: PressDep, kept: KeptDep, ext: str
) -> Response:
    """The features of a view in the format the path ends with."""
    if ext not in BY_EXT:
        raise NotFound("format", ext, BY_EXT)
    face = BY_EXT[ext]
    values, own = divided(request, service, face)
    view = await asked_view(service, values.items())
    selection = outline(request, service, view, read_options(own))
    body = await (picture if face.options else data)(
        Making(request, service, press, kept, face, selection)
    )
    headers = file_headers(service, view, face)
    if face.kind == "page":
        headers[POLICY] = framed(policy_in(body), OURS)
    return answer(request, body, face.media_type, headers=headers, ranges=True)


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
    own = {name: values.pop(name) for name in face.options if name in values}
    return values, own


@dataclass(frozen=True, slots=True)
class Making:
    """What a file is made of, and with."""

    request: Request
    service: Service
    press: Press
    kept: Kept
    face: Face
    selection: Selection
    """Everything but the features."""


async def picture(making: Making) -> bytes:
    """A picture, by the press."""
    selection = filled(making.selection, await found(making))
    limit_items(len(selection.features))
    if selection.options.qr:
        check_code("qr", selection.url)
    return await making.press.make(making.face, selection, making.request.is_disconnected)


async def data(making: Making) -> bytes:
    """A file of data: kept, or made once for all who ask at the same time."""
    key = key_of(making.face, making.selection)
    body = await making.kept.find(key)
    if body is not None:
        return body
    page = await found(making)
    return await making.kept.make(key, partial(rendered, making.face, making.selection, page))


def rendered(face: Face, selection: Selection, page: Page) -> bytes:
    return face.render(filled(selection, page))


async def found(making: Making) -> Page:
    """The features the view shows."""
    return await making.service.store.search(making.selection.view.query())


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
        lang=view_language(service, view),
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
    name = "-".join(parts)[:80] + f".{face.ext}"
    return {"Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}"}
