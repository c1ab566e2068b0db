"""For who builds on the service: the OpenAPI document, a page to try it, examples to copy."""

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.web.api.links import base_url
from app.web.dependencies import ServiceDep, checked, checked_page
from app.web.http.file_names import disposition
from app.web.http.responses import answer
from app.web.pages.guide import EXAMPLES, example_text
from app.web.pages.html import HTML, page
from app.web.per_version import PerVersionDep
from app.web.routes.ogc.landing import openapi_answer

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
async def whole_openapi(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """Every public route: the OGC API, views as data and pictures, sharing."""
    return await openapi_answer(request, service, cache, under="")


@router.get("/api/docs")
async def docs(request: Request, service: ServiceDep) -> Response:
    """The document to read and to try, from packages served here: no network needed."""
    checked_page(request, service, ("lang",))
    return page(request, service, "api/docs.html", here="api")


@router.get("/embed/guide")
async def guide(request: Request, service: ServiceDep) -> Response:
    """The plan in other map libraries, an example each, to be copied."""
    checked_page(request, service, ("lang",))
    text_of = partial(example_text, address=base_url(request))
    return page(request, service, "guide.html", here="api", examples=EXAMPLES, text_of=text_of)


@router.get("/embed/guide/{name}.html")
async def example(request: Request, name: str) -> Response:
    """The file of an example, as the page shows it."""
    checked(request, ())
    body = example_text(name, base_url(request)).encode()
    headers = {"Content-Disposition": disposition("attachment", name, "html")}
    return answer(request, body, HTML, headers=headers)
