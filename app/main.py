"""Creates the app: service, middleware and routes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response

from app.catalog.catalog import Catalog
from app.catalog.collections import collections, plan_store
from app.catalog.facts import FeatureFacts
from app.domain.projections import projections_for
from app.pack.pack import Pack
from app.pack.working_copy import read_copied, read_pack
from app.picture.scene.assets import load_assets
from app.render.fingerprint import code_digest, last_modified
from app.selection.pack_views import view_faults
from app.server.heap import filling
from app.settings import Settings
from app.view.view import Vocabulary
from app.web.dependencies import Service
from app.web.http.errors import RequestProblem, add_error_handlers
from app.web.http.headers import GuardedApp
from app.web.http.methods import Methods
from app.web.middleware.callers import Callers
from app.web.middleware.gate import add_gate, readiness_of
from app.web.ows.report import report
from app.web.pages.error_page import error_page
from app.web.params.decoding import readable_query
from app.web.per_version import PerVersion
from app.web.reloadable import ReloadableApp
from app.web.routes import (
    books,
    boxes,
    discovery,
    health,
    large,
    maplibre,
    ogc,
    ows,
    pages,
    qgis,
    quality,
    share,
    site,
    view,
)
from app.web.runtime import Runtime, runtime_for
from app.web.versions import PREFIX, Versions


def create_app(
    settings: Settings | None = None,
    service: Service | None = None,
    runtime: Runtime | None = None,
    *,
    outermost: bool = True,
) -> GuardedApp:
    """Build the app for one state of a pack, read now unless a `service` is given; `runtime`
    where it is shared with other states. What is not `outermost` has no gate.

    Raises PackError when the pack cannot be read, MissingFont when no picture could be drawn.
    """
    service = service or load_service(settings or Settings())
    info = service.catalog.info
    runtime = runtime or runtime_for(service.settings)
    app = GuardedApp(
        title=info.title,
        summary=info.title_en,
        description=f"{info.plan}\n\n{info.plan_en}",
        version=service.store.version,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=partial(lifespan, runtime),
        dependencies=[Depends(readable_query)],
    )
    app.frame_ancestors = service.settings.frame_ancestors
    app.state.service = service
    app.state.runtime = runtime
    app.state.render = runtime.render
    app.state.per_version = PerVersion()
    app.state.encoded = runtime.encoded
    app.state.modified = last_modified(service.catalog.root, service.settings.static)

    add_error_handlers(app, problem_page)
    app.add_middleware(Methods)
    app.add_middleware(Callers, pools=runtime.pools)
    app.state.readiness = readiness_of(app, service)
    if outermost:
        add_gate(app, service, runtime)

    app.include_router(health.router)
    app.include_router(discovery.router)
    app.include_router(ogc.router)
    app.include_router(view.router)
    app.include_router(ows.router)
    app.include_router(books.router)
    app.include_router(maplibre.router)
    app.include_router(qgis.router)
    app.include_router(share.router)
    app.include_router(boxes.router)
    app.include_router(quality.router)
    app.include_router(site.router)
    app.include_router(large.router)
    app.include_router(pages.router)
    make = partial(version_app, service.settings, runtime)
    app.mount(
        PREFIX, Versions(service.settings.versions, make, service.settings.versions_most)
    )  # fmt: skip
    return app


def problem_page(request: Request, problem: RequestProblem) -> Response | None:
    """As a map service says it, or as a page; None where this client is to have the document."""
    return report(request, problem) or error_page(request, problem)


@asynccontextmanager
async def lifespan(runtime: Runtime, _: FastAPI) -> AsyncIterator[None]:
    """When the service ends, so does its work."""
    yield
    runtime.clear()


def version_app(settings: Settings, runtime: Runtime, pack: Path) -> GuardedApp:
    """The app for a snapshot of the data; it keeps no versions of its own."""
    own = settings.model_copy(update={"pack": pack, "versions": pack})
    return create_app(own, runtime=runtime, outermost=False)


def create_reloadable_app(settings: Settings) -> ReloadableApp:
    """The app that goes on while its pack changes; each state of it is read from a copy."""
    runtime = runtime_for(settings)

    def make() -> GuardedApp:
        with filling():
            return create_app(settings, copied_service(settings), runtime)

    return ReloadableApp(make, settings.pack, runtime)


def copied_service(settings: Settings) -> Service:
    """The service of a pack that may change meanwhile."""
    return load_service(settings, read_copied(settings.pack, settings.cache / "data"))


def load_service(settings: Settings, pack: Pack | None = None) -> Service:
    """Read the pack and fill the store; find what pictures are drawn with."""
    load_assets(settings.static, settings.packages, settings.font)
    pack = pack or read_pack(settings.pack)
    features = pack.take_features()
    catalog = Catalog(pack)
    for fault in view_faults(catalog):
        raise fault
    facts = FeatureFacts()
    store = plan_store(catalog, features, catalog.version, facts)
    words = Vocabulary.of(catalog, settings.foreign_parameters)
    words.places()  # now, while nobody waits
    return Service(
        settings,
        catalog,
        store,
        words,
        collections(catalog, store, facts),
        projections_for(pack.info.frame),
        code_digest(settings.static),
        tuple(facts.parts),
        facts.layers_in(catalog.layers) if len(features) > settings.index_most else (),
    )
