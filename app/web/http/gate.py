"""What every request passes before the app: it is named, put right, believed and counted."""

from fastapi import FastAPI

from app.addresses import LOOPBACK, HostNames, TrustedProxies
from app.faces.picture.options import SIDE_LEAST
from app.settings import Settings
from app.web.dependencies import Service
from app.web.http.forwarded import Forwarded
from app.web.http.hosts import Hosts
from app.web.http.observe import Observe
from app.web.http.rate import RequestLimit
from app.web.http.readiness import Readiness, answers
from app.web.runtime import Runtime
from app.web.tilesets import GRID


def add_gate(app: FastAPI, settings: Settings, runtime: Runtime) -> None:
    """Put the gate before the app. Starlette has the middleware added last outermost."""
    proxies = TrustedProxies(settings.trusted_proxies)
    app.add_middleware(RequestLimit, proxies=proxies, buckets=runtime.buckets)
    app.add_middleware(Hosts, names=HostNames(settings.hosts or LOOPBACK))
    app.add_middleware(Forwarded, proxies=proxies)
    app.add_middleware(Observe, counts=runtime.counts)


def readiness_of(app: FastAPI, service: Service) -> Readiness:
    """The checks of what is offered: a tile, a file and a picture, asked for as a client does."""
    root = service.settings.base_path
    layer = service.pack.layers[0].id
    side = f"{SIDE_LEAST}x{SIDE_LEAST}"
    readiness = Readiness()
    for name, path in (
        ("tiles", f"/api/tiles/{GRID}/0/0/0"),
        ("files", f"/view.csv?layer={layer}"),
        ("pictures", f"/view.png?layer={layer}&size={side}"),
    ):
        readiness.add(name, answers(app, path, root))
    return readiness
