"""A new pack for another city: a small sample that runs at once, to be replaced file by file."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from app.build.build import build, write
from app.domain.errors import PackError
from app.domain.text.languages import CHINESE, ENGLISH
from app.editing.new_pack_languages import into_languages
from app.pack.pack import DATA_FOLDER, Pack
from app.pack.plan_values import languages_of
from app.pack.storage.files import replaced_folder

SAMPLE = Path(__file__).resolve().parent / "sample"


def new_pack(folder: Path, languages: Sequence[str] = (CHINESE, ENGLISH)) -> list[Path]:
    """Make a pack in an empty or new folder; return its files. Raises PackError for any other."""
    spoken = languages_of(list(languages))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PackError(str(folder), "a folder that is empty or does not exist yet")
    with replaced_folder(folder) as half:
        shutil.copytree(SAMPLE, half / DATA_FOLDER)
        if spoken != (CHINESE, ENGLISH):
            into_languages(half / DATA_FOLDER, spoken)
        write(build(Pack(half)))
    return sorted(path for path in folder.rglob("*") if path.is_file())
