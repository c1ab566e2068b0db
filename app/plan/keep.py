"""Keeping a version of the data whole, beside the one in use."""

import shutil
from pathlib import Path

from app.plan.features import data_version
from app.plan.pack import DATA_FOLDER, FEATURES_FILE, Pack


def keep_version(pack: Pack, folder: Path) -> Path:
    """Copy a pack to `folder/<version>`, whole or not at all; an earlier copy stays as it is."""
    kept = folder / data_version(pack)
    if kept.exists():
        return kept
    half = kept.with_suffix(".part")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    shutil.copy2(pack.root / FEATURES_FILE, half)
    shutil.copytree(pack.data, half / DATA_FOLDER)
    half.rename(kept)
    return kept
