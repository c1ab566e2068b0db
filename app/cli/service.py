"""Commands that serve: `planmap serve`."""

from typing import Annotated

import typer
import uvicorn

from app.cli.options import PackOption, settings_for
from app.main import create_app
from app.web.protocol import TypedAddressProtocol


def serve(
    host: Annotated[str, typer.Option(envvar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", help="Port to listen on.")] = 8000,
    pack: PackOption = None,
) -> None:
    """Serve the map."""
    typer.echo(f"http://{host}:{port}/")
    settings = settings_for(pack)
    uvicorn.run(
        create_app(settings),
        host=host,
        port=port,
        http=TypedAddressProtocol,
        log_level="warning",
        proxy_headers=True,
        root_path=settings.base_path,
    )
