"""Fresh answers of this service beside others, in one run, as ratios to a raw ASGI app.

    .venv/bin/python bench/compare.py [--sizes 735,100000] [--rounds 3] [--seconds 1]
        [--servers planmap,tipg,pygeoapi,martin,nginx,fastapi] [--cases filter,tile] [--workers 2]

The raw app sends, in turn, some of the service's own answers; nginx sends one of them as a file,
FastAPI one of them from a constant route. Writes var/bench/compare.md and compare.json. See
bench/README.md.
"""

import argparse
import contextlib
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import rivals
from fresh import OURS, Case, cases, ids_of, pack_of, serving
from harness import (
    ROOT,
    Load,
    Server,
    free_port,
    get,
    load,
    load_once,
    raw_answer,
    running,
    running_raw,
)

SAMPLE = 200
RAW, NGINX, FASTAPI = "raw ASGI", "nginx", "FastAPI"
ON_POSTGIS = {"tipg": rivals.tipg, "pygeoapi": rivals.pygeoapi, "martin": rivals.martin}
CONSTANT = """
import sys, uvicorn
from fastapi import FastAPI
from fastapi.responses import Response
body = open(sys.argv[1], "rb").read()
app = FastAPI()
@app.get("/answer")
async def answer(): return Response(body, media_type="application/geo+json")
uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", access_log=False)
"""
NGINX_CONFIG = """
worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{ access_log off; server {{ listen 127.0.0.1:{port}; root {folder}; }} }}
"""
Row = dict[str, Any]


def main() -> None:
    options = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    options.add_argument("--sizes", default="735,100000")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=1)
    options.add_argument("--servers", default="planmap,tipg,pygeoapi,martin,nginx,fastapi")
    options.add_argument("--cases", default="")
    options.add_argument("--workers", type=int, default=1, help="also planmap with so many")
    chosen = options.parse_args()
    servers = set(chosen.servers.split(",")) | {OURS}
    rows: list[Row] = []
    for size in map(int, chosen.sizes.split(",")):
        how = (chosen.rounds, chosen.seconds)
        rows += measured(size, servers, chosen.cases.split(","), how, chosen.workers)
    about = {
        "date": time.strftime("%Y-%m-%d"), "machine": platform.machine(),
        "processors": os.cpu_count(), "load": os.getloadavg()[0],
        "python": platform.python_version(),
    }  # fmt: skip
    folder = ROOT / "var" / "bench"
    found = json.dumps({"about": about, "rows": rows}, indent=1, ensure_ascii=False)
    (folder / "compare.json").write_text(found, encoding="utf-8")
    text = table(rows, about)
    (folder / "compare.md").write_text(text, encoding="utf-8")
    print(text)


def measured(
    size: int, servers: set[str], wanted: Sequence[str], how: tuple[int, float], workers: int
) -> list[Row]:
    """The cases whose names have a wanted part, at one size, the servers asked in turns."""
    pack = pack_of(size)
    with ExitStack() as stack:
        cache = stack.enter_context(tempfile.TemporaryDirectory())
        running_now = {OURS: stack.enter_context(serving(pack, cache))}
        several = f"{OURS}, {workers} workers"
        if workers > 1:
            running_now[several] = stack.enter_context(serving(pack, f"{cache}/several", workers))
        if servers & ON_POSTGIS.keys():
            running_now |= others(stack, pack, servers)
        return [
            row
            for case in cases(ids_of(pack), size)
            if any(part in case.name for part in wanted)
            for row in rows_of(size, of_several(case, several), running_now, servers, how)
        ]


def of_several(case: Case, name: str) -> Case:
    """The case asked of a second one of ours, which has both processors as a database has them.
    What is asked once is not: each process makes its own tiles.
    """
    return case if case.once else case._replace(paths={**case.paths, name: case.paths[OURS]})


def others(stack: ExitStack, pack: Path, servers: set[str]) -> dict[str, Server]:
    """What can be started of the servers on PostGIS; of the rest it is said why not."""
    found: dict[str, Server] = {}
    try:
        address = stack.enter_context(rivals.postgis(pack))
    except (rivals.Missing, subprocess.CalledProcessError) as missing:
        print(f"no PostGIS: {missing}", file=sys.stderr)
        return found
    for name, start in ON_POSTGIS.items():
        if name in servers:
            try:
                server = stack.enter_context(start(address))
                found[name] = replace(server, database=rivals.pid_of_database())
            except (rivals.Missing, SystemExit) as missing:
                print(f"no {name}: {missing}", file=sys.stderr)
    return found


def rows_of(
    size: int, case: Case, found: dict[str, Server], servers: set[str], how: tuple[int, float]
) -> list[Row]:
    """One case: a row for each server."""
    rounds, seconds = how
    chance = random.Random(1)
    own = case.paths[OURS]
    sampled = chance.sample(own, 2 if case.once else min(SAMPLE, len(own) // 2))
    answers = {path: raw_answer(found[OURS].port, path) for path in sampled}
    loads: dict[str, list[Load]] = {}
    with ExitStack() as stack:
        constant = sorted((body["body"] for _, body in answers.values()), key=len)[
            len(answers) // 2
        ]
        plan = {RAW: (stack.enter_context(running_raw(answers)), sampled)}
        plan |= {
            name: (server, case.paths[name]) for name, server in found.items() if name in case.paths
        }
        if "nginx" in servers and case.name == "an item":
            with contextlib.suppress(FileNotFoundError):
                plan[NGINX] = stack.enter_context(nginx(constant)), ["/answer"]
        if "fastapi" in servers and case.name == "an item":
            plan[FASTAPI] = stack.enter_context(constant_route(constant)), ["/answer"]
        for name, (server, paths) in plan.items():
            get(server.port, paths[0])
            loads[name] = []
        for number in range(1 if case.once else rounds):
            for name, (server, paths) in plan.items():
                if case.once and name != RAW:
                    loads[name].append(load_once(server, unsampled(paths, sampled)))
                    continue
                part = paths if name in (RAW, NGINX, FASTAPI) else paths[number::rounds]
                loads[name].append(load(server, unsampled(part, sampled), seconds))
    sent = statistics.mean(len(body["body"]) for _, body in answers.values())
    return [row_of(size, case.name, name, sent, loads) for name in loads]


def unsampled(paths: Sequence[str], sampled: Sequence[str]) -> list[str]:
    """Paths that have not been asked for, where there are others."""
    return [path for path in paths if path not in set(sampled)] or list(paths)


def row_of(size: int, case: str, name: str, sent: float, loads: dict[str, list[Load]]) -> Row:
    rates = [one.rate for one in loads[name]]
    raw = statistics.median(one.rate for one in loads[RAW])
    return {
        "items": size, "case": case, "bytes": round(sent), "server": name,
        "rate": round(statistics.median(rates)), "least": round(min(rates)),
        "most": round(max(rates)), "of_raw": round(statistics.median(rates) / raw, 4),
        "cpu_us": round(statistics.median(one.cpu for one in loads[name])),
        "failed": sum(one.failed for one in loads[name]),
    }  # fmt: skip


def table(rows: Sequence[Row], about: Row) -> str:
    head = (
        f"{about['date']}, {about['processors']} processors, Python {about['python']}, load "
        f"{about['load']:.1f} at the end\n\n"
        "| items | fresh answer | bytes | server | a second (range) | of raw | CPU µs | failed |\n"
        "|---|---|---|---|---|---|---|---|\n"
    )
    return head + "".join(
        f"| {one['items']} | {one['case']} | {one['bytes']} | {one['server']} | {one['rate']} "
        f"({one['least']}–{one['most']}) | {one['of_raw']:.3f} | {one['cpu_us']:,} "
        f"| {one['failed'] or ''} |\n"
        for one in rows
    )


@contextlib.contextmanager
def nginx(body: bytes) -> Iterator[Server]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        Path(folder, "answer").write_bytes(body)
        config = Path(folder, "nginx.conf")
        config.write_text(NGINX_CONFIG.format(folder=folder, port=port), encoding="ascii")
        os.environ["PATH"] += ":/usr/sbin"
        with running(["nginx", "-c", str(config), "-p", folder], port, "/answer") as server:
            yield server


@contextlib.contextmanager
def constant_route(body: bytes) -> Iterator[Server]:
    port = free_port()
    with tempfile.NamedTemporaryFile() as file:
        file.write(body)
        file.flush()
        command = [sys.executable, "-c", CONSTANT, file.name, str(port)]
        with running(command, port, "/answer") as server:
            yield server


if __name__ == "__main__":
    main()
