"""What several commands share: which pack, and how far along."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.settings import Settings
from app.startup import load_settings

PackOption = Annotated[
    Path | None, typer.Option("--pack", help="Folder of the plan pack (or PLANMAP_PACK).")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Write nothing; only say what would be.")
]


def settings_for(pack: Path | None) -> Settings:
    """The settings, with the pack of the command line where one is given."""
    return load_settings(pack)


def progress_bar(done: int, total: int) -> None:
    """A count on a terminal; nothing in a log."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        sys.stderr.write(f"\rplacing {done} of {total} items{end}")
