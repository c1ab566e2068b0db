"""How soon `planmap serve` answers, beside the bare import of the libraries it runs on.

    .venv/bin/python bench/start.py [--pack FOLDER] [--rounds 5]

Both with compiled modules, as an installed service has them. In turns: a Python that imports the
modules of others that the service has loaded when it answers, and nothing else; and the service,
until `/healthz` answers. Medians of wall time and of processor time, their difference, and the
most memory the service took. Aim: 0.5 s more than the imports, for our own pack; 10 processor
seconds and 700 MB for 100,000 items (`large_pack.py`).
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import free_port, wait_for  # noqa: E402

LOADED = """
import sys
import app.main, app.server.run, app.server.guard, app.cli
own = {"app", "__main__"} | sys.stdlib_module_names
print(*(name for name in sys.modules if name.partition(".")[0] not in own and name[:2] != "__"))
"""
"""Says which modules of others the service loads."""
NAMED = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError:  # a part that only its library makes
        pass
"""
SERVE = [sys.executable, "-c", "from app.cli import main; main()", "serve"]


def compiled(folder: str) -> dict[str, str]:
    """The environment of an installed service: what it imports is compiled when it first starts."""
    kept = {name: one for name, one in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": folder}


def imports(modules: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds, and processor seconds, of the imports alone."""
    before, start = spent(), time.monotonic()
    subprocess.run([sys.executable, "-c", NAMED, *modules], cwd=ROOT, check=True, env=environment)
    return time.monotonic() - start, spent() - before


def served(pack: Path, environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds until the service answers, its processor seconds by then, its most memory in MB."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        own = {"PLANMAP_PACK": str(pack), "PLANMAP_CACHE": f"{folder}/c", "PLANMAP_STATE": folder}
        start = time.monotonic()
        process = subprocess.Popen(
            [*SERVE, "--port", str(port)], cwd=ROOT, env={**environment, **own},
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            wall = time.monotonic() - start
            fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            status = Path(f"/proc/{process.pid}/status").read_text()
        finally:
            process.terminate()
            process.wait()
    ticks = os.sysconf("SC_CLK_TCK")
    most = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return wall, (int(fields[11]) + int(fields[12])) / ticks, int(most.split()[1]) / 1000


def spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    options = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    options.add_argument("--pack", type=Path, default=ROOT)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    said = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, check=True, capture_output=True)
    modules = said.stdout.decode().split()
    with tempfile.TemporaryDirectory() as folder:
        environment = compiled(folder)
        rounds = [
            (imports(modules, environment), served(chosen.pack, environment))
            for _ in range(chosen.rounds + 1)
        ][1:]
    print("| | seconds | processor s | MB |\n|---|---:|---:|---:|")
    bare = [statistics.median(one[0][i] for one in rounds) for i in (0, 1)]
    whole = [statistics.median(one[1][i] for one in rounds) for i in (0, 1, 2)]
    print(f"| imports alone | {bare[0]:.2f} | {bare[1]:.2f} | |")
    print(f"| until the service answers | {whole[0]:.2f} | {whole[1]:.2f} | {whole[2]:.0f} |")
    print(f"| more | {whole[0] - bare[0]:.2f} | {whole[1] - bare[1]:.2f} | |")


if __name__ == "__main__":
    main()
