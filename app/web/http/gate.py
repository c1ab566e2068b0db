"""What every request passes before the app: it is named, put right, believed and counted."""

from collections.abc import Iterable

from fastapi import FastAPI

from app.addresses import LOOPBACK, HostNames, TrustedProxies
from app.faces.picture.options import SIDE_LEAST
from app.metrics import Family, Metrics, by_label, gauge
from app.settings import Settings
from app.web.dependencies import Service
from app.web.http.forwarded import Forwarded
from app.web.http.hosts import Hosts
from app.web.http.observe import Observe, RequestCounts
from app.web.http.rate import Buckets, RequestLimit
from app.web.http.readiness import Readiness, answers
from app.web.runtime import Runtime
from app.web.tilesets import GRID


def add_gate(app: FastAPI, settings: Settings, metrics: Metrics) -> None:
    """Put the gate before the app. Starlette has the middleware added last outermost."""
    proxies = TrustedProxies(settings.trusted_proxies)
    buckets = Buckets(settings.requests_per_second, settings.requests_burst)
    counts = RequestCounts()
    app.add_middleware(RequestLimit, proxies=proxies, buckets=buckets)
    app.add_middleware(Hosts, names=HostNames(settings.hosts or LOOPBACK))
    app.add_middleware(Forwarded, proxies=proxies)
    app.add_middleware(Observe, counts=counts)
    metrics.add(counts.families)
    metrics.add(buckets.families)


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


def watch(metrics: Metrics, service: Service, runtime: Runtime) -> None:
    """Tell of the data, the queues and the caches."""

    def families() -> Iterable[Family]:
        info = {"pack": service.pack.info.id, "version": service.store.version}
        yield gauge("planmap_data_info", "The data being served", 1, info)
        pools = runtime.pools
        waiting = {name: pool.waiting for name, pool in pools.items()}
        running = {name: pool.running for name, pool in pools.items()}
        for lane in runtime.render.lanes:
            waiting[lane.name], running[lane.name] = lane.waiting, lane.running
        yield by_label(
            "planmap_work_waiting", "gauge", "Work that waits, by queue", "queue", waiting
        )
        yield by_label("planmap_work_running", "gauge", "Work being done", "queue", running)
        restarted = runtime.render.stats().restarted
        yield Family(
            "planmap_workers_restarted_total", "counter", "Workers that were lost and replaced",
            {(): restarted},
        )  # fmt: skip
        yield gauge(
            "planmap_cache_writable", "Whether pictures and files are kept on disk",
            not runtime.render.cache.problem,
        )  # fmt: skip
        caches = {"disk": runtime.render.cache, "encoded": runtime.encoded}
        for name, kind, help, attribute in (
            ("planmap_cache_bytes", "gauge", "Bytes kept", "held"),
            ("planmap_cache_hits_total", "counter", "Found in the cache", "hits"),
            ("planmap_cache_misses_total", "counter", "Not found in the cache", "misses"),
        ):
            found = {one: getattr(cache, attribute) for one, cache in caches.items()}
            yield by_label(name, kind, help, "cache", found)

    metrics.add(families)
