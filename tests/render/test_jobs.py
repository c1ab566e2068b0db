"""What goes to a worker and back, and by which key its file is kept."""

import pickle
from dataclasses import replace

import pytest

from app.domain.errors import BadValue, NotFound, Overloaded, PackChanged, TookTooLong
from app.domain.projections import CRS84, WORLD
from app.formats import BY_EXT, Selection
from app.render.job import RenderJob, key_of
from app.view.view import View
from tests.render.pools import PNG


@pytest.mark.parametrize(
    "error",
    [
        BadValue("size", "huge", "less"), NotFound("item", "x", ("y",)), Overloaded("a", "b"),
        TookTooLong(3, "view.png", "wait"), PackChanged("root", "v"),
    ],
)  # fmt: skip
def test_an_error_comes_whole_from_another_process(error: Exception) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))


@pytest.mark.parametrize(
    "change",
    [{"version": "w"}, {"lang": "en"}, {"url": "http://other/"}, {"view": View(theme="dark")}],
)
def test_other_data_or_another_view_is_another_picture(
    selection: Selection, code_version: str, change: dict[str, object]
) -> None:
    changed = replace(selection, **change)  # type: ignore[arg-type]
    key = key_of(PNG, selection, code_version)
    assert key != key_of(PNG, changed, code_version)
    assert key != key_of(BY_EXT["svg"], selection, code_version)
    assert key != key_of(PNG, selection, "other code")
    assert key == key_of(PNG, replace(selection), code_version)


def test_crs84_is_itself_in_another_process(job: RenderJob) -> None:
    """Formats tell it by identity."""
    assert pickle.loads(pickle.dumps(job)).selection.projection is CRS84
    assert pickle.loads(pickle.dumps(WORLD)) == WORLD
