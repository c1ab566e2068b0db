"""Keeps a data version whole, beside the one in use."""

import shutil
from pathlib import Path

from app.domain.errors import PackChanged, PackError
from app.pack.pack import DATA_FOLDER, FEATURES_FILE, Pack
from app.pack.storage.files import remove_leftovers, replaced_folder
from app.pack.storage.lock import locked
from app.pack.version import version_of

HIDDEN = shutil.ignore_patterns(".*")


def save_snapshot(pack: Pack, folder: Path) -> Path:
    """Copy a pack to `folder/<version>`, whole or not at all; an earlier copy stays as it is.

    Raises PackError for a pack that could not be served, or an earlier copy that is no longer it.
    """
    pack.read_whole()
    kept = folder / pack.version
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        remove_leftovers(folder)
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
