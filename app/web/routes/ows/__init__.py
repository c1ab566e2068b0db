"""`/wms` and `/wmts`: the map for programs that know nothing newer."""

from fastapi import APIRouter

from app.web.routes.ows import wms, wmts

router = APIRouter(include_in_schema=False)
router.include_router(wms.router)
router.include_router(wmts.router)
