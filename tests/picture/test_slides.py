"""Slides are read from the back row: large type, few names, lists that wrap and never break off."""

import io
import re

import pytest
from pptx import Presentation

from app.picture.formats import render_pptx, slide_task
from app.picture.page.panel import COLUMN_GAP, PanelRow, first_rows, paired, space
from app.picture.page.slides import LISTED_MOST, groups_in, slides_of
from app.picture.request import PictureRequest
from app.picture.scene.phrases import phrase
from app.picture.scene.scene import Group, Node, Scene, Text, texts_in
from app.picture.scene.viewport import Rect
from tests.picture.conftest import Select

POINTS, NAMES = 14, 12
VIEWS = ["layer=industrial-parks", "layer=transport", "county=211421", "layer=water&lang=en",
    "layer=urban-structure&lang=en", "", "layer=tourism-routes"]  # fmt: skip


@pytest.fixture(scope="module", params=VIEWS)
def slides(request: pytest.FixtureRequest, select: Select) -> tuple[PictureRequest, list[Scene]]:
    picture_request = slide_task(select(request.param))
    return picture_request, list(slides_of(picture_request))


def part(scene: Scene, name: str) -> Group:
    return next((one for one in groups_in(scene.root) if one.name == name), Group(name))


def test_no_name_on_a_slide_is_smaller_than_14_points(
    slides: tuple[PictureRequest, list[Scene]],
) -> None:
    picture_request, scenes = slides
    assert picture_request.page.width == 960  # so that a unit is a point
    for scene in scenes:
        sources = set(map(id, texts_in(part(scene, "source"))))
        for text in texts_in(scene.root):
            small = text.size < POINTS and id(text) not in sources
            assert not small or text.string.isdigit(), text.string  # how many a disc holds


def test_a_slide_has_at_most_a_dozen_names_of_items(
    slides: tuple[PictureRequest, list[Scene]],
) -> None:
    picture_request, scenes = slides
    names = {item.name for item in picture_request.items}
    for scene in scenes:
        blocks = {one.name for one in groups_in(part(scene, "labels"))}
        rows = [one.name for one in part(scene, phrase("items",
        picture_request.selection.lang)).children
                if isinstance(one, Group)]  # fmt: skip
        assert len(names & blocks) + len(rows) <= NAMES


def test_every_item_is_on_the_map_or_in_the_list(
    slides: tuple[PictureRequest, list[Scene]],
) -> None:
    picture_request, scenes = slides
    if len(picture_request.items) > LISTED_MOST:
        assert len(scenes) == 1
        assert all(item.name in scenes[0].notes for item in picture_request.items)
        return
    said = " ".join(text.string for scene in scenes for text in texts_in(scene.root))
    for item in picture_request.items:
        assert all(word in said for word in item.name.split()), item.name


def test_nothing_on_a_list_is_cut_or_leaves_the_slide(
    slides: tuple[PictureRequest, list[Scene]],
) -> None:
    picture_request, scenes = slides
    for scene in scenes:
        for text in texts_in(scene.root):
            assert not text.string.endswith("…"), text.string
            assert box_of_text(picture_request, text) <= picture_request.page.width - 20
            assert text.y <= picture_request.page.height


def box_of_text(picture_request: PictureRequest, text: Text) -> float:
    """The right edge of a text."""
    width = picture_request.assets.font(text.bold).width(text.string, text.size)
    return text.x + width * {"start": 1, "middle": 0.5, "end": 0}[text.anchor]


def test_a_number_stands_in_a_symbol(slides: tuple[PictureRequest, list[Scene]]) -> None:
    _, scenes = slides
    for scene in scenes:
        for text in texts_in(part(scene, "labels")):
            assert not re.fullmatch(r"[\d–+]+", text.string)


def test_a_slide_says_nothing_of_a_number_it_does_not_have(select: Select) -> None:
    for query in ("layer=industrial-parks", "layer=industrial-parks&lang=en"):
        deck = Presentation(io.BytesIO(render_pptx(select(query))))
        for slide in deck.slides:
            assert not re.search("审图号|[Aa]pproval", slide.part.blob.decode())


def test_the_map_fills_its_frame(select: Select) -> None:
    """All but half a symbol on each side."""
    picture_request = slide_task(select("county=211421"))
    viewport = picture_request.context(Rect(0, 0, 548, 370)).viewport
    west, south, east, north = picture_request.area
    (left, top), (right, bottom) = viewport.place(west, north), viewport.place(east, south)
    assert max((right - left) / 548, (bottom - top) / 370) > 0.9


LEGENDS = ["layer=urban-structure", "layer=urban-structure&lang=en", "county=211421", "lang=en"]


@pytest.mark.parametrize("query", LEGENDS)
def test_a_legend_says_how_far_off_things_are_and_ends_in_no_heading(
    select: Select, query: str
) -> None:
    picture_request = slide_task(select(query))
    scene, lang = next(slides_of(picture_request)), picture_request.selection.lang
    said = [text.string for text in texts_in(part(scene, phrase("legend", lang)))]
    head = said.index(phrase("certainty", lang))
    assert len(said) >= head + 4  # two kinds with their counts


def test_rows_share_a_line_only_where_both_have_room() -> None:
    rows = [PanelRow(str(n), 20, list_of_nothing, least=n) for n in (90, 80, 200, 70, 60, 50)]
    names = [row.name for row in paired(rows, 2 * 100 + COLUMN_GAP)]
    assert names == ["90 · 80", "200", "70 · 60", "50"]


def test_a_legend_that_is_cut_loses_the_heading_of_what_it_loses() -> None:
    head, row = (PanelRow(name, 20, list_of_nothing, head=name == "head") for name in ("head", "a"))
    assert first_rows([row, space(5), head, row], 3) == [row]
    assert first_rows([row, head], None) == [row, head]


def list_of_nothing(x: float, y: float, width: float) -> list[Node]:
    return []
