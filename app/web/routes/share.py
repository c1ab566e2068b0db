"""What a shared view needs: oEmbed for sites that embed links, a QR code for slides."""

import io
import secrets
import time
from collections.abc import Mapping
from html import escape
from urllib.parse import quote, urlencode, urlsplit

import orjson
import segno
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.errors import BadValue, NotFound, NotOffered
from app.domain.text.languages import title_in
from app.selection.view_words import view_title
from app.view.view import PAGE_PARAMETERS, VIEW_PARAMETERS, View
from app.web.api.links import base_url
from app.web.api.wechat import sdk_of, signature_of
from app.web.dependencies import Service, ServiceDep, checked, view_language
from app.web.http.languages import set_content_language
from app.web.http.responses import answer
from app.web.params.decoding import read_query
from app.web.params.parameters import TEXT, parameter, whole
from app.web.params.views import asked_view, check_code

router = APIRouter(tags=["sharing"])

WIDTH, HEIGHT = 800, 600
LEAST, MOST = 200, 4000
PATHS = ("", "/", "/embed")
EMBED_OPTIONS = ("controls", "legend", "list", "link", "origin", "version")
"""How an embed shows a view (static/js/io/embedding.js); the view is the rest of its address."""
OEMBED_ANSWERS = {
    "200": {"description": "The iframe", "content": {"application/json": {}}},
    "404": {"$ref": "#/components/responses/404"},
    "501": {
        "description": "A format oEmbed knows and this service does not offer",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}
        },
    },
}
OEMBED = [
    parameter("url", "Address of a view of this service", TEXT),
    parameter("format", "Only json", {"type": "string", "enum": ["json"]}),
    parameter("maxwidth", "Pixels", {"type": "integer", "minimum": LEAST, "maximum": MOST}),
    parameter("maxheight", "Pixels", {"type": "integer", "minimum": LEAST, "maximum": MOST}),
]


@router.get(
    "/oembed", summary="oEmbed 1.0", response_class=Response,
    openapi_extra={"parameters": OEMBED, "responses": OEMBED_ANSWERS},
)  # fmt: skip
async def oembed(request: Request, service: ServiceDep) -> Response:
    """The iframe of a view, as https://oembed.com asks."""
    values = checked(request, tuple(one["name"] for one in OEMBED))
    if values.get("format", "json") != "json":
        raise NotOffered("format", values["format"], "json")
    view = await view_of_address(request, service, values.get("url", ""))
    width = min(WIDTH, whole("maxwidth", values.get("maxwidth", str(WIDTH)), LEAST, MOST))
    height = min(HEIGHT, whole("maxheight", values.get("maxheight", str(HEIGHT)), LEAST, MOST))
    body = oembed_document(request, service, view, width, height)
    return answer(request, orjson.dumps(body), "application/json")


CODE = {"200": {"description": "The code", "content": {"image/svg+xml": {}}}}


@router.get(
    "/qr.svg", summary="QR code of a view", response_class=Response,
    openapi_extra={"responses": CODE},
)  # fmt: skip
async def qr(request: Request, service: ServiceDep) -> Response:
    """The address of the view as a QR code (ISO/IEC 18004, error correction M)."""
    values = checked(request, (*VIEW_PARAMETERS, *PAGE_PARAMETERS))
    view = await asked_view(service, values.items())
    address = with_page_parameters(address_of(request, view), values)
    check_code("view", address)
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", scale=4, border=4, xmldecl=False, light="#fff", title="QR")
    return answer(request, out.getvalue(), "image/svg+xml")


@router.get("/wechat/signature", include_in_schema=False)
async def wechat_signature(request: Request, service: ServiceDep) -> Response:
    """What `wx.config` wants for a page of this service."""
    values = checked(request, ("url",))
    settings = service.settings
    if not sdk_of(settings):
        raise NotFound("address", request.url.path)
    url = values.get("url", "").partition("#")[0]
    if not url.startswith(f"{base_url(request)}/"):
        raise BadValue("url", url, f"an address that begins with {base_url(request)}/")
    ticket = await request.app.state.runtime.tickets.get()
    nonce, stamp = secrets.token_hex(8), int(time.time())
    body = {
        "appId": settings.wechat_app_id, "nonceStr": nonce, "timestamp": stamp,
        "signature": signature_of(ticket, nonce, stamp, url),
    }  # fmt: skip
    headers = {"Cache-Control": "no-store"}
    return answer(request, orjson.dumps(body), "application/json", headers=headers)


def address_of(request: Request, view: View, path: str = "/") -> str:
    """The address of a view on this service."""
    query = view.query_string()
    return f"{base_url(request)}{path}" + (f"?{query}" if query else "")


def with_page_parameters(address: str, values: Mapping[str, str]) -> str:
    """The address with how the page is to show the view."""
    own = [(name, values[name].strip()) for name in PAGE_PARAMETERS if values.get(name, "").strip()]
    mark = "&" if "?" in address else "?"
    return f"{address}{mark}{urlencode(own, quote_via=quote, safe=',')}" if own else address


async def view_of_address(request: Request, service: Service, url: str) -> View:
    """The view an address of this service opens. Raises NotFound for any other address."""
    expected = f"an address that begins with {base_url(request)}/"
    if not url:
        raise BadValue("url", url, expected)
    try:
        base, asked = urlsplit(base_url(request)), urlsplit(url)
    except ValueError:  # as of `http://[`
        raise BadValue("url", url, expected) from None
    path = asked.path.removeprefix(base.path)
    if asked.netloc != base.netloc or path not in PATHS:
        raise NotFound("view of this service at", url)
    pairs = read_query(asked.query.encode())
    own = EMBED_OPTIONS if path == "/embed" else ()
    return await asked_view(service, [pair for pair in pairs if pair[0] not in own])


def oembed_document(
    request: Request, service: Service, view: View, width: int, height: int
) -> dict[str, object]:
    """A `rich` response."""
    info = service.catalog.info
    lang = set_content_language(request, view_language(service, view))
    title = view_title(service.catalog, view, lang)
    source = escape(address_of(request, view, "/embed"))
    frame = (
        f'<iframe src="{source}" width="{width}" height="{height}" title="{escape(title)}" '
        'frameborder="0" loading="lazy" allowfullscreen></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": title_in(info, lang),
        "provider_url": f"{base_url(request)}/",
        "html": frame,
        "width": width,
        "height": height,
    }
