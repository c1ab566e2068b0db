"""Other people's GIS files, and what the import says of them."""

import json
from pathlib import Path
from typing import Any

from app.domain.errors import PackError
from app.editing.gis import GisImport, import_features
from app.pack.pack import Pack
from tests.editing.cell_bytes import files
from tests.editing.gis.test_gis import request, said

NAMES = ["测试变电站甲", "东山县测试站乙"]


def answer(tiny: Path, path: Path, **more: Any) -> list[str]:
    """Everything that stands against a file, as a person reads it; no byte of the pack changes."""
    before = files(tiny)
    try:
        imported = import_features(Pack(tiny), request(path, **more))
        messages = said(imported)
        assert bool(messages) == (imported.revision is None)
    except PackError as error:
        messages = [str(error)]
    assert files(tiny) == before
    return messages


def imported(tiny: Path, path: Path, **more: Any) -> GisImport:
    found = import_features(Pack(tiny), request(path, **more))
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
