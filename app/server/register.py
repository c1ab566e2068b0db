"""Which services run on a pack: each writes a file to a folder, so that commands can signal it.

A note is locked by its service: one that is not locked was left by a service that was killed.
"""

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

WAIT_SECONDS = 120.0
"""For a service to take data in, on a busy machine."""
STEP_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class ServerNote:
    """What a running service says of itself."""

    pid: int
    url: str
    pack: str
    version: str
    refused: str = ""
    """Why newer data is not served."""
    reloads: int = 0
    """How often it has looked for newer data since it started."""


class Registration:
    """The note of this process, as long as it runs."""

    def __init__(self, folder: Path, note: ServerNote) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._note = note
        self._path = folder / f"{note.pid}.json"
        self._number = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        fcntl.flock(self._number, fcntl.LOCK_EX)
        self._write()

    def update(self, version: str, refused: str) -> None:
        """The service has looked for newer data."""
        reloads = self._note.reloads + 1
        self._note = replace(self._note, version=version, refused=refused, reloads=reloads)
        self._write()

    def end(self) -> None:
        self._path.unlink(missing_ok=True)
        os.close(self._number)

    def _write(self) -> None:
        body = json.dumps(asdict(self._note)).encode()
        os.pwrite(self._number, body, 0)
        os.ftruncate(self._number, len(body))


def running_servers(folder: Path, pack: Path) -> list[ServerNote]:
    """The services of a pack that run on this machine and note it in this folder."""
    notes = [note for path in sorted(folder.glob("*.json")) if (note := note_in(path))]
    return [note for note in notes if note.pack == str(pack.resolve())]


def note_in(path: Path) -> ServerNote | None:
    """The note of a service that still runs."""
    end = time.monotonic() + 1
    while time.monotonic() < end:
        try:
            with path.open("rb") as file:
                if is_free(file.fileno()):
                    return None
                return ServerNote(**json.load(file))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):  # it is just being written
            time.sleep(STEP_SECONDS)
    return None


def is_free(number: int) -> bool:
    """Whether no process holds the lock of an open file."""
    try:
        fcntl.flock(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def reload_servers(folder: Path, reached: Sequence[ServerNote]) -> Iterator[ServerNote]:
    """Have services take their data in; what each says when it has.

    One that does not come to it has the number of reloads it had. Raises PermissionError where a
    service is another user's.
    """
    for note in reached:
        with contextlib.suppress(ProcessLookupError):
            os.kill(note.pid, signal.SIGHUP)
    for note in reached:
        path, end = folder / f"{note.pid}.json", time.monotonic() + WAIT_SECONDS
        later: ServerNote | None = note
        while later and later.reloads == note.reloads and time.monotonic() < end:
            time.sleep(STEP_SECONDS)
            later = note_in(path)
        if later is not None:
            yield later
