"""`/wms`: Web Map Service 1.3.0 and 1.1.1."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.errors import BadValue, NotOffered
from app.selection.map_window import MapWindow
from app.view.view import View
from app.web.dependencies import RenderPoolDep, Service, ServiceDep
from app.web.ows.capabilities import capabilities
from app.web.ows.parameters import (
    BASEMAP,
    PIXELS_MOST,
    PLAN,
    OwsParameters,
    edges_of,
    layers_of,
    projection_named,
    theme_of,
    view_of,
)
from app.web.ows.report import WMS
from app.web.ows.windows import INFO_FORMATS, NO_ITEMS, WindowAnswers
from app.web.params.parameters import whole

router = APIRouter(include_in_schema=False)

FORMATS = {"image/png": "png", "image/svg+xml": "svg"}
PNGS = ("image/png8", "image/png24", "image/png32", "image/png; mode=8bit", "image/vnd.png")
"""What other servers call it."""
OLD, NEW = "1.1.1", "1.3.0"


@router.get(WMS)
async def wms(request: Request, service: ServiceDep, pool: RenderPoolDep) -> Response:
    """Every operation has this one address."""
    parameters = OwsParameters(request.query_params.multi_items())
    parameters.one("SERVICE", ("WMS",), "WMS")
    operation = parameters.one("REQUEST", tuple(OPERATIONS))
    return await OPERATIONS[operation](WindowAnswers(request, service, pool), parameters)


def version_of(parameters: OwsParameters) -> str:
    """What was asked for, else the highest below it (WMS 1.3.0, 6.2.4); the CRS's name tells."""
    text = (
        parameters.get("VERSION")
        or parameters.get("WMTVER")
        or (OLD if "SRS" in parameters else NEW)
    )
    return OLD if text < NEW else NEW


async def get_capabilities(windows: WindowAnswers, parameters: OwsParameters) -> Response:
    template = f"wms_{version_of(parameters)}.xml"
    return await capabilities(windows.request, windows.service, parameters, template)


async def get_map(windows: WindowAnswers, parameters: OwsParameters) -> Response:
    view, window = await asked_map(
        windows.service, parameters, layers_of(parameters, windows.service, "LAYERS")
    )
    text = parameters.get("FORMAT", "image/png").lower()
    format = "image/png" if text in PNGS else text
    if format not in FORMATS:
        raise BadValue("FORMAT", text, f"one of {', '.join(FORMATS)}")
    return await windows.picture(view, window, FORMATS[format])


async def get_feature_info(windows: WindowAnswers, parameters: OwsParameters) -> Response:
    layers = layers_of(parameters, windows.service, "QUERY_LAYERS")
    if BASEMAP in layers:
        raise NotOffered("QUERY_LAYERS", BASEMAP, NO_ITEMS)
    layers_drawn = (
        layers_of(parameters, windows.service, "LAYERS") if parameters.get("LAYERS") else layers
    )
    view, window = await asked_map(
        windows.service, parameters, [one for one in layers_drawn if one != BASEMAP]
    )
    across, down = ("X", "Y") if version_of(parameters) == OLD else ("I", "J")
    point = (
        whole(across, parameters.needed(across, "a pixel's column"), 0, window.width - 1),
        whole(down, parameters.needed(down, "a pixel's row"), 0, window.height - 1),
    )
    most = whole("FEATURE_COUNT", parameters.get("FEATURE_COUNT", "1"), 1, 10**6)
    return await windows.found(
        view, window.at(point), [] if PLAN in layers else layers, most,
        parameters.one("INFO_FORMAT", INFO_FORMATS, "text/html"),
    )  # fmt: skip


async def get_legend(windows: WindowAnswers, parameters: OwsParameters) -> Response:
    layers = layers_of(parameters, windows.service, "LAYER")
    parameters.one("FORMAT", ("image/png",), "image/png")
    view = await view_of(windows.service, parameters, layers, theme_of(parameters, "STYLE"))
    window = MapWindow("EPSG:3857", (0.0, 0.0, 1.0, 1.0), 1, 1, plan=layers != [BASEMAP])
    return await windows.picture(view, window, "legend")


async def asked_map(
    service: Service, parameters: OwsParameters, layers: list[str]
) -> tuple[View, MapWindow]:
    """The view that is drawn and the window of it."""
    old = version_of(parameters) == OLD
    name = "SRS" if old else "CRS"
    view = await view_of(service, parameters, layers, theme_of(parameters, "STYLES"))
    projection = projection_named(
        service, name, parameters.needed(name, "a CRS, such as EPSG:3857")
    )
    width, height = parameters.side("WIDTH"), parameters.side("HEIGHT")
    if width * height > PIXELS_MOST:
        raise BadValue("WIDTH", width, f"a picture of at most {PIXELS_MOST} pixels")
    text = parameters.needed("BBOX", "four edges, comma between them")
    edges = edges_of(text, projection, max(width, height), projection.swapped and not old)
    window = MapWindow(
        projection.authority, edges, width, height, parameters.dpi, parameters.background,
        ground=BASEMAP in layers, plan=any(layer != BASEMAP for layer in layers),
    )  # fmt: skip
    return view, window


Operation = Callable[[WindowAnswers, OwsParameters], Awaitable[Response]]
OPERATIONS: dict[str, Operation] = {
    "GetCapabilities": get_capabilities,
    "GetMap": get_map,
    "GetFeatureInfo": get_feature_info,
    "GetLegendGraphic": get_legend,
}
