"""What import commands share: writing a revision, or saying how to."""

import typer

from app.cli.options import settings_for
from app.cli.running import reload_and_say
from app.editing.revision import Revision, apply
from app.pack.pack import Pack


def finish(pack: Pack, revision: Revision, wanted: bool) -> None:
    """Write a revision that is wanted and tell who serves the pack, or say how to."""
    if not wanted:
        typer.echo("nothing written" if revision.files else "no change")
        return
    if not revision.files:
        typer.echo("no change")
    for path in apply(revision):
        typer.echo(f"wrote {path.relative_to(pack.root)}")
    if revision.files:
        reload_and_say(settings_for(pack.root))
