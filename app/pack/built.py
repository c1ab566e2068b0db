"""What the built files were built from, and whether they are up to date.

`projects.geojson` holds a digest of each file that decided it or was built with it. So a start can
tell in a moment that a table has changed since, without building again; a GIS program passes over
such a member (RFC 7946, 6.1).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.errors import PackError
from app.domain.models import PLAIN
from app.pack.base_map_files import base_files
from app.pack.feature_file import LARGE, FeatureFile
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
    "languages", "attribution", "attribution_en", "approval_number", "feedback", "text_url",
    "contact", "contact_en", "updated", "status_title", "status_title_en", "left_out",
    "left_out_en", "grammar", "translations", "tours", "start",
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
    digests = {"plan.toml": digest_of(repr(placing).encode())}
    names = [*TABLES, *(f"items/{layer.id}.csv" for layer in pack.layers)]
    names += [f"drawn/{path.name}" for path in sorted((pack.data / "drawn").glob("*.geojson"))]
    names += [f"base/{name}.geojson" for name in base_files(pack.data) if name not in BUILT_LINES]
    for name in names:
        path = inside(pack.data, name)
        if path.is_file():
            digests[name] = digest_of(path.read_bytes())
    return dict(sorted(digests.items()))


def built_lines(pack: "Pack") -> dict[str, str]:
    """Base file that a build draws → digest; those that are missing are left out."""
    paths = {f"base/{name}.geojson": pack.data / "base" / f"{name}.geojson" for name in BUILT_LINES}
    return {name: digest_of(path.read_bytes()) for name, path in paths.items() if path.is_file()}


def passing_features(pack: "Pack") -> Sequence[dict[str, Any]]:
    """The built features, for one look at them: kept no longer than they are already."""
    return vars(pack).get("features") or read_built(pack)


def read_built(pack: "Pack") -> Sequence[dict[str, Any]]:
    """The built features in the order of the rows, each sure to be a feature of a row, and of the
    rows as they are.

    Raises PackError with the reason where `projects.geojson` may not be served.
    """
    try:
        features, recorded = features_of(pack.features_path)
        order = checked_order(features, pack)
        check_fresh(pack, recorded)
    except PackError:
        _ = pack.items  # a row that cannot be read is the better reason
        raise
    if isinstance(features, FeatureFile):
        features.put_in_order(order)
        return features
    share_outlines(features)
    return [features[at] for at in order]


def features_of(path: Path) -> tuple[Sequence[dict[str, Any]], object]:
    """The features of a file, and what it says of what it was built from."""
    if is_large(path):
        with suppress(ValueError):
            features = FeatureFile(path)
            return features, features.others.get(BUILT_FROM)
    whole = read_geojson(path)
    return whole["features"], whole.get(BUILT_FROM)


def is_large(path: Path) -> bool:
    """Whether a file of features is too large to be held as what it is read as."""
    return path.is_file() and path.stat().st_size >= LARGE


def checked_order(features: Sequence[Any], pack: "Pack") -> list[int]:
    """Where the feature of each row stands. Raises PackError for one too many or too few."""
    if not features:
        raise PackError(FEATURES_FILE, f"at least one item: a row in items/; then {MEND}")
    layers = {id: layer for id, (layer, _) in pack.keys.items()}
    known = {layer.id for layer in pack.layers}
    places: dict[str, int] = {}
    for at, feature in enumerate(features):
        check_feature(feature, at + 1, layers, known)
        if feature["id"] in places:
            raise PackError(FEATURES_FILE, f"every id only once; {MEND}", value=feature["id"])
        places[feature["id"]] = at
    for id in layers:
        if id not in places:
            raise PackError(FEATURES_FILE, f"a feature for this row; {MEND}", value=id)
    return [places[id] for id in layers]


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
    changes = [*gone, *other]
    if changes:
        more = f", and {len(changes) - SHOWN} more" if len(changes) > SHOWN else ""
        expected = f"a build of these files; since then {', '.join(changes[:SHOWN])}{more}; {MEND}"
        raise PackError(FEATURES_FILE, expected)


def recorded_text(recorded: Mapping[str, str]) -> str:
    """The member of `projects.geojson`, a file a line."""
    lines = ",\n".join(
        f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}"
        for k, v in sorted(recorded.items())
    )
    return f'"{BUILT_FROM}": {{\n{lines}\n}}'
