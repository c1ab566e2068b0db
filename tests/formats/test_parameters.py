"""Each part of a view's address changes what a format holds, or the format declares that it does
not; what it cannot show of the page's own parts it refuses
(tests/web/params/test_format_parameters.py).
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from fastapi.testclient import TestClient

from app.catalog.catalog import Catalog
from app.formats import BY_EXT, FORMATS, Selection
from app.pack.pack import Pack
from app.selection.about import about_selection
from app.selection.overview import drawn_view
from app.settings import Settings
from app.view.view import PAGE_PARAMETERS, VIEW_PARAMETERS, Vocabulary, parse_view
from app.web.routes.view import files_of
from app.words import catalogue_texts
from tests.conftest import TINY

Make = Callable[[str, str], bytes]

ITEMS = "county=900001"
"""What is asked for before a parameter is added: some items, not all of them."""
WINDOW = "bbox=10.2501,50.05,10.35,50.15"
ADDED = {
    "layer": (ITEMS, "layer=sites"),
    "county": ("layer=sites", "county=900002"),
    "category": (ITEMS, "category=road"),
    "status": (ITEMS, "status=planned"),
    "precision": (ITEMS, "precision=site"),
    "term": (ITEMS, "term=织造"),
    "doubt": (ITEMS, "doubt=inferred"),
    "site": (ITEMS, "site=port:20"),
    "hidden": (ITEMS, "hidden=site-mill"),
    "q": (ITEMS, "q=东镇"),
    "focus": (ITEMS, "focus=site-mill"),
    "place": (ITEMS, "place=东镇"),
    "near": (f"{ITEMS}&place=东镇", "near=9"),
    "bbox": (ITEMS, WINDOW),
    "inview": (f"{ITEMS}&{WINDOW}", "inview=1"),
    "all": ("lang=zh", "all=1"),
    "notes": (ITEMS, "notes=10.3,50.1:要点"),
    "names": (ITEMS, "names=site-mill:10.32,50.12"),
    "lang": (ITEMS, "lang=en"),
    "title": (ITEMS, "title=要点"),
    "base": (ITEMS, "base=osm"),
    "theme": (ITEMS, "theme=dark"),
    "colour": (ITEMS, "colour=status"),
}
"""Parameter → a view, and what is added to it."""


START = """
[start]
view = "layer=sites"
title = "场地"
title_en = "Sites"
lead = "小城的规划。"
lead_en = "The plan of a tiny city."
"""


@pytest.fixture(scope="module")
def make(tiny_client: TestClient, tmp_path_factory: pytest.TempPathFactory) -> Make:
    folder = Path(copytree(TINY, tmp_path_factory.mktemp("packs") / "tiny"))
    with (folder / "geodata" / "plan.toml").open("a", encoding="utf-8") as settings:
        settings.write(START)
    pack = Catalog(Pack(folder))
    words, files = Vocabulary.of(pack), files_of(Settings(pack=folder))

    @cache
    def made(ext: str, query: str) -> bytes:
        """What a format holds; the address written in it is the same for all."""
        pairs = [(name, text) for name, _, text in (one.partition("=") for one in query.split("&"))]
        view = parse_view(pairs, words)
        if BY_EXT[ext].kind == "picture":
            view = drawn_view(pack, view)
        rows = replace(view, notes=(), names=()).query_string()
        found = tiny_client.get(f"/view.geojson?{rows}").json()["features"]
        lang = view.lang or "zh"
        return BY_EXT[ext].render(Selection(pack, "1", view, found, lang, "http://t/", files))

    return made


def test_every_parameter_of_a_view_is_tried() -> None:
    assert tuple(ADDED) == VIEW_PARAMETERS
    for file_format in FORMATS:
        assert {*file_format.ignored} <= {*VIEW_PARAMETERS, *PAGE_PARAMETERS}


@pytest.mark.parametrize("name", VIEW_PARAMETERS)
@pytest.mark.parametrize("ext", BY_EXT)
def test_a_part_of_an_address_changes_a_file_or_is_declared_to_change_nothing(
    make: Make, ext: str, name: str
) -> None:
    plain, added = ADDED[name]
    same = make(ext, f"{plain}&{added}") == make(ext, plain)
    assert same == (name in (*BY_EXT[ext].ignored, *BY_EXT[ext].refused))


def test_what_changes_nothing_is_described(tiny_client: TestClient) -> None:
    path = tiny_client.get("/openapi.json").json()["paths"]["/view.{ext}"]["get"]
    described = {one["name"]: one.get("description", "") for one in path["parameters"]}
    for file_format in FORMATS:
        for name in {*file_format.ignored} & {*VIEW_PARAMETERS}:
            listed = described[name].partition(". Changes nothing in ")[2].split(", ")
            assert file_format.ext in listed


FILTERS = (
    "layer", "county", "category", "status", "precision", "term", "doubt", "hidden", "q", "near",
    "inview",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [*FILTERS, "focus"])
def test_a_file_says_every_filter(name: str, lang: str) -> None:
    pack = Catalog(Pack(TINY))
    plain = {"near": "place=东镇", "inview": WINDOW, "focus": "focus=site-mill"}.get(name, "")
    added = "near=9" if name == "focus" else ADDED[name][1]
    said = [filtered(pack, plain, lang), filtered(pack, f"{plain}&{added}".strip("&"), lang)]
    assert catalogue_texts(lang)["about.all"] != said[1] != said[0]
    if name == "focus":
        assert said[1] == ("东镇纺织厂 9 公里内", "within 9 km of East Town Mill")[lang == "en"]
    if name == "inview":
        assert "10.2501,50.05,10.35,50.15" in said[1]


def filtered(pack: Catalog, query: str, lang: str) -> str:
    pairs = [(name, text) for name, _, text in (one.partition("=") for one in query.split("&"))]
    view = parse_view(pairs if query else [], Vocabulary.of(pack))
    return about_selection(Selection(pack, "1", view, (), lang, "")).filtered
