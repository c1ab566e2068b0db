"""Kill every command that writes, at random moments, and see that each left the old or the new.

    .venv/bin/python tools/kills.py --kills 200

Each run is a process of its own, ended by SIGKILL: half of them at any moment of the run, half a
few milliseconds after the first sign of writing. After each, the pack must be as before or as
after, `check` must be clean, and the same command must succeed.
"""

import argparse
import contextlib
import gc
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas
from openpyxl import load_workbook
from shapely import box

from app.build.check_pack import check_pack
from app.cli import app as cli
from app.pack.pack import Pack

TINY = Path(__file__).resolve().parent.parent / "tests" / "packs" / "tiny"
HIDDEN = (".lock", ".pending", ".pending.part")
STALE = "built_files_are_what_the_rows_give"
Files = dict[str, bytes]


@dataclass(frozen=True)
class Trial:
    """A command and what it is given."""

    words: Callable[[Path], list[str]]
    prepare: Callable[[Path], None]
    stale: bool = False
    """Whether the pack is stale before it."""
    once: bool = False
    """Whether it refuses to do again what is done."""


def workbook(folder: Path) -> None:
    """A workbook of the pack with one cell changed."""
    run(["export-xlsx", str(folder / "in.xlsx"), "--pack", str(folder / "pack")])
    book = load_workbook(folder / "in.xlsx")
    book["场地"]["F2"].value = "building"
    book.save(folder / "in.xlsx")


def shapes(folder: Path) -> None:
    """Some features for the pack."""
    names = [f"东山林场{number}" for number in range(6)]
    frame = geopandas.GeoDataFrame(
        {"name": names, "id": [f"forest-{number}" for number in range(6)]},
        geometry=[box(10.31, 50.11, 10.312 + n / 1000, 50.12) for n in range(6)],
        crs=4326,
    )
    frame.to_file(folder / "in.gpkg", engine="pyogrio")


def edited(folder: Path) -> None:
    """A pack whose rows have moved on, so that a build has work."""
    path = folder / "pack" / "geodata" / "items" / "sites.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("东镇的一家纺织厂。", "东镇的一家老厂。"), encoding="utf-8")
    lines = folder / "pack" / "geodata" / "base" / "roads.geojson"
    lines.write_text(lines.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def site(folder: Path) -> None:
    """A site that stands already, with other files."""
    run(words_of_publish(folder, "geojson"))


def words_of_publish(folder: Path, file_format: str = "csv") -> list[str]:
    url = "https://plan.example.org/"
    given = ["--url", url, "--face", file_format, "--pack", str(folder / "pack"), "--force"]
    return ["publish", str(folder / "site"), *given]


def book(folder: Path) -> None:
    (folder / "out.xlsx").write_bytes(b"an older workbook")


def nothing(folder: Path) -> None:
    """Nothing to prepare."""


def on_pack(*words: str) -> Callable[[Path], list[str]]:
    """A command on the pack of a folder; `{}` in its words is that folder."""
    return lambda folder: [
        *(word.replace("{}", str(folder)) for word in words), "--pack", str(folder / "pack")
    ]  # fmt: skip


GIVEN = ("--layer", "sites", "--uncertainty-m", "50", "--basis", "published", "--update",
         "--source", "survey", "--set", "status=existing", "--set", "category=zone",
         "--set", "plan_refs=第一章")  # fmt: skip
TRIALS = {
    "import-xlsx": Trial(on_pack("import-xlsx", "{}/in.xlsx", "--apply"), workbook),
    "import-gis": Trial(on_pack("import-gis", "{}/in.gpkg", *GIVEN), shapes),
    "build": Trial(on_pack("build"), edited, stale=True),
    "keep": Trial(on_pack("keep"), nothing),
    "publish": Trial(words_of_publish, site),
    "export-xlsx": Trial(on_pack("export-xlsx", "{}/out.xlsx", "--force"), book),
    "new": Trial(lambda folder: ["new", str(folder / "city")], nothing, once=True),
}


def run(words: list[str]) -> None:
    """A command to its end, in a process of its own; it must succeed."""
    _, status = os.waitpid(started(words), 0)
    if status != 0:
        raise SystemExit(f"{' '.join(words)}: status {status}")


def started(words: list[str]) -> int:
    """A process that runs a command and says nothing."""
    pid = os.fork()
    if pid == 0:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        if "KILLS_LOUD" not in os.environ:
            os.dup2(silent, 2)
        code = 1
        with contextlib.suppress(BaseException):
            try:
                cli(words)
            except SystemExit as end:
                code = int(end.code or 0)
        os._exit(code)
    return pid


def seen(folder: Path) -> Files:
    """Every file that anybody would look at; a workbook by what it says, not by its clock."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            found[name] = cells(path) if path.name == "out.xlsx" else path.read_bytes()
    return found


def cells(path: Path) -> bytes:
    body = path.read_bytes()
    if body[:2] != b"PK":
        return body
    opened = load_workbook(path)
    return repr([[c.value for c in row] for page in opened for row in page.iter_rows()]).encode()


def leavings(folder: Path) -> list[str]:
    """What lies there half written; the command may take folders away meanwhile."""
    walked = os.walk(folder)
    return [name for _, folders, files in walked for name in folders + files if name[0] == "."]


def prepared(trial: Trial, folder: Path) -> None:
    """The folder a trial begins with."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(TINY, folder / "pack")
    trial.prepare(folder)


def killed(words: list[str], folder: Path, moment: float, after_sign: bool) -> None:
    """Start a command and kill it: at a moment, or so long after it began to write."""
    pid = started(words)
    began = time.monotonic()
    while after_sign and not leavings(folder) and os.waitpid(pid, os.WNOHANG)[0] == 0:
        if time.monotonic() - began > 60:
            break
    time.sleep(moment)
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def tried(name: str, trial: Trial, folder: Path, template: Path, kills: int) -> tuple[int, int]:
    """Kill a command so many times; how often the old and the new was found."""
    prepared(trial, template)
    restore(template, folder)
    words = trial.words(folder)
    old = seen(folder)
    began = time.monotonic()
    run(words)
    length = time.monotonic() - began
    new = seen(folder)
    counts = [0, 0]
    for number in range(kills):
        restore(template, folder)
        sign = bool(number % 2)
        moment = random.uniform(0, 0.03 if sign else length * 1.1)
        killed(words, folder, moment, sign)
        pack = Pack(folder / "pack")
        findings = [one for one in check_pack(pack) if not (trial.stale and one.rule == STALE)]
        found = seen(folder)
        if findings or found not in (old, new):
            differs = [
                n for n in {*found, *old, *new} if found.get(n) not in (old.get(n), new.get(n))
            ]
            raise SystemExit(f"{name} killed after {moment:.3f} s: {findings} {differs}")
        counts[found == new] += 1
        if found != new or not trial.once:
            run(words)
        if seen(folder) != new or leavings(folder):
            raise SystemExit(f"{name}: the run after a kill left {leavings(folder)}")
    return counts[0], counts[1]


def restore(template: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=200, help="of each command")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("commands", nargs="*", default=list(TRIALS))
    asked = parser.parse_args()
    random.seed(asked.seed)
    gc.freeze()  # what is loaded stays: no run searches it
    with tempfile.TemporaryDirectory() as place:
        for name in asked.commands or TRIALS:
            folder, template = Path(place) / "work", Path(place) / "template"
            os.environ["PLANMAP_VERSIONS"] = str(folder / "versions")
            old, new = tried(name, TRIALS[name], folder, template, asked.kills)
            print(f"{name}: {asked.kills} kills, {old} old, {new} new, 0 mixed", flush=True)


if __name__ == "__main__":
    sys.exit(main())
