"""Whether the service is up and ready, on which data, and how it fares."""

from collections.abc import Mapping

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.metrics import TEXT, Metrics
from app.store.store import Query
from app.web.dependencies import ServiceDep, checked
from app.web.http.readiness import OK, Readiness
from app.web.responses import compressed

router = APIRouter(tags=["health"])

NEVER = {"Cache-Control": "no-store"}


@router.get("/healthz", summary="Up, and on which data", response_class=Response)
async def healthz(request: Request, service: ServiceDep) -> Response:
    """Feature count and data version; never cached."""
    checked(request, ())
    count = await service.store.count(Query())
    return told({"status": "ok", "features": count, "version": service.store.version})


@router.get("/readyz", include_in_schema=False)
async def readyz(request: Request, service: ServiceDep) -> Response:
    """`ok` or what is wrong, for each thing that is offered; never cached."""
    checked(request, ())
    readiness: Readiness = request.app.state.readiness
    checks = await readiness.state()
    ready = all(state == OK for state in checks.values())
    status = "ok" if ready else "not ready"
    body = {
        "status": status,
        "checks": checks,
        "cache": request.app.state.render.cache.problem or OK,  # costs time, not readiness
        "version": service.store.version,
    }
    return told(body, 200 if ready else 503)


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """Requests, queues, caches, memory, data version; never cached."""
    checked(request, ())
    found: Metrics = request.app.state.metrics
    return compressed(request, Response(found.text(), media_type=TEXT, headers=NEVER))


def told(body: Mapping[str, object], status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json", headers=NEVER)
