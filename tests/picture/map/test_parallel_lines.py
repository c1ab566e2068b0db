"""Lines on one course stand side by side, as on the page."""

import json

import pytest
from shapely.geometry import LineString

from app.picture.map.labels import positions_along
from app.picture.map.parallel_lines import parallel_offset, parallel_slots, slot_offsets
from app.picture.map.paths import draw_lines, item_line
from app.picture.page.compose import compose
from app.picture.scene.scene import Group, Path
from app.picture.scene.viewport import Rect
from app.settings import ROOT
from tests.picture.conftest import Features, MakeTask, TinyTask

CASES = json.loads((ROOT / "tests/shared/parallel_lines_cases.json").read_text(encoding="utf-8"))[
    "cases"
]
RECT = Rect(0, 0, 800, 500)
COURSE = [[10.1 + n / 50, 50.1] for n in range(6)]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_slots_are_given_out_as_on_the_page(case: dict) -> None:  # type: ignore[type-arg]
    courses = [
        (one["id"], [[tuple(position) for position in line] for line in one["lines"]])
        for one in case["courses"]
    ]
    assert parallel_slots(courses) == case["slots"]


def test_a_line_is_moved_to_one_side_whichever_way_it_runs() -> None:
    line = LineString([(0, 0), (100, 0), (200, 0)])
    assert list(parallel_offset(line, 5).coords) == [(0, 5), (200, 5)]
    assert {y for _, y in parallel_offset(line.reverse(), 5).coords} == {5}
    assert {y for _, y in parallel_offset(line, -5).coords} == {-5}


def test_at_a_corner_the_distance_stays_and_a_line_of_one_place_is_left_alone() -> None:
    bent = LineString([(0, 0), (100, 0), (100, 100)])
    assert list(parallel_offset(bent, 5).coords) == [(0, 5), (95, 5), (95, 100)]
    still = LineString([(1, 1), (1, 1)])
    assert parallel_offset(still, 5).equals_exact(still)


def test_many_lines_stand_closer_and_from_afar_on_each_other() -> None:
    few = {str(n): n % 2 for n in range(16)}
    many = {str(n): n % 2 for n in range(17)}
    assert set(slot_offsets(few, 8).values()) == {5.0}
    assert set(slot_offsets(many, 10.5).values()) == {3.0}
    assert slot_offsets(many, 10.4) == {}


def two_lines(features: Features, **properties: object) -> list:  # type: ignore[type-arg]
    geometry = {"type": "LineString", "coordinates": COURSE}
    return [features(id, geometry, **properties) for id in ("one", "two")]


def test_two_lines_on_one_course_are_drawn_beside_each_other(
    tiny_task: TinyTask, feature: Features
) -> None:
    made = tiny_task(two_lines(feature))
    context = made.context(RECT)
    first, second = (item_line(context, item) for item in made.items)
    assert second.distance(first) == pytest.approx(5)
    assert second.bounds[1] > first.bounds[3]


def test_a_name_follows_its_moved_line(tiny_task: TinyTask, feature: Features) -> None:
    made = tiny_task(two_lines(feature))
    context = made.context(RECT)
    first, second = (
        next(iter(positions_along(item_line(context, item), 12))) for item in made.items
    )
    assert second[1] - first[1] == pytest.approx(5)


def test_a_line_alone_keeps_its_course(tiny_task: TinyTask, feature: Features) -> None:
    one, two = two_lines(feature)
    alone, both = tiny_task([two]), tiny_task([one, two])
    assert item_line(alone.context(RECT), alone.items[0]).equals(
        item_line(both.context(RECT), both.items[0])
    )


def test_only_the_line_on_the_course_has_a_band(tiny_task: TinyTask, feature: Features) -> None:
    made = tiny_task(two_lines(feature, precision="schematic"))
    drawn = draw_lines(made.context(RECT), made.items)
    counts = [len(own.children) for own in drawn.children if isinstance(own, Group)]
    assert counts == [2, 1]
    lines = [own.children[-1] for own in drawn.children if isinstance(own, Group)]
    assert all(isinstance(line, Path) and line.name and line.link for line in lines)


def test_no_line_of_a_real_view_lies_on_another(picture_request: MakeTask) -> None:
    made = picture_request("layer=transport&county=211422")
    context = made.context(Rect(0, 0, 1000, 700))
    assert 1 < len(made.slots) <= 16
    lines = {item.id: item_line(context, item) for item in made.paths if item.id in made.slots}
    for one in context.offsets:
        for other in made.slots:
            if one != other and not (lines[one].is_empty or lines[other].is_empty):
                shared = lines[one].intersection(lines[other].buffer(0.5)).length
                assert shared < 0.5 * lines[one].length, (one, other)
    assert compose(made)
