"""What keeps a service from starting is said in a line each, before anything is loaded."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.build.build import build, write
from app.pack.pack import Pack
from app.pack.snapshots import save_snapshot
from app.settings import ROOT
from tests.edit_pack import change

FONTS = ROOT / "node_modules" / "@expo-google-fonts" / "noto-sans-sc"
WEIGHTS = ("400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf")


def refused(*words: str, **given: str) -> list[str]:
    """The lines a command ends with; it must end with 2 and no traceback."""
    environment = {name: value for name, value in os.environ.items() if "PLANMAP" not in name}
    done = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", *(words or ("serve",))],
        env={**environment, "PORT": "0", **given}, cwd=ROOT, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode == 2, done.stderr
    lines = done.stderr.splitlines()
    assert all(line.startswith("error: ") for line in lines), done.stderr
    return [line.removeprefix("error: ") for line in lines]


def test_every_wrong_setting_is_named_at_once() -> None:
    lines = refused(
        PLANMAP_PAGE_LIMT="3", PLANMAP_PAGE_LIMIT="0", PLANMAP_PICTURE_SECONDS="soon",
        PLANMAP_CACHE_BYTES="1.5",
    )  # fmt: skip
    assert lines[0] == "PLANMAP_PAGE_LIMT: no such setting; did you mean PLANMAP_PAGE_LIMIT?"
    assert sorted(line.partition(" ")[0] for line in lines[1:]) == [
        "PLANMAP_CACHE_BYTES", "PLANMAP_PAGE_LIMIT", "PLANMAP_PICTURE_SECONDS",
    ]  # fmt: skip
    assert all(": expected " in line for line in lines[1:])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PLANMAP_BASE_MAPS", "osm,moon", "PLANMAP_BASE_MAPS 'moon': expected of tianditu"),
        ("PLANMAP_BASE_MAPS", '["osm', "PLANMAP_BASE_MAPS"),
        ("PLANMAP_BASE_PATH", "map/", "PLANMAP_BASE_PATH 'map/': expected nothing, or a path"),
        ("PLANMAP_BASE_PATH", "/api", "PLANMAP_BASE_PATH '/api': expected another path, like"),
        ("PLANMAP_PICTURE_SECONDS", "inf", "expected less than or equal to 86400"),
        ("PLANMAP_DRAIN_SECONDS", "1e300", "expected less than or equal to 86400"),
        ("PLANMAP_WORK_SECONDS", "nan", "PLANMAP_WORK_SECONDS 'nan': expected "),
        ("PLANMAP_DATA_WORKERS", "1000000", "expected less than or equal to 256"),
        ("PLANMAP_FRAME_ANCESTORS", "*; script-src *", "expected *, 'self', 'none' or origins"),
        ("PLANMAP_FRAME_ANCESTORS", "a.org\nX-Own: 1", "expected *, 'self', 'none' or origins"),
        ("PLANMAP_HOSTS", "http://a.org", "expected addresses or networks, like 10.0.0.0/8"),
        ("PLANMAP_TRUSTED_PROXIES", "a.org", "'a.org' is none"),
        ("PLANMAP_PAGE_LIMIT", "20000", "PLANMAP_PAGE_LIMIT 20000: expected at most"),
        ("PLANMAP_PACK", "/nowhere", "--pack (or PLANMAP_PACK) /nowhere: expected a folder with"),
        ("PLANMAP_STATIC", "/nowhere", "PLANMAP_STATIC /nowhere: expected the front end"),
        ("PLANMAP_PACKAGES", "/nowhere", "run `npm ci`"),
        ("PLANMAP_FONT", "/nowhere", "NotoSansSC_400Regular.ttf is missing"),
        ("PLANMAP_CACHE", "/dev/null/x", "PLANMAP_CACHE /dev/null/x: expected a folder"),
        ("PORT", "70000", "--port (or PORT) '70000': expected a number from 0 to 65535"),
        ("PORT", "-1", "'-1': expected a number from 0 to 65535"),
        ("PORT", "http", "'http': expected a number"),
        ("HOST", "256.1.1.1", "--host (or HOST) '256.1.1.1': expected an address"),
        ("HOST", "192.0.2.1", "--host (or HOST) '192.0.2.1': expected an address"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_one_line(name: str, value: str, said: str) -> None:
    assert any(said in line for line in refused(**{name: value}))


@pytest.mark.parametrize("number", ["0", "-1", "two", "1000000", "２"])
def test_a_number_of_processes_is_named_with_what_is_allowed(number: str) -> None:
    said = f"--workers {number!r}: expected a number from 1 to 256"
    assert said in refused("serve", "--workers", number)


def test_other_commands_refuse_wrong_settings_too() -> None:
    assert refused("check", PLANMAP_PAK="x") == [
        "PLANMAP_PAK: no such setting; did you mean PLANMAP_PACK?"
    ]


def test_a_port_in_use_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (line,) = refused(PORT=str(port))
    assert line.startswith(f"--port (or PORT) {port} on 127.0.0.1: expected a free port")


def with_other_widths(font: bytes) -> bytes:
    """The font, one byte of its table of widths changed."""
    entry = font.index(b"hmtx")
    start = int.from_bytes(font[entry + 8 : entry + 12], "big")
    return font[:start] + bytes([font[start] ^ 1]) + font[start + 1 :]


@pytest.mark.parametrize(
    "damaged_by",
    [lambda _: b"", lambda _: b"not a font", lambda font: font[: len(font) // 9],
     lambda font: font[:-4], with_other_widths],
)  # fmt: skip
def test_a_damaged_font_is_named(tmp_path: Path, damaged_by: Callable[[bytes], bytes]) -> None:
    for weight in WEIGHTS:
        (tmp_path / weight).parent.mkdir(parents=True)
        shutil.copy(FONTS / weight, tmp_path / weight)
    damaged = tmp_path / WEIGHTS[1]
    damaged.write_bytes(damaged_by(damaged.read_bytes()))
    (line,) = refused(PLANMAP_FONT=str(tmp_path))
    assert line.startswith(f"{damaged}: expected a font that can be read")


def test_a_stale_pack_and_a_missing_build_say_how_to_mend_it(tiny: Path) -> None:
    change(tiny, "sites", "site-mill", summary="东镇的一家老厂。")
    (stale,) = refused(PLANMAP_PACK=str(tiny))
    assert "items/sites.csv has changed" in stale
    assert "planmap build" in stale
    (tiny / "projects.geojson").unlink()
    (missing,) = refused(PLANMAP_PACK=str(tiny))
    assert "expected projects.geojson; run `planmap build`" in missing


def test_a_broken_kept_version_is_named(tiny: Path, tmp_path: Path) -> None:
    versions = tmp_path / "versions"
    kept = save_snapshot(Pack(tiny), versions)
    (kept / "projects.geojson").write_bytes(b"")
    (line,) = refused(PLANMAP_PACK=str(tiny), PLANMAP_VERSIONS=str(versions))
    assert line.startswith(f"kept version {kept}: expected what was kept; remove it")


def test_a_version_is_kept_only_of_a_pack_that_can_be_shown(tiny: Path, tmp_path: Path) -> None:
    change(tiny, "sites", "site-mill", summary="东镇的一家老厂。")
    (line,) = refused("keep", PLANMAP_PACK=str(tiny), PLANMAP_VERSIONS=str(tmp_path / "v"))
    assert "items/sites.csv has changed" in line
    write(build(Pack(tiny)))
    kept = save_snapshot(Pack(tiny), tmp_path / "v")
    (kept / "geodata" / "terms.csv").write_bytes(b"zh,en\n")
    (line,) = refused("keep", PLANMAP_PACK=str(tiny), PLANMAP_VERSIONS=str(tmp_path / "v"))
    assert "changed since" in line


def test_names_that_kubernetes_gives_are_no_settings() -> None:
    lines = refused(
        PLANMAP_SERVICE_HOST="10.0.0.1", PLANMAP_PORT="tcp://10.0.0.1:80",
        PLANMAP_PORT_80_TCP_ADDR="10.0.0.1", PLANMAP_OTHER="x",
    )  # fmt: skip
    assert len(lines) == 1


@pytest.mark.parametrize("command", ["check", "serve", "export-xlsx"])
def test_a_command_that_is_stopped_while_it_is_loaded_says_nothing(command: str) -> None:
    code = f"""
import os, signal, sys
class Stop:
    def find_spec(self, name, path, target=None):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stop())
sys.argv = ["planmap", "{command}"]
from app.cli import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_a_wrong_setting_is_said_before_anything_heavy_is_loaded() -> None:
    code = """
import sys
sys.argv = ["planmap", "serve"]
from app.cli import main
try:
    main()
except SystemExit as end:
    heavy = {"geopandas", "pandas", "fastapi", "openpyxl"} & set(sys.modules)
    sys.exit(f"loaded {heavy}" if heavy or end.code != 2 else 0)
"""
    for given in ({"PLANMAP_PAK": "x"}, {"PORT": "70000"}, {"PLANMAP_PACK": "/nowhere"}):
        done = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, **given}, cwd=ROOT, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def test_an_address_without_http_is_not_passed_over() -> None:
    assert refused("mcp", "--host", "0.0.0.0", "--port", "9000") == [
        "--host 0.0.0.0: only with --http", "--port 9000: only with --http",
    ]  # fmt: skip
