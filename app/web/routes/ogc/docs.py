"""The OpenAPI document of the whole service, and a page to read and try it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.web.dependencies import ServiceDep, checked_page
from app.web.made import PerVersionDep
from app.web.pages.html import page
from app.web.routes.ogc.landing import openapi_answer

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
async def whole_openapi(request: Request, service: ServiceDep, made: PerVersionDep) -> Response:
    """Every public route: the OGC API, views as data and pictures, sharing."""
    return await openapi_answer(request, service, made, under="")


@router.get("/api/docs")
async def docs(request: Request, service: ServiceDep) -> Response:
    """The document to read and to try, from packages served here: no network needed."""
    checked_page(request, service, ("lang",))
    return page(request, service, "api/docs.html", here="api")
