"""Rules about what a build makes, on made-up results: the build itself never breaks them."""

from dataclasses import replace
from typing import Any

import pytest
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from app.domain.models import Item, Located
from app.locate import LocateContext
from app.pack.pack import Pack
from app.rules import CheckContext
from app.rules.positions import geometry
from tests.conftest import TINY


def subject_with(id: str, located: Located, **changes: Any) -> CheckContext:
    """The tiny city with one item located by hand."""
    context = CheckContext(Pack(TINY))
    item: Item = replace(context.by_id[id], **changes)
    context.__dict__["located"] = [(item, located)]
    assert isinstance(context.locate_context, LocateContext)
    return context


def placed(shape: BaseGeometry | None, radius: float | None = 100) -> Located:
    return Located(shape, radius, "site", "published")


BOW_TIE = Polygon([(10.2, 50.0), (10.3, 50.1), (10.3, 50.0), (10.2, 50.1)])
CLOCKWISE = Polygon([(10.2, 50.0), (10.2, 50.1), (10.3, 50.1), (10.3, 50.0)])


@pytest.mark.parametrize(
    ("rule", "context"),
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
def test_the_rule_finds_it(rule: Any, context: CheckContext) -> None:
    (finding,) = rule(context)
    assert finding.rule == rule.__name__


def test_a_line_over_a_bay_is_found() -> None:
    context = CheckContext(Pack(TINY))
    pack = context.pack
    bay = Polygon([(10.15, 50.0), (10.25, 50.0), (10.2, 50.15)])
    pack.__dict__["county_land"] = {
        code: land.difference(bay) for code, land in pack.county_land.items()
    }
    pack.__dict__["coast"] = LineString([(10.15, 50.0), (10.2, 50.15), (10.25, 50.0)])
    across = placed(LineString([(10.1, 50.02), (10.3, 50.02)]))
    context.__dict__["located"] = [(replace(context.by_id["way-out"], method="line"), across)]
    (finding,) = geometry.line_keeps_to_the_land(context)
    assert "at sea" in finding.expected
