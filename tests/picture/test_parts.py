"""The parts of a picture: clusters, columns, labels, arcs, arrows."""

import pytest
from shapely.geometry import box

from app.picture.map.labels import FreeRoom, two_lines
from app.picture.map.points import Spot, arc, cluster_spots, push_all_apart, runs
from app.picture.page.layout import lay_out
from app.picture.page.map_elements import dark_runs, round_length, words_of
from app.picture.page.panel import PanelRow, flow, least_height
from app.picture.scene.scene import box_of, circle, polyline, rectangle
from app.picture.scene.shapes import hatch, slim
from app.picture.scene.viewport import Rect
from app.selection.picture_options import PictureOptions, page_of


def spot(x: float, y: float) -> Spot:
    return Spot([], x, y, [(x, y)])


def rows(count: int, height: float = 20) -> list[PanelRow]:
    return [PanelRow(str(n), height, lambda x, y, width: []) for n in range(count)]


def test_near_points_join_and_far_ones_do_not() -> None:
    found = cluster_spots([spot(0, 0), spot(10, 0), spot(300, 0)], 27)
    assert [len(one.at) for one in found] == [2, 1]
    assert found[0].x == pytest.approx(5)


def test_clusters_that_grow_into_each_other_join_too() -> None:
    found = cluster_spots([spot(n * 24, 0) for n in range(12)], 27)
    assert sum(len(one.at) for one in found) == 12
    for a in found:
        for b in found:
            assert a is b or abs(a.x - b.x) >= 27


def test_symbols_on_one_place_are_moved_apart_and_stay_on_the_map() -> None:
    moved = push_all_apart([spot(20, 20) for _ in range(4)], Rect(0, 0, 400, 300))
    for i, a in enumerate(moved):
        assert 0 <= a.x <= 400
        assert 0 <= a.y <= 300
        for b in moved[i + 1 :]:
            assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 > 25**2


def test_numbers_are_said_as_runs() -> None:
    assert runs([4]) == "4"
    assert runs([7, 5, 6]) == "5–7"
    assert runs([1, 5, 6, 7]) == "5–7+"


def test_rows_flow_into_columns_and_a_heading_is_never_last() -> None:
    placed = flow(rows(10), 2, 100)
    assert placed is not None
    assert [one.column for one in placed] == [0] * 5 + [1] * 5
    head = PanelRow("head", 20, lambda x, y, width: [], head=True)
    placed = flow([*rows(4), head, *rows(2)], 2, 100)
    assert placed is not None
    assert [one.column for one in placed] == [0] * 4 + [1] * 3
    assert flow(rows(11), 2, 100) is None


def test_columns_under_a_map_end_together() -> None:
    height = least_height(rows(9), 3, 500)
    assert height is not None
    assert 60 <= height < 80
    assert least_height(rows(100), 1, 500) is None


@pytest.mark.parametrize("size", ["16:9", "a4", "a3-landscape", "1200x630"])
def test_map_and_panel_share_the_page(size: str) -> None:
    page = page_of(PictureOptions(size=size), "")
    layout = lay_out(page, rows(12), 30, 270, qr=True)
    assert layout is not None
    whole = Rect(0, 0, page.width, page.height)
    assert whole.holds(layout.map)
    assert whole.holds(layout.panel)
    assert not layout.map.meets(layout.panel)
    assert layout.map.width * layout.map.height > 0.3 * page.width * page.height


def test_a_label_takes_its_room_once() -> None:
    room = FreeRoom(Rect(0, 0, 100, 100))
    box_ = Rect(10, 10, 30, 10)
    assert room.free(box_)
    room.reserve(box_)
    assert not room.free(Rect(20, 15, 30, 10))
    assert not room.free(Rect(80, 80, 30, 10))


def test_long_names_break_where_a_reader_would() -> None:
    assert two_lines("Huludao Economic Development Zone") == [
        "Huludao Economic",
        "Development Zone",
    ]
    assert two_lines("Shenyang–Shanhaiguan") == ["Shenyang–", "Shanhaiguan"]
    assert two_lines("Yangjiazhangzi") == ["Yangjiazhangzi"]
    assert two_lines("葫芦岛经济开发区（北港工业区）") == ["葫芦岛经济开发区", "（北港工业区）"]


def test_a_line_is_broken_between_words_or_chinese_signs() -> None:
    assert words_of("地图 OpenStreetMap data。") == ["地", "图", " ", "OpenStreetMap ", "data。"]


def test_scale_bars_have_round_lengths() -> None:
    assert [round_length(most) for most in (0.2, 1, 7, 23_000, 99)] == [1, 1, 5, 20_000, 50]


def test_arcs_and_circles_close() -> None:
    whole = arc(0, 0, 10, 0, 6.283185307)
    assert whole[-1][1][-2:] == pytest.approx((10, 0), abs=1e-5)
    assert box_of(circle(5, 5, 3)) == pytest.approx((2, 2, 8, 8))
    assert rectangle(0, 0, 2, 1)[-1] == ("Z", ())
    assert polyline([(0, 0), (1, 0), (0, 0)], closed=True) == [
        ("M", (0, 0)), ("L", (1, 0)), ("Z", ()),
    ]  # fmt: skip


def test_a_hatch_stays_in_its_area_and_meets_its_neighbours() -> None:
    left, right = hatch(box(0, 0, 50, 40)), hatch(box(50, 0, 100, 40))
    assert box(0, 0, 50, 40).buffer(1e-6).contains(left)
    ends = {round(y, 6) for line in left.geoms for x, y in line.coords if abs(x - 50) < 1e-6}
    starts = {round(y, 6) for line in right.geoms for x, y in line.coords if abs(x - 50) < 1e-6}
    assert ends == starts


def test_shapes_are_simplified_no_more_than_needed() -> None:
    ring = box(0, 0, 100, 100).buffer(30, quad_segs=200)
    assert slim(ring, 5000) is ring
    assert len(slim(ring, 60).exterior.coords) <= 60


def test_dark_modules_are_gathered() -> None:
    assert dark_runs([1, 1, 0, 1, 0, 0, 1]) == [(0, 2), (3, 1), (6, 1)]
