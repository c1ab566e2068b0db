"""A MapLibre style: the ground, and every layer of the plan drawn as the page draws it.

Wide areas lie beneath and faint. A symbol's fill and a line's form say the status; a halo and a
pale band beneath say that a place is not known well. Tiles name what an estimate is (`basis`) from
zoom 10 on; further out only the schematic are told apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.catalog.boundaries import center
from app.catalog.catalog import Catalog
from app.domain.models import STATUSES, Layer
from app.domain.text.languages import title_in
from app.picture.scene.base_layers import RELIEF, BaseLayer, base_layers
from app.picture.scene.palette import on_theme

Json = dict[str, Any]

SOURCE = "plan"
FONT = ["Noto Sans SC Regular"]
SHAPE = ["geometry-type"]
POINTS, LINES, AREAS = (["in", kind, SHAPE] for kind in ("Point", "LineString", "Polygon"))
WIDE = ["==", ["get", "precision"], "county"]
SCHEMATIC = ["==", ["get", "precision"], "schematic"]
GUESS = ["any", SCHEMATIC, ["==", ["get", "basis"], "estimated"]]
UNSURE = ["any", GUESS, WIDE]
"""What a point has a halo for."""
STATUS = ["match", ["get", "status"], list(STATUSES), ["get", "status"], "existing"]
DASHES = {"planned": [2.7, 1.7], "building": [6, 1.7], "programme": [0.03, 2]}
"""Status → dashes of its lines, in widths of the line; of any other it is whole."""
NAMED, BEYOND, CLOSE_NAMES = "labels", "world", "names"
"""Files that are no layers of the base map: names, land beyond that of the plan, more names."""
WATERS = ("sea", "bay", "lake", "stream", "port")
COUNTY_NAMES = "county-names"
NAMES_FROM = 8
IN_ZOOM = [
    "all", ["<=", ["coalesce", ["get", "minzoom"], 0], ["zoom"]],
    [">=", ["coalesce", ["get", "maxzoom"], 24], ["zoom"]],
]  # fmt: skip
"""What a name of a place says of the zooms it is for."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by name, and the theme they are of."""

    colours: Mapping[str, str]
    theme: str
    by_status: bool = False
    """Whether colours say the status."""

    def __getitem__(self, name: str) -> str:
        return self.colours[name]

    def of_layer(self, layer: Layer) -> Any:
        """The colour of its items: one, or an expression that asks for their status."""
        if not self.by_status:
            return on_theme(layer.colour, self.theme, layer.colour_dark)
        pairs = [part for one in STATUSES for part in (one, self.of_status(layer, one))]
        return ["match", STATUS, *pairs, self["ink-2"]]

    def of_status(self, layer: Layer, status: str) -> str:
        """The colour of an item of a layer and a status."""
        if self.by_status:
            return self[f"status-{status}"]
        return on_theme(layer.colour, self.theme, layer.colour_dark)

    @property
    def sprite(self) -> str:
        """The name of its sprite."""
        return "status" if self.by_status else "sprite"


def style(catalog: Catalog, root: str, lang: str, palette: Palette, start: Json) -> Json:
    """The whole style document; `start` is what else its head says."""
    drawn = {layer.file: layer.detail for layer in base_layers(palette.colours)}
    base = [one for one in (*drawn, NAMED) if not drawn.get(one) and one in catalog.base]
    detail = [one for one in (BEYOND, *drawn) if f"{one}.geojson" in catalog.detail]
    detail.append(CLOSE_NAMES)
    named = [COUNTY_NAMES] if "counties" in base else []
    layers = [
        *ground([*base, *detail], palette),
        *plan(catalog, lang, palette),
        *names([*base, *detail, *named], catalog, lang, palette),
    ]
    return {
        "version": 8,
        "name": title_in(catalog.info, lang),
        **start,
        "sprite": f"{root}/maplibre/{palette.theme}/{palette.sprite}",
        "glyphs": f"{root}/maplibre/glyphs/{{fontstack}}/{{range}}.pbf",
        "sources": {
            **{name: geojson(f"{root}/base/{name}.geojson") for name in base},
            **{name: geojson(f"{root}/base/detail/{name}.geojson") for name in detail},
            **{name: geojson(county_points(catalog)) for name in named},
            SOURCE: {
                "type": "vector",
                "url": f"{root}/api/tiles/WebMercatorQuad?f=tilejson&lang={lang}",
                "promoteId": "id",
            },
        },
        "layers": layers,
    }


def geojson(data: str | Json) -> Json:
    """A source: the address of its features, or themselves."""
    return {"type": "geojson", "data": data}


def county_points(catalog: Catalog) -> Json:
    """Where each county's name stands: of a county with islands each would have it."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    name: text
                    for name, text in one["properties"].items()
                    if name.startswith("name")
                },
                "geometry": {"type": "Point", "coordinates": center(one)},
            }
            for one in catalog.base_features("counties")
        ],
    }


def layer_of(id: str, kind: str, source: str, paint: Json, **more: Any) -> Json:
    return {"id": id, "type": kind, "source": source, "paint": paint, **more}


def ground(base: list[str], palette: Palette) -> Iterator[Json]:
    """Sea, land beyond that of the plan, and what pictures have beneath the plan."""
    yield {"id": "sea", "type": "background", "paint": {"background-color": palette["sea"]}}
    if BEYOND in base:
        yield layer_of(BEYOND, "fill", BEYOND, {"fill-color": palette["land"]})
    for layer in base_layers(palette.colours):
        if layer.file in base:
            yield from base_layer(layer)


def base_layer(layer: BaseLayer) -> Iterator[Json]:
    """The fill of a layer of the base map, its line, or both."""
    if layer.words == RELIEF:
        yield layer_of(layer.look, "fill", layer.file, SHADE)
        return
    parts = ("ground" if layer.detail else "", layer.kind, layer.look)
    id = "-".join(filter(None, dict.fromkeys(parts)))
    more: Json = {"filter": ["==", ["get", "kind"], layer.kind]} if layer.kind else {}
    if layer.least_zoom:
        more["minzoom"] = layer.least_zoom - TILE_ZOOMS
    paint = layer.paint
    if paint.fill:
        fill = {"fill-color": paint.fill, "fill-opacity": paint.fill_opacity}
        yield layer_of(id, "fill", layer.file, fill, **more)
    if paint.stroke:
        line: Json = {
            "line-color": paint.stroke, "line-width": paint.width, "line-opacity": paint.opacity,
        }  # fmt: skip
        if paint.dash:
            line["line-dasharray"] = [round(part / paint.width, 2) for part in paint.dash]
        yield layer_of(f"{id}-line" if paint.fill else id, "line", layer.file, line, **more)


SHADE = {
    "fill-color": ["match", ["get", "tone"], "light", "#ffffff", "#000000"],
    "fill-opacity": ["get", "opacity"],
    "fill-antialias": False,
}
TILE_ZOOMS = 1
"""MapLibre's tiles are twice as wide as those that the zooms of web maps are counted in."""


def plan(catalog: Catalog, lang: str, palette: Palette) -> Iterator[Json]:
    """Areas of all layers, then lines, then points, so that none hides what is smaller."""
    for part in (wide_areas, areas, lines, halos, points):
        for layer in catalog.layers:
            yield from part(layer, palette)
    for layer in catalog.layers:
        yield from item_names(layer, lang, palette)


def of_layer(layer: Layer, part: str, kind: str, when: Any, paint: Json, **layout: Any) -> Json:
    return layer_of(
        f"{layer.id}-{part}", kind, SOURCE, paint, filter=when, layout=layout,
        **{"source-layer": layer.id},
    )  # fmt: skip


FAINT = 0.006
"""Of an area as wide as a county: scores lie on each other, and the ground is to be seen."""


def wide_areas(layer: Layer, palette: Palette) -> Iterator[Json]:
    paint = {"fill-color": palette.of_layer(layer), "fill-opacity": FAINT}
    yield of_layer(layer, "wide", "fill", ["all", AREAS, WIDE], paint)


def areas(layer: Layer, palette: Palette) -> Iterator[Json]:
    colour, own = palette.of_layer(layer), ["all", AREAS, ["!", WIDE]]
    tint = {"fill-color": colour, "fill-opacity": 0.13}
    edge = {"line-color": colour, "line-width": 1.8, "line-opacity": 0.85}
    yield of_layer(layer, "areas", "fill", own, tint)
    yield of_layer(layer, "edges", "line", [*own, ["!", GUESS]], edge)
    yield of_layer(
        layer, "edges-guessed", "line", [*own, GUESS], {**edge, "line-dasharray": [3, 2]}
    )


def lines(layer: Layer, palette: Palette) -> Iterator[Json]:
    """A casing, the line in the form of its status, and what marks railways and expressways."""
    colour = palette.of_layer(layer)
    round_ = {"line-cap": "round", "line-join": "round"}
    core = {"line-color": colour, "line-width": wider(2, 3), "line-opacity": 0.95}
    casing = {"line-color": palette["home-land"], "line-width": wider(4, 6)}
    band = {"line-color": colour, "line-width": wider(7, 12), "line-opacity": 0.13}
    upgrade = ["all", LINES, has_status("upgrade")]
    yield of_layer(layer, "bands", "line", ["all", LINES, GUESS], band)
    yield of_layer(layer, "casings", "line", LINES, casing, **round_)
    yield of_layer(layer, "edges-upgrade", "line", upgrade, {**core, "line-width": wider(5, 8)})
    gap = {**casing, "line-width": wider(3.6, 5.6)}
    yield of_layer(layer, "gaps-upgrade", "line", upgrade, gap)
    whole = ["all", LINES, ["!", ["in", ["get", "status"], ["literal", list(DASHES)]]]]
    yield of_layer(layer, "lines", "line", whole, core, **round_)
    for status, dashes in DASHES.items():
        cap = round_ if status == "programme" else {"line-join": "round"}
        paint = {**core, "line-dasharray": dashes}
        when = ["all", LINES, has_status(status)]
        yield of_layer(layer, f"lines-{status}", "line", when, paint, **cap)
    ties = {**core, "line-width": wider(5, 7), "line-dasharray": [0.25, 1]}
    stroke = {"line-color": palette["home-land"], "line-width": wider(0.7, 1.1)}
    for line_style, paint in (("rail", ties), ("motorway", stroke)):
        categories = [category.id for category in layer.categories if category.line == line_style]
        if categories:
            of_kind = ["in", ["get", "category"], ["literal", categories]]
            yield of_layer(layer, line_style, "line", ["all", LINES, of_kind], paint)


def has_status(status: str) -> list[Any]:
    return ["==", ["get", "status"], status]


def wider(far: float, near: float) -> list[Any]:
    """Thin from afar."""
    return ["interpolate", ["linear"], ["zoom"], 7, far, 11, near]


def halos(layer: Layer, palette: Palette) -> Iterator[Json]:
    """What lies beneath the symbol of a place that is not known well."""
    paint = {
        "circle-color": palette.of_layer(layer), "circle-opacity": 0.22,
        "circle-radius": wider(11, 17), "circle-pitch-alignment": "map",
    }  # fmt: skip
    yield of_layer(layer, "halos", "circle", ["all", POINTS, UNSURE], paint)


def points(layer: Layer, palette: Palette) -> Iterator[Json]:
    """A symbol with the glyph of its category, filled as its status says."""
    own = [one.id for one in layer.categories if one.symbol]
    category = ["get", "category"]
    name = ["match", category, own, ["concat", f"{layer.id}.", category], layer.id]
    image = ["concat", name if own else layer.id, "-", STATUS]
    yield of_layer(
        layer, "points", "symbol", POINTS, {},
        **{"icon-image": image, "icon-size": wider(0.6, 0.9), "icon-allow-overlap": True},
    )  # fmt: skip


def item_names(layer: Layer, lang: str, palette: Palette) -> Iterator[Json]:
    """Names where there is room, along lines, beneath points."""
    near = {"minzoom": NAMES_FROM}
    paint = {
        "text-color": palette["ink"],
        "text-halo-color": palette["home-land"],
        "text-halo-width": 1.4,
    }
    text = text_in(lang)
    below = {**text, "text-offset": [0, 1.1], "text-anchor": "top", "text-optional": True}
    along = {**text, "symbol-placement": "line", "text-max-angle": 30}
    places = ["all", ["any", POINTS, ["all", AREAS, ["!", WIDE]]]]
    yield {**of_layer(layer, "names", "symbol", places, paint, **below), **near}
    yield {**of_layer(layer, "line-names", "symbol", LINES, paint, **along), **near}


def text_in(lang: str, size: float = 12) -> Json:
    """A name in the language, else in the pack's first."""
    name = (
        ["get", "name"] if lang == "zh" else ["coalesce", ["get", f"name_{lang}"], ["get", "name"]]
    )
    return {"text-field": name, "text-font": FONT, "text-size": size}


def names(base: list[str], catalog: Catalog, lang: str, palette: Palette) -> Iterator[Json]:
    """Names of towns and seas, and, above all, of the counties."""
    halo = {"text-halo-color": palette["home-land"], "text-halo-width": 1.4}
    for source in (NAMED, CLOSE_NAMES):
        if source in base:
            water = ["in", ["get", "kind"], ["literal", list(WATERS)]]
            colour = ["case", water, palette["sea-ink"], palette["map-ink-2"]]
            yield layer_of(
                source, "symbol", source, {"text-color": colour, **halo}, filter=IN_ZOOM,
                layout=text_in(lang, 12 if source == NAMED else 11),
            )  # fmt: skip
    if COUNTY_NAMES in base:
        yield layer_of(
            COUNTY_NAMES, "symbol", COUNTY_NAMES, {"text-color": palette["map-ink"], **halo},
            layout={**text_in(lang, 15), "text-letter-spacing": 0.14},
        )  # fmt: skip
