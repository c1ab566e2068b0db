"""Commands that serve: `planmap serve`."""

from importlib import import_module
from typing import Annotated

import typer

from app.addresses import believed_hosts
from app.cli.options import PackOption, settings_for
from app.cli.ready import check_ready, port_number


def serve(
    host: Annotated[str, typer.Option(envvar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(envvar="PORT", help="Port to listen on.", parser=port_number, metavar="PORT"),
    ] = 8000,
    pack: PackOption = None,
) -> None:
    """Serve the map."""
    settings = settings_for(pack)
    check_ready(settings, host, port)
    settings = settings.model_copy(update={"hosts": believed_hosts(settings.hosts, host)})
    service = import_module("app.main").create_app(settings)  # heavy: after what can go wrong
    guard = import_module("app.server.guard").Guard(settings)
    service.state.metrics.add(guard.families)
    import_module("app.web.http.access_log").start_access_log(settings.access_log)
    running = import_module("app.server.run")
    typer.echo(f"http://{host}:{port}/")
    running.leave(running.serve(service, settings, guard, host=host, port=port))
