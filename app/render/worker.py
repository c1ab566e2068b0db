"""What runs in a worker process: it makes a file from its own copy of the pack.

Drawing holds the interpreter for long; in a process of its own it keeps no other request waiting,
and it can be stopped at any moment.
"""

import asyncio
import contextlib
import gc
import os
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import orjson

from app.catalog.catalog import Catalog
from app.catalog.collections import plan_store
from app.domain.errors import Overloaded, PlanmapError
from app.formats import MADE_BY_EXT, Selection
from app.pack.pack import Pack
from app.picture.window.window_layout import is_laid_out
from app.render.growing_file import write_entry
from app.render.job import RenderJob
from app.render.sent_features import SentFeatures
from app.store.base import Store
from app.view.view import View

NICENESS = 5
"""Whoever answers requests comes first."""
GROWING = "features", "keys", "gazetteer", "lines", "base"
"""Parts of a pack that take long to read where its items are many, and no file of data needs."""
MAX_COPIES = 2
"""Packs a worker holds: the one in use, and a snapshot of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job, and how much memory the worker holds since."""

    body: bytes = b""
    error: PlanmapError | None = None
    trouble: str = ""
    """A traceback, where something went wrong that nobody foresaw."""
    memory: int = 0


def start() -> None:
    """Prepare a process that has just been started."""
    os.nice(NICENESS)
    gc.freeze()  # what it was forked with stays for good
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=end_with, args=(parent.sentinel,), daemon=True).start()


def end_with(sentinel: int) -> None:
    """End as soon as the parent does, whatever is being drawn: nobody is left to take it."""
    wait([sentinel])
    os._exit(1)


def render(job: RenderJob) -> Outcome:
    """Make the file of a job."""
    try:
        copy = COPIES.find(job.selection.catalog)
        given = job.features.opened() if isinstance(job.features, SentFeatures) else None
        body = made(job, copy.fill(job.selection, given))
        copy.check()
        return Outcome(body, memory=memory_held())
    except PlanmapError as error:
        return Outcome(error=error, memory=memory_held())
    except Exception:
        return Outcome(trouble=traceback.format_exc(), memory=memory_held())


def made(job: RenderJob, selection: Selection) -> bytes:
    """The bytes of a file; none where they have been written as it was asked for."""
    file_format = MADE_BY_EXT[job.ext]
    if job.into and file_format.pieces:
        with contextlib.suppress(OSError):  # where there is no room it is handed over
            write_entry(job.into, job.key, file_format.pieces(selection))
            return b""
    return file_format.render(selection)


class PackCopy:
    """A pack that is read whole, with its features to search in; of a large one much is read when
    first asked for.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._pack = pack = Pack(catalog.root, catalog.version)
        pack.read_whole(later=GROWING)
        self._read = set(vars(pack))
        self.catalog = Catalog(pack, catalog.known)

    @cached_property
    def _store(self) -> Store:
        features = self._pack.features
        self.check()
        return plan_store(self.catalog, features, self._pack.version)

    def check(self) -> None:
        """Raises PackChanged where what was read since is not of the state of the rest."""
        if self._read < vars(self._pack).keys():
            self._pack.check_unchanged()
            self._read.update(vars(self._pack))

    def fill(
        self, selection: Selection, given: Sequence[dict[str, Any]] | None = None
    ) -> Selection:
        """The selection with its features; that of several views has those of all of them."""
        selection = replace(selection, catalog=self.catalog)
        if is_laid_out(selection) or (selection.window and not selection.window.plan):
            return selection  # it is drawn of what is known
        if given is not None:
            return replace(selection, features=given)
        if selection.collection:
            raise Overloaded(selection.collection, "there is no room to send its features")
        parts = tuple(map(self.fill, selection.parts))
        features = self.features(selection.view)
        if parts:
            shown = {feature["id"] for part in parts for feature in part.features}
            features = [feature for feature in features if feature["id"] in shown]
        return replace(selection, features=features, parts=parts)

    def features(self, view: View) -> list[dict[str, Any]]:
        """The features of a view, in the order of the service's own answers."""
        page = asyncio.run(self._store.search(view.query()))
        return [orjson.loads(feature) for feature in page.features]


class PackCopies:
    """The copies a worker holds; that of another state of the same folder makes way."""

    def __init__(self) -> None:
        self._copies: dict[tuple[Path, str], PackCopy] = {}

    def find(self, catalog: Catalog) -> PackCopy:
        """The copy of a pack in the state it is served in. Raises PackChanged if that is gone."""
        key = catalog.root, catalog.version
        copy = self._copies.pop(key, None)
        if copy is None:
            for other in [one for one in self._copies if one[0] == catalog.root]:
                del self._copies[other]
            while len(self._copies) >= MAX_COPIES:
                del self._copies[next(iter(self._copies))]
            copy = PackCopy(catalog)
        self._copies[key] = copy  # the last used is the last to go
        return copy


def memory_held() -> int:
    """Bytes of this process in memory; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


COPIES = PackCopies()
