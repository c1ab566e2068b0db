"""OGC API – Features and Tiles under /api, a module per kind of document."""

from fastapi import APIRouter

from app.web.routes.ogc import collections, docs, items, landing, schemas, tiles

router = APIRouter()
for part in (landing, docs, collections, items, schemas, tiles):
    router.include_router(part.router)
