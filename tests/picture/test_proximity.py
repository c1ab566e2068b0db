"""Near a place: its mark and name, the ring of the neighbours, the part of the map both need."""

import math

import pytest

from app.picture.map.proximity import PLACE_KM, draw_ring
from app.picture.page.compose import compose
from app.picture.scene.scene import Path, box_of
from app.picture.scene.viewport import METRES_PER_DEGREE, Rect
from app.view.view import ViewPlace
from tests.picture.conftest import Features, MakeTask, TinyTask
from tests.picture.test_compose import part, paths, words

RECT = Rect(0, 0, 900, 600)
EAST = ViewPlace("东镇", (10.3, 50.1), "East Town")
MILL = {"type": "Point", "coordinates": [10.3, 50.1]}
STORE = {"type": "Point", "coordinates": [10.31, 50.11]}


def test_the_ring_is_as_wide_as_asked_and_all_of_it_is_on_the_map(
    tiny_task: TinyTask, feature: Features
) -> None:
    made = tiny_task([feature("store", STORE)], place=EAST, near=3.0)
    context = made.context(RECT)
    assert made.centre is not None
    (ring,) = draw_ring(context, made.centre).children
    assert isinstance(ring, Path)
    assert ring.paint.dash
    left, top, right, bottom = box_of(ring.steps)
    assert RECT.holds(Rect(left, top, right - left, bottom - top))
    metres = context.viewport.scale / (METRES_PER_DEGREE * math.cos(math.radians(50.1)))
    assert (right - left) / 2 == pytest.approx(3000 * metres)
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx(
        context.viewport.place(10.3, 50.1)
    )


def test_the_place_has_a_mark_and_its_name_in_the_language_of_the_view(
    tiny_task: TinyTask, feature: Features
) -> None:
    for lang, name in (("", "东镇"), ("en", "East Town")):
        scene = compose(tiny_task([feature("store", STORE)], place=EAST, near=3.0, lang=lang))
        (mark,) = paths(part(scene.root, name))
        assert mark.paint.fill
        assert mark.paint.stroke
        assert name in words(scene)


def test_a_place_without_neighbours_asked_is_shown_without_a_ring(
    tiny_task: TinyTask, feature: Features
) -> None:
    made = tiny_task([feature("store", STORE)], place=EAST)
    assert made.centre is not None
    assert not draw_ring(made.context(RECT), made.centre).children
    south, north = made.centre.box[1], made.centre.box[3]
    assert (north - south) * METRES_PER_DEGREE == pytest.approx(2 * PLACE_KM * 1000, rel=0.01)


def test_near_an_item_in_hand_the_ring_is_about_it(tiny_task: TinyTask, feature: Features) -> None:
    here, there = feature("mill", MILL), feature("store", STORE)
    made = tiny_task([here, there], focus="mill", near=3.0)
    assert made.centre is not None
    assert made.centre.position == (10.3, 50.1)
    assert not made.centre.marked  # its own symbol is there
    gone = tiny_task([there], focus="site-mill", near=3.0)  # as the store finds neighbours
    assert gone.centre is not None
    assert gone.centre.marked


def test_near_an_item_that_is_no_point_there_is_no_ring(
    tiny_task: TinyTask, feature: Features
) -> None:
    line = {"type": "LineString", "coordinates": [[10.1, 50.1], [10.3, 50.1]]}
    made = tiny_task([feature("way", line)], focus="way", near=3.0)
    assert made.centre is None
    assert compose(made)


def test_no_symbol_covers_the_mark(tiny_task: TinyTask, feature: Features) -> None:
    made = tiny_task([feature("mill", MILL)], place=EAST, near=3.0)
    scene = compose(made)
    symbol = box_of(next(paths(part(part(scene.root, "points"), "mill"))).steps)
    mark = box_of(next(paths(part(scene.root, "东镇"))).steps)
    gap = math.dist(((symbol[0] + symbol[2]) / 2, (symbol[1] + symbol[3]) / 2),
                    ((mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2))  # fmt: skip
    assert gap > (symbol[2] - symbol[0]) / 2 + (mark[2] - mark[0]) / 2


def test_a_box_goes_before_the_ring_which_is_cut_at_its_edge(
    tiny_task: TinyTask, feature: Features
) -> None:
    store = [feature("store", STORE)]
    made = tiny_task(store, place=EAST, near=3.0, bbox=(10.25, 50.05, 10.3, 50.1))
    assert made.area == (10.25, 50.05, 10.3, 50.1)
    assert made.centre is not None
    for path in draw_ring(made.context(RECT), made.centre).children:
        assert isinstance(path, Path)
        left, top, right, bottom = box_of(path.steps)
        assert RECT.holds(Rect(left, top, right - left, bottom - top))


def test_a_view_near_nothing_is_framed_as_before(picture_request: MakeTask) -> None:
    made = picture_request("county=211421&focus=park-dongdaihe")
    assert made.centre is None
    west, south, east, north = made.area
    assert made.selection.catalog.county_land["211421"].bounds == (west, south, east, north)
