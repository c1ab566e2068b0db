"""Keeping a version of the data whole, beside the one in use."""

import shutil
from pathlib import Path

from app.plan.errors import PackChanged, PackError
from app.plan.files import clear_halves, replaced_folder
from app.plan.lock import locked
from app.plan.pack import DATA_FOLDER, FEATURES_FILE, Pack
from app.plan.version import version_of

HIDDEN = shutil.ignore_patterns(".*")


def keep_version(pack: Pack, folder: Path) -> Path:
    """Copy a pack to `folder/<version>`, whole or not at all; an earlier copy stays as it is.

    Raises PackError for a pack that could not be served, or an earlier copy that is no longer it.
    """
    pack.read_whole()
    kept = folder / pack.version
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        clear_halves(folder)
        if kept.exists():
            if version_of(kept) != pack.version:
                expected = "the version it was kept as; it has been changed since: remove it"
                raise PackError(str(kept), expected)
            return kept
        with replaced_folder(kept) as half:
            shutil.copy2(pack.features_path, half / FEATURES_FILE)
            shutil.copytree(pack.data, half / DATA_FOLDER, ignore=HIDDEN)
            if version_of(half) != pack.version:
                raise PackChanged(pack.root, pack.version)
    return kept
