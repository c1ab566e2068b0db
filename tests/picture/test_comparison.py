"""The map of compared counties: with what they hold, or alone where that is more than is drawn."""

from dataclasses import replace

import pytest

from app.formats import comparison
from app.formats.comparison import of_compared, scenes
from app.picture.formats import slide_task
from app.picture.scene.scene import Scene, texts_in
from tests.picture.conftest import Select


def compared(select: Select) -> list[Scene]:
    codes = ("211421", "211481")
    selection = replace(select(f"county={','.join(codes)}"), compared=codes)
    return list(scenes(slide_task(of_compared(selection))))


def words(scene: Scene) -> set[str]:
    return {text.string for text in texts_in(scene.root)}


def test_of_too_many_items_the_map_of_a_comparison_has_the_counties_alone(
    select: Select, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *table = compared(select)
    monkeypatch.setattr(comparison, "ITEMS_MOST", 8)
    alone, *same = compared(select)
    for scene in (first, alone):
        assert "绥中县 / 兴城市" in words(scene)
    assert "图例" in words(first)
    assert not {"图例", "共 0 项"} & words(alone), "nobody says that there are none"
    assert {"绥中县", "兴城市"} <= words(alone)
    assert list(map(words, same)) == list(map(words, table))
