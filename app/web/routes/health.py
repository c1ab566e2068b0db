"""Whether the service is up and ready, on which data, and how it fares."""

from collections.abc import Mapping
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.metrics import TEXT, gauge
from app.store.base import Query
from app.web.dependencies import ServiceDep, checked
from app.web.http.responses import compressed
from app.web.middleware.readiness import OK, Readiness
from app.web.runtime import Runtime

router = APIRouter(tags=["health"])

NEVER = {"Cache-Control": "no-store"}


async def get_runtime(request: Request) -> object:
    return request.app.state.runtime


RuntimeDep = Annotated[Runtime, Depends(get_runtime)]


ANSWER = {"200": {"description": "Up", "content": {"application/json": {}}}}


@router.get(
    "/healthz", summary="Up, and on which data", response_class=Response,
    openapi_extra={"responses": ANSWER},
)  # fmt: skip
async def healthz(request: Request, service: ServiceDep, runtime: RuntimeDep) -> Response:
    """Feature count and data version, and why newer data is refused; never cached."""
    checked(request, ())
    count = await service.store.count(Query())
    body = {"status": "ok", "features": count, "version": service.store.version}
    return json_status({**body, **refusal(runtime)})


@router.get("/readyz", include_in_schema=False)
async def readyz(request: Request, service: ServiceDep, runtime: RuntimeDep) -> Response:
    """`ok` or what is wrong, for each thing that is offered; never cached."""
    checked(request, ())
    readiness: Readiness = request.app.state.readiness
    checks = await readiness.state()
    ready = all(state == OK for state in checks.values())
    status = "ok" if ready else "not ready"
    body = {
        "status": status,
        "checks": checks,
        "cache": runtime.render.cache.problem or OK,  # costs time, not readiness
        "version": service.store.version,
    }
    return json_status({**body, **refusal(runtime)}, 200 if ready else 503)


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request, service: ServiceDep, runtime: RuntimeDep) -> Response:
    """Requests, queues, caches, memory, data version; never cached."""
    checked(request, ())
    info = {"pack": service.catalog.info.id, "version": service.store.version}
    data = gauge("planmap_data_info", "The data being served", 1, info)
    text = runtime.metrics.text() + "".join(f"{line}\n" for line in data.lines())
    return compressed(request, Response(text, media_type=TEXT, headers=NEVER))


def refusal(runtime: Runtime) -> dict[str, str]:
    """Newer data that cannot be served costs nobody an answer: the old is served whole."""
    return {"refused": runtime.refused} if runtime.refused else {}


def json_status(body: Mapping[str, object], status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json", headers=NEVER)
