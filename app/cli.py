"""The command line: `planmap serve | build | check`."""

import sys
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from app.main import create_app
from app.plan.build import build as build_texts
from app.plan.build import stale, write
from app.plan.errors import PackError
from app.plan.keep import keep_version
from app.plan.pack import Pack
from app.plan.rules import check as check_pack
from app.settings import Settings
from app.web.protocol import TypedAddressProtocol

app = typer.Typer(
    help="A five-year plan as a map. The pack is geodata/ and what is built from it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

PackOption = Annotated[
    Path | None, typer.Option("--pack", help="Folder of the plan pack [env: PLANMAP_PACK].")
]


@app.command()
def serve(
    host: Annotated[str, typer.Option(envvar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", help="Port to listen on.")] = 8000,
    pack: PackOption = None,
) -> None:
    """Serve the map."""
    typer.echo(f"http://{host}:{port}/")
    uvicorn.run(
        create_app(settings_for(pack)),
        host=host,
        port=port,
        http=TypedAddressProtocol,
        log_level="warning",
        proxy_headers=True,
    )


@app.command()
def build(
    pack: PackOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail when a built file is stale.")
    ] = False,
) -> None:
    """Make projects.geojson and the drawn base lines from geodata/."""
    loaded = Pack(settings_for(pack).pack)
    texts = build_texts(loaded, progress_bar)
    if check:
        old = stale(texts)
        for path in old:
            typer.echo(f"stale: {path.relative_to(loaded.root)}; run `planmap build`", err=True)
        raise typer.Exit(1 if old else 0)
    for path in write(texts):
        typer.echo(f"wrote {path.relative_to(loaded.root)}")
    typer.echo(f"{len(loaded.items)} items built")


@app.command()
def check(pack: PackOption = None) -> None:
    """Judge the pack by every rule; list what is wrong, with file, row and column."""
    loaded = Pack(settings_for(pack).pack)
    findings = check_pack(loaded)
    for finding in findings:
        typer.echo(str(finding), err=True)
    typer.echo(f"{len(loaded.items)} items checked, {len(findings)} findings")
    raise typer.Exit(1 if findings else 0)


@app.command()
def keep(pack: PackOption = None) -> None:
    """Keep the data as it is now, so that /embed?version=… goes on showing it."""
    settings = settings_for(pack)
    kept = keep_version(Pack(settings.pack), settings.versions)
    typer.echo(f"kept as {kept.name} in {kept}")


def settings_for(pack: Path | None) -> Settings:
    """The settings, with the pack of the command line where one is given."""
    return Settings(pack=pack) if pack else Settings()


def progress_bar(done: int, total: int) -> None:
    """A count on a terminal; nothing in a log."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        sys.stderr.write(f"\rplacing {done} of {total} items{end}")


def main() -> None:
    """Entry point: a pack that cannot be read is one clear line, not a traceback."""
    try:
        app()
    except PackError as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(2) from None
