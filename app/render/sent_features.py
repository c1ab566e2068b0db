"""The features of a job on their way to a worker: in a file, since a pipe would hold both ends up
while copies of them stand in memory. The worker reads each when it is looked at.
"""

import contextlib
import fcntl
import mmap
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import numpy as np
import orjson
from numpy.typing import NDArray

from app.domain.on_demand import PrintableRecords
from app.domain.text.characters import has_forbidden, printable
from app.render.disk_cache import PARTIAL
from app.render.job import RenderJob
from app.store.bodies import Texts


class SentFeatures(PrintableRecords):
    """Features in a file, each followed by one other character."""

    def __init__(self, path: Path, sizes: NDArray[np.int64]) -> None:
        self._path, self._sizes = path, sizes

    def __reduce__(self) -> tuple[type["SentFeatures"], tuple[Path, NDArray[np.int64]]]:
        return SentFeatures, (self._path, self._sizes)

    def __len__(self) -> int:
        return len(self._sizes)

    def opened(self) -> "SentFeatures":
        """The same, where they are read."""
        with self._path.open("rb") as file:
            self._text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if len(self) else b""
        ends = self._sizes.cumsum()
        self._ends, self._begins = (ends - 1).tolist(), (ends - self._sizes).tolist()
        self._forbidden = has_forbidden(self._text)
        return self

    def member(self, at: int) -> dict[str, Any]:
        feature: dict[str, Any] = orjson.loads(self._text[self._begins[at] : self._ends[at]])
        return printable(feature) if self._forbidden else feature


@contextlib.contextmanager
def sent(job: RenderJob, folder: Path) -> Iterator[RenderJob]:
    """The job as a worker is given it; where there is no room for its features, the worker finds
    them for itself.
    """
    with contextlib.ExitStack() as kept:
        features = None
        if isinstance(job.features, Texts):
            # What finds no room is closed in here: closing writes once more what is not written.
            with contextlib.suppress(OSError), contextlib.ExitStack() as files:
                opened = tempfile.NamedTemporaryFile(dir=folder, suffix=PARTIAL)  # noqa: SIM115
                file = files.enter_context(contextlib.closing(opened))
                fcntl.flock(file, fcntl.LOCK_EX)  # what is not locked is a leftover
                features = SentFeatures(Path(file.name), written(job.features, opened))
                kept.enter_context(files.pop_all())
        yield replace(job, features=features)


def written(features: Texts, file: IO[bytes]) -> NDArray[np.int64]:
    """Write features as SentFeatures reads them; how many bytes each takes."""
    pieces = features.pieces()
    file.writelines(pieces)
    file.write(b",")
    file.flush()
    halves = np.fromiter(map(len, pieces), np.int64, len(pieces))
    sizes: NDArray[np.int64] = halves[::2] + halves[1::2]
    sizes[-1:] += 1
    return sizes
