"""The Model Context Protocol server: the tools of PlanTools over stdio or streamable HTTP."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from importlib.metadata import version
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from pydantic import ValidationError
from starlette.applications import Starlette

from app.catalog.catalog import Catalog
from app.domain.errors import PlanmapError
from app.domain.models import PRECISIONS, STATUSES
from app.server.run import Background
from app.server.signals import release_hangup
from app.web.mcp.tools import PlanTools
from app.web.reloadable import Reloadable

TOOLS = ("search_items", "get_item", "near", "count_by", "view_link")
PATH = "/mcp"
READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


class PlanServer(MCPServer[None]):
    """The tools of the data at that moment, whose links lead to `address`.

    It names an argument no tool has, in place of leaving it out.
    """

    def __init__(self, data: Reloadable[PlanTools], address: str) -> None:
        info = data.current.catalog.info
        super().__init__(
            info.id, info.title, f"{info.plan} · {info.plan_en}", website_url=address,
            version=version("planmap"), log_level="ERROR",
        )  # fmt: skip
        self.data = data
        self._introduce()
        data.on_reload.append(self._introduce)
        for name in TOOLS:
            self.add_tool(tool_of(data, name), name, annotations=READS)

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        schema = self._tool_input_schema(name)
        if schema is None:
            raise ToolError(f"no tool {name!r}; known: {', '.join(TOOLS)}")
        allowed = schema["properties"]
        for argument in arguments:
            if argument not in allowed:
                raise ToolError(f"unknown argument {argument!r}; allowed: {', '.join(allowed)}")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError("; ".join(map(wrong_argument, error.__cause__.errors()))) from error
            raise

    def _introduce(self, *_: str) -> None:
        """What is said to who comes: of the data as it now is."""
        self._lowlevel_server.instructions = instructions(self.data.current.catalog)


def wrong_argument(error: Mapping[str, Any]) -> str:
    """One wrong argument as any other error names it: its value, and what is expected."""
    name = ".".join(map(str, error["loc"]))
    if error["type"] == "missing":
        return f"{name}: expected a value, it is not optional"
    return f"{name}={error['input']!r}: expected {error['msg'].removeprefix('Input should be ')}"


def tool_of(data: Reloadable[PlanTools], name: str) -> Callable[..., Awaitable[Any]]:
    """A tool that answers from one state of the data, and says what was asked wrongly."""
    without_data = object.__new__(PlanTools)  # a signature that holds no state

    @wraps(getattr(without_data, name))
    async def answer(**arguments: Any) -> Any:
        try:
            return await getattr(data.current, name)(**arguments)
        except PlanmapError as error:
            raise ToolError(str(error)) from error

    return answer


def instructions(catalog: Catalog) -> str:
    """What a model should know beforehand: the words of the pack, and what is not to be said."""
    layers = "; ".join(f"{layer.id} {layer.title}" for layer in catalog.layers)
    counties = "; ".join(f"{county.code} {county.name}" for county in catalog.info.counties)
    return (
        f"{catalog.info.plan} ({catalog.info.plan_en}). Each item says where the plan names it "
        "(`plan`) and how far off its place may be (`precision.uncertainty_m`): give both with "
        "every statement, and the `link`. An item without a position is known only by its county "
        f"or not at all; never guess one. Layers: {layers}. Counties: {counties}; city; outside. "
        f"Statuses: {', '.join(STATUSES)}. Precision: {', '.join(PRECISIONS)}."
    )


async def over_stdio(server: PlanServer, background: Background) -> int:
    """Answer the program that started this one, until it leaves; the exit code."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, background.reload)
    release_hangup()
    await background.start()
    await server.run_stdio_async()
    return 0


def http_app(server: PlanServer, hosts: tuple[str, ...]) -> Starlette:
    """The ASGI app of streamable HTTP at /mcp, for these host names alone; it keeps no sessions."""
    named = [one for host in hosts for one in (host, f"{host}:*")]
    origins = [f"{scheme}://{one}" for one in named for scheme in ("http", "https")]
    return server.streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True,
        transport_security=TransportSecuritySettings(
            allowed_hosts=named, allowed_origins=origins
        ),
    )  # fmt: skip
