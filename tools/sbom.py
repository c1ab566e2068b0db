"""What ships, by name, version, hash and licence: var/sbom.json (CycloneDX 1.5), var/licences.txt.

Read from the locks and from what is installed of them; no clock and no random number, so that the
same locks give the same bytes.
"""

import base64
import json
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.I)
BUILDS = ("setuptools",)
"""Pinned to build the package with; they do not ship."""

Component = dict[str, Any]


def main() -> None:
    found = sorted([*python_packages(), *npm_packages()], key=lambda one: str(one[0]["bom-ref"]))
    out = ROOT / "var"
    out.mkdir(exist_ok=True)
    bom = document([component for component, _ in found])
    (out / "sbom.json").write_text(json.dumps(bom, indent=1) + "\n", encoding="utf-8")
    texts = "".join(
        f"{'=' * 78}\n{one['name']} {one['version']}: {licence_of(one)}\n{'=' * 78}\n{text}\n\n"
        for one, text in found
    )
    (out / "licences.txt").write_text(texts, encoding="utf-8")
    print(f"var/sbom.json and var/licences.txt: {len(found)} components")
    if unnamed := [str(one["bom-ref"]) for one, _ in found if not one["licenses"]]:
        print(f"without a stated licence: {', '.join(unnamed)}")


def document(components: list[Component]) -> dict[str, Any]:
    project = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "name": project["name"], "bom-ref": project["name"],
                "version": distribution(project["name"]).version,
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": components,
        "dependencies": [
            {"ref": project["name"], "dependsOn": [one["bom-ref"] for one in components]}
        ],
    }  # fmt: skip


def python_packages() -> list[tuple[Component, str]]:
    """Every package of requirements.lock, with what its installed metadata says."""
    found = []
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / "requirements.lock").read_text("utf-8"))
    for block in blocks:
        pinned = PINNED.match(block)
        if not pinned or pinned[1] in BUILDS:
            continue
        try:
            installed = distribution(pinned[1])
        except PackageNotFoundError:  # of another platform
            continue
        hashes = [{"alg": "SHA-256", "content": one} for one in sorted(HASH.findall(block))]
        one = component(f"pkg:pypi/{pinned[1]}@{pinned[2]}", pinned[1], pinned[2], hashes)
        one["licenses"] = python_licences(installed)
        found.append((one, "\n".join(licence_files(installed))))
    return found


def component(purl: str, name: str, version: str, hashes: list[dict[str, str]]) -> Component:
    return {
        "type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
        "hashes": hashes, "licenses": [],
    }  # fmt: skip


def python_licences(installed: Distribution) -> list[dict[str, Any]]:
    """The licence expression, else the classifiers, else the first line of the licence field."""
    metadata = installed.metadata
    if expression := metadata["License-Expression"]:
        return [{"expression": expression}]
    marked = [
        one.rpartition(" :: ")[2]
        for one in metadata.get_all("Classifier") or []
        if one.startswith("License ::")
    ]
    said = (metadata["License"] or "").strip().splitlines()[:1]
    return [{"license": {"name": name}} for name in marked or said if name]


def licence_files(installed: Distribution) -> list[str]:
    files = installed.files or []
    wanted = sorted(
        str(one) for one in files if ".dist-info" in str(one) and LICENCE_FILE.search(one.name)
    )
    return [text_of(Path(str(installed.locate_file(name)))) for name in wanted]


def npm_packages() -> list[tuple[Component, str]]:
    """Every package of package-lock.json that is not for tests only."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    found = []
    for path, entry in lock["packages"].items():
        if not path.startswith("node_modules/") or entry.get("dev") or entry.get("link"):
            continue
        name = path.rpartition("node_modules/")[2]
        purl = f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}"
        one = component(purl, name, entry["version"], npm_hashes(entry["integrity"]))
        one["licenses"] = [{"expression": entry["license"]}] if "license" in entry else []
        files = sorted(one for one in (ROOT / path).glob("*") if LICENCE_FILE.search(one.name))
        found.append((one, "\n".join(map(text_of, files))))
    return found


def npm_hashes(integrity: str) -> list[dict[str, str]]:
    """`sha512-<base64>` in hexadecimal."""
    kind, _, text = integrity.partition("-")
    content = base64.b64decode(text).hex()
    return [{"alg": f"SHA-{kind.removeprefix('sha')}", "content": content}]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def licence_of(one: Component) -> str:
    named = (two.get("expression") or two["license"]["name"] for two in one["licenses"])
    return "; ".join(named) or "not stated"


if __name__ == "__main__":
    main()
