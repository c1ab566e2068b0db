"""Data that changes while it is served: taken in whole, or refused with the reason."""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.build.build import build, write
from app.pack.pack import Pack
from app.server.register import Registration, ServerNote, reload_servers, running_servers
from tests.conftest import TINY
from tests.edit_pack import change
from tests.programs import ran
from tests.server.wire import LONGEST, Served, metric, served, until

PATHS = (
    "/api/collections/plan/items?limit=100", "/view.csv", "/base/roads.geojson", "/pack.json",
    "/places.json", "/healthz", "/view.xlsx?layer=sites", "/",
)  # fmt: skip
NAMES = ("东镇纺织厂", "东镇新厂")


def edit(pack: Path, name: str) -> None:
    """Another name of an item, another course of a road, and all that is built from them."""
    change(pack, "sites", "site-mill", name=name)
    lines = pack / "geodata" / "lines.csv"
    old, new = ("10.0,50.1,", "10.0,50.11,") if name == NAMES[1] else ("10.0,50.11,", "10.0,50.1,")
    lines.write_text(lines.read_text("utf-8").replace(old, new), "utf-8")
    loaded = Pack(pack)
    write(build(loaded), loaded.version)


def version(running: Served) -> str:
    return str(json.loads(running.get("/healthz").body)["version"])


def planmap(folder: Path, pack: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """A command beside the service, which finds it by its note."""
    own = {"PLANMAP_STATE": str(folder / "state"), "PLANMAP_PACK": str(pack)}
    return ran(words, {**os.environ, **own})


class Crowd:
    """Clients that ask all the time, each on one connection, and what they were told."""

    def __init__(self, running: Served) -> None:
        self.seen: dict[str, set[tuple[int, str, bytes]]] = {path: set() for path in PATHS}
        self.errors: list[str] = []
        self.rounds = 0
        self._over = threading.Event()
        self._port = running.port
        self._threads = [threading.Thread(target=self._ask) for _ in range(3)]

    def _ask(self) -> None:
        asked = http.client.HTTPConnection("127.0.0.1", self._port, timeout=LONGEST)
        try:
            while not self._over.is_set():
                for path in PATHS:
                    asked.request("GET", path)
                    found = asked.getresponse()
                    tag = found.headers.get("etag", "")
                    self.seen[path].add((found.status, tag, found.read()))
                self.rounds += 1
        except Exception as error:
            self.errors.append(repr(error))
        finally:
            asked.close()

    @contextmanager
    def asking(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in self._threads:
                thread.join()


def answers_of(running: Served) -> dict[str, bytes]:
    return {path: running.get(path).body for path in PATHS}


def test_no_request_fails_while_data_is_reloaded_and_each_is_wholly_old_or_new(
    tiny: Path, tmp_path: Path
) -> None:
    edit(tiny, NAMES[1])
    edit(tiny, NAMES[0])
    state = tmp_path / "state"
    with served(tmp_path, pack=tiny) as running:
        known = [answers_of(running)]
        crowd = Crowd(running)
        with crowd.asking():
            for turn in range(1, 6):
                rounds = crowd.rounds
                edit(tiny, NAMES[turn % 2])
                (note,) = reload_servers(state, running_servers(state, tiny))
                assert not note.refused
                if turn == 1:
                    known.append(answers_of(running))
                until(lambda rounds=rounds: crowd.rounds > rounds + 3 or crowd.errors)
        assert crowd.errors == []
        old, new = known
        for path, seen in crowd.seen.items():
            assert {status for status, _, _ in seen} == {200}
            assert {body for _, _, body in seen} == {old[path], new[path]}, path
            assert len({tag for _, tag, _ in seen}) in (1, 2), "a state has one tag"
        assert old["/base/roads.geojson"] != new["/base/roads.geojson"]
        copies = list((tmp_path / "cache" / "data").iterdir())
        assert len(copies) <= 3, "old ones go, but for that of the last drawing"


def test_a_broken_pack_is_refused_and_the_old_data_is_served_whole(
    tiny: Path, tmp_path: Path
) -> None:
    with served(tmp_path, pack=tiny) as running:
        before = version(running)
        (tiny / "geodata" / "layers.toml").write_text("[[layers]\n", "utf-8")
        running.process.send_signal(signal.SIGHUP)
        until(lambda: "refused" in json.loads(running.get("/healthz").body))
        for path in ("/healthz", "/readyz"):
            found = running.get(path)
            said = json.loads(found.body)
            assert said["version"] == before
            assert "layers.toml" in said["refused"]
            assert str(tiny) not in said["refused"], "no way on the server's disk"
        until(lambda: running.get("/readyz").status == 200)
        assert metric(running, "planmap_data_refused") == 1
        assert running.get("/view.svg?title=fresh").status == 200, "drawn of the data served"
        assert NAMES[0] in running.get("/view.csv").body.decode()
        refused = planmap(tmp_path, tiny, "reload")
        assert refused.returncode == 1
        assert "layers.toml" in refused.stdout
        shutil.copy(TINY / "geodata" / "layers.toml", tiny / "geodata" / "layers.toml")
        edit(tiny, NAMES[1])
        assert planmap(tmp_path, tiny, "reload").returncode == 0
        said = json.loads(running.get("/healthz").body)
        assert "refused" not in said
        assert said["version"] == Pack(tiny).version != before
        assert NAMES[1] in running.get("/view.csv").body.decode()
        assert metric(running, "planmap_data_refused") == 0


def test_a_command_that_writes_tells_the_running_service(tiny: Path, tmp_path: Path) -> None:
    with served(tmp_path, pack=tiny) as running:
        before = version(running)
        change(tiny, "sites", "site-mill", name=NAMES[1])
        done = planmap(tmp_path, tiny, "build")
        assert done.returncode == 0, done.stderr
        assert f"{running.url}/ shows version {version(running)}" in done.stdout
        assert version(running) != before
        book = tmp_path / "book.xlsx"
        assert planmap(tmp_path, tiny, "export-xlsx", str(book)).returncode == 0
        change(tiny, "sites", "site-mill", name=NAMES[0])
        assert planmap(tmp_path, tiny, "build").returncode == 0
        taken = planmap(tmp_path, tiny, "import-xlsx", str(book), "--apply", "--force")
        assert taken.returncode == 0, taken.stderr
        assert NAMES[1] in running.get("/view.csv").body.decode()
        assert running.url in taken.stdout


def test_reload_says_that_no_service_runs(tiny: Path, tmp_path: Path) -> None:
    found = planmap(tmp_path, tiny, "reload")
    assert found.returncode == 2
    assert "a service that runs on this pack" in found.stderr
    assert planmap(tmp_path, tiny, "build").stdout.count("\n") == 1, "nobody to tell"


def test_a_note_that_a_killed_service_left_is_nobody(tiny: Path, tmp_path: Path) -> None:
    noted = Registration(tmp_path, ServerNote(os.getpid(), "http://x/", str(tiny.resolve()), "1"))
    with (tmp_path / "12.json").open("w") as left:
        json.dump({"pid": 1, "url": "", "pack": str(tiny.resolve()), "version": "0"}, left)
    assert [one.pid for one in running_servers(tmp_path, tiny)] == [os.getpid()]
    assert running_servers(tmp_path, tiny.parent) == []
    noted.end()
    assert running_servers(tmp_path, tiny) == []


def test_the_files_are_watched_where_that_is_asked_for(tiny: Path, tmp_path: Path) -> None:
    with served(tmp_path, "--reload-data", pack=tiny) as running:
        edit(tiny, NAMES[1])
        until(lambda: version(running) == Pack(tiny).version)
        change(tiny, "sites", "site-mill", places="nowhere")
        until(lambda: "refused" in json.loads(running.get("/healthz").body))


def test_several_processes_serve_one_port_and_all_of_them_reload(
    tiny: Path, tmp_path: Path
) -> None:
    with served(tmp_path, "--workers", "2", pack=tiny) as running:
        folder = tmp_path / "state"
        until(lambda: len(running_servers(folder, tiny)) == 2)
        edit(tiny, NAMES[1])
        running.process.send_signal(signal.SIGHUP)
        wanted = Pack(tiny).version
        until(lambda: {one.version for one in running_servers(folder, tiny)} == {wanted})
        assert {version(running) for _ in range(20)} == {wanted}
        lost = running_servers(folder, tiny)[0].pid
        os.kill(lost, signal.SIGKILL)

        def replaced() -> bool:
            """The one that starts is told to reload all the time, and does not end by it."""
            running.process.send_signal(signal.SIGHUP)
            return len({one.pid for one in running_servers(folder, tiny)} - {lost}) == 2

        until(replaced)
        assert running.get("/view.svg").status == 200
        running.process.terminate()
        assert running.process.wait(LONGEST) == 0
        assert running_servers(folder, tiny) == []
        assert re.findall(r"process \d+ was lost", running.log.read_text()) == [
            f"process {lost} was lost"
        ]


def test_processes_end_when_the_first_is_killed(tiny: Path, tmp_path: Path) -> None:
    with served(tmp_path, "--workers", "2", pack=tiny) as running:
        until(lambda: len(running_servers(tmp_path / "state", tiny)) == 2)
        running.process.kill()
        until(lambda: not running_servers(tmp_path / "state", tiny))
