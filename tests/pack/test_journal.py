"""A change is whole or not at all, wherever it is cut off, and stays inside the pack."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.build.build import build, write, write_texts
from app.domain.errors import PackChanged, PackError
from app.pack.pack import Pack
from app.pack.storage import files as durable
from app.pack.storage import journal
from app.pack.storage.files import inside
from app.pack.storage.journal import commit, leftovers, recover
from app.pack.storage.lock import locked
from tests.edit_pack import change
from tests.editing.cell_bytes import files


class ProcessKilled(BaseException):
    """A process that ends here: nothing behind it runs."""


STEPS = [(os, "replace"), (os, "fsync"), (Path, "rename"), (Path, "mkdir"), (Path, "unlink")]


def killed_at(monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    """Let the last of so many steps on the disk, and all that follow, end in a kill."""
    done = [0]

    def step(real: object) -> object:
        def wrapped(*given: object, **more: object) -> object:
            done[0] += 1
            if done[0] >= last:
                raise ProcessKilled
            return real(*given, **more)  # type: ignore[operator]

        return wrapped

    for owner, name in STEPS:
        monkeypatch.setattr(owner, name, step(getattr(owner, name)))


def test_a_change_cut_off_at_any_step_is_the_old_or_the_new(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tiny / "geodata"
    change(tiny, "sites", "site-mill", summary="东镇的一家老厂。")
    old = files(tiny)
    new_texts = {
        data / "items" / "new.csv": b"a",
        data / "extra" / "deep" / "b.csv": b"b",
        tiny / "projects.geojson": b"c",
        data / "plan.toml": (data / "plan.toml").read_bytes() + b"\n",
    }
    new = old | {path.relative_to(tiny).as_posix(): body for path, body in new_texts.items()}
    seen = set()
    for last in range(1, 200):
        with monkeypatch.context() as patch:
            killed_at(patch, last)
            try:
                write_all(tiny, new_texts)
                ended = True
            except ProcessKilled:
                ended = False
        recover(tiny)
        now = files(tiny)
        assert now in (old, new), f"step {last}"
        assert leftovers(tiny) == []
        seen.add(now == new)
        if ended:
            break
        restore(tiny, old)
    assert ended
    assert seen == {True, False}


def write_all(root: Path, bodies: dict[Path, bytes]) -> None:
    with locked(root / "geodata"):
        journal.recover_locked(root)
        commit(root, bodies)


def restore(root: Path, old: dict[str, bytes]) -> None:
    for name in files(root):
        if name not in old:
            (root / name).unlink()
    for name, body in old.items():
        (root / name).write_bytes(body)


def test_a_recovery_may_be_cut_off_too(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = files(tiny)
    target = tiny / "geodata" / "terms.csv"
    bodies = {target: b"new", tiny / "projects.geojson": b"new too"}
    for last in range(1, 40):
        with monkeypatch.context() as patch:
            patch.setattr(journal, "finish", lambda root: None)
            write_all(tiny, bodies)
        with monkeypatch.context() as patch:
            killed_at(patch, last)
            try:
                recover(tiny)
                ended = True
            except ProcessKilled:
                ended = False
        recover(tiny)
        assert (target.read_bytes(), (tiny / "projects.geojson").read_bytes()) == (
            b"new",
            b"new too",
        )
        assert leftovers(tiny) == []
        restore(tiny, old)
        if ended:
            return
    pytest.fail("recovery never ends")


def test_a_full_disk_changes_nothing(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = files(tiny)

    def full(path: Path, body: bytes, like: Path | None = None) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "write_synced", full)
        with pytest.raises(PackError, match="No space left"):
            write_texts(tiny, {tiny / "geodata" / "terms.csv": "x"})
    assert files(tiny) == old
    assert leftovers(tiny) == []


def test_a_damaged_journal_is_refused_and_touches_nothing(tiny: Path) -> None:
    old = files(tiny)
    pending = tiny / "geodata" / ".pending"
    pending.mkdir()
    (pending / "0").write_bytes(b"half")
    for text in ("{", "[]", json.dumps({"geodata/terms.csv": {"file": "0", "sha256": "other"}})):
        (pending / "files.json").write_text(text)
        with pytest.raises(PackError, match="damaged"):
            Pack(tiny)
    assert {name: body for name, body in files(tiny).items() if ".pending" not in name} == old


@pytest.mark.parametrize(
    "name", ["../outside.csv", "geodata/../../outside.csv", "geodata", "README.md", "/tmp/x",
             "geodata/.lock", "geodata/linked/x.csv"],
)  # fmt: skip
def test_a_journal_writes_only_into_its_pack(tiny: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tiny / "geodata" / "linked").symlink_to(tmp_path / "elsewhere")
    pending = tiny / "geodata" / ".pending"
    pending.mkdir()
    (pending / "0").write_bytes(b"")
    (pending / "files.json").write_text(json.dumps({name: {"file": "0", "sha256": ""}}))
    with pytest.raises(PackError):
        Pack(tiny)
    assert not list((tmp_path / "elsewhere").iterdir())
    assert not (tmp_path / "outside.csv").exists()


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "a/../../x", "", ".", "a//b", "x\0y", "长" * 90]
)
def test_a_name_that_leads_out_of_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(PackError, match="stays in this folder"):
        inside(folder, name)
    assert inside(folder, "a/b.csv") == folder.resolve() / "a" / "b.csv"


def test_a_link_inside_a_folder_may_not_lead_out(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "out").symlink_to(tmp_path)
    (folder / "file.csv").symlink_to(tmp_path / "file.csv")
    for name in ("out/x", "file.csv"):
        with pytest.raises(PackError):
            inside(folder, name)


def test_a_pack_behind_links_is_written_where_it_lies(tiny: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.mkdir()
    (link / "geodata").symlink_to(tiny / "geodata")
    (link / "projects.geojson").write_bytes((tiny / "projects.geojson").read_bytes())
    change(link, "sites", "site-mill", summary="东镇的一家老厂。")
    assert write(build(Pack(link))) == [link / "projects.geojson"]
    assert (tiny / "geodata").is_dir()
    assert Pack(link).features


def test_files_keep_their_mode(tiny: Path) -> None:
    (tiny / "projects.geojson").chmod(0o640)
    change(tiny, "sites", "site-mill", summary="东镇的一家老厂。")
    write(build(Pack(tiny)))
    assert (tiny / "projects.geojson").stat().st_mode & 0o777 == 0o640


def test_what_was_judged_on_another_state_is_not_written(tiny: Path) -> None:
    change(tiny, "sites", "site-mill", summary="东镇的一家老厂。")
    pack = Pack(tiny)
    texts = build(pack)
    change(tiny, "sites", "site-mill", summary="又改了。")
    old = files(tiny)
    with pytest.raises(PackChanged):
        write(texts, pack.version)
    assert files(tiny) == old


HOLD = """
import sys, time
from pathlib import Path
from app.pack.storage.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_writes_and_a_killed_one_holds_nothing(tiny: Path) -> None:
    data = tiny / "geodata"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with (
        pytest.raises(PackError, match=f"process {holder.pid} ") as refused,
        locked(data, wait=0.2),
    ):
        pytest.fail("two at once")
    assert "\n" not in str(refused.value)
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert (data / ".lock").exists()
    Pack(tiny)
    assert leftovers(tiny) == []


def test_halves_of_living_processes_are_left_alone(tiny: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as living:
        theirs = tiny / f".plan.xlsx.{living.pid}.part"
        theirs.write_bytes(b"")
        assert durable.leftover_paths(tiny) == []
    assert durable.leftover_paths(tiny) == [theirs]
    Pack(tiny)
    assert not theirs.exists()


def test_old_halves_are_cleared_by_whoever_opens_the_pack(tiny: Path) -> None:
    for name in ("geodata/items/sites.csv.part", "projects.geojson.part"):
        (tiny / name).write_text("half", encoding="utf-8")
    assert len(leftovers(tiny)) == 2
    Pack(tiny)
    assert leftovers(tiny) == []


def test_who_may_not_write_reads_no_pack_with_a_change_half_done(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    (tiny / "geodata" / ".lock").touch()
    assert Pack(tiny).features
    (tiny / "geodata" / ".pending").mkdir()
    with pytest.raises(PackError, match="planmap check"):
        Pack(tiny)
    monkeypatch.undo()
    assert Pack(tiny).features
    assert leftovers(tiny) == []
