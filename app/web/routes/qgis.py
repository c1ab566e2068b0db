"""`/plan.qgz`: a QGIS project that opens this service, styled as the page is."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.formats.gis.qgis_project import ServiceLayer, qgz
from app.web.api.documents import asked_language
from app.web.api.links import base_url
from app.web.dependencies import ServiceDep, checked, titled
from app.web.http.responses import answer
from app.web.openapi.describe import LANG
from app.work.ambient import DATA, run

router = APIRouter(tags=["views"])

QGZ = "application/x-qgis-project"


@router.get(
    "/plan.qgz", summary="A QGIS project of the service", response_class=Response,
    openapi_extra={
        "parameters": [LANG],
        "responses": {"200": {"description": "The project", "content": {QGZ: {}}}},
    },
)  # fmt: skip
async def project(request: Request, service: ServiceDep) -> Response:
    """Every layer by family of geometry, grouped, in its colours, on the city."""
    lang = asked_language(request, service, checked(request, ("lang",)))
    layers = [
        ServiceLayer(
            collection.id, titled(collection, lang), collection.layers[0], collection.family
        )
        for collection in service.collections.values()
        if collection.family and len(collection.layers) == 1
    ]
    body = await run(DATA, qgz, service.catalog, layers, f"{base_url(request)}/api", lang)
    name = f"{service.catalog.info.id}.qgz"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return answer(request, body, QGZ, headers=headers)
