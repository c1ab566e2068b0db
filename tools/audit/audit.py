"""Known weaknesses of what is pinned, as far as the registries tell; exit 1 where there are any.

A registry without advisories (a mirror, a machine without network) is no finding: it is said.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PIP_AUDIT = ROOT / "var" / "audit" / "bin" / "pip-audit"
LOCKS = ("requirements.lock", "requirements-dev.lock")
FROM = re.compile(r"^(?:FROM|ARG \w+_IMAGE=)\s*(\S+)", re.M)
SECONDS = 180


def main() -> int:
    found = [*(python(lock) for lock in LOCKS), npm()]
    for image in unpinned((ROOT / "Dockerfile").read_text(encoding="utf-8")):
        print(f"Dockerfile: {image} is not pinned by digest (docker buildx imagetools inspect)")
    return 1 if any(found) else 0


def python(lock: str) -> int:
    """How many weaknesses pip-audit knows of."""
    command = [PIP_AUDIT, "--requirement", ROOT / lock, "--require-hashes", "--format", "json",
               "--progress-spinner", "off", "--disable-pip"]  # fmt: skip
    body = json_of(run([str(part) for part in command]))
    packages = (body or {}).get("dependencies", [])
    asked = [one for one in packages if "skip_reason" not in one]
    if not asked:
        return nothing_offered(lock)
    if len(asked) < len(packages):
        skipped = ", ".join(one["name"] for one in packages if "skip_reason" in one)
        print(f"{lock}: the registry in use knows nothing of {skipped}")
    return report_status(
        lock,
        [f"{one['name']} {one['version']} {bug['id']}" for one in asked for bug in one["vulns"]],
    )


def npm() -> int:
    """How many packages npm warns of."""
    body = json_of(run(["npm", "audit", "--json", "--audit-level=none"]))
    if body is None or "vulnerabilities" not in body:
        return nothing_offered("package-lock.json")
    named = [f"{name} {one['severity']}" for name, one in body["vulnerabilities"].items()]
    return report_status("package-lock.json", named)


def run(command: list[str]) -> str:
    """What a command writes; nothing where it cannot be run or does not end."""
    try:
        return subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def json_of(text: str) -> dict[str, Any] | None:
    try:
        body = json.loads(text)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def nothing_offered(lock: str) -> int:
    print(f"{lock}: nothing is known: the registry in use offers no advisories, or no network")
    return 0


def report_status(lock: str, named: list[str]) -> int:
    print(f"{lock}: {len(named)} known weaknesses")
    for one in named:
        print(f"  {one}")
    return len(named)


def unpinned(dockerfile: str) -> list[str]:
    """The images a Dockerfile begins with that may be another image tomorrow."""
    images = dict.fromkeys(FROM.findall(dockerfile))
    return [one for one in images if "@sha256:" not in one and not one.startswith("${")]


if __name__ == "__main__":
    sys.exit(main())
