"""Commands that serve: `planmap serve`."""

from typing import Annotated

import typer

from app.cli.options import PackOption, settings_for
from app.main import create_app
from app.server.guard import Guard
from app.server.run import leave
from app.server.run import serve as run


def serve(
    host: Annotated[str, typer.Option(envvar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", help="Port to listen on.")] = 8000,
    pack: PackOption = None,
) -> None:
    """Serve the map."""
    typer.echo(f"http://{host}:{port}/")
    settings = settings_for(pack)
    leave(run(create_app(settings), settings, Guard(settings), host=host, port=port))
