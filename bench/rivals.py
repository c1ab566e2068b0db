"""Other servers on the same items: a PostGIS of the bench's own, tipg and pygeoapi on it.

Each is installed by pip in an environment of its own below var/bench when it is first wanted.
Where something is missing, the reason is said and the table has no such column.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from harness import ROOT, Server, free_port, running

FOLDER = ROOT / "var" / "bench"
PACKAGES = {
    "tipg": ("tipg==1.6.1", "uvicorn", "uvloop", "httptools"),
    "pygeoapi": ("pygeoapi==0.21.0", "psycopg2-binary", "uvicorn", "starlette", "geoalchemy2"),
}
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
TABLE = """
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE TABLE works (id text PRIMARY KEY, layer text, category text, status text, name text,
    name_en text, summary text, county text, uncertainty_m float, properties jsonb,
    geom geometry(Point, 4326));
"""
INDEX = "CREATE INDEX ON works USING gist (geom); ANALYZE works;"
COLUMNS = ("id", "layer", "category", "status", "name", "name_en", "summary")


class Missing(Exception):
    """Why a server cannot take part."""


def environment(name: str) -> Path:
    """The programs of an environment with a server in it."""
    folder = FOLDER / f"env-{name}"
    if not (folder / "ready").exists():
        print(f"installing {name} …", file=sys.stderr)
        for command in (
            [sys.executable, "-m", "venv", str(folder)],
            [str(folder / "bin" / "pip"), "install", "-q", *PACKAGES[name]],
        ):
            if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:
                raise Missing(f"{name} cannot be installed")
        (folder / "ready").touch()
    return folder / "bin"


def as_postgres(*command: str) -> list[str]:
    """PostgreSQL refuses to run for root: its own user does it then."""
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else list(command)


def quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextlib.contextmanager
def postgis(pack: Path) -> Iterator[str]:
    """A database with the items of a pack; its address. It goes with the bench."""
    if not PROGRAMS or not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        raise Missing("PostGIS is not installed (apt-get install postgresql postgis)")
    folder, port = database_folder(), free_port()
    folder.mkdir(mode=0o755)
    programs = PROGRAMS[-1]
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        data = str(folder / "data")
        quietly(as_postgres(str(programs / "initdb"), "-D", data, "-A", "trust"))
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        control = as_postgres(str(programs / "pg_ctl"), "-D", data)
        quietly([*control, "-w", "-o", options, "-l", f"{folder}/log", "start"])
        try:
            user = "postgres" if os.getuid() == 0 else os.environ.get("USER", "postgres")
            address = f"postgresql://{user}@127.0.0.1:{port}/postgres"
            fill(address, pack)
            yield address
        finally:
            quietly([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def database_folder() -> Path:
    return Path("/tmp") / f"planmap-bench-{os.getpid()}"


def pid_of_database() -> int:
    """The process of the database of this bench."""
    folder = database_folder()
    return int((folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])


def fill(address: str, pack: Path) -> None:
    """Copy the located items of a pack into the table."""
    psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", address]
    subprocess.run([*psql, "-c", TABLE], check=True)
    copy = subprocess.Popen(
        [*psql, "-c", "COPY works FROM STDIN"], stdin=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert copy.stdin is not None
    with (pack / "projects.geojson").open(encoding="utf-8") as file:
        for feature in json.load(file)["features"]:
            copy.stdin.write(line_of(feature))
    copy.stdin.close()
    if copy.wait():
        raise Missing("the table cannot be filled")
    subprocess.run([*psql, "-c", INDEX], check=True)


def line_of(feature: dict[str, object]) -> str:
    """An item as COPY reads it; only points take part."""
    properties, geometry = feature["properties"], feature["geometry"]
    assert isinstance(properties, dict)
    if not isinstance(geometry, dict) or geometry["type"] != "Point":
        return ""
    lng, lat = geometry["coordinates"]
    cells = [
        *(str(properties[name]) for name in COLUMNS), ",".join(properties["counties"]),
        str(properties["uncertainty_m"]), json.dumps(properties, ensure_ascii=False),
        f"SRID=4326;POINT({lng} {lat})",
    ]  # fmt: skip
    return "\t".join(cell.replace("\\", "\\\\").replace("\t", " ") for cell in cells) + "\n"


@contextlib.contextmanager
def tipg(address: str) -> Iterator[Server]:
    port = free_port()
    command = [
        str(environment("tipg") / "uvicorn"), "tipg.main:app", "--port", str(port),
        "--log-level", "warning", "--no-access-log",
    ]  # fmt: skip
    with running(command, port, "/healthz", DATABASE_URL=address) as server:
        yield server


@contextlib.contextmanager
def martin(address: str) -> Iterator[Server]:
    """Where its program is: `cargo install martin --no-default-features --features postgres`."""
    program = shutil.which("martin") or str(Path.home() / ".cargo" / "bin" / "martin")
    if not Path(program).exists():
        raise Missing("martin is not installed (cargo install martin)")
    port = free_port()
    command = [program, "--listen-addresses", f"127.0.0.1:{port}", "--workers", "1", address]
    with running(command, port, "/health") as server:
        yield server


@contextlib.contextmanager
def pygeoapi(address: str) -> Iterator[Server]:
    port, programs = free_port(), environment("pygeoapi")
    config, openapi = FOLDER / "pygeoapi.json", FOLDER / "pygeoapi-openapi.json"
    config.write_text(json.dumps(pygeoapi_config(address, port)), encoding="utf-8")
    names = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    make = [str(programs / "pygeoapi"), "openapi", "generate", str(config)]
    made = subprocess.run(
        [*make, "--format", "json", "--output-file", str(openapi)], check=False,
        env={**os.environ, **names}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if made.returncode:
        raise Missing("pygeoapi does not take its configuration")
    command = [
        str(programs / "uvicorn"), "pygeoapi.starlette_app:APP", "--port", str(port),
        "--log-level", "error", "--no-access-log",
    ]  # fmt: skip
    with running(command, port, "/conformance?f=json", **names) as server:
        yield server


def pygeoapi_config(address: str, port: int) -> dict[str, object]:
    user, _, rest = address.removeprefix("postgresql://").partition("@")
    host, _, place = rest.partition(":")
    data = {
        "host": host, "port": int(place.partition("/")[0]), "dbname": "postgres", "user": user,
        "password": "none", "search_path": ["public"],
    }  # fmt: skip
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port}, "url": f"http://127.0.0.1:{port}",
            "mimetype": "application/json", "encoding": "utf-8", "languages": ["en-US"],
            "limits": {"default_items": 100, "max_items": 10_000},
            "map": {"url": "https://tile.example/{z}/{x}/{y}.png", "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "bench", "description": "bench", "keywords": ["bench"],
                "keywords_type": "theme", "terms_of_service": "none", "url": "https://example.org",
            },
            "license": {"name": "none", "url": "https://example.org"},
            "provider": {"name": "bench", "url": "https://example.org"},
            "contact": {"name": "bench", "email": "bench@example.org"},
        },
        "resources": {
            "items": {
                "type": "collection", "title": "items", "description": "items",
                "keywords": ["items"], "links": [],
                "extents": {"spatial": {"bbox": [-180, -90, 180, 90]}},
                "providers": [{
                    "type": "feature", "name": "PostgreSQL", "data": data, "id_field": "id",
                    "table": "works", "geom_field": "geom",
                }],
            },
        },
    }  # fmt: skip
