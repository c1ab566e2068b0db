"""`planmap mcp`: the plan as tools for language models."""

import asyncio
import socket
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import PackOption, settings_for
from app.cli.ready import port_number, wrong_address
from app.cli.service import note_of
from app.network import EVERYWHERE, origin_of
from app.server.signals import hold_hangup
from app.settings import Settings
from app.startup import BadSettings

if TYPE_CHECKING:
    from app.server.run import Background
    from app.web.mcp.server import PlanServer

MISSING = "`planmap mcp` needs a package of its own: pip install 'planmap[mcp]', here -e '.[mcp]'"

HOST, PORT = "127.0.0.1", 8001
STDIO = "planmap mcp"
"""What commands call a server without an address."""


def mcp(
    *,
    url: Annotated[
        str, typer.Option(help="Where the map is served: links in answers lead there.")
    ] = "http://127.0.0.1:8000/",
    http: Annotated[
        bool, typer.Option("--http", help="Streamable HTTP at /mcp, in place of stdio.")
    ] = False,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on, with --http.", show_default=HOST)
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            help="Port, with --http.", parser=port_number, metavar="PORT", show_default=str(PORT)
        ),
    ] = None,
    reload_data: Annotated[
        bool, typer.Option("--reload-data", help="Take data in as soon as its files change.")
    ] = False,
    pack: PackOption = None,
) -> None:
    """Answer language models about the plan (Model Context Protocol); nothing can be changed.

    `planmap reload`, or SIGHUP, has it take changed data in.
    """
    if find_spec("mcp") is None:
        raise BadSettings([MISSING])
    settings = settings_for(pack)
    address = import_module("app.cli.publish").address(url)
    given = {"--host": host, "--port": port}
    unused = [f"{name} {one}: only with --http" for name, one in given.items() if one is not None]
    if unused and not http:
        raise BadSettings(unused)
    host, port = HOST if host is None else host, PORT if port is None else port
    if http and (lines := list(wrong_address(host, port))):
        raise BadSettings(lines)
    hold_hangup()
    serving, running = import_module("app.web.mcp.server"), import_module("app.server.run")
    main, tools = import_module("app.main"), import_module("app.web.mcp.tools").PlanTools
    data = import_module("app.web.reloadable").Reloadable(
        lambda: tools(main.copied_service(settings), address), settings.pack
    )
    server = serving.PlanServer(data, address)
    where = f"{origin_of(host, port)}{serving.PATH}"
    noted = note_of(data, settings, where if http else STDIO)
    background = running.Background(data.reload, [data.watch] if reload_data else [])
    if http:
        typer.echo(where)
        code = over_http(server, settings, background, host, port)
    else:
        code = asyncio.run(serving.over_stdio(server, background))
    if noted is not None:
        noted.end()
    running.exit_process(code)


def over_http(
    server: "PlanServer", settings: Settings, background: "Background", host: str, port: int
) -> int:
    """Serve streamable HTTP, within the limits of any other service here; the exit code."""
    serving, running = import_module("app.web.mcp.server"), import_module("app.server.run")
    name = socket.gethostname() if host in EVERYWHERE else host
    hosts = tuple(dict.fromkeys(("localhost", "127.0.0.1", "[::1]", name, *settings.hosts)))
    sockets = running.bound_sockets(host, port)
    guard = import_module("app.server.guard").Guard(settings)
    return int(running.serve(serving.http_app(server, hosts), settings, guard, background, sockets))
