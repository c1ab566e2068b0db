"""`planmap import-gis`: a GIS file into the pack."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import DryRunOption, PackOption, settings_for
from app.cli.revision import finish
from app.domain.errors import PackError
from app.domain.text.characters import spelt_out
from app.editing.gis import GisImport, GisRequest, import_features
from app.pack.pack import Pack


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
    encoding: Annotated[str, typer.Option(help="Of a shp, csv, tab, mif or dxf, like GBK.")] = "",
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
    request = GisRequest(
        file, layer, uncertainty_m, basis, tuple(source or ()), table, crs, encoding, declare,
        swap_axes, update, pairs("--rename", rename), tuple(skip or ()), pairs("--set", set),
    )  # fmt: skip
    imported = import_features(loaded, request)
    report(imported)
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


def report(imported: GisImport) -> None:
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
