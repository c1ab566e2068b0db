"""`planmap new`: a sample pack for another city."""

from pathlib import Path
from typing import Annotated

import typer

from app.editing.new_pack import new_pack


def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make; empty, or not there yet.")],
    languages: Annotated[
        str, typer.Option(help="Languages of the pack, its own first, as in pt,en.")
    ] = "zh,en",
) -> None:
    """Make a small sample pack for another city, ready to be served and replaced by its own."""
    for path in new_pack(folder, [one.strip() for one in languages.split(",")]):
        typer.echo(f"wrote {path.relative_to(folder)}")
    typer.echo(f"Now run `planmap serve --pack {folder}`; geodata/README.md says what to replace.")
