"""Slides are read from the back row: large type, few names, lists that wrap and never break off."""

import io
import re
from dataclasses import replace

import pytest
from pptx import Presentation

from app.picture.formats import assets_of, render_pptx, slide_task
from app.picture.map.declutter import APART_MOST
from app.picture.page.compose import full_page_context
from app.picture.page.legend_forms import LegendForm
from app.picture.page.panel import COLUMN_GAP, PanelRow, first_rows, paired, space
from app.picture.page.slides import LISTED_MOST, NAME, groups_in, names_all, slides_of
from app.picture.page.text_pages import sources_pages
from app.picture.request import PictureRequest
from app.picture.scene.phrases import phrase
from app.picture.scene.scene import Group, Node, Path, Scene, Text, texts_in
from app.picture.scene.viewport import Rect
from app.selection.picture_options import PictureOptions
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
        assert len(scenes) <= 2  # the map, and a legend
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


ALL_KINDS = [
    "", "lang=en", "county=211421&lang=en",
    "layer=industrial-parks&lang=en", "focus=park-dongdaihe&near=20",
    "layer=transport,energy,water&lang=en", "colour=status&lang=en",
]  # fmt: skip
SIZES = ["", "4:3", "1200x630", "1600x600"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("query", ALL_KINDS)
def test_the_legend_explains_all_that_stands_on_the_map(
    select: Select, query: str, size: str
) -> None:
    """Beside the map, or on a slide of its own: every layer, fill, doubt, disc; whole words."""
    picture_request = slide_task(select(query, **({"size": size} if size else {})))
    scenes, lang = list(slides_of(picture_request)), picture_request.selection.lang
    said = {
        text.string for scene in scenes for text in texts_in(part(scene, phrase("legend", lang)))
    }
    context = full_page_context(picture_request)
    _, rows = LegendForm(1000).rows(picture_request, context)
    has_discs = any(
        re.fullmatch(r"\d+", text.string) for text in texts_in(part(scenes[0], "points"))
    )
    keys = {row.name for row in rows if row.key} - {phrase("cluster", lang)}
    wanted = keys | ({phrase("cluster", lang)} if has_discs else set())
    words = " ".join(sorted(said))
    assert {one for one in wanted if not all(word in words for word in one.split())} == set()
    assert not [one for one in said if one.endswith("…")]


def test_nine_parks_stand_apart_with_their_names(select: Select) -> None:
    picture_request = slide_task(select("layer=industrial-parks"))
    scene = next(slides_of(picture_request))
    assert names_all(scene, picture_request.items)
    assert not list(texts_in(part(scene, "points")))


def test_up_to_forty_items_are_no_discs(select: Select) -> None:
    for query in (
        "layer=industrial-parks&lang=en",
        "layer=transport&category=port,airport,expressway",
    ):
        picture_request = slide_task(select(query))
        assert 1 < len(picture_request.items) <= APART_MOST
        scene = next(slides_of(picture_request))
        assert not [one for one in texts_in(part(scene, "points")) if one.string.isdigit()]


def test_a_line_leads_to_a_name_that_stands_apart(select: Select) -> None:
    scene = next(slides_of(slide_task(select("layer=industrial-parks&lang=en"))))
    named = [one for one in part(scene, "places").children if isinstance(one, Group)]
    assert any(isinstance(one.children[0], Path) for one in named)


def test_slides_have_room_for_the_fonts_that_stand_in_for_theirs(select: Select) -> None:
    picture_request = slide_task(select("layer=industrial-parks&lang=en"))
    own = assets_of(picture_request.selection)
    for bold in (False, True):
        wide, plain = picture_request.assets.font(bold), own.font(bold)
        assert wide.width("Huludao", 10) > 1.09 * plain.width("Huludao", 10)
        assert wide.width("葫芦岛", 10) == plain.width("葫芦岛", 10)


def test_columns_of_a_list_end_together_in_type_as_large_as_has_room(select: Select) -> None:
    picture_request = slide_task(select("layer=tourism-layout"))
    *_, last = slides_of(picture_request)
    texts = list(texts_in(part(last, phrase("items", "zh"))))
    assert max(text.size for text in texts) > NAME
    xs = {round(text.x) for text in texts}
    assert len(xs) == 2


def test_a_page_on_paper_that_lists_its_items_is_followed_by_no_list(select: Select) -> None:
    paper = PictureOptions(size="a4")
    for query in ("layer=industrial-parks", "layer=agri-layout", "layer=transport"):
        on_paper = slide_task(replace(select(query), options=paper))
        first, *rest = slides_of(on_paper)
        named = names_all(first, on_paper.items, ("labels", "panel"))
        assert named == (not rest)
        listed = {text.string for scene in rest for text in texts_in(scene.root)}
        assert named or any(item.name in listed for item in on_paper.items)


def test_a_long_address_is_written_by_its_beginning_and_leads_on(select: Select) -> None:
    url = "https://example.org/map/?present=1#tour=" + "%25E5" * 100
    chosen = replace(select("layer=water"), url=url)
    pages = list(sources_pages(slide_task(chosen), "题"))
    texts = [text for page in pages for text in texts_in(page.root)]
    assert not [text for text in texts if "%25E5" in text.string]
    assert {text.link for text in texts if text.string == "https://example.org/map/?…"} == {url}
    short = replace(chosen, url="https://example.org/map/?layer=water")
    pages = list(sources_pages(slide_task(short), "题"))
    assert short.url in {text.link for page in pages for text in texts_in(page.root)}


def test_a_slide_of_what_is_near_says_so(select: Select) -> None:
    scene = next(slides_of(slide_task(select("focus=park-dongdaihe&near=20"))))
    assert scene.title == "辽宁东戴河新区 20 公里内"


def test_a_long_title_takes_two_lines(select: Select) -> None:
    title = "Huludao Economic Development Zone (Beigang Industrial Area) beside Liaoning Dongdaihe"
    scene = next(slides_of(slide_task(select(f"layer=industrial-parks&lang=en&title={title}"))))
    lines = [one.string for one in texts_in(part(scene, "title")) if one.bold]
    assert " ".join(lines) == title
    assert len(lines) == 2


def test_rows_share_a_line_only_where_both_have_room() -> None:
    rows = [PanelRow(str(n), 20, list_of_nothing, least=n) for n in (90, 80, 200, 70, 60, 50)]
    names = [row.name for row in paired(rows, 2 * 100 + COLUMN_GAP)]
    assert names == ["90 · 80", "200", "70 · 60", "50"]
    rows = [PanelRow(str(n), 20, list_of_nothing, least=n) for n in (90, 200, 80)]
    assert [row.name for row in paired(rows, 2 * 100 + COLUMN_GAP)] == ["90 · 80", "200"]
    parts = [rows[0], PanelRow("head", 20, list_of_nothing, head=True), rows[2]]
    assert [row.name for row in paired(parts, 2 * 100 + COLUMN_GAP)] == ["90", "head", "80"]


def test_a_legend_that_is_cut_loses_the_heading_of_what_it_loses() -> None:
    head, row = (PanelRow(name, 20, list_of_nothing, head=name == "head") for name in ("head", "a"))
    assert first_rows([row, space(5), head, row], 3) == [row]
    assert first_rows([row, head], None) == [row, head]


def list_of_nothing(x: float, y: float, width: float) -> list[Node]:
    return []
