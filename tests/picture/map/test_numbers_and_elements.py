"""What a list beside the map explains, and what stands in the corners of the map."""

import pytest

from app.picture.items import PictureItem
from app.picture.map.declutter import APART_MOST
from app.picture.map.map_drawing import MapDrawing
from app.picture.map.points import Spot, spots_of
from app.picture.page.compose import compose, few_apart, full_page_context
from app.picture.page.finish import title_of
from app.picture.request import PictureRequest
from app.picture.scene.scene import Text, texts_in
from app.picture.scene.viewport import Rect
from app.selection.view_words import filter_words
from tests.picture.conftest import MakeTask
from tests.picture.test_compose import part, words

FEW = ["layer=energy", "layer=transport&category=railway,port", "focus=park-dongdaihe&near=10"]


def placed(made: PictureRequest) -> list[PictureItem]:
    return [item for item in made.plain if item.points]


@pytest.mark.parametrize("query", FEW)
def test_up_to_forty_symbols_stand_one_by_one(picture_request: MakeTask, query: str) -> None:
    made = picture_request(query)
    context = full_page_context(made)
    assert 1 < len(spots_of(context, made.plain)) <= APART_MOST
    spots = few_apart(made, context, 27)
    assert all(len(spot.items) == 1 for spot in spots)
    assert {spot.items[0].id for spot in spots} == {item.id for item in placed(made)}


def test_more_than_forty_symbols_are_clustered(picture_request: MakeTask) -> None:
    made = picture_request("")
    assert any(len(spot.items) > 1 for spot in few_apart(made, full_page_context(made), 27))


@pytest.mark.parametrize("query", FEW)
def test_a_number_stands_beside_its_symbol_which_keeps_its_glyph(
    picture_request: MakeTask, query: str
) -> None:
    """Once each, beside or within: never both."""
    scene = compose(picture_request(query))
    within = {text.string for text in texts_in(part(scene.root, "points"))}
    beside = [
        text.string for text in texts_in(part(scene.root, "labels"))
        if text.string.isdigit() and text.colour == picture_request(query).colours["ink"]
    ]  # fmt: skip
    assert len(beside) > len(within)
    listed = {text.string for text in texts_in(part(scene.root, "panel"))}
    assert within | set(beside) <= listed


def test_the_keys_of_bases_have_the_numbers_of_their_badges(picture_request: MakeTask) -> None:
    made = picture_request("layer=agri-layout")
    scene = compose(made)
    panel = [text.string for text in texts_in(part(scene.root, "panel"))]
    bases = [item for item in made.items if item.diagram == "base"]
    assert [item.number for item in bases] == ["1", "2", "3", "4", "5"]
    for item in bases:
        assert panel.count(item.numbered_name) == 2, "in the legend and in the list"


def test_lines_of_the_only_layer_have_keys_by_category(picture_request: MakeTask) -> None:
    made = picture_request(
        "layer=transport&category=expressway,railway,trunk-road,port,airport,corridor"
    )
    panel = words(compose(made))
    for category in ("通道与布局", "高速公路"):
        assert category in panel


def named(picture_request: MakeTask, query: str, name: str) -> Text:
    labels = part(compose(picture_request(query)).root, "labels")
    return next(text for text in texts_in(labels) if text.string == name)


def test_names_of_water_lean_and_have_no_light_edge(picture_request: MakeTask) -> None:
    colours = picture_request("layer=industrial-parks").colours
    sea = named(picture_request, "layer=industrial-parks", "辽东湾")
    assert sea.slant
    assert sea.halo == colours["sea"]
    town = named(picture_request, "layer=industrial-parks", "觉华岛")
    assert not town.slant
    assert town.halo == colours["home-land"]


def drawing_with(made: PictureRequest, *places: tuple[float, float]) -> MapDrawing:
    item = placed(made)[0]
    return MapDrawing(
        made, full_page_context(made), [Spot([item], x, y, [(x, y)]) for x, y in places]
    )


def boxes(drawing: MapDrawing) -> list[Rect]:
    return drawing.room.taken[:2]


def test_scale_and_arrow_leave_their_corner_to_a_symbol(picture_request: MakeTask) -> None:
    made = picture_request("layer=industrial-parks")
    free = boxes(drawing_with(made))
    rect = full_page_context(made).viewport.rect
    assert all(box.x > rect.width / 2 for box in free)
    there = [(box.x + box.width / 2, box.y + box.height / 2) for box in free]
    for box, old in zip(boxes(drawing_with(made, *there)), free, strict=True):
        assert box.x < rect.width / 2
        assert box.y == old.y


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("focus=park-dongdaihe&near=10", "辽宁东戴河新区 10 公里内"),
        ("focus=park-dongdaihe&near=10&layer=energy", "能源 · 辽宁东戴河新区 10 公里内"),
        ("focus=park-dongdaihe", "葫芦岛规划一张图"),
    ],
)
def test_the_title_says_what_the_view_is_near_to(
    picture_request: MakeTask, query: str, title: str
) -> None:
    made = picture_request(query)
    assert title_of(made) == title
    said = filter_words(made.selection.catalog, made.selection.view, "zh")
    assert said.count("辽宁东戴河新区") == ("near" in query)
