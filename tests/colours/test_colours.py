"""Families are told apart by all eyes, on light and on dark, and are seen on every ground."""

import tomllib
from itertools import combinations

import pytest

from app.build.diagram import ROUTE_ROLES
from app.domain.models import STATUSES
from app.picture.scene.palette import read_palettes
from tests.colours.colour_vision import VISIONS, ciede2000, contrast, distance
from tests.conftest import ROOT

APART = 12
CONTRAST = 3
TABLE = tomllib.loads((ROOT / "geodata" / "layers.toml").read_text("utf-8"))
THEMES = {"light": "colour", "dark": "colour_dark"}
PALETTES = read_palettes(ROOT / "static" / "css" / "tokens.css")
GROUNDS = ("home-land", "land", "sea", "paper")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distances_are_those_of_the_published_table(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_two_families_are_far_apart_to_every_eye(theme: str, vision: str) -> None:
    colours = {family["id"]: family[THEMES[theme]] for family in TABLE["families"]}
    assert len(colours) == 6
    near = {
        (a, b): round(distance(colours[a], colours[b], vision), 1)
        for a, b in combinations(colours, 2)
        if distance(colours[a], colours[b], vision) < APART
    }
    assert near == {}


@pytest.mark.parametrize("theme", THEMES)
def test_every_family_is_seen_on_every_ground(theme: str) -> None:
    palette = PALETTES[theme]
    faint = {
        (family["id"], ground): round(contrast(family[THEMES[theme]], palette[ground]), 2)
        for family in TABLE["families"]
        for ground in GROUNDS
        if contrast(family[THEMES[theme]], palette[ground]) < CONTRAST
    }
    assert faint == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_accent_of_the_interface_is_no_family_s_colour(theme: str) -> None:
    accent = PALETTES[theme]["accent"]
    for family in TABLE["families"]:
        assert distance(family[THEMES[theme]], accent) >= APART, family["id"]


def test_a_layer_has_its_family_s_colour() -> None:
    assert [layer["id"] for layer in TABLE["layers"] if "colour" in layer] == []


STATUS_COLOURS = [f"status-{status}" for status in STATUSES]
ROUTE_COLOURS = [f"role-{number}" for number in range(1, ROUTE_ROLES + 1)]


@pytest.mark.parametrize("names", [STATUS_COLOURS, ROUTE_COLOURS], ids=["statuses", "routes"])
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_two_of_a_set_are_far_apart_to_every_eye(
    theme: str, vision: str, names: list[str]
) -> None:
    colours = {name: PALETTES[theme][name] for name in names}
    near = {
        (a, b): round(distance(colours[a], colours[b], vision), 1)
        for a, b in combinations(colours, 2)
        if distance(colours[a], colours[b], vision) < APART
    }
    assert near == {}


@pytest.mark.parametrize("name", [*STATUS_COLOURS, *ROUTE_COLOURS])
@pytest.mark.parametrize("theme", THEMES)
def test_every_one_of_a_set_is_seen_on_every_ground(theme: str, name: str) -> None:
    palette = PALETTES[theme]
    assert {g for g in GROUNDS if contrast(palette[name], palette[g]) < CONTRAST} == set()
