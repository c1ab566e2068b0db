"""Finished pictures on disk, bounded in bytes: what has not been asked for longest goes first."""

import contextlib
import os
import tempfile
from pathlib import Path

SUFFIX = ".picture"


class Shelf:
    """A folder of files named by their key. A disk that fails costs time, never an answer."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder, self.most_bytes = usable(folder), most_bytes

    def get(self, key: str) -> bytes | None:
        """The bytes under a key, or None."""
        path = self._path(key)
        try:
            body = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return body

    def put(self, key: str, body: bytes) -> None:
        """Keep bytes under a key, all or nothing, and make room."""
        if len(body) > self.most_bytes:
            return
        path = self._path(key)
        with contextlib.suppress(OSError):
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
                file.write(body)
            os.replace(file.name, path)
            self._make_room()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{SUFFIX}"

    def _make_room(self) -> None:
        """Remove the files longest unused until the rest fits."""
        files = [(path, path.stat()) for path in self.folder.glob(f"*{SUFFIX}")]
        total = sum(stat.st_size for _, stat in files)
        for path, stat in sorted(files, key=lambda one: one[1].st_mtime_ns):
            if total <= self.most_bytes:
                return
            path.unlink(missing_ok=True)
            total -= stat.st_size


def usable(folder: Path) -> Path:
    """The folder, made if need be; one among the temporary files where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="planmap-"))
