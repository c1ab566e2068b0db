"""`/wmts`: Web Map Tile Service 1.0.0, by parameters and by paths."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.errors import BadValue
from app.selection.map_window import MapWindow
from app.web.api.tilesets import SIDE_PIXELS, cache_of
from app.web.dependencies import RenderPoolDep, ServiceDep
from app.web.ows.capabilities import capabilities
from app.web.ows.matrices import MATRIX_SETS, MatrixSet
from app.web.ows.parameters import BASEMAP, OwsParameters, layers_of, theme_of, view_of
from app.web.ows.report import WMTS
from app.web.ows.windows import FOUND_MOST, INFO_FORMATS, NO_ITEMS, WindowAnswers
from app.web.params.parameters import whole

router = APIRouter(include_in_schema=False)

OPERATIONS = ("GetCapabilities", "GetTile", "GetFeatureInfo")
TILE = ("LAYER", "STYLE", "TILEMATRIXSET", "TILEMATRIX", "TILEROW", "TILECOL")
TILE_PATH = "/".join(f"{{{name.lower()}}}" for name in TILE)


@router.get(WMTS)
async def wmts(request: Request, service: ServiceDep, pool: RenderPoolDep) -> Response:
    """By parameters."""
    parameters = OwsParameters(request.query_params.multi_items())
    parameters.one("SERVICE", ("WMTS",), "WMTS")
    operation = parameters.one("REQUEST", OPERATIONS)
    if operation == "GetCapabilities":
        return await capabilities(request, service, parameters, "wmts.xml")
    windows = WindowAnswers(request, service, pool)
    if operation == "GetTile":
        parameters.one("FORMAT", ("image/png",), "image/png")
        return await tile(windows, parameters)
    return await tile(windows, parameters, (pixel(parameters, "I"), pixel(parameters, "J")))


@router.get(f"{WMTS}/1.0.0/WMTSCapabilities.xml")
async def described(request: Request, service: ServiceDep) -> Response:
    parameters = OwsParameters(request.query_params.multi_items())
    return await capabilities(request, service, parameters, "wmts.xml")


@router.get(f"{WMTS}/{TILE_PATH}.png")
async def tile_by_path(request: Request, service: ServiceDep, pool: RenderPoolDep) -> Response:
    """The same tile under an address of its own."""
    pairs = [pair for pair in request.query_params.multi_items() if pair[0].upper() not in TILE]
    parameters = OwsParameters([*request.path_params.items(), *pairs])
    return await tile(WindowAnswers(request, service, pool), parameters)


async def tile(
    windows: WindowAnswers, parameters: OwsParameters, point: tuple[int, int] | None = None
) -> Response:
    """A tile, or what is drawn at one of its pixels."""
    service = windows.service
    layers = layers_of(parameters, service, "LAYER")
    view = await view_of(service, parameters, layers, theme_of(parameters, "STYLE"))
    grid = MATRIX_SETS[parameters.one("TILEMATRIXSET", tuple(MATRIX_SETS))]
    level = int(parameters.one("TILEMATRIX", tuple(map(str, grid.levels))))
    columns, rows = grid.size(level)
    row = whole("TILEROW", parameters.needed("TILEROW", "a row"), 0, rows - 1)
    column = whole("TILECOL", parameters.needed("TILECOL", "a column"), 0, columns - 1)
    window = window_of(grid, level, column, row, layers)
    if point is None:
        cache = cache_of(service, parameters.get("V", ""))
        return await windows.picture(view, window, cache=cache)
    if BASEMAP in layers:
        raise BadValue("LAYER", BASEMAP, NO_ITEMS)
    format = parameters.one("INFOFORMAT", INFO_FORMATS, "text/html")
    return await windows.found(view, window.at(point), [], FOUND_MOST, format)


def window_of(grid: MatrixSet, level: int, column: int, row: int, layers: list[str]) -> MapWindow:
    edges = grid.edges(level, column, row)
    ground = BASEMAP in layers
    return MapWindow(
        grid.crs, edges, SIDE_PIXELS, SIDE_PIXELS, ground=ground, plan=layers != [BASEMAP]
    )


def pixel(parameters: OwsParameters, name: str) -> int:
    return whole(name, parameters.needed(name, "a pixel of the tile"), 0, SIDE_PIXELS - 1)
