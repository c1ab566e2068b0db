"""A new pack for another city: a small sample that runs at once, to be replaced file by file."""

import shutil
from pathlib import Path

from app.plan.build import build, write
from app.plan.errors import PackError
from app.plan.pack import DATA_FOLDER, Pack

SAMPLE = Path(__file__).resolve().parent / "sample"


def new_pack(folder: Path) -> list[Path]:
    """Make a pack in an empty or new folder; return its files. Raises PackError for any other."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PackError(str(folder), "a folder that is empty or does not exist yet")
    shutil.copytree(SAMPLE, folder / DATA_FOLDER)
    write(build(Pack(folder)))
    return sorted(path for path in folder.rglob("*") if path.is_file())
