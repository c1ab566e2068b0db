"""Commands that serve: `planmap serve`."""

import socket
from typing import Annotated

import typer

from app.cli.options import PackOption, settings_for
from app.main import create_app
from app.server.guard import Guard
from app.server.run import leave
from app.server.run import serve as run
from app.settings import Settings
from app.web.http.access_log import start_access_log
from app.web.http.hosts import LOOPBACK

EVERYWHERE = ("", "0.0.0.0", "::")


def serve(
    host: Annotated[str, typer.Option(envvar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", help="Port to listen on.")] = 8000,
    pack: PackOption = None,
) -> None:
    """Serve the map."""
    typer.echo(f"http://{host}:{port}/")
    settings = settings_for(pack)
    settings = settings.model_copy(update={"hosts": believed_hosts(settings, host)})
    app, guard = create_app(settings), Guard(settings)
    app.state.metrics.add(guard.families)
    start_access_log(settings.access_log)
    leave(run(app, settings, guard, host=host, port=port))


def believed_hosts(settings: Settings, host: str) -> tuple[str, ...]:
    """The names listed; where none are, loopback and what is listened on.

    An address to listen on that means all of them stands for the machine's name. Its addresses
    need no list: the one a connection comes in on is always believed.
    """
    if settings.hosts:
        return settings.hosts
    return (*LOOPBACK, socket.gethostname() if host in EVERYWHERE else host)
