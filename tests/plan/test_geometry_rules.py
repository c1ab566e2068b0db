"""Rules about what a build makes, on made-up results: the build itself never breaks them."""

from dataclasses import replace
from typing import Any

import pytest
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from app.plan.locate import Site
from app.plan.models import Item, Located
from app.plan.pack import Pack
from app.plan.rules import Subject, geometry
from tests.conftest import TINY


def subject_with(id: str, located: Located, **changes: Any) -> Subject:
    """The tiny city with one item located by hand."""
    subject = Subject(Pack(TINY))
    item: Item = replace(subject.by_id[id], **changes)
    subject.__dict__["located"] = [(item, located)]
    assert isinstance(subject.site, Site)
    return subject


def placed(shape: BaseGeometry | None, radius: float | None = 100) -> Located:
    return Located(shape, radius, "site", "published")


BOW_TIE = Polygon([(10.2, 50.0), (10.3, 50.1), (10.3, 50.0), (10.2, 50.1)])
CLOCKWISE = Polygon([(10.2, 50.0), (10.2, 50.1), (10.3, 50.1), (10.3, 50.0)])


@pytest.mark.parametrize(
    ("rule", "subject"),
    [
        (geometry.geometry_is_valid, subject_with("site-drawn", placed(BOW_TIE))),
        (geometry.polygons_are_right_handed, subject_with("site-drawn", placed(CLOCKWISE))),
        (geometry.uncertainty_is_there, subject_with("site-mill", placed(Point(10.3, 50.1), None))),
        (
            geometry.county_is_touched,
            subject_with(
                "way-avenue", placed(LineString([(10.3, 50.1), (10.35, 50.1)])), place_note=""
            ),
        ),
    ],
)
def test_the_rule_finds_it(rule: Any, subject: Subject) -> None:
    (finding,) = rule(subject)
    assert finding.rule == rule.__name__


def test_a_line_over_a_bay_is_found() -> None:
    subject = Subject(Pack(TINY))
    pack = subject.pack
    bay = Polygon([(10.15, 50.0), (10.25, 50.0), (10.2, 50.15)])
    pack.__dict__["county_land"] = {
        code: land.difference(bay) for code, land in pack.county_land.items()
    }
    pack.__dict__["coast"] = LineString([(10.15, 50.0), (10.2, 50.15), (10.25, 50.0)])
    across = placed(LineString([(10.1, 50.02), (10.3, 50.02)]))
    subject.__dict__["located"] = [(replace(subject.by_id["way-out"], method="line"), across)]
    (finding,) = geometry.line_keeps_to_the_land(subject)
    assert "at sea" in finding.expected
