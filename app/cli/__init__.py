"""The command line, one function a command: `planmap --help`."""

from collections.abc import Callable

import typer

from app.cli import data, exchange, publish, service
from app.plan.errors import PlanmapError

COMMANDS: dict[str, Callable[..., None]] = {
    "serve": service.serve,
    "publish": publish.publish,
    "build": data.build,
    "check": data.check,
    "keep": data.keep,
    "new": data.new,
    "export-xlsx": exchange.export_xlsx,
    "import-xlsx": exchange.import_xlsx,
    "import-gis": exchange.import_gis,
}

app = typer.Typer(
    help="A five-year plan as a map. The pack is geodata/ and what is built from it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for name, command in COMMANDS.items():
    app.command(name)(command)


def main() -> None:
    """Entry point: what goes wrong on purpose is one clear line, not a traceback."""
    try:
        app()
    except PlanmapError as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(2) from None
    except OSError as error:
        typer.echo(f"error: {error.filename or 'disk'}: {error.strerror or error}", err=True)
        raise SystemExit(2) from None
