"""What is installed is what was pinned: by hash, without scripts, from any registry."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from app.settings import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "tools/audit/requirements.lock")
UNASKED = '{"dependencies": [{"name": "x", "skip_reason": "not found"}]}'
TEST_TOOLS = ("pytest", "mypy", "ruff", "playwright", "hypothesis", "schemathesis", "pip-tools")


def module(path: str) -> ModuleType:
    """A tool as a module, which no package holds."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def pinned(lock: str) -> dict[str, str]:
    """Name → the block of a requirement."""
    text = (ROOT / lock).read_text("utf-8")
    blocks = [one for one in re.split(r"\n(?=[A-Za-z0-9])", text) if "==" in one.split("\n", 1)[0]]
    return {block.partition("==")[0]: block for block in blocks}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_python_package_is_pinned_by_hash(lock: str) -> None:
    found = pinned(lock)
    assert len(found) > 20
    assert [name for name, block in found.items() if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json"])
def test_a_lock_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    wanted = re.sub(r'"url": "[^"]*"|"funding": "[^"]*"', "", text)
    assert re.findall(r"https?://[^\s\"']*|--(?:index-url|find-links|trusted-host)\S*", wanted) in (
        [], ["--no-emit-find-links", "--no-emit-index-url", "--no-emit-trusted-host"]
    )  # fmt: skip


def test_every_npm_package_is_pinned_by_hash_and_runs_no_script() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    installed = {path: one for path, one in lock.items() if path.startswith("node_modules/")}
    links = {path for path, one in installed.items() if one.get("link")}
    assert links == {"node_modules/@scarf/scarf"}
    assert [
        path for path, one in installed.items() if path not in links and "integrity" not in one
    ] == []
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text("utf-8").splitlines()


def test_the_documentation_page_comes_without_telemetry() -> None:
    stand_in = ROOT / "tools" / "no-scarf"
    assert [path.name for path in stand_in.iterdir()] == ["package.json"]
    assert "scripts" not in json.loads((stand_in / "package.json").read_text("utf-8"))
    assert not (ROOT / "node_modules" / "@scarf" / "scarf" / "report.js").exists()


def test_running_needs_no_test_tool() -> None:
    assert [name for name in TEST_TOOLS if name in pinned("requirements.lock")] == []
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^run: \.venv/run node_modules/\.run ", makefile, re.M)
    assert set(pinned("requirements.lock")) - set(pinned("requirements-dev.lock")) <= {"setuptools"}


def test_the_image_installs_what_is_pinned_and_says_how_to_pin_its_base() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "--require-hashes" in text
    assert re.findall(r"^FROM (?!\$\{\w+_IMAGE\})", text, re.M) == []
    unpinned = module("tools/audit/audit.py").unpinned
    assert unpinned("ARG A_IMAGE=a:1\nFROM ${A_IMAGE} AS b\nFROM c:2\n") == ["a:1", "c:2"]
    assert unpinned(f"ARG A_IMAGE=a:1@sha256:{'0' * 64}\nFROM ${{A_IMAGE}}\n") == []


def test_the_list_of_what_ships_is_whole_and_the_same_each_time() -> None:
    made = []
    for _ in range(2):
        subprocess.run([sys.executable, "tools/sbom.py"], cwd=ROOT, check=True)
        made.append((ROOT / "var" / "sbom.json").read_bytes())
    assert made[0] == made[1]
    components = {one["name"]: one for one in json.loads(made[0])["components"]}
    assert {
        "fastapi",
        "shapely",
        "leaflet",
        "swagger-ui-dist",
        "@expo-google-fonts/noto-sans-sc",
    } <= set(components)
    assert not set(TEST_TOOLS) & set(components)
    assert all(one["hashes"] for one in components.values())
    assert "BSD-2-Clause" in json.dumps(components["leaflet"]["licenses"])
    assert "Agafonkin" in (ROOT / "var" / "licences.txt").read_text("utf-8")


@pytest.mark.parametrize("answer", ["", "not json", '{"message": "request failed"}', "[]", UNASKED])
def test_an_audit_without_an_answer_is_no_finding_and_says_so(
    answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = module("tools/audit/audit.py")
    monkeypatch.setattr(audit, "run", lambda command: answer)
    assert audit.main() == 0
    assert capsys.readouterr().out.count("nothing is known") == 3


def test_an_audit_with_a_finding_fails_and_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = module("tools/audit/audit.py")
    bug = {"name": "x", "version": "1", "vulns": [{"id": "CVE-1"}]}
    body = {"dependencies": [bug], "vulnerabilities": {"y": {"severity": "high"}}}
    monkeypatch.setattr(audit, "run", lambda command: json.dumps(body))
    assert audit.main() == 1
    told = capsys.readouterr().out
    assert "x 1 CVE-1" in told
    assert "y high" in told
