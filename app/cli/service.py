"""Commands that serve: `planmap serve`."""

import socket
from importlib import import_module
from typing import Annotated

import typer

from app.cli.options import PackOption, settings_for
from app.cli.ready import check_ready, port_number
from app.settings import Settings

EVERYWHERE = ("", "0.0.0.0", "::")


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
    settings = settings.model_copy(update={"hosts": believed_hosts(settings, host)})
    service = import_module("app.main").create_app(settings)  # heavy: after what can go wrong
    guard = import_module("app.server.guard").Guard(settings)
    service.state.metrics.add(guard.families)
    import_module("app.web.http.access_log").start_access_log(settings.access_log)
    running = import_module("app.server.run")
    typer.echo(f"http://{host}:{port}/")
    running.leave(running.serve(service, settings, guard, host=host, port=port))


def believed_hosts(settings: Settings, host: str) -> tuple[str, ...]:
    """The names listed; where none are, loopback and what is listened on.

    An address to listen on that means all of them stands for the machine's name. Its addresses
    need no list: the one a connection comes in on is always believed.
    """
    if settings.hosts:
        return settings.hosts
    loopback: tuple[str, ...] = import_module("app.web.http.hosts").LOOPBACK
    return (*loopback, socket.gethostname() if host in EVERYWHERE else host)
