"""What the built files were built from, and whether they are up to date.

`projects.geojson` holds a digest of each file that decided it or was built with it. So a start can
tell in a moment that a table has changed since, without building again; a GIS program passes over
such a member (RFC 7946, 6.1).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from app.domain.errors import PackError
from app.domain.models import PLAIN
from app.pack.reading import read_geojson
from app.pack.storage.files import inside
from app.pack.storage.journal import FEATURES_FILE
from app.pack.version import digest_of

if TYPE_CHECKING:
    from app.pack.pack import Pack

BUILT_LINES = {
    "roads": ("motorway", "road"),
    "railways": ("railway",),
    "rivers": ("river",),
}
"""Base files that `planmap build` draws from lines.csv, and the kinds in each."""
BUILT_FROM = "built_from"
MEND = "run `planmap build`"
TABLES = ("boundaries.geojson", "gazetteer.csv", "layers.toml", "lines.csv")
WORDS = frozenset((
    "id", "title", "title_en", "plan", "plan_en", "plan_short", "plan_short_en", "period",
    "languages", "attribution", "attribution_en", "approval_number", "feedback", "contact",
    "contact_en", "updated", "status_title", "status_title_en", "left_out", "left_out_en",
    "grammar", "translations", "tours",
))  # fmt: skip
"""What plan.toml says that no build looks at: an operator may fill it in at any time."""
SHOWN = 5
"""Names that a message lists."""


def built_from(pack: "Pack") -> dict[str, str]:
    """File of `geodata/` → digest, for every file that decides a build.

    Of plan.toml only what places anything.
    """
    info = pack.info
    placing = {one.name: getattr(info, one.name) for one in fields(info) if one.name not in WORDS}
    if info.grammar != PLAIN:
        placing["references"] = info.grammar.table
    found = {"plan.toml": digest_of(repr(placing).encode())}
    names = [*TABLES, *(f"items/{layer.id}.csv" for layer in pack.layers)]
    names += [f"drawn/{path.name}" for path in sorted((pack.data / "drawn").glob("*.geojson"))]
    names += [f"base/{name}.geojson" for name in pack.base_files() if name not in BUILT_LINES]
    for name in names:
        path = inside(pack.data, name)
        if path.is_file():
            found[name] = digest_of(path.read_bytes())
    return dict(sorted(found.items()))


def built_lines(pack: "Pack") -> dict[str, str]:
    """Base file that a build draws → digest; those that are missing are left out."""
    paths = {f"base/{name}.geojson": pack.data / "base" / f"{name}.geojson" for name in BUILT_LINES}
    return {name: digest_of(path.read_bytes()) for name, path in paths.items() if path.is_file()}


def read_built(pack: "Pack") -> list[dict[str, Any]]:
    """The built features, each sure to be a feature of a row, and of the rows as they are.

    Raises PackError with the reason where `projects.geojson` may not be served.
    """
    found = read_geojson(pack.features_path)
    features: list[dict[str, Any]] = found["features"]
    if not features:
        raise PackError(FEATURES_FILE, f"at least one feature; {MEND}")
    layers = {item.id: item.layer for item in pack.items}
    seen: set[str] = set()
    for number, feature in enumerate(features, start=1):
        check_feature(feature, number, layers, {layer.id for layer in pack.layers})
        if feature["id"] in seen:
            raise PackError(FEATURES_FILE, f"every id only once; {MEND}", value=feature["id"])
        seen.add(feature["id"])
    for id in layers:
        if id not in seen:
            raise PackError(FEATURES_FILE, f"a feature for this row; {MEND}", value=id)
    check_fresh(pack, found.get(BUILT_FROM))
    share_outlines(features)
    return features


def share_outlines(features: Iterable[dict[str, Any]]) -> None:
    """County-wide items of the same counties hold one outline, not each its own copy."""
    known: dict[tuple[str, ...], Any] = {}
    for feature in features:
        properties, geometry = feature["properties"], feature["geometry"]
        if (properties.get("located_by") or {}).get("method") == "counties":
            outline = known.setdefault(tuple(properties.get("counties") or ()), geometry)
            feature["geometry"] = outline if outline == geometry else geometry


def check_feature(feature: Any, number: int, layers: Mapping[str, str], known: set[str]) -> None:
    """Raises PackError for what is no feature of a row of its layer."""
    where = f"features[{number - 1}]"
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or feature.get("type") != "Feature":
        raise PackError(FEATURES_FILE, f"a GeoJSON Feature with properties; {MEND}", column=where)
    id, layer, geometry = feature.get("id"), properties.get("layer"), feature.get("geometry")
    if not isinstance(id, str) or properties.get("id") != id:
        raise PackError(FEATURES_FILE, f"an id, twice the same; {MEND}", column=where)
    if layer not in known:
        expected = f"a layer of layers.toml; {MEND}"
        raise PackError(FEATURES_FILE, expected, column=f"{id} layer", value=str(layer))
    if layers.get(id) != layer:
        expected = f"an id that has a row in items/{layer}.csv; {MEND}"
        raise PackError(FEATURES_FILE, expected, value=id)
    if geometry is not None and not (isinstance(geometry, dict) and "coordinates" in geometry):
        raise PackError(FEATURES_FILE, f"a geometry or null; {MEND}", column=f"{id} geometry")


def check_fresh(pack: "Pack", recorded: object) -> None:
    """Raises PackError that names the files which are not those of the build."""
    if not isinstance(recorded, dict):
        raise PackError(
            FEATURES_FILE, f"the member {BUILT_FROM!r}, which says what it was built from; {MEND}"
        )
    now = built_from(pack) | built_lines(pack)
    gone = [f"{name} is missing" for name in recorded if name not in now]
    other = [
        f"{name} has changed" if name in recorded else f"{name} is new"
        for name in now
        if recorded.get(name) != now[name]
    ]
    said = [*gone, *other]
    if said:
        more = f", and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
        expected = f"a build of these files; since then {', '.join(said[:SHOWN])}{more}; {MEND}"
        raise PackError(FEATURES_FILE, expected)


def recorded_text(recorded: Mapping[str, str]) -> str:
    """The member of `projects.geojson`, a file a line."""
    lines = ",\n".join(
        f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}"
        for k, v in sorted(recorded.items())
    )
    return f'"{BUILT_FROM}": {{\n{lines}\n}}'
