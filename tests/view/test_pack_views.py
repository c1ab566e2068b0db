"""The views that a pack names itself are judged before anybody is sent to them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.build.build import build, write
from app.cli import app
from app.domain.errors import PackError
from app.main import create_app
from app.pack.pack import Pack
from app.settings import Settings

START = '[start]\nview = "{}"\ntitle = "要点"\nlead = "图"\n'
DOOR = START.format("layer=sites") + '[[start.doors]]\ntitle = "门"\nicon = "x"\nview = "{}"\n'
TOUR = '[[tours]]\nid = "t"\ntitle = "图"\n[[tours.stops]]\ntitle = "甲"\nview = "{}"\n'
PLACES = {
    "start.view": START, r"start.doors.view \(门\)": DOOR, r"tours.stops.view \(t\)": TOUR,
}  # fmt: skip


def with_entry(tiny: Path, entry: str) -> Path:
    with (tiny / "geodata" / "plan.toml").open("a", encoding="utf-8") as plan:
        plan.write(f"\n{entry}")
    write(build(Pack(tiny)))
    return tiny


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("view", "why"),
    [("layer=nope", "layer='nope': expected one of sites, ways"), ("foo=1", "parameter 'foo'")],
)
def test_a_view_of_the_pack_that_is_none_is_found_by_check_and_keeps_the_service_from_starting(
    tiny: Path, place: str, view: str, why: str
) -> None:
    pack = with_entry(tiny, PLACES[place].format(view))
    with pytest.raises(PackError, match=f"plan.toml {place} '{view}': a view.*{why}"):
        create_app(Settings(pack=pack))
    found = CliRunner().invoke(app, ["check", "--pack", str(pack)])
    assert f"'{view}'" in found.output
    assert "view_is_understood" in found.output


@pytest.mark.parametrize("place", PLACES)
def test_what_a_page_understands_is_a_view(tiny: Path, place: str) -> None:
    view = "layer=sites&choropleth=1&lang=en&say=hello&dwell=5"
    if place == "start.view":
        view = "layer=sites"
    assert create_app(Settings(pack=with_entry(tiny, PLACES[place].format(view))))
