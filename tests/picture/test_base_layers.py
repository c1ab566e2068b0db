"""The base map is one list: the page, pictures and MapLibre draw the same, in the same order."""

import re
from pathlib import Path

from app.catalog.catalog import Catalog
from app.formats.maplibre.style import Palette, style
from app.picture.scene.base_layers import GROUND, RELIEF, base_layers
from app.settings import ROOT

SCRIPTS = ROOT / "static" / "js" / "map" / "base"
PAIR = re.compile(r'^    \["([\w-]+)", "([\w-]+)"\],$', re.MULTILINE)
COLOURS = dict.fromkeys(
    (
        "land", "home-land", "sea", "shore", "built-up", "river", "road-edge", "road", "rail",
        "county-line", "map-ink", "map-ink-2", "sea-ink", "ink", "ink-2",
    ),
    "#123456",
)  # fmt: skip


def listed(script: Path) -> list[tuple[str, ...]]:
    return [match.groups() for match in PAIR.finditer(script.read_text(encoding="utf-8"))]


def test_the_page_draws_the_layers_of_the_list_in_its_order() -> None:
    layers = base_layers(COLOURS)
    first = dict.fromkeys((one.file, one.look) for one in layers if not one.detail)
    assert list(first) == listed(SCRIPTS / "base_map.js")
    close = [(one.kind, one.look) for one in layers if one.file == GROUND]
    assert close == listed(SCRIPTS / "shapes.js")


def test_maplibre_draws_every_layer_of_the_list_in_its_order(catalog: Catalog) -> None:
    made = style(catalog, "", "zh", Palette(COLOURS, "light"), {})
    ids = [one["id"] for one in made["layers"]]
    assert len(ids) == len(set(ids))
    drawn = [
        (one["source"], one.get("filter", [""])[-1])
        for one in made["layers"]
        if one["type"] in ("fill", "line") and one["source"] not in ("plan", "world")
    ]
    wanted = [
        (one.file, one.kind)
        for one in base_layers(COLOURS)
        for _ in range(1 if one.words == RELIEF else bool(one.paint.fill) + bool(one.paint.stroke))
    ]
    assert drawn == wanted
    dashed = next(one for one in made["layers"] if one["id"] == "rail-ties")
    assert dashed["paint"]["line-dasharray"] == [5.83, 5.83], "in widths of the line"


def test_maplibre_writes_the_name_of_a_county_once(catalog: Catalog) -> None:
    made = style(catalog, "", "zh", Palette(COLOURS, "light"), {})
    names = made["sources"]["county-names"]["data"]["features"]
    assert [one["properties"]["name"] for one in names] == [
        one["properties"]["name"] for one in catalog.base_features("counties")
    ]
    assert {one["geometry"]["type"] for one in names} == {"Point"}
