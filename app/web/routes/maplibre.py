"""`/style.json`: the plan as a MapLibre map, with the symbols and letters that it needs."""

import re
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.errors import NotFound
from app.formats.maplibre.glyphs import LAST, RANGE, glyph_range
from app.formats.maplibre.sprite import RATIOS, index, picture
from app.formats.maplibre.style import FONT, Palette, style
from app.picture.scene.assets import DrawingAssets, load_assets
from app.view.view import COLOURS, THEMES, parse_choice
from app.web.api.documents import asked_language
from app.web.api.links import base_url
from app.web.api.tilesets import centre_of
from app.web.dependencies import Service, ServiceDep, checked
from app.web.http.responses import answer
from app.web.openapi.describe import LANG
from app.web.params.parameters import enum, parameter
from app.web.per_version import PerVersion, PerVersionDep
from app.work.ambient import DATA, run

router = APIRouter(tags=["Tiles"])

GLYPHS = "application/x-protobuf"
SPRITE = re.compile(r"(sprite|status)(?:@(\d)x)?\.(json|png)")
SPAN = re.compile(r"(\d{1,5})-(\d{1,5})")
STYLE = {
    "parameters": [
        LANG,
        parameter("theme", "Light or dark ground", enum(THEMES)),
        parameter("colour", "What colours say: the family or the status", enum(COLOURS)),
    ],
    "responses": {"200": {"description": "A MapLibre style", "content": {"application/json": {}}}},
}


def assets_of(service: Service) -> DrawingAssets:
    settings = service.settings
    return load_assets(settings.static, settings.packages, settings.font)


def palette_of(service: Service, theme: str, by_status: bool) -> Palette:
    return Palette(assets_of(service).palettes[theme], theme, by_status)


@router.get(
    "/style.json", summary="MapLibre style", response_class=Response, openapi_extra=STYLE
)  # fmt: skip
async def style_json(request: Request, service: ServiceDep) -> Response:
    """Every layer of the plan and the ground, drawn as on the page; nothing is asked elsewhere."""
    values = checked(request, ("lang", "theme", "colour"))
    theme = parse_choice("theme", values.get("theme", THEMES[0]), THEMES)
    colour = parse_choice("colour", values.get("colour", COLOURS[0]), COLOURS)
    lang = asked_language(request, service, values)
    lng, lat, zoom = centre_of(service.catalog.info.frame)
    metadata = {"planmap:version": service.store.version}
    start = {"center": [lng, lat], "zoom": zoom, "metadata": metadata}
    palette = palette_of(service, theme, colour == "status")
    body = style(service.catalog, base_url(request), lang, palette, start)
    return answer(request, orjson.dumps(body), "application/json")


@router.get("/maplibre/{theme}/{name}", include_in_schema=False)
async def sprite(
    request: Request, service: ServiceDep, cache: PerVersionDep, theme: str, name: str
) -> Response:
    """The symbols in one picture, or where each lies in it."""
    checked(request, ())
    match = SPRITE.fullmatch(name)
    ratio = int(match[2] or 1) if match else 0
    if match is None or theme not in THEMES or ratio not in RATIOS:
        raise NotFound("sprite", f"{theme}/{name}", ["light/sprite.json", "dark/sprite@2x.png"])
    if match[3] == "json":
        return answer(request, orjson.dumps(index(service.catalog, ratio)), "application/json")
    palette = palette_of(service, theme, match[1] == "status")
    parts = (service.catalog, assets_of(service).symbols, palette, ratio)
    body = await once(cache, f"{match[1]} {theme} {ratio}", picture, *parts)
    return answer(request, body, "image/png")


@router.get("/maplibre/glyphs/{stack}/{span}.pbf", include_in_schema=False)
async def glyphs(
    request: Request, service: ServiceDep, cache: PerVersionDep, stack: str, span: str
) -> Response:
    """The letters of a range of 256, as distances from their edges."""
    checked(request, ())
    if FONT[0] not in stack.split(","):
        raise NotFound("font", stack, FONT)
    match = SPAN.fullmatch(span)
    first = int(match[1]) if match else -1
    if match is None or first % RANGE or int(match[2]) != first + RANGE - 1 or first > LAST:
        raise NotFound("range", span, [f"0-{RANGE - 1}", f"{RANGE}-{2 * RANGE - 1}"])
    font = assets_of(service).regular
    body = await once(cache, f"glyphs {first}", glyph_range, font, FONT[0], first)
    return answer(request, body, GLYPHS)


async def once(cache: PerVersion, name: str, make: Any, *parts: Any) -> bytes:
    """What only the data and the fonts decide, made off the event loop."""

    async def making() -> bytes:
        return bytes(await run(DATA, make, *parts))

    return await cache.get(name, making)
