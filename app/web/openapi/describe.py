"""What a route adds to the OpenAPI document beside its path and its docstring."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.web.http.representations import Representation, names_of
from app.web.params.parameters import TEXT, enum, parameter

ANY = {"type": "object"}
BYTES = {"type": "string", "format": "binary"}
TEXTUAL = {"type": "string"}

PROBLEMS = {
    400: "A parameter that is unknown, given twice, or has a value it cannot have",
    404: "No such thing",
    406: "None of the formats the client accepts is offered",
}


def f_parameter(offered: Iterable[Representation]) -> dict[str, Any]:
    return parameter("f", "Format; without it the Accept header decides", enum(names_of(offered)))


LANG = parameter(
    "lang",
    "Language of titles and pages; without it documents follow Accept-Language, and pages are in "
    "the first language of the plan, as the map is",
    TEXT,
)


def describe_route(
    offered: Sequence[Representation] = (),
    parameters: Sequence[dict[str, Any]] = (),
    schema: dict[str, Any] | None = None,
    statuses: dict[int, str] | None = None,
) -> dict[str, Any]:
    """The `openapi_extra` of a route that answers in some formats."""
    described = [*parameters, *([f_parameter(offered), LANG] if offered else [])]
    return {
        "parameters": described,
        "responses": {"200": success(offered, schema or ANY), **others(statuses or {})},
    }


def success(offered: Sequence[Representation], schema: dict[str, Any]) -> dict[str, Any]:
    content = {
        file_format.link_type: {"schema": schema_for(file_format, schema)}
        for file_format in offered
    }
    return {"description": "As asked", **({"content": content} if content else {})}


def schema_for(one: Representation, schema: dict[str, Any]) -> dict[str, Any]:
    """JSON has the schema given; a page or a file is text or bytes."""
    if "json" in one.type and not one.type.endswith("seq"):
        return schema
    return TEXTUAL if one.type.startswith("text/") else BYTES


def others(statuses: dict[int, str]) -> dict[str, Any]:
    return {str(status): {"description": text} for status, text in statuses.items()}


def reference(name: str) -> dict[str, Any]:
    """A schema of the document's components."""
    return {"$ref": f"#/components/schemas/{name}"}
