"""Lines on one course stand side by side, as on the page."""

import json

import pytest
from shapely.geometry import LineString

from app.faces.picture.beside import moved_aside, shifts, slots_of
from app.faces.picture.compose import compose
from app.faces.picture.frame import Rect
from app.faces.picture.names import places_of
from app.faces.picture.plan import draw_lines, item_line
from app.faces.picture.scene import Group, Path
from app.settings import ROOT
from tests.faces.picture.conftest import Features, MakeTask, TinyTask

CASES = json.loads((ROOT / "tests/js/beside_cases.json").read_text(encoding="utf-8"))["cases"]
RECT = Rect(0, 0, 800, 500)
COURSE = [[10.1 + n / 50, 50.1] for n in range(6)]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_slots_are_given_out_as_on_the_page(case: dict) -> None:  # type: ignore[type-arg]
    courses = [
        (one["id"], [[tuple(position) for position in line] for line in one["lines"]])
        for one in case["courses"]
    ]
    assert slots_of(courses) == case["slots"]


def test_a_line_is_moved_to_one_side_whichever_way_it_runs() -> None:
    line = LineString([(0, 0), (100, 0), (200, 0)])
    assert list(moved_aside(line, 5).coords) == [(0, 5), (200, 5)]
    assert {y for _, y in moved_aside(line.reverse(), 5).coords} == {5}
    assert {y for _, y in moved_aside(line, -5).coords} == {-5}


def test_at_a_corner_the_distance_stays_and_a_line_of_one_place_is_left_alone() -> None:
    bent = LineString([(0, 0), (100, 0), (100, 100)])
    assert list(moved_aside(bent, 5).coords) == [(0, 5), (95, 5), (95, 100)]
    still = LineString([(1, 1), (1, 1)])
    assert moved_aside(still, 5).equals_exact(still)


def test_many_lines_stand_closer_and_from_afar_on_each_other() -> None:
    few = {str(n): n % 2 for n in range(16)}
    many = {str(n): n % 2 for n in range(17)}
    assert set(shifts(few, 8).values()) == {5.0}
    assert set(shifts(many, 10.5).values()) == {3.0}
    assert shifts(many, 10.4) == {}


def two_lines(features: Features, **properties: object) -> list:  # type: ignore[type-arg]
    geometry = {"type": "LineString", "coordinates": COURSE}
    return [features(id, geometry, **properties) for id in ("one", "two")]


def test_two_lines_on_one_course_are_drawn_beside_each_other(
    tiny_task: TinyTask, feature: Features
) -> None:
    made = tiny_task(two_lines(feature))
    sheet = made.sheet(RECT)
    first, second = (item_line(sheet, item) for item in made.items)
    assert second.distance(first) == pytest.approx(5)
    assert second.bounds[1] > first.bounds[3]


def test_a_name_follows_its_moved_line(tiny_task: TinyTask, feature: Features) -> None:
    made = tiny_task(two_lines(feature))
    sheet = made.sheet(RECT)
    first, second = (next(iter(places_of(sheet, item))) for item in made.items)
    assert second[1] - first[1] == pytest.approx(5)


def test_a_line_alone_keeps_its_course(tiny_task: TinyTask, feature: Features) -> None:
    one, two = two_lines(feature)
    alone, both = tiny_task([two]), tiny_task([one, two])
    assert item_line(alone.sheet(RECT), alone.items[0]).equals(
        item_line(both.sheet(RECT), both.items[0])
    )


def test_only_the_line_on_the_course_has_a_band(tiny_task: TinyTask, feature: Features) -> None:
    made = tiny_task(two_lines(feature, precision="schematic"))
    drawn = draw_lines(made.sheet(RECT), made.items)
    counts = [len(own.children) for own in drawn.children if isinstance(own, Group)]
    assert counts == [2, 1]
    lines = [own.children[-1] for own in drawn.children if isinstance(own, Group)]
    assert all(isinstance(line, Path) and line.name and line.link for line in lines)


def test_no_line_of_a_real_view_lies_on_another(task: MakeTask) -> None:
    made = task("layer=transport&county=211422")
    sheet = made.sheet(Rect(0, 0, 1000, 700))
    assert 1 < len(made.slots) <= 16
    lines = {item.id: item_line(sheet, item) for item in made.paths if item.id in made.slots}
    for one in sheet.aside:
        for other in made.slots:
            if one != other and not (lines[one].is_empty or lines[other].is_empty):
                shared = lines[one].intersection(lines[other].buffer(0.5)).length
                assert shared < 0.5 * lines[one].length, (one, other)
    assert compose(made)
