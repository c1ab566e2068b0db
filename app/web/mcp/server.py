"""The Model Context Protocol server: the tools of PlanTools over stdio or streamable HTTP."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from starlette.applications import Starlette

from app.domain.errors import PlanmapError
from app.domain.models import PRECISIONS, STATUSES
from app.web.dependencies import Service
from app.web.mcp.tools import PlanTools

TOOLS = ("search_items", "get_item", "near", "count_by", "view_link")
PATH = "/mcp"
READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


class PlanServer(MCPServer[None]):
    """A server that names an argument no tool has, in place of leaving it out."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        schema = self._tool_input_schema(name)
        if schema is None:
            raise ToolError(f"no tool {name!r}; known: {', '.join(TOOLS)}")
        allowed = schema["properties"]
        for one in arguments:
            if one not in allowed:
                raise ToolError(f"unknown argument {one!r}; allowed: {', '.join(allowed)}")
        return await super().call_tool(name, arguments, context)


def plan_server(service: Service, address: str) -> PlanServer:
    """The server of one pack, whose links lead to `address`."""
    info = service.catalog.info
    server = PlanServer(
        info.id, info.title, f"{info.plan} · {info.plan_en}", instructions(service),
        website_url=address, version=service.store.version, log_level="ERROR",
    )  # fmt: skip
    tools = PlanTools(service, address)
    for name in TOOLS:
        server.add_tool(with_tool_errors(getattr(tools, name)), name, annotations=READS)
    return server


def with_tool_errors(tool: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The same tool; what was asked wrongly is said to whoever asked."""

    @wraps(tool)
    async def answer(**arguments: Any) -> Any:
        try:
            return await tool(**arguments)
        except PlanmapError as error:
            raise ToolError(str(error)) from error

    return answer


def instructions(service: Service) -> str:
    """What a model should know beforehand: the words of the pack, and what is not to be said."""
    catalog = service.catalog
    layers = "; ".join(f"{one.id} {one.title}" for one in catalog.layers)
    counties = "; ".join(f"{one.code} {one.name}" for one in catalog.info.counties)
    return (
        f"{catalog.info.plan} ({catalog.info.plan_en}). Each item says where the plan names it "
        "(`plan`) and how far off its place may be (`precision.uncertainty_m`): give both with "
        "every statement, and the `link`. An item without a position is known only by its county "
        f"or not at all; never guess one. Layers: {layers}. Counties: {counties}; city; outside. "
        f"Statuses: {', '.join(STATUSES)}. Precision: {', '.join(PRECISIONS)}."
    )


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
