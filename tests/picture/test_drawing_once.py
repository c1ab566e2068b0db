"""How often a picture draws: the map once it is known to fit, the base map once a size."""

from collections import Counter
from collections.abc import Callable

import pytest

from app.picture import formats
from app.picture.map import base_map, map_drawing, paths
from app.picture.page import compose
from tests.picture.conftest import MakeTask, Select

Draws = Counter[str]


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> Draws:
    """How often each part of a map was drawn; drawings kept by other tests do not count."""
    counts: Draws = Counter()

    def counted(module: object, name: str) -> None:
        real: Callable[..., object] = getattr(module, name)

        def draw(*args: object, **named: object) -> object:
            counts[name] += 1
            return real(*args, **named)

        monkeypatch.setattr(module, name, draw)

    for module, name in (
        (base_map, "draw_base_map"), (paths, "draw_lines"), (paths, "draw_wide"),
        (map_drawing, "draw_spot"),
        (compose, "MapDrawing"),
    ):  # fmt: skip
        counted(module, name)
    base_map.ground_of.cache_clear()
    return counts


@pytest.mark.parametrize(
    ("query", "size"),
    [("layer=urban-projects", "a4"), ("layer=industrial-parks", "a4"), ("county=211421", "16:9"),
     ("layer=logistics-commerce&county=211402", "16:9"), ("", "16:9")],
)  # fmt: skip
def test_a_map_is_drawn_once_however_many_ways_were_tried(
    picture_request: MakeTask, draws: Draws, query: str, size: str
) -> None:
    compose.compose(picture_request(query, size=size))
    assert draws["draw_base_map"] == draws["draw_lines"] == draws["draw_wide"] == 1


def test_names_are_tried_several_times_before_the_map_is_drawn(
    picture_request: MakeTask, draws: Draws
) -> None:
    made = picture_request("layer=urban-projects", size="4:3")
    compose.compose(made)
    assert draws["MapDrawing"] > 2
    assert draws["draw_spot"] <= len(made.items)


def test_the_base_map_is_drawn_once_for_all_pictures_of_one_size(
    picture_request: MakeTask, draws: Draws
) -> None:
    for more in ("", "&focus=park-dongdaihe", "&title=园区", ""):
        compose.compose(picture_request(f"layer=industrial-parks{more}", size="16:9"))
    assert draws["draw_base_map"] == 1
    compose.compose(picture_request("layer=industrial-parks&theme=dark", size="16:9"))
    compose.compose(picture_request("layer=industrial-parks&lang=en", size="16:9"))
    assert draws["draw_base_map"] == 3
    assert draws["draw_lines"] == 6


def test_slides_by_county_read_the_base_map_once(
    select: Select, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[str] = Counter()
    real = base_map.shapes_of

    def counted(features: list[dict[str, object]]) -> object:
        read["files"] += 1
        return real(features)

    monkeypatch.setattr(base_map, "shapes_of", counted)
    base_map.ground_of.cache_clear()
    chosen = select("layer=industrial-parks", split="county")
    formats.render_pptx(chosen)
    place_names = 1
    assert read["files"] == len(chosen.catalog.base) + len(base_map.DETAIL) + place_names
