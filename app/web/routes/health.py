"""Whether the service is up, and on which data."""

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.store.store import Query
from app.web.dependencies import ServiceDep, checked

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Up, and on which data", response_class=Response)
async def healthz(request: Request, service: ServiceDep) -> Response:
    """Feature count and data version; never cached."""
    checked(request, ())
    count = await service.store.count(Query())
    body = {"status": "ok", "features": count, "version": service.store.version}
    return Response(
        orjson.dumps(body), media_type="application/json", headers={"Cache-Control": "no-store"}
    )
