"""Commands that take the pack out and back: `planmap export-xlsx | import-xlsx | import-gis`."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import PackOption, settings_for
from app.exchange.gis import Imported, Request
from app.exchange.gis import take as take_gis
from app.exchange.revision import Revision, apply
from app.exchange.workbook import Taken, export, take
from app.plan.characters import spelt_out
from app.plan.errors import PackError
from app.plan.pack import Pack

ApplyOption = Annotated[
    bool, typer.Option("--apply", help="Write the change, if nothing stands against it.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Write nothing; only say what would be.")
]
FileArgument = Annotated[Path, typer.Argument(help="The .xlsx file.")]


def export_xlsx(
    file: FileArgument,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    pack: PackOption = None,
) -> None:
    """Write every table of the pack to one workbook for Excel or WPS."""
    rows = export(Pack(settings_for(pack).pack), file, over=force)
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
    taken = take(loaded, file)
    report(taken)
    if taken.revision is None:
        raise typer.Exit(1)
    if apply and taken.outdated and taken.revision.files and not force:
        typer.echo("not written; add --force if the changes above are all meant", err=True)
        raise typer.Exit(1)
    if taken.changes and not apply:
        typer.echo("add --apply to write this")
    finish(loaded, taken.revision, apply)


def report(taken: Taken) -> None:
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


def finish(pack: Pack, revision: Revision, wanted: bool) -> None:
    """Write a revision that is wanted, or say how to."""
    if not wanted:
        typer.echo("nothing written" if revision.files else "no change")
        return
    if not revision.files:
        typer.echo("no change")
    for path in apply(revision):
        typer.echo(f"wrote {path.relative_to(pack.root)}")


def import_gis(  # noqa: PLR0917 (each is an option)
    file: Annotated[Path, typer.Argument(help="A .gpkg, .geojson, .shp or other GIS file.")],
    layer: Annotated[str, typer.Option(help="Layer of the pack to put the features in.")],
    uncertainty_m: Annotated[
        float, typer.Option(help="Radius in metres that contains the true place.")
    ],
    basis: Annotated[str, typer.Option(help="published, derived or estimated.")],
    source: Annotated[
        list[str] | None, typer.Option(help="Id of sources.csv it comes from; repeatable.")
    ] = None,
    table: Annotated[str, typer.Option(help="Table of the file, where it has several.")] = "",
    crs: Annotated[str, typer.Option(help="Its coordinate system, where it says none.")] = "",
    encoding: Annotated[str, typer.Option(help="Of a .shp without .cpg, like GBK.")] = "",
    swap_axes: Annotated[
        bool, typer.Option("--swap-axes", help="Its coordinates are latitude first.")
    ] = False,
    declare: Annotated[
        bool, typer.Option("--declare", help="Declare unknown columns as fields of the layer.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Replace rows of the layer that have the same id.")
    ] = False,
    rename: Annotated[
        list[str] | None, typer.Option(help="Column as column, like NAME_CHN=name; repeatable.")
    ] = None,
    skip: Annotated[
        list[str] | None, typer.Option(help="Column to leave out; repeatable.")
    ] = None,
    set: Annotated[
        list[str] | None, typer.Option(help="Text of a column for all, like status=existing.")
    ] = None,
    dry_run: DryRunOption = False,
    pack: PackOption = None,
) -> None:  # fmt: skip
    """Take a GIS file into the pack as drawn items, converted to WGS 84, its fields typed."""
    loaded = Pack(settings_for(pack).pack)
    request = Request(
        file, layer, uncertainty_m, basis, tuple(source or ()), table, crs, encoding, declare,
        swap_axes, update, pairs("--rename", rename), tuple(skip or ()), pairs("--set", set),
    )  # fmt: skip
    imported = take_gis(loaded, request)
    report_gis(imported)
    if imported.revision is None:
        raise typer.Exit(1)
    finish(loaded, imported.revision, not dry_run)


def pairs(option: str, texts: list[str] | None) -> dict[str, str]:
    """`a=b` of a repeatable option."""
    found = {}
    for text in texts or ():
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise PackError(option, "two words with = between", value=text)
        found[name] = value
    return found


def report_gis(imported: Imported) -> None:
    """How the coordinates were converted, what was declared, each row, what stands against it."""
    gis = imported.gis
    typer.echo(f"coordinates: {gis.crs} → WGS 84; {gis.conversion}")
    for note in gis.notes:
        typer.echo(f"note: {note}")
    for old, new in gis.renamed.items():
        if old != new:
            typer.echo(f"column {old} read as {new}")
    for field in imported.fields:
        typer.echo(f"declared: {field.id} ({field.type}) from column {field.title}")
    for row in imported.rows:
        line = f"{row['id']} {row['name']} ({row['counties'] or row['scope']})"
        typer.echo(spelt_out(line))
    for wrong in (*imported.faults, *imported.findings):
        typer.echo(str(wrong), err=True)
    count = len(imported.faults) + len(imported.findings)
    typer.echo(f"{len(imported.rows)} features, {count} problems")
