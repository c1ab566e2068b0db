"""`/embed/guide`: how the plan is shown by other map libraries, an example file each."""

from dataclasses import dataclass
from functools import cache

from app.domain.errors import NotFound
from app.web.pages.html import HERE

FOLDER = HERE / "templates" / "guide"
SERVICE = "http://127.0.0.1:8000"
"""What stands for the service in an example, which works beside one as it is."""


@dataclass(frozen=True, slots=True)
class Example:
    """A page that shows the plan with a library from npm."""

    id: str
    title: str
    package: str


EXAMPLES = (
    Example("leaflet", "Leaflet", "leaflet@1"),
    Example("openlayers", "OpenLayers", "ol@10"),
    Example("maplibre", "MapLibre GL JS", "maplibre-gl@6"),
    Example("mapbox", "Mapbox GL JS 1.13", "mapbox-gl@1.13"),
    Example("echarts", "ECharts", "echarts@6"),
    Example("d3", "D3", "d3@7"),
    Example("maptalks", "maptalks", "maptalks@1"),
    Example("vega", "Vega", "vega@5"),
)


def example_text(id: str, address: str) -> str:
    """The file of an example, for a service at this address. Raises NotFound."""
    known = [one.id for one in EXAMPLES]
    if id not in known:
        raise NotFound("example", id, known)
    return source_of(id).replace(SERVICE, address)


@cache
def source_of(id: str) -> str:
    return (FOLDER / f"{id}.html").read_text(encoding="utf-8")
