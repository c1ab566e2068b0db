"""Other people's GIS files, and what the import says of them."""

import json
from pathlib import Path
from typing import Any

from app.exchange.gis import Imported, take
from app.plan.errors import PackError
from app.plan.pack import Pack
from tests.exchange.bytes import files
from tests.exchange.test_gis import request, said

NAMES = ["测试变电站甲", "东山县测试站乙"]


def answer(tiny: Path, path: Path, **more: Any) -> list[str]:
    """Everything that stands against a file, as a person reads it; no byte of the pack changes."""
    before = files(tiny)
    try:
        imported = take(Pack(tiny), request(path, **more))
        told = said(imported)
        assert bool(told) == (imported.revision is None)
    except PackError as error:
        told = [str(error)]
    assert files(tiny) == before
    return told


def imported(tiny: Path, path: Path, **more: Any) -> Imported:
    found = take(Pack(tiny), request(path, **more))
    assert said(found) == []
    return found


def geojson(path: Path, *features: tuple[dict[str, Any], Any], crs: str = "") -> Path:
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ],
    }
    if crs:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    return path


def point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


HERE = point(10.31, 50.11)
