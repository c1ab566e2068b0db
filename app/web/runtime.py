"""What every data version being served shares: the pools, and what is kept of finished work."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.render.disk_cache import DiskCache
from app.render.pool import RenderPool
from app.render.slot import WorkerLimits
from app.settings import Settings
from app.web.responses import Encoded
from app.work.ambient import DATA, FILTER, SEARCH, TILES
from app.work.pool import Pool


@dataclass(frozen=True, slots=True)
class Runtime:
    """One for a process; keys name the data version, so that versions may share it."""

    render: RenderPool
    encoded: Encoded
    pools: Mapping[str, Pool]

    def clear(self) -> None:
        """The service ends: stop the work of the pools."""
        for pool in self.pools.values():
            pool.clear()
        self.render.clear()


def runtime_for(settings: Settings) -> Runtime:
    return Runtime(render_pool_for(settings), Encoded(settings.encoded_bytes), pools_for(settings))


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
