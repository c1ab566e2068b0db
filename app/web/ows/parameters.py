"""What a WMS or WMTS request asks for: names in any case, those nobody knows are left alone.

The standards say so of names: programs add their own. Parameters of the view are checked as ever.
"""

import math
import re
from collections.abc import Iterable, Sequence

from app.domain.errors import BadValue
from app.domain.planes import DEGREE_M
from app.domain.projections import CRS84, METRES_MOST, Projection
from app.domain.text.characters import checked_text
from app.selection.map_window import Edges
from app.view.view import THEMES, VIEW_PARAMETERS, View, repeated
from app.web.dependencies import Service
from app.web.params.parameters import numbers, whole
from app.web.params.views import asked_view

PLAN, BASEMAP = "plan", "basemap"
"""Layers beside those of the pack: all of them, and the built-in base map."""
OWN = ("layer", "bbox", "inview", "all", "base", "title")
"""Of a view, what these protocols say by words of their own, or not at all."""
VENDOR = tuple(name for name in VIEW_PARAMETERS if name not in OWN)
"""Parameters of a view that choose what is drawn."""
SIDE_MOST, PIXELS_MOST = 4096, 9_000_000
DPI_LEAST, DPI_MOST = 48, 384
DEGREES_MOST = 720.0
FINEST = 1e-4
"""Metres of a pixel."""
COLOUR = re.compile(r"0x([0-9a-fA-F]{6})")
ALIASES = {"EPSG:900913": "EPSG:3857", "EPSG:102100": "EPSG:3857", "OGC:CRS84": "CRS:84"}


class OwsParameters:
    """The parameters of a request by name, in capitals, and those of the view."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._own: dict[str, str] = {}
        self.vendor: dict[str, str] = {}
        for name, text in pairs:
            chooses = name.lower() in VENDOR
            known, key = (self.vendor, name.lower()) if chooses else (self._own, name.upper())
            if key in known:
                raise repeated(name, text)
            known[key] = checked_text(name, text)

    def __contains__(self, name: str) -> bool:
        return name in self._own

    def get(self, name: str, default: str = "") -> str:
        return self._own.get(name, default)

    def needed(self, name: str, expected: str) -> str:
        """Raises BadValue where it is missing."""
        if not self.get(name):
            raise BadValue(name, "", expected)
        return self.get(name)

    def one(self, name: str, allowed: Sequence[str], default: str = "") -> str:
        """One of a closed list, in any case; needed where there is no default."""
        expected = f"one of {', '.join(allowed)}"
        text = self.get(name) or default or self.needed(name, expected)
        choice = next((one for one in allowed if one.lower() == text.lower()), None)
        if choice is None:
            raise BadValue(name, text, expected)
        return choice

    def side(self, name: str) -> int:
        return whole(name, self.needed(name, "pixels"), 1, SIDE_MOST)

    @property
    def dpi(self) -> int:
        """As QGIS, MapServer and GeoServer are asked for it."""
        text = self.get("DPI") or self.get("MAP_RESOLUTION") or self.get("FORMAT_OPTIONS")
        match = re.search(r"\d+", text)
        return min(max(int(match[0][:5]), DPI_LEAST), DPI_MOST) if match else 96

    @property
    def background(self) -> str:
        """Empty where the picture is to be transparent."""
        if self.one("TRANSPARENT", ("FALSE", "TRUE"), "FALSE") == "TRUE":
            return ""
        text = self.get("BGCOLOR", "0xFFFFFF")
        match = COLOUR.fullmatch(text)
        if not match:
            raise BadValue("BGCOLOR", text, "a colour like 0xFFFFFF")
        return f"#{match[1].lower()}"


def layer_names(service: Service) -> list[str]:
    return [PLAN, *(layer.id for layer in service.catalog.layers), BASEMAP]


def layers_of(parameters: OwsParameters, service: Service, name: str) -> list[str]:
    """The layers that are named, each known."""
    known = layer_names(service)
    names = parameters.needed(name, f"layers, comma between them: {', '.join(known)}").split(",")
    for one in names:
        if one not in known:
            raise BadValue(name, one, f"one of {', '.join(known)}")
    return names


def theme_of(parameters: OwsParameters, name: str) -> str:
    """The one style that was asked for, whatever layer it was asked for; else the default."""
    styles = [one for one in parameters.get(name).split(",") if one not in ("", "default")]
    for one in styles:
        if one not in THEMES:
            raise BadValue(name, one, f"one of {', '.join(THEMES)}, or nothing")
    return styles[0] if styles else ""


async def view_of(
    service: Service, parameters: OwsParameters, layers: Sequence[str], theme: str
) -> View:
    """The view of some layers and of what else chooses."""
    chosen = [] if PLAN in layers else [layer for layer in layers if layer != BASEMAP]
    pairs = {**parameters.vendor, "layer": ",".join(dict.fromkeys(chosen))}
    if theme:
        pairs["theme"] = theme
    return await asked_view(service, pairs.items())


def crs_names(service: Service) -> dict[str, Projection]:
    """What these protocols call a CRS → the CRS."""
    return {name_of_crs(one): one for one in service.projections.values()}


def name_of_crs(projection: Projection) -> str:
    return "CRS:84" if projection is CRS84 else projection.authority


def projection_named(service: Service, name: str, text: str) -> Projection:
    known = crs_names(service)
    projection = known.get(ALIASES.get(text.upper(), text.upper()))
    if projection is None:
        raise BadValue(name, text, f"one of {', '.join(known)}")
    return projection


def edges_of(text: str, projection: Projection, width: int, swapped: bool) -> Edges:
    """The four edges, x first. Raises BadValue for what is no box, or so small or large that
    nothing could be drawn.
    """
    first, second = projection.axes if swapped else ("x", "y")
    expected = f"min {first},min {second},max {first},max {second}, each minimum < its maximum"
    edges = numbers("BBOX", text)
    most = METRES_MOST if projection.metres else DEGREES_MOST
    if len(edges) != 4 or not all(math.isfinite(edge) and abs(edge) <= most for edge in edges):
        raise BadValue("BBOX", text, expected)
    left, bottom, right, top = edges
    if swapped:
        left, bottom, right, top = bottom, left, top, right
    if left >= right or bottom >= top:
        raise BadValue("BBOX", text, expected)
    metre = 1.0 if projection.metres else 1 / DEGREE_M
    if min(right - left, top - bottom) < FINEST * metre * width:
        raise BadValue("BBOX", text, f"a box whose pixels are {FINEST:g} m wide or wider")
    return left, bottom, right, top
