"""Checks before the start; every problem is reported at once, before the pack is loaded."""

import errno
import socket
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from app.domain.errors import MissingFont, PlanmapError
from app.pack.pack import DATA_FOLDER, FEATURES_FILE, Pack
from app.pack.version import snapshots_in, version_of
from app.settings import Settings
from app.startup import BadSettings

PORTS = 65_535
WORKERS = 256


def port_number(given: str | int) -> int:
    """A port of the command line or of PORT. Raises BadSettings."""
    text = str(given)
    if text.isascii() and text.isdigit() and int(text) <= PORTS:
        return int(text)
    raise BadSettings([f"--port (or PORT) {text!r}: expected a number from 0 to {PORTS}"])


def worker_number(given: str | int) -> int:
    """A number of processes. Raises BadSettings."""
    text = str(given)
    if text.isascii() and text.isdigit() and 1 <= int(text) <= WORKERS:
        return int(text)
    raise BadSettings([f"--workers {text!r}: expected a number from 1 to {WORKERS}"])


def check_ready(settings: Settings, host: str, port: int) -> None:
    """Raises BadSettings with a line for everything that keeps the service from starting.

    First what is seen at a glance, then what has to be opened.
    """
    glances = (
        *wrong_address(host, port),
        *wrong_pack(settings.pack),
        *wrong_front_end(settings),
        *wrong_cache(settings),
    )
    if lines := list(glances) or [*wrong_fonts(settings), *wrong_versions(settings)]:
        raise BadSettings(lines)


def wrong_address(host: str, port: int) -> Iterator[str]:
    """An address nobody can listen on, or where somebody does already."""
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        yield f"--host (or HOST) {host!r}: expected an address of this machine ({error})"
        return
    family, kind, protocol, _, address = addresses[0]
    with socket.socket(family, kind, protocol) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen(1)
        except OSError as error:
            yield unusable(error, host, port)


def unusable(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        expected = "expected a free port; another program listens there, end it or choose another"
        return f"--port (or PORT) {port} on {host}: {expected}"
    if error.errno in (errno.EACCES, errno.EPERM):
        expected = "expected a port this user may listen on; those below 1024 are the system's"
        return f"--port (or PORT) {port}: {expected}"
    return f"--host (or HOST) {host!r}: expected an address of this machine ({error.strerror})"


def wrong_pack(root: Path) -> Iterator[str]:
    name = f"--pack (or PLANMAP_PACK) {root}"
    if not (root / DATA_FOLDER / "plan.toml").is_file():
        yield f"{name}: expected a folder with {DATA_FOLDER}/plan.toml; `planmap new` makes one"
    elif not (root / FEATURES_FILE).is_file():
        yield f"{name}: expected {FEATURES_FILE}; run `planmap build`"


def wrong_front_end(settings: Settings) -> Iterator[str]:
    if not (settings.static / "index.html").is_file():
        yield f"PLANMAP_STATIC {settings.static}: expected the front end, with index.html"
    if not (settings.packages / "leaflet").is_dir():
        yield f"PLANMAP_PACKAGES {settings.packages}: expected the npm packages; run `npm ci`"


def wrong_fonts(settings: Settings) -> Iterator[str]:
    """A font that is missing, or is there and cannot be read."""
    fonts = import_module("app.picture.scene.fonts")
    for weight in fonts.WEIGHTS:
        try:
            font = fonts.find_font(settings.packages, settings.font, weight)
        except MissingFont as error:
            yield str(error)
            continue
        try:
            font.check()
        except Exception as error:  # a damaged font ends in whatever its tables hold
            expected = "expected a font that can be read; put it there anew, or run `npm ci`"
            yield f"{font.path}: {expected} ({clipped(error)})"


def clipped(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def wrong_cache(settings: Settings) -> Iterator[str]:
    """A folder that was asked for must be writable; instead of the default another will do."""
    if is_writable(settings.cache):
        return
    problem = f"PLANMAP_CACHE {settings.cache}: expected a folder this user may write to"
    if "cache" in settings.model_fields_set:
        yield f"{problem}; give the right, or leave it unset"
    else:
        sys.stderr.write(f"warning: {problem}; pictures are kept among the temporary files\n")


def is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def wrong_versions(settings: Settings) -> Iterator[str]:
    """Kept versions that could not be shown. What is byte for byte what was kept is not read."""
    for name in snapshots_in(settings.versions):
        root = settings.versions / name
        if version_of(root) == name:
            continue
        try:
            assert Pack(root, name).features
        except PlanmapError as error:
            yield f"kept version {root}: expected what was kept; remove it ({error})"
