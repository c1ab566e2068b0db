"""What all data versions being served share: pools, caches, counters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.metrics import MetricFamily, Metrics, by_label, gauge
from app.render.disk_cache import DiskCache
from app.render.pool import RenderPool
from app.render.slot import WorkerLimits
from app.settings import Settings
from app.web.api.wechat import TicketOffice
from app.web.http.responses import EncodedBodies
from app.web.middleware.observe import RequestCounts
from app.web.middleware.rate import Buckets
from app.web.middleware.ready_store import ReadyStore
from app.work.ambient import DATA, FILTER, SEARCH, TILES
from app.work.pool import Pool


@dataclass(slots=True)
class Runtime:
    """One for a process; keys name the data version, so that versions may share it."""

    render: RenderPool
    encoded: EncodedBodies
    ready: ReadyStore
    pools: Mapping[str, Pool]
    buckets: Buckets
    tickets: TicketOffice
    counts: RequestCounts = field(default_factory=RequestCounts)
    metrics: Metrics = field(default_factory=Metrics)
    refused: str = ""
    """Why newer data is not served; empty where it is."""

    def __post_init__(self) -> None:
        for source in (self.counts.families, self.buckets.families, self.families):
            self.metrics.add(source)

    def clear(self) -> None:
        """The service ends: stop the work of the pools."""
        for pool in self.pools.values():
            pool.clear()
        self.render.clear()

    def families(self) -> Iterable[MetricFamily]:
        """What is shown at /metrics of queues and caches."""
        waiting = {name: pool.waiting for name, pool in self.pools.items()}
        running = {name: pool.running for name, pool in self.pools.items()}
        for lane in self.render.lanes:
            waiting[lane.name], running[lane.name] = lane.waiting, lane.running
        yield by_label(
            "planmap_work_waiting", "gauge", "Work that waits, by queue", "queue", waiting
        )
        yield by_label("planmap_work_running", "gauge", "Work being done", "queue", running)
        yield MetricFamily(
            "planmap_workers_restarted_total", "counter", "Workers that were lost and replaced",
            {(): self.render.stats().restarted},
        )  # fmt: skip
        yield gauge(
            "planmap_cache_writable", "Whether pictures and files are kept on disk",
            not self.render.cache.problem,
        )  # fmt: skip
        caches = {"disk": self.render.cache, "encoded": self.encoded, "ready": self.ready}
        for name, kind, help, attribute in (
            ("planmap_cache_bytes", "gauge", "Bytes kept", "held"),
            ("planmap_cache_hits_total", "counter", "Found in the cache", "hits"),
            ("planmap_cache_misses_total", "counter", "Not found in the cache", "misses"),
        ):
            counters = {one: getattr(cache, attribute) for one, cache in caches.items()}
            yield by_label(name, kind, help, "cache", counters)
        yield gauge("planmap_data_refused", "Whether newer data is refused", bool(self.refused))


def runtime_for(settings: Settings) -> Runtime:
    return Runtime(
        render_pool_for(settings), EncodedBodies(settings.encoded_bytes),
        ReadyStore(settings.ready_bytes, settings.ready_entries), pools_for(settings),
        Buckets(settings.requests_per_second, settings.requests_burst), TicketOffice(settings),
    )  # fmt: skip


def render_pool_for(settings: Settings) -> RenderPool:
    limits = WorkerLimits(settings.picture_seconds, settings.picture_tasks, settings.picture_memory)
    return RenderPool(
        DiskCache(settings.cache, settings.cache_bytes), limits,
        settings.picture_workers, settings.file_workers, settings.picture_waiting,
    )  # fmt: skip


def pools_for(settings: Settings) -> dict[str, Pool]:
    """A pool of its own for each kind, so that what is short waits behind nothing long."""
    sizes = {
        DATA: settings.data_workers, FILTER: settings.filter_workers, SEARCH: 1, TILES: 1,
    }  # fmt: skip
    return {
        name: Pool(name, workers, settings.work_waiting, settings.work_seconds)
        for name, workers in sizes.items()
    }
