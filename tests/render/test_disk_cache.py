"""Files on disk: kept, bounded, checked, and never a reason to fail."""

import fcntl
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.render import disk_cache
from app.render.disk_cache import HEADER, DiskCache

BODY = b"picture" * 100


def entry(folder: Path) -> Path:
    (found,) = folder.iterdir()
    return found


def test_what_is_put_is_found_again_by_another_cache(tmp_path: Path) -> None:
    DiskCache(tmp_path, 1000).put("key", b"picture")
    assert DiskCache(tmp_path, 1000).get("key") == b"picture"
    assert DiskCache(tmp_path, 1000).get("other") is None


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path) -> None:
    size = 80 + HEADER.size
    cache = DiskCache(tmp_path, 3 * size + 10)
    for number, key in enumerate(("old", "used", "new")):
        cache.put(key, bytes(80))
        os.utime(cache._path(key), (number, number))
    assert cache.get("old") == bytes(80)  # now the one used last
    cache.put("more", bytes(80))
    assert cache.get("used") is None
    assert [cache.get(key) for key in ("old", "new", "more")] == [bytes(80)] * 3
    assert cache.held == 3 * size


def test_a_picture_larger_than_the_cache_is_not_kept(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 10)
    cache.put("key", bytes(11))
    assert list(tmp_path.iterdir()) == []


def cut(data: bytes) -> bytes:
    return data[:-1]


def flipped(data: bytes) -> bytes:
    return data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]


DAMAGES = {
    "empty": lambda data: b"",
    "one byte": lambda data: data[:1],
    "half a header": lambda data: data[: HEADER.size // 2],
    "header only": lambda data: data[: HEADER.size],
    "half": lambda data: data[: len(data) // 2],
    "a byte short": cut,
    "a byte long": lambda data: data + b"\0",
    "a bit flipped": flipped,
    "zeros": lambda data: bytes(len(data)),
    "no header": lambda data: data[HEADER.size :],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_entry_is_dropped_and_made_anew(
    tmp_path: Path, damage: object, caplog: pytest.LogCaptureFixture
) -> None:
    cache = DiskCache(tmp_path, 100_000)
    cache.put("key", BODY)
    path = entry(tmp_path)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert cache.get("key") is None
    assert not path.exists()
    assert cache.dropped == 1
    assert "damaged" in caplog.text
    cache.put("key", BODY)
    assert cache.get("key") == BODY


def test_an_entry_under_another_name_is_not_served(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 100_000)
    cache.put("one", BODY)
    cache._path("one").rename(cache._path("two"))
    assert cache.get("two") is None


def test_an_empty_body_is_kept_as_any_other(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 1000)
    cache.put("key", b"")
    assert cache.get("key") == b""


def test_a_folder_that_vanishes_is_made_again(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path / "cache", 1000)
    shutil.rmtree(cache.folder)
    assert cache.get("key") is None
    cache.put("key", b"picture")
    assert cache.get("key") == b"picture"
    assert cache.problem == ""


def test_a_folder_that_cannot_be_made_is_said_and_costs_no_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    way = tmp_path / "file"
    way.write_text("in the way")
    cache = DiskCache(way / "cache", 1000)
    for _ in range(3):
        cache.put("key", b"picture")
    assert cache.get("key") is None
    assert str(way) in cache.problem
    (said,) = caplog.records  # once, not with each picture
    assert "PLANMAP_CACHE" in said.getMessage()
    way.unlink()
    cache.put("key", b"picture")
    assert cache.get("key") == b"picture"
    assert cache.problem == ""
    assert "again" in caplog.records[-1].getMessage()


def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cache = DiskCache(tmp_path, 1000)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(disk_cache.os, "replace", full)
        cache.put("key", b"picture")
    assert list(tmp_path.iterdir()) == []
    assert "No space" in cache.problem
    assert "No space" in caplog.text
    cache.put("key", b"picture")
    assert cache.get("key") == b"picture"
    assert cache.problem == ""


def test_a_disk_that_is_full_in_the_middle_of_a_file_leaves_nothing_behind(tmp_path: Path) -> None:
    """The size of this process' files is limited in another process, as a quota would."""
    code = (
        "import resource, signal, sys; from pathlib import Path;"
        "from app.render.disk_cache import DiskCache;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000));"
        "cache = DiskCache(Path(sys.argv[1]), 10_000_000); cache.put('key', bytes(200_000));"
        "print(cache.problem, list(Path(sys.argv[1]).iterdir()), cache.get('key'))"
    )
    done = run_python(code, str(tmp_path))
    assert "too large" in done
    assert done.endswith("[] None")


def run_python(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_what_a_killed_process_left_goes_at_the_next_start(tmp_path: Path) -> None:
    for name in ("abc123.tmp", "tmpab12cd34", "old.picture"):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / "notes.txt").write_text("somebody else's")
    DiskCache(tmp_path, 1000)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_what_another_process_is_writing_stays(tmp_path: Path) -> None:
    half = tmp_path / "abc123.tmp"
    with half.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        DiskCache(tmp_path, 1000)
        assert half.exists()
    DiskCache(tmp_path, 1000)
    assert not half.exists()


def test_a_cache_that_works_says_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    cache = DiskCache(tmp_path, 1000)
    cache.put("key", b"picture")
    cache.get("key")
    assert not caplog.records
