"""A MapLibre style: the ground, and every layer of the plan drawn as the page draws it.

Wide areas lie beneath and faint. A symbol's fill and a line's form say the status; a halo and a
pale band beneath say that a place is not known well. Tiles name what an estimate is (`basis`) from
zoom 10 on; further out only the schematic are told apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.catalog.catalog import Catalog
from app.domain.models import STATUSES, Layer
from app.domain.text.languages import title_in
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
GROUND = ("land", "counties", "water", "rivers", "roads", "railways", "coast", "labels")
DETAIL = ("world", "relief_steps", "ground", "names")
"""Files of `base/detail/` that are drawn as well."""
WATERS = ("sea", "bay", "lake", "stream", "port")
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
    base = [name for name in GROUND if name in catalog.base]
    detail = [one for one in DETAIL if one == "names" or f"{one}.geojson" in catalog.detail]
    layers = [
        *ground([*base, *detail], palette),
        *plan(catalog, lang, palette),
        *names([*base, *detail], catalog, lang, palette),
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
            SOURCE: {
                "type": "vector",
                "url": f"{root}/api/tiles/WebMercatorQuad?f=tilejson&lang={lang}",
                "promoteId": "id",
            },
        },
        "layers": layers,
    }


def geojson(url: str) -> Json:
    return {"type": "geojson", "data": url}


def layer_of(id: str, kind: str, source: str, paint: Json, **more: Any) -> Json:
    return {"id": id, "type": kind, "source": source, "paint": paint, **more}


def ground(base: list[str], palette: Palette) -> Iterator[Json]:
    """Sea, land, counties, water, roads and railways."""
    yield {"id": "sea", "type": "background", "paint": {"background-color": palette["sea"]}}
    layers = [
        layer_of("world", "fill", "world", {"fill-color": palette["land"]}),
        layer_of("land", "fill", "land", {"fill-color": palette["land"]}),
        layer_of("county-land", "fill", "counties", {"fill-color": palette["home-land"]}),
        layer_of(
            "relief",
            "fill",
            "relief_steps",
            {
                "fill-color": ["match", ["get", "tone"], "light", "#ffffff", "#000000"],
                "fill-opacity": ["get", "opacity"],
                "fill-antialias": False,
            },
        ),
        of_kind("built-up", "fill", {"fill-color": palette["built-up"], "fill-opacity": 0.75}),
        of_kind("water", "fill", {"fill-color": palette["sea"]}),
        *lesser_roads(palette),
        layer_of("water", "fill", "water", {"fill-color": palette["sea"]}),
        line_of("rivers", "rivers", palette["river"], 1.4),
        line_of("road-edges", "roads", palette["road-edge"], 3),
        line_of("roads", "roads", palette["road"], 1.6),
        line_of("railways", "railways", palette["rail"], 1.2),
        line_of("county-edges", "counties", palette["county-line"], 1),
        line_of("coast", "coast", palette["shore"], 1.2),
    ]
    yield from (one for one in layers if one["source"] in base)


def of_kind(kind: str, form: str, paint: Json, *, part: str = "", **more: Any) -> Json:
    """A layer of what the close map draws of a kind."""
    own = {"filter": ["==", ["get", "kind"], kind], **more}
    return layer_of(f"ground-{kind}{part}", form, "ground", paint, **own)


def lesser_roads(palette: Palette) -> Iterator[Json]:
    """Roads and railways that the plan's own lines do not have, and the Great Wall."""
    kinds = (("primary", 10.5, 1.8, 0.9), ("trunk", 9.25, 2.6, 1.4), ("motorway", 8.25, 3.4, 1.8))
    for part, colour in (("-edge", "road-edge"), ("", "road")):
        for kind, zoom, edge, core in kinds:
            paint = {"line-color": palette[colour], "line-width": edge if part else core}
            yield of_kind(kind, "line", paint, part=part, minzoom=zoom)
    for kind in ("rail", "rail-fast"):
        paint = {"line-color": palette["rail"], "line-width": 1.2}
        yield of_kind(kind, "line", paint, minzoom=8.25)
    wall = {"line-color": palette["map-ink-2"], "line-width": 2, "line-dasharray": [2, 1.2]}
    yield of_kind("great-wall", "line", wall, minzoom=8.25)


def line_of(id: str, source: str, colour: str, width: float) -> Json:
    return layer_of(id, "line", source, {"line-color": colour, "line-width": width})


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
    for source in ("labels", "names"):
        if source in base:
            water = ["in", ["get", "kind"], ["literal", list(WATERS)]]
            colour = ["case", water, palette["sea-ink"], palette["map-ink-2"]]
            yield layer_of(
                source, "symbol", source, {"text-color": colour, **halo}, filter=IN_ZOOM,
                layout=text_in(lang, 12 if source == "labels" else 11),
            )  # fmt: skip
    if "counties" in base:
        yield layer_of(
            "county-names", "symbol", "counties", {"text-color": palette["map-ink"], **halo},
            layout={**text_in(lang, 15), "text-letter-spacing": 0.14},
        )  # fmt: skip
