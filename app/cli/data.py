"""Commands about the pack itself: `planmap build | check | keep`."""

from collections.abc import Iterator
from importlib import import_module
from typing import Annotated

import typer

from app.build.build import build as build_texts
from app.build.build import stale, write
from app.build.check_pack import check_pack
from app.cli.options import PackOption, progress_bar, settings_for
from app.cli.running import reload_and_say
from app.pack.pack import Pack
from app.pack.snapshots import save_snapshot
from app.rules.check_context import Finding
from app.rules.lenient_pack import LenientPack
from app.rules.word_catalogues import catalogue_is_there


def build(
    pack: PackOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail when a built file is stale.")
    ] = False,
) -> None:
    """Make projects.geojson and the drawn base lines from geodata/."""
    settings = settings_for(pack)
    loaded = Pack(settings.pack)
    texts = build_texts(loaded, progress_bar)
    if check:
        old = stale(texts)
        for path in old:
            typer.echo(f"stale: {path.relative_to(loaded.root)}; run `planmap build`", err=True)
        raise typer.Exit(1 if old else 0)
    for path in write(texts, loaded.version):
        typer.echo(f"wrote {path.relative_to(loaded.root)}")
    typer.echo(f"{len(loaded.items)} items built")
    reload_and_say(settings)


def check(pack: PackOption = None) -> None:
    """Judge the pack by every rule, and what is built from it; list what is wrong, and where."""
    settings = settings_for(pack)
    loaded = Pack(settings.pack)
    findings = [*check_pack(loaded), *catalogue_is_there(loaded), *view_is_understood(loaded)]
    for finding in findings:
        typer.echo(str(finding), err=True)
    count = len(LenientPack(loaded.root, loaded.version).items)
    plural = "" if len(findings) == 1 else "s"
    typer.echo(f"{count} items checked, {len(findings)} finding{plural}")
    raise typer.Exit(1 if findings else 0)


def view_is_understood(pack: Pack) -> Iterator[Finding]:
    """The views that the pack names, read as a reader's are; only where there are any."""
    if pack.info.start or pack.info.tours:
        catalog = import_module("app.catalog.catalog").Catalog(pack)
        for fault in import_module("app.selection.pack_views").view_faults(catalog):
            yield Finding(
                view_is_understood.__name__, fault.file, None, fault.column, fault.value,
                fault.expected,
            )  # fmt: skip


def keep(pack: PackOption = None) -> None:
    """Keep the data as it is now, so that /embed?version=… goes on showing it."""
    settings = settings_for(pack)
    kept = save_snapshot(Pack(settings.pack), settings.versions)
    typer.echo(f"kept as {kept.name} in {kept}")
