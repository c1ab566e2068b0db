"""Where an item can be: not at sea, not in another county than the plan names."""

from pathlib import Path
from typing import Any

import pytest
from shapely import Point
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.build.build import build, write
from app.build.uncertainty_area import UncertaintyAreas
from app.locate.geometry import union
from app.pack.pack import Pack
from tests.edit_pack import change

SHORE = 0.01
"""Degrees: more than the shore strip, less than anything else here."""


def area_of(tiny: Path, **cells: str) -> tuple[Pack, BaseGeometry | None]:
    """The area of the mill after a change of its row."""
    change(tiny, "sites", "site-mill", **cells)
    pack = Pack(tiny)
    write(build(pack))
    mill = next(one for one in pack.features if one["id"] == "site-mill")
    return pack, UncertaintyAreas(pack).of(mill)


def test_a_circle_inside_its_county_is_left_alone(tiny: Path) -> None:
    assert area_of(tiny)[1] is None


def test_a_circle_is_cut_at_the_county_the_plan_names(tiny: Path) -> None:
    """北村 ±9 km reaches beyond the north edge of 东县 and into 西县."""
    pack, area = area_of(tiny, places="北村", method="near")
    assert area is not None
    assert area.is_valid
    assert area.covers(Point(10.3, 50.15))
    assert pack.county_land["900001"].buffer(SHORE).covers(area)
    assert area.bounds[3] < 50.2 + SHORE < 50.15 + 9000 / 111_000


def test_where_the_county_is_only_inferred_the_circle_may_reach_the_next(tiny: Path) -> None:
    named = area_of(tiny, places="东镇", method="near")[1]
    assert named is None
    plan = tiny / "geodata" / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(f"{text}\n[reach_m]\ntownship = 8000\n", encoding="utf-8")
    pack, named = area_of(tiny)
    _, inferred = area_of(tiny, county_basis="inferred")
    assert named is not None
    assert inferred is not None
    west = pack.county_land["900002"].buffer(-SHORE)
    assert named.intersection(west).is_empty
    assert not inferred.intersection(west).is_empty


def test_a_thing_at_a_port_may_lie_on_the_water(tiny: Path) -> None:
    """东港 lies on the shore: its circle keeps the sea, that of a town there does not."""
    _, port = area_of(tiny, places="东港", method="near")
    gazetteer = tiny / "geodata" / "gazetteer.csv"
    text = gazetteer.read_text(encoding="utf-8")
    gazetteer.write_text(text.replace("East Port,port", "East Port,village"), encoding="utf-8")
    _, village = area_of(tiny)
    assert port is None
    assert village is not None
    assert village.bounds[1] > 50.0 - SHORE


@pytest.fixture(scope="module")
def features(pack: Pack) -> list[dict[str, Any]]:
    return pack.features


def test_the_areas_of_the_pack_keep_to_where_the_items_can_be(
    pack: Pack, features: list[dict[str, Any]]
) -> None:
    areas = UncertaintyAreas(pack)
    cut = 0
    for feature in features:
        area = areas.of(feature)
        if area is None:
            continue
        cut += 1
        properties = feature["properties"]
        assert area.is_valid, feature["id"]
        assert not area.is_empty, feature["id"]
        if properties["county_basis"] != "plan" or properties["scope"] != "county":
            continue
        others = [pack.county_land[code] for code in pack.county_land
                  if code not in properties["counties"]]  # fmt: skip
        inner = union(others).buffer(-0.004)
        assert area.intersection(inner).is_empty, feature["id"]
    assert cut > 100


def test_an_area_lies_within_its_circle(pack: Pack, features: list[dict[str, Any]]) -> None:
    areas = UncertaintyAreas(pack)
    for feature in features:
        area = areas.of(feature)
        if area is not None:
            reach = feature["properties"]["uncertainty_m"] / 75_000 + 0.003
            assert shape(feature["geometry"]).buffer(reach).covers(area), feature["id"]
