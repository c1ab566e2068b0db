"""Commands for the workbook of a pack: `planmap export-xlsx | import-xlsx`."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import DryRunOption, PackOption, settings_for
from app.cli.revision import finish
from app.domain.errors import PackError
from app.editing.workbook import ImportResult, export_workbook, import_workbook
from app.pack.pack import Pack

ApplyOption = Annotated[
    bool, typer.Option("--apply", help="Write the change, if nothing stands against it.")
]
FileArgument = Annotated[Path, typer.Argument(help="The .xlsx file.")]


def export_xlsx(
    file: FileArgument,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    pack: PackOption = None,
) -> None:
    """Write every table of the pack to one workbook for Excel or WPS."""
    rows = export_workbook(Pack(settings_for(pack).pack), file, over=force)
    typer.echo(f"wrote {rows} rows to {file}")


def import_xlsx(
    file: FileArgument,
    apply: ApplyOption = False,
    force: Annotated[
        bool, typer.Option("--force", help="Apply a workbook made from an older state too.")
    ] = False,
    dry_run: DryRunOption = False,
    pack: PackOption = None,
) -> None:
    """Show what a workbook would change, row by row; with --apply, write it and rebuild.

    Without --apply nothing is written, the same as with --dry-run.
    """
    if apply and dry_run:
        raise PackError("--dry-run", "either --dry-run or --apply, not both")
    loaded = Pack(settings_for(pack).pack)
    taken = import_workbook(loaded, file)
    report(taken)
    if taken.revision is None:
        raise typer.Exit(1)
    if apply and taken.outdated and taken.revision.files and not force:
        typer.echo("not written; add --force if the changes above are all meant", err=True)
        raise typer.Exit(1)
    if taken.changes and not apply:
        typer.echo("add --apply to write this")
    finish(loaded, taken.revision, apply)


def report(taken: ImportResult) -> None:
    """The changes, then what stands against them."""
    for change in taken.changes:
        typer.echo("\n".join(change.lines()))
    for note in taken.notes:
        typer.echo(f"note: {note}")
    for problem in taken.problems:
        typer.echo(str(problem), err=True)
    counts = f"{len(taken.changes)} rows differ, {len(taken.problems)} problems"
    if taken.problems and not taken.changes:
        counts = f"{len(taken.problems)} problems"  # rows that cannot be read are not compared
    typer.echo(f"{counts}; nothing written" if taken.problems else counts)
    if taken.outdated:
        typer.echo(
            "The tables have changed since this workbook was made: "
            "what others did since shows above as undone.",
            err=True,
        )
