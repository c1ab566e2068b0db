"""The plan's own diagram of its structure on a picture, as on the page."""

import io
import math
import re
from collections import Counter
from itertools import combinations

import pytest
from pptx import Presentation
from shapely.geometry import LineString

from app.build.curve import middle, sampled, smooth
from app.build.diagram import KINDS
from app.picture.diagram.drawing import DOT, head
from app.picture.diagram.structure_diagram import BADGES
from app.picture.formats import render_pptx
from app.picture.map.declutter import shift_spots
from app.picture.map.map_drawing import MapDrawing
from app.picture.map.points import Spot
from app.picture.page.compose import compose
from app.picture.page.legend import LegendContent, certainty_counts, legend_rows
from app.picture.request import PictureRequest
from app.picture.scene.phrases import phrase
from app.picture.scene.scene import Group, Scene, Text, box_of, texts_in, turned_box
from app.picture.scene.viewport import Rect
from tests.picture.conftest import Features, MakeTask, Select, TinyTask
from tests.picture.test_compose import PAGES, find, part, paths, rect_of, words

RECT = Rect(0, 0, 900, 600)
WEST, EAST = [10.1, 50.1], [10.3, 50.1]
STRUCTURE = "layer=urban-structure"
STRUCTURE_KINDS = KINDS[: KINDS.index("zone")]
"""What the plan draws its towns with; the other figures have kinds of their own."""


def drawn(features: Features) -> list:  # type: ignore[type-arg]
    """One item of every kind, about two towns."""
    point = {"type": "Point", "coordinates": EAST}
    line = {"type": "LineString", "coordinates": [WEST, [10.2, 50.13], EAST]}
    far = {"type": "LineString", "coordinates": [[10.12, 50.02], EAST]}
    return [
        features("core", {"type": "MultiPoint", "coordinates": [EAST, [10.33, 50.12]]}, "core"),
        features("subcore", {"type": "Point", "coordinates": WEST}, "subcore"),
        features("belt", line, "belt"),
        features("axis", far, "axis"),
        features("centre", {"type": "Point", "coordinates": [10.2, 50.05]}, "centre"),
        features("bay", {"type": "LineString", "coordinates": [[10.2, 50.01], [10.35, 50.01]]},
                 "bay"),
        features("cluster", {"type": "Point", "coordinates": [10.25, 50.17]}, "cluster"),
        features("works", point),
    ]  # fmt: skip


@pytest.fixture
def made(tiny_task: TinyTask, feature: Features) -> PictureRequest:
    return tiny_task(drawn(feature), layer=("sites",))


def shapes_of(scene: Scene, name: str) -> list[Group]:
    """The groups of an item on the map that hold shapes."""
    on_map = part(scene.root, "map")
    return [group for group in find(on_map, name) if any(True for _ in paths(group))]


def test_a_layer_looked_at_alone_is_drawn_as_the_diagram(made: PictureRequest) -> None:
    assert [item.id for item in made.diagram] == list(STRUCTURE_KINDS)
    assert [item.id for item in made.plain] == ["works"]


def test_among_other_layers_only_the_item_in_hand_is(
    tiny_task: TinyTask, feature: Features
) -> None:
    features = drawn(feature)
    assert not tiny_task(features).diagram
    assert not tiny_task(features, layer=("sites", "ways")).diagram
    held = tiny_task(features, layer=("sites", "ways"), focus="belt")
    assert [item.id for item in held.diagram] == ["belt"]


def test_a_core_is_three_rings_and_its_places_are_held_together(made: PictureRequest) -> None:
    (group,) = shapes_of(compose(made), "core")
    beads, *rings = paths(group)
    widths = [round(box_of(ring.steps)[2] - box_of(ring.steps)[0]) for ring in rings]
    assert widths == [42, 26, 8, 42, 26, 8]
    assert not beads.paint.fill
    assert beads.paint.width == DOT
    starts = [point for op, point in beads.steps if op == "M"]
    assert math.dist(*starts[:2]) == pytest.approx(9)
    assert all(ring.name == "core" and ring.link for ring in rings)


def test_a_small_ring_stands_above_the_core_it_is_near_to(picture_request: MakeTask) -> None:
    made = picture_request(STRUCTURE)
    (order,) = (
        [group.name for group in rings.children if isinstance(group, Group)]
        for rings in find(part(compose(made).root, "map"), phrase("diagram", "zh"))
        if any(group.name == "玉皇服务中心" for group in rings.children)
    )
    assert order.index("一主：葫芦岛中心城区和兴城城区") < order.index("玉皇服务中心")


def test_bands_are_as_broad_as_on_the_page_and_are_seen_through(made: PictureRequest) -> None:
    scene = compose(made)
    bay = next(paths(shapes_of(scene, "bay")[0]))
    _, top, _, bottom = box_of(bay.steps)
    assert bottom - top == pytest.approx(20, abs=0.5)
    assert bay.paint.fill_opacity == 0.3
    belt, middle_line = paths(shapes_of(scene, "belt")[0])
    assert belt.paint.fill_opacity == 0.2
    assert middle_line.paint.dash


def test_an_axis_points_away_from_the_core_it_is_nearest_to(made: PictureRequest) -> None:
    context = made.context(RECT)
    (axis,) = (one for one in made.figures(context) if one.kind == "axis")
    assert axis.line[0] == pytest.approx(context.viewport.place(*EAST))
    band = next(paths(shapes_of(compose(made), "axis")[0]))
    assert band.paint.fill_opacity == 0.42


def test_the_core_of_an_axis_may_lie_outside_the_view(picture_request: MakeTask) -> None:
    made = picture_request("focus=axis-suizhong-jianchang&layer=urban-structure&county=211422")
    context = made.context(RECT)
    (axis,) = (
        one for one in made.figures(context) if one.item.id == "axis-suizhong-jianchang"
    )  # fmt: skip
    assert axis.line[0][1] > axis.line[-1][1]  # from the coast inland


def test_every_name_of_the_diagram_stands_on_the_map_along_its_band(made: PictureRequest) -> None:
    labels = part(compose(made).root, "labels")
    found = {text.string: text for text in texts_in(labels)}
    assert {"belt", "axis", "core", "subcore", "cluster", "centre"} <= set(found)
    assert found["axis"].turn != 0
    assert abs(found["axis"].turn) <= 90
    assert found["core"].turn == 0


def test_a_name_too_long_for_its_band_stands_straight(
    tiny_task: TinyTask, feature: Features
) -> None:
    line = {"type": "LineString", "coordinates": [[10.2, 50.1], [10.203, 50.103]]}
    scene = compose(
        tiny_task([feature("一条很短的轴有很长的名字", line, "axis")], layer=("sites",))
    )
    names = texts_in(part(scene.root, "labels"))
    assert [text.turn for text in names if text.string.startswith("一条")] == [0]


def test_a_symbol_steps_aside_of_a_ring(made: PictureRequest) -> None:
    scene = compose(made)
    symbol = box_of(next(paths(part(part(scene.root, "points"), "works"))).steps)
    x, y = (symbol[0] + symbol[2]) / 2, (symbol[1] + symbol[3]) / 2
    (group,) = shapes_of(scene, "core")
    ring = box_of(list(paths(group))[1].steps)
    assert math.dist((x, y), ((ring[0] + ring[2]) / 2, (ring[1] + ring[3]) / 2)) > 21 + 12


def test_a_symbol_between_two_rings_covers_neither() -> None:
    rings = [((100.0, 100.0), 21.0), ((150.0, 100.0), 21.0)]
    (spot,) = shift_spots([Spot([], 125, 101)], rings, RECT)
    assert all(math.dist((spot.x, spot.y), at) > radius + 13.4 for at, radius in rings)
    far = Spot([], 300, 300)
    assert shift_spots([far], rings, RECT) == [far]


@pytest.mark.parametrize(("size", "dpi"), PAGES)
def test_no_part_of_the_diagram_leaves_its_map(
    picture_request: MakeTask, size: str, dpi: str
) -> None:
    made = picture_request(f"{STRUCTURE}&bbox=120.7,40.6,120.9,40.8", size=size, dpi=dpi)
    scene = compose(made)
    viewport = box_of(next(path for path in paths(scene.root) if path.name == "frame").steps)
    edge = Rect(
        viewport[0] - 2,
        viewport[1] - 2,
        viewport[2] - viewport[0] + 4,
        viewport[3] - viewport[1] + 4,
    )
    for group in find(part(scene.root, "map"), phrase("diagram", "zh")):
        for path in paths(group):
            left, top, right, bottom = box_of(path.steps)
            assert edge.holds(Rect(left, top, right - left, bottom - top)), path.name
        for text in texts_in(group):
            half = made.assets.font(text.bold).width(text.string, text.size) / 2
            around = -half, -text.size * 0.9, half, text.size * 0.1
            if text.anchor == "middle":
                left, top, right, bottom = turned_box(around, (0, 0), text.turn)
                assert edge.holds(Rect(text.x + left, text.y + top, right - left, bottom - top))


def test_the_item_in_hand_is_stronger(tiny_task: TinyTask, feature: Features) -> None:
    scene = compose(tiny_task(drawn(feature), layer=("sites",), focus="belt"))
    assert next(paths(shapes_of(scene, "belt")[0])).paint.fill_opacity == 0.34


def test_the_legend_explains_the_kinds_and_nothing_that_is_not_drawn(made: PictureRequest) -> None:
    found = words(compose(made))
    for kind in STRUCTURE_KINDS:
        assert phrase(f"diagram.{kind}", "zh") in found
    assert phrase("route", "zh") not in found


def test_the_real_structure_is_never_numbered_or_joined(picture_request: MakeTask) -> None:
    made = picture_request(STRUCTURE)
    scene = compose(made)
    assert Counter(item.diagram for item in made.diagram) == {
        "core": 1, "subcore": 1, "belt": 1, "axis": 3, "centre": 2, "bay": 2, "cluster": 12,
    }  # fmt: skip
    for item in made.diagram:
        assert shapes_of(scene, item.name), item.name
        assert not list(find(part(scene.root, "points"), item.name))
    labels = {text.string: text for text in texts_in(part(scene.root, "labels"))}
    for item in made.diagram:
        if item.diagram in ("core", "subcore", "belt", "axis"):
            assert item.name in labels
    assert sum(bool(text.turn) for text in labels.values()) >= 4


def test_what_the_diagram_shows_is_not_told_as_an_ordinary_line(picture_request: MakeTask) -> None:
    made = picture_request(STRUCTURE)
    context = made.context(RECT)
    rows = legend_rows(context, shown_of(made))
    assert {phrase(f"diagram.{kind}", "zh") for kind in STRUCTURE_KINDS} <= {
        row.name for row in rows
    }
    plain = [item for item in made.items if not item.diagram and item.certainty == "schematic"]
    assert certainty_counts(shown_of(made))["schematic"] == len(plain) < len(made.diagram)


def shown_of(made: PictureRequest) -> LegendContent:
    return LegendContent(items=made.items, clusters=[], beyond=0, status_title=made.status_title)


def test_names_turned_or_not_keep_clear_of_each_other(picture_request: MakeTask) -> None:
    made = picture_request(STRUCTURE)
    drawing = MapDrawing(made, made.context(Rect(0, 0, 1000, 720)))
    before = len(drawing.room.taken)
    drawing.name_diagram()
    taken = drawing.room.taken[before:]
    assert len(taken) > 40  # a box for each letter along a band
    assert all(drawing.room.edge.holds(box) for box in taken)


def test_no_name_lies_on_the_head_of_an_arrow(picture_request: MakeTask) -> None:
    made = picture_request("layer=urban-structure&category=axis")
    drawing = MapDrawing(made, made.context(Rect(0, 0, 1250, 730)), [])
    drawing.name_diagram()
    drawing.name_counties()
    drawing.name_base_map(["town"])
    heads = [head(one.line, one.scale) for one in drawing.figures if one.kind == "axis"]
    assert len(heads) == 3
    names = [text for text in texts_in(drawing.labels) if not text.turn]
    assert len(names) > 6
    for text in names:
        rect = rect_of(made.assets, text)
        assert not any(rect.inset(1).polygon().intersects(one) for one in heads), text.string


def test_a_slide_has_the_diagram_as_named_linked_shapes_and_turned_text(select: Select) -> None:
    body = render_pptx(select(STRUCTURE, size="a3-landscape"))
    slide = Presentation(io.BytesIO(body)).slides[0]
    xml = slide.part.blob.decode()
    assert re.search(r'name="一带：滨海城镇发展带"[^>]*><a:hlinkClick', xml)
    turns = [int(turn) / 60_000 for turn in re.findall(r'<a:xfrm rot="(\d+)"', xml)]
    assert len(turns) >= 4
    assert all(turn < 90 or turn > 270 for turn in turns)
    assert render_pptx(select(STRUCTURE, size="a3-landscape")) == body
    for shape in re.findall(r"<a:path .*?</a:path>", xml):
        figures = shape.count("<a:moveTo>")
        assert shape.count("<a:pt ") <= 300 or figures > 20  # a hatch


def test_a_curve_goes_through_its_points_with_few_bends() -> None:
    line = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]
    assert sampled(line, 3) == [(0, 0), (10, 0), (10, 10)]
    assert sampled([(1.0, 1.0), (1.0, 1.0)], 2) == [(1, 1), (1, 1)]
    curve = smooth(line)
    assert set(line) <= set(curve)
    assert LineString(curve).length < 21
    between = middle([[(0.0, 0.0), (8.0, 0.0)], [(8.0, 4.0), (0.0, 4.0)]])
    assert between == [(0, 2), (2, 2), (4, 2), (6, 2), (8, 2)]


def test_a_turned_text_is_written_about_its_place(made: PictureRequest) -> None:
    texts = [text for text in texts_in(compose(made).root) if text.turn]
    assert all(isinstance(text, Text) and text.anchor == "middle" for text in texts)


def test_no_badge_lies_on_another(picture_request: MakeTask) -> None:
    for query in ("layer=tourism-routes", "layer=agri-layout"):
        made = picture_request(query)
        found = [
            (spot, figure.radii[0])
            for figure in made.figures(made.context(Rect(0, 0, 400, 300)))
            if figure.kind in BADGES
            for spot in figure.spots
        ]
        assert len(found) > 10
        for (a, r), (b, s) in combinations(found, 2):
            assert math.dist(a, b) > r + s - 0.5
