"""`planmap mcp`: the plan as tools for language models."""

import socket
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import typer

from app.cli.options import PackOption, settings_for
from app.cli.ready import port_number, wrong_address
from app.network import EVERYWHERE
from app.startup import BadSettings

MISSING = "`planmap mcp` needs a package of its own: pip install 'planmap[mcp]', here -e '.[mcp]'"


def mcp(
    url: Annotated[
        str, typer.Option(help="Where the map is served: links in answers lead there.")
    ] = "http://127.0.0.1:8000/",
    http: Annotated[
        bool, typer.Option("--http", help="Streamable HTTP at /mcp, in place of stdio.")
    ] = False,
    host: Annotated[str, typer.Option(help="Address to listen on, with --http.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port, with --http.", parser=port_number, metavar="PORT")
    ] = 8001,
    pack: PackOption = None,
) -> None:
    """Answer language models about the plan (Model Context Protocol); nothing can be changed."""
    if find_spec("mcp") is None:
        raise BadSettings([MISSING])
    settings = settings_for(pack)
    address = import_module("app.cli.publish").address(url)
    if http and (lines := list(wrong_address(host, port))):
        raise BadSettings(lines)
    serving = import_module("app.web.mcp.server")
    service = import_module("app.main").load_service(settings)
    server = serving.plan_server(service, address)
    if not http:
        server.run("stdio")
        return
    name = socket.gethostname() if host in EVERYWHERE else host
    hosts = tuple(dict.fromkeys(("localhost", "127.0.0.1", "[::1]", name, *settings.hosts)))
    typer.echo(f"http://{host}:{port}{serving.PATH}")
    uvicorn = import_module("uvicorn")
    uvicorn.run(serving.http_app(server, hosts), host=host, port=port, log_level="warning")
