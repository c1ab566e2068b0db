"""What is on a picture: everything asked for, nothing twice, nothing over the edge."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from app.catalog.catalog import Catalog
from app.pack.pack import Pack
from app.picture.page.compose import compose
from app.picture.request import PictureRequest
from app.picture.scene.assets import DrawingAssets
from app.picture.scene.scene import Group, Node, Path, Scene, Text, box_of, texts_in
from app.picture.scene.viewport import Rect
from tests.picture.conftest import MakeTask

PAGES = [("16:9", ""), ("4:3", ""), ("a4", ""), ("a3-landscape", ""), ("1200x630", "150"),
    ("480x480", ""), ("600x480", ""), ("1900x480", "")]  # fmt: skip
OVER_FRAME = 2.0
"""The frame of a map is as thick; what ends under it is not seen."""


def part(node: Node, name: str) -> Group:
    """The group of a name."""
    found = next(find(node, name), None)
    assert found is not None, name
    return found


def find(node: Node, name: str) -> Iterator[Group]:
    if isinstance(node, Group):
        if node.name == name:
            yield node
        for child in node.children:
            yield from find(child, name)


def words(scene: Scene) -> list[str]:
    return [text.string for text in texts_in(scene.root)]


def rect_of(assets: DrawingAssets, text: Text) -> Rect:
    width = assets.font(text.bold).width(text.string, text.size)
    left = text.x - width * {"start": 0, "middle": 0.5, "end": 1}[text.anchor]
    return Rect(left, text.y - text.size * 0.88, width, text.size * 1.0)


def paths(node: Node) -> Iterator[Path]:
    if isinstance(node, Path):
        yield node
    elif isinstance(node, Group):
        for child in node.children:
            yield from paths(child)


def test_few_items_all_have_their_name_on_the_map(picture_request: MakeTask) -> None:
    made = picture_request("layer=industrial-parks")
    scene = compose(made)
    on_map = "".join(text.string for text in texts_in(part(scene.root, "labels")))
    for item in made.items:
        assert item.name in on_map


def test_more_items_are_numbered_and_each_number_is_in_the_list(picture_request: MakeTask) -> None:
    made = picture_request("layer=transport")
    found = words(compose(made))
    placed = [item for item in made.items if item.geometry is not None]
    for number in range(1, len(placed) + 1):
        assert str(number) in found
    for item in placed:
        assert any(item.name.startswith(word) for word in found if len(word) > 2), item.name


@pytest.mark.parametrize(
    ("query", "category", "explained"),
    [
        ("layer=energy", "变电站", True),
        ("layer=transport", "港口与航道", True),
        ("layer=transport&status=planned,existing,upgrade&lang=en", "Ports and fairways", False),
    ],
)
def test_keys_of_categories_give_way_to_the_list(
    picture_request: MakeTask, query: str, category: str, explained: bool
) -> None:
    """Sixty names beside the map are worth more than what its glyphs mean."""
    found = words(compose(picture_request(query)))
    assert {"地点", "Places"} & {*found}
    assert (category in found) is explained


def test_very_many_items_are_counted_honestly(picture_request: MakeTask) -> None:
    made = picture_request("")
    scene = compose(made)
    points = part(scene.root, "points")
    counted = 0
    for spot in points.children:
        if isinstance(spot, Group):
            counts = [int(text.string) for text in texts_in(spot)]
            counted += counts[0] if counts else 1
    with_points = [item for item in made.items if item.points]
    assert counted >= len(with_points) - 20  # some lie beyond the map, and the legend says so
    assert any("图框之外" in word for word in words(scene))
    unlocated = sum(item.certainty == "none" for item in made.items)
    assert f"未定位 {unlocated} 项，不在图上" in words(scene)


@pytest.mark.parametrize("query", ["layer=industrial-parks", "county=211421", "layer=transport"])
def test_names_on_the_map_do_not_collide(
    picture_request: MakeTask, assets: DrawingAssets, query: str
) -> None:
    labels = part(compose(picture_request(query)).root, "labels")
    blocks = [group for group in labels.children if isinstance(group, Group)]
    boxes = [
        [rect_of(assets, text) for text in texts_in(label)]
        for block in blocks
        for label in block.children
    ]
    assert len(boxes) > 5
    for one, other in combinations(boxes, 2):
        assert not any(a.meets(b) for a in one for b in other)


@pytest.mark.parametrize(("size", "dpi"), PAGES)
@pytest.mark.parametrize("query", ["layer=industrial-parks", "county=211421", "lang=en"])
def test_nothing_leaves_the_page(
    picture_request: MakeTask, assets: DrawingAssets, query: str, size: str, dpi: str
) -> None:
    scene = compose(picture_request(query, size=size, dpi=dpi, qr="1"))
    page = Rect(0, 0, scene.width, scene.height)
    for text in texts_in(scene.root):
        assert page.holds(rect_of(assets, text)), text.string
    for path in paths(scene.root):
        left, top, right, bottom = box_of(path.steps)
        assert page.holds(Rect(left, top, right - left, bottom - top)), path.name


@pytest.mark.parametrize("query", ["county=211421", "all=1", "layer=tourism-layout&county=211403"])
def test_nothing_on_the_ground_strays_over_the_frame_of_the_map(
    picture_request: MakeTask, query: str
) -> None:
    root = compose(picture_request(query)).root
    [frame] = [path for path in paths(root) if path.name == "frame"]
    left, top, right, bottom = box_of(frame.steps)
    for path in paths(part(root, "map")):
        over = path.paint.width / 2 if path.paint.stroke and not path.paint.butt else 0
        box = box_of(path.steps)
        far = max(left - box[0], top - box[1], box[2] - right, box[3] - bottom) + over
        assert far <= OVER_FRAME, (path.name, path.paint)


def test_the_chosen_county_fills_the_map_and_the_others_step_back(
    picture_request: MakeTask,
) -> None:
    made = picture_request("county=211421")
    scene = compose(made)
    shades = {path.name: path.paint.fill_opacity for path in paths(part(scene.root, "县区"))}
    assert shades["绥中县"] == 1
    assert shades["兴城市"] < 0.5


def test_a_box_decides_what_the_map_shows(picture_request: MakeTask) -> None:
    scene = compose(picture_request("layer=industrial-parks&bbox=119.7,39.95,119.95,40.1"))
    assert "辽宁东戴河新区" in words(scene)
    assert "图框之外 8 项" in words(scene)


def test_title_subtitle_sources_and_version_are_said(picture_request: MakeTask) -> None:
    made = picture_request("layer=industrial-parks&title=投资者看的园区")
    found = words(compose(made))
    assert found[0] == "投资者看的园区"
    assert "九大工业园区" in found[1]
    assert "9 项" in found[1]
    sources = "".join(found)
    assert "OpenStreetMap" in sources
    assert made.selection.version in sources


def test_the_approval_number_comes_first_where_the_operator_gave_one(
    picture_request: MakeTask,
) -> None:
    made = picture_request("layer=industrial-parks")
    assert not any("审图号" in word for word in words(compose(made)))
    numbered = approved(made, "辽S(2026)001号")
    assert any(word.startswith("审图号：辽S(2026)001号") for word in words(compose(numbered)))


def approved(made: PictureRequest, number: str) -> PictureRequest:
    """The same task on a pack with an approval number."""
    pack = Pack(made.selection.catalog.root)
    pack.__dict__["info"] = replace(pack.info, approval_number=number)
    return replace(made, selection=replace(made.selection, catalog=Catalog(pack)))


def test_an_english_picture_has_no_chinese(picture_request: MakeTask) -> None:
    scene = compose(picture_request("layer=industrial-parks&lang=en"))
    assert not [word for word in words(scene) if re.search(r"[\u4e00-\u9fff]", word)]


def test_a_view_without_items_says_so(picture_request: MakeTask) -> None:
    scene = compose(picture_request("q=没有这样的东西"))
    assert any("没有符合条件的项目" in word for word in words(scene))


def test_the_item_in_hand_has_a_ring(picture_request: MakeTask) -> None:
    plain = compose(picture_request("layer=industrial-parks"))
    focused = compose(picture_request("layer=industrial-parks&focus=park-dongdaihe"))
    rings = [len(list(paths(part(scene.root, "points")))) for scene in (plain, focused)]
    assert rings[1] == rings[0] + 1


def test_the_notes_list_every_item(picture_request: MakeTask) -> None:
    made = picture_request("county=211421")
    lines = compose(made).notes.splitlines()
    for item, line in zip(made.items, lines, strict=False):
        assert item.name in line


def test_the_same_task_makes_the_same_scene(picture_request: MakeTask) -> None:
    assert compose(picture_request("county=211481")) == compose(picture_request("county=211481"))
