"""Pictures on disk: kept, bounded, and never a reason to fail."""

import os
from pathlib import Path

from app.web.shelf import Shelf, usable


def test_what_is_put_is_found_again_by_another_shelf(tmp_path: Path) -> None:
    Shelf(tmp_path, 1000).put("key", b"picture")
    assert Shelf(tmp_path, 1000).get("key") == b"picture"
    assert Shelf(tmp_path, 1000).get("other") is None


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 250)
    for number, key in enumerate(("old", "used", "new")):
        shelf.put(key, bytes(80))
        os.utime(shelf._path(key), (number, number))
    assert shelf.get("old") == bytes(80)  # now the one used last
    shelf.put("more", bytes(80))
    assert shelf.get("used") is None
    assert [shelf.get(key) for key in ("old", "new", "more")] == [bytes(80)] * 3
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 250


def test_a_picture_larger_than_the_shelf_is_not_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 10)
    shelf.put("key", bytes(11))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = usable(tmp_path / "file" / "cache")
    assert folder.is_dir()
    assert tmp_path not in folder.parents


def test_a_folder_that_vanishes_costs_no_answer(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "cache", 1000)
    shelf.folder.rmdir()
    shelf.put("key", b"picture")
    assert shelf.get("key") is None
