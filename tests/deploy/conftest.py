"""The service, and the proxies that are shipped before it, as an operator would start them."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from app.settings import ROOT
from tests.installed import need
from tests.server.wire import LONGEST, Served, free_port, served, until

NAME = "maps.example.org"
DEPLOY = ROOT / "deploy"


def program(name: str) -> str:
    """Where a program is; the test is left out where it is not installed, but never in CI."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    need(found, f"{name} is missing: `make system` installs it")
    assert found
    return found


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service for a public name, behind a proxy on this machine."""
    with served(tmp_path_factory.mktemp("upstream"), hosts=NAME) as running:
        yield running


@contextlib.contextmanager
def running_proxy(
    command: list[str], port: int, folder: Path, **environment: str
) -> Iterator[Served]:
    """A proxy of its own process; its answers are read as the service's are."""
    log = folder / "proxy.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
        )  # fmt: skip
    try:
        wait_for(port, process, log)
        yield Served(port, process, log)
    finally:
        process.terminate()
        process.wait(timeout=LONGEST)


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the proxy answers at all, be it that this name is not known."""

    def answers() -> bool:
        assert process.poll() is None, log.read_text()
        try:
            urlopen(f"http://127.0.0.1:{port}/", timeout=LONGEST)
        except HTTPError:
            return True
        except OSError as error:
            return "refused" not in str(error)
        return True

    until(answers)


@pytest.fixture(scope="module")
def nginx(service: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Real nginx with deploy/nginx.conf, but for ports and folders."""
    command, port = program("nginx"), free_port()
    folder = tmp_path_factory.mktemp("nginx")
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    site = site.replace("listen 80", f"listen 127.0.0.1:{port}")
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{service.port}")
    (folder / "site.conf").write_text(site, encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temp = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "main.conf").write_text(
        f"{user}\ndaemon off;\nworker_processes 1;\npid {folder}/pid;\nerror_log stderr;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temp}\ninclude {folder}/site.conf;\n}}\n"
    )
    run = [command, "-c", str(folder / "main.conf"), "-p", str(folder)]
    checked = subprocess.run([*run, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr, checked.stderr
    with running_proxy(run, port, folder) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def caddy(service: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Real Caddy with deploy/Caddyfile, but for ports and folders, and without a certificate."""
    command, port = program("caddy"), free_port()
    folder = tmp_path_factory.mktemp("caddy")
    site = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    site = site.replace(f"\n{NAME} {{", f"\nhttp://{NAME}:{port} {{")
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{service.port}")
    site = site.replace("\n{\n", "\n{\n\tadmin off\n", 1)
    (folder / "Caddyfile").write_text(site, encoding="utf-8")
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    run = [command, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with running_proxy(run, port, folder, **home) as proxy:
        yield proxy
