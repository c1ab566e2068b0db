"""Imports every module of a package and prints what its code did meanwhile, a line each.

A program of its own, because an audit hook stays for the life of a process:
`python tests/import_watch.py PACKAGE`. Work counts as the package's where its code is nearer on the
stack than an import: what a library does while it is itself being imported is not ours to judge.
"""

import importlib
import os
import pkgutil
import sys
from pathlib import Path
from types import FrameType
from typing import Any

WATCHED = ("open", "os.listdir", "os.scandir", "os.mkdir", "os.putenv", "os.system", "os.fork",
           "os.posix_spawn", "subprocess.Popen", "socket.", "sqlite3.connect", "urllib.Request",
           "mmap.", "shutil.", "tempfile.")  # fmt: skip
READS = ("__getitem__", "__contains__", "__iter__", "__len__", "copy")
"""Every way to read the environment ends in one of these."""
ASKED_BY_LIBRARIES = ("PYDANTIC_DISABLE_PLUGINS",)
"""Variables that a library reads whenever a class or function is declared with it."""

done: dict[str, None] = {}


def frames() -> list[FrameType]:
    found, frame = [], sys._getframe(2)
    while frame is not None:
        found.append(frame)
        frame = frame.f_back  # type: ignore[assignment]
    return found


def note(what: str, folder: str) -> None:
    """Remember an event, with the line of the package that caused it."""
    for frame in frames():
        file = frame.f_code.co_filename
        if file.startswith(folder):
            where = f"{os.path.relpath(file, folder)}:{frame.f_lineno}"
            done[f"{where}: {what}"] = None
            return
        if file.startswith("<frozen importlib"):
            return


def watch_environment(folder: str) -> None:
    kind: Any = type(os.environ)
    for name in READS:
        plain = getattr(kind, name)

        def read(self: Any, *given: Any, plain: Any = plain, name: str = name) -> Any:
            if not (given and given[0] in ASKED_BY_LIBRARIES):
                note(f"environment {name} {given}", folder)
            return plain(self, *given)

        setattr(kind, name, read)


def main(package: str) -> None:
    root = importlib.util.find_spec(package)
    assert root is not None
    assert root.origin is not None
    folder = str(Path(root.origin).parent) + os.sep
    watch_environment(folder)
    sys.addaudithook(
        lambda event, given: (
            note(f"{event} {given[:1]}", folder) if event.startswith(WATCHED) else None
        )
    )
    names = [package]
    names += [one.name for one in pkgutil.walk_packages([folder], f"{package}.")]
    for name in names:
        importlib.import_module(name)
    found = list(done)
    print(*found, f"{len(names)} modules", sep="\n")


if __name__ == "__main__":
    main(sys.argv[1])
