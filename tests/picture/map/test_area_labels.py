"""Names of areas on a picture: within their area, or led to it."""

from collections.abc import Mapping

import pytest
from shapely import union_all
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from app.picture.diagram.names import figure_names, is_band
from app.picture.map.area_labels import LEADER, Area, put_in_area, within
from app.picture.map.labels import FreeRoom, Style
from app.picture.map.names import county_names, path_names, zone_of
from app.picture.page.compose import compose
from app.picture.scene.assets import DrawingAssets
from app.picture.scene.scene import Group, Path, texts_in
from app.picture.scene.shapes import shown
from app.picture.scene.viewport import Rect
from tests.picture.conftest import MakeTask
from tests.picture.test_compose import part, rect_of

SIZES = ["16:9", "4:3", "a4", "1200x630", "480x480", "1900x480"]


def leads_to(group: Group, area: object) -> list[LineString]:
    return [
        LineString([step[1] for step in node.steps])
        for node in group.children
        if isinstance(node, Path)
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_a_county_s_name_stands_within_its_county_or_is_led_to_it(
    picture_request: MakeTask, assets: DrawingAssets, size: str, lang: str
) -> None:
    made = picture_request(f"lang={lang}", size=size)
    context = made.context(Rect(0, 0, made.page.width, made.page.height))
    lands = {p["code"]: shown(context, land) for p, land in made.base_map.features("counties")}
    names = {one.code: {one.name, one.name_en, one.short, one.short_en}
             for one in made.selection.catalog.info.counties}  # fmt: skip
    room = FreeRoom(context.viewport.rect.inset(4))
    group = county_names(
        context,
        room,
        made.base_map,
        catalog=made.selection.catalog,
        chosen=set(),
        wide=made.wide_counts(),
    )
    assert len(group.children) == len(names)
    for one in group.children:
        assert isinstance(one, Group)
        code = next(code for code, words in names.items() if one.name in words)
        boxes = union_all([rect_of(assets, text).polygon() for text in texts_in(one)])
        others = union_all([land for other, land in lands.items() if other != code])
        if not lands[code].buffer(1).contains(boxes):
            assert not others.intersects(boxes)
            [line] = leads_to(one, lands[code])
            assert line.length <= LEADER + 1e-6
            assert line.distance(lands[code]) < 1


def test_a_picture_of_everything_names_each_county_in_it(picture_request: MakeTask) -> None:
    for lang in ("zh", "en"):
        made = picture_request(f"lang={lang}")
        names = part(compose(made).root, "counties")
        assert len(names.children) == 6


def assert_on_no_other(
    assets: DrawingAssets, names: Mapping[str, Group], zones: Mapping[str, BaseGeometry]
) -> None:
    """Each name stands within its own zone, else on none and led to its own."""
    for key, one in names.items():
        box = union_all([rect_of(assets, text).polygon() for text in texts_in(one)])
        if zones[key].buffer(1).contains(box):
            continue
        assert not union_all([zone for other, zone in zones.items() if other != key]).intersects(
            box
        )
        [line] = leads_to(one, zones[key])
        assert line.length <= LEADER + 1e-6


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_zone_s_name_stands_on_no_other_zone(
    picture_request: MakeTask, assets: DrawingAssets, lang: str
) -> None:
    made = picture_request(f"all=1&lang={lang}")
    context = made.context(Rect(0, 0, 1200, 800))
    items = [item for item in made.paths if not zone_of(context, item).is_empty]
    zones = {item.id: zone_of(context, item) for item in items}
    assert len(zones) > 3
    group, nameless = path_names(context, FreeRoom(context.viewport.rect), items, {}, 13)
    assert nameless == []
    pairs = zip(items, group.children, strict=True)
    assert_on_no_other(
        assets, {item.id: one for item, one in pairs if isinstance(one, Group)}, zones
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(1200, 800), (480, 480)])
def test_a_name_in_a_figure_stands_on_no_other_zone(
    picture_request: MakeTask, assets: DrawingAssets, size: tuple[int, int], lang: str
) -> None:
    made = picture_request(f"layer=tourism-layout&lang={lang}")
    context = made.context(Rect(0, 0, *size))
    figures = made.figures(context)
    areas = {one.item.id: Polygon(one.area) for one in figures if one.area}
    zones = {one.item.id: one.item.name for one in figures if one.kind == "zone"}
    assert len(zones) == 4
    room = FreeRoom(context.viewport.rect)
    group, nameless = figure_names(context, room, figures)
    if size == (1200, 800):
        assert nameless == []
    named = [one for one in group.children if isinstance(one, Group)]
    order = sorted(figures, key=lambda one: not is_band(one))
    drawn = [one for one in order if one.item not in nameless]
    found = {
        figure.item.id: one
        for figure, one in zip(drawn, named, strict=True)
        if figure.item.id in zones
    }
    assert found
    assert_on_no_other(assets, found, areas)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_town_is_not_named_beside_its_county(picture_request: MakeTask, lang: str) -> None:
    for query in ("all=1", "layer=transport", "county=211481", "layer=tourism-layout"):
        labels = part(compose(picture_request(f"{query}&lang={lang}")).root, "labels")
        counties = list(texts_in(part(labels, "counties")))
        for town in texts_in(part(labels, "names")):
            for county in counties:
                if county.string.startswith(town.string):
                    assert max(abs(county.x - town.x) / 110, abs(county.y - town.y) / 70) > 0.85


def test_an_area_outside_the_window_has_no_name(picture_request: MakeTask) -> None:
    made = picture_request("layer=tourism-layout")
    context = made.context(Rect(0, 0, 1200, 800))
    far = Rect(-500, -500, 100, 100).polygon()
    style = Style(12, "ink")
    room = FreeRoom(context.viewport.rect)
    area = Area(far, union_all([]), (0, 0))
    assert put_in_area(context, room, [[("远", style)]], area) is None
    assert within(room, area, (20, 12)) is None
