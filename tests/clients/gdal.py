"""GDAL's command line tools, as a GIS engineer runs them."""

import json
import os
import shutil
import subprocess
import tempfile
from typing import Any

import pytest


def run(*command: str, debug: bool = False) -> str:
    """What a tool prints, with GDAL's debug lines if asked; a failure is the test's."""
    if shutil.which(command[0]) is None:
        pytest.fail(f"{command[0]} is missing: apt-get install gdal-bin")
    environment = {**os.environ, "CPL_DEBUG": "ON" if debug else "OFF", "GDAL_HTTP_TIMEOUT": "600"}
    with tempfile.TemporaryDirectory() as cache:
        environment["GDAL_DEFAULT_WMS_CACHE_PATH"] = cache
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=1200, env=environment
        )
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr, done.stderr
    return done.stdout + (done.stderr if debug else "")


def count(source: str, layer: str, *options: str) -> int:
    """The number of features `ogrinfo` reports."""
    text = run("ogrinfo", "-ro", "-so", *options, source, layer)
    line = next(one for one in text.splitlines() if one.startswith("Feature Count:"))
    return int(line.partition(":")[2])


def features(source: str, layer: str, *options: str) -> list[dict[str, Any]]:
    """All features of a layer, as `ogr2ogr` turns them into GeoJSON."""
    text = run("ogr2ogr", "-f", "GeoJSON", *options, "/vsistdout/", source, layer)
    found: list[dict[str, Any]] = json.loads(text)["features"]
    return found
