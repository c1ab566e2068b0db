"""Rows + gazetteer + boundaries → `projects.geojson` and the drawn base lines, byte for byte.

Canonical form: one property a line, the geometry on one line, features ordered by id, six
decimals, LF. The same pack always gives the same bytes.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from app.build.access import AccessFinder
from app.domain.errors import PackChanged, PackError
from app.domain.models import REPORT, Exit, Feature, Item, Located
from app.domain.text.languages import ENGLISH, in_language
from app.locate import LocateContext, locate
from app.locate.methods import on_grid
from app.locate.sentence import sentence
from app.pack.built import built_from, recorded_text
from app.pack.pack import BUILT_LINES, DATA_FOLDER, FEATURES_FILE, Pack
from app.pack.storage.journal import commit, recover_locked
from app.pack.storage.lock import locked
from app.pack.version import digest_of, version_of

Progress = Callable[[int, int], None]


def build(pack: Pack, progress: Progress | None = None) -> dict[Path, str]:
    """Everything the pack builds: path → text. Writes nothing."""
    context = LocateContext(pack)
    check_ids(pack.items)
    features = sorted(build_features(context, progress), key=lambda feature: feature.id)
    lines = {name: base_text(context, kinds) for name, kinds in BUILT_LINES.items()}
    recorded = built_from(pack)
    recorded |= {f"base/{name}.geojson": digest_of(text.encode()) for name, text in lines.items()}
    texts = {pack.features_path: collection_text(features, recorded)}
    return texts | {pack.data / "base" / f"{name}.geojson": text for name, text in lines.items()}


def check_ids(items: Iterable[Item]) -> None:
    """Nothing serves two items of one id. Raises PackError."""
    first: dict[str, Item] = {}
    for item in items:
        known = first.setdefault(item.id, item)
        if known is not item:
            where = f"{known.row.file}:{known.row.number}"
            raise PackError(
                item.row.file, f"an id not used in {where}",
                row=item.row.number, column="id", value=item.id,
            )  # fmt: skip


def build_features(context: LocateContext, progress: Progress | None = None) -> Iterator[Feature]:
    """Place every item, in the pack's order."""
    items = context.pack.items
    access = AccessFinder(context)
    for done, item in enumerate(items, start=1):
        yield feature_of(context, item, access)
        if progress:
            progress(done, len(items))


def feature_of(context: LocateContext, item: Item, access: AccessFinder) -> Feature:
    """One item with its geometry and all its evidence."""
    located = locate(context, item)
    languages = context.pack.info.languages
    properties: dict[str, Any] = {
        "id": item.id,
        "layer": item.layer,
        "category": item.category,
        "name": item.name,
        "name_en": item.name_en,
        "plan_term": item.plan_term,
        "summary": item.summary,
        "summary_en": item.summary_en,
        "scope": item.scope or "county",
        "counties": list(item.counties),
        "county_basis": item.county_basis,
        "status": item.status,
        "facts": list(item.facts),
        "facts_en": list(item.facts_en),
        "plan": item.plan_refs[0].as_dict() if item.plan_refs else None,
        "plan_more": [ref.as_dict() for ref in item.plan_refs[1:]],
        "uncertainty_m": located.uncertainty_m,
        "precision": located.precision,
        "basis": located.basis,
        "located_by": located_by(item),
        "location": sentence(context, item, located, languages[0]),
        **{
            f"location_{lang}": sentence(context, item, located, lang)
            for lang in dict.fromkeys((ENGLISH, *languages[1:]))
        },
        "place_note": item.place_note,
        "place_note_en": item.place_note_en,
        "related": list(item.related),
        "note": item.note,
        "note_en": item.note_en,
        "source": list(located.sources),
        **item.translations,
        **item.extra,
    }
    properties |= optional(located, access.near(item, located)) | origin_of(item, languages)
    properties |= item.contact
    return Feature(item.id, properties, located.geometry)


def origin_of(item: Item, languages: Sequence[str]) -> dict[str, Any]:
    """Where an item comes from that is not the plan's."""
    if item.in_plan:
        return {}
    zh, en = item.origin_text()
    own = item.origin if item.origin != REPORT else in_language(languages[0], zh, en)
    return {"origin": own, "origin_en": en or own}


def located_by(item: Item) -> dict[str, Any]:
    """The method and what it was given."""
    members: dict[str, Any] = {"method": item.method, "places": list(item.places)}
    if item.along:
        members["along"] = list(item.along)
    return members


def optional(located: Located, access: dict[str, Any] | None) -> dict[str, Any]:
    """Properties that only some features have."""
    properties: dict[str, Any] = {}
    if located.exits:
        properties["exits"] = [exit_dict(one) for one in located.exits]
    if access is not None:
        properties["access"] = access
    return properties


def exit_dict(one: Exit) -> dict[str, Any]:
    lng, lat = one.position
    return {"lng": lng, "lat": lat, "bearing": round(one.bearing), "to": one.to, "to_en": one.to_en}


def collection_text(features: Iterable[Feature], recorded: Mapping[str, str]) -> str:
    """The canonical text of a FeatureCollection, with what it was built from."""
    blocks = ",\n".join(feature_text(feature) for feature in features)
    made_of = recorded_text(recorded)
    return f'{{\n"type": "FeatureCollection",\n"features": [\n{blocks}\n],\n{made_of}\n}}\n'


def feature_text(feature: Feature) -> str:
    """One feature: a property a line, the geometry on one line."""
    lines = ",\n".join(
        f"  {dumps(key)}: {dumps(value)}" for key, value in feature.properties.items()
    )
    return (
        f'{{\n "type": "Feature",\n "id": {dumps(feature.id)},\n "properties": {{\n{lines}\n }},\n'
        f' "geometry": {geometry_text(feature.geometry)}\n}}'
    )


@lru_cache(maxsize=64)
def geometry_text(geometry: BaseGeometry | None) -> str:
    """GeoJSON on one line, or null. An outline that many items have is written once."""
    return dumps(geojson_of(geometry))


def geojson_of(geometry: BaseGeometry | None, decimals: int = 6) -> dict[str, Any] | None:
    """A GeoJSON geometry with so many decimals, or None."""
    if geometry is None:
        return None
    geometry_json = mapping(geometry)
    return {
        "type": geometry_json["type"],
        "coordinates": rounded(geometry_json["coordinates"], decimals),
    }


def rounded(coordinates: Any, decimals: int) -> Any:
    """Round every number of a nested coordinate list."""
    if isinstance(coordinates, float | int):
        return round(coordinates, decimals)
    return [rounded(part, decimals) for part in coordinates]


dumps = json.JSONEncoder(ensure_ascii=False).encode
"""JSON as it is read by people; `json.dumps` would make such an encoder each time."""


def base_text(context: LocateContext, kinds: tuple[str, ...]) -> str:
    """The base lines of these kinds, smooth, as a compact FeatureCollection, a line each."""
    lines = []
    for base in context.pack.lines.values():
        if base.kind in kinds:
            course = on_grid(context.plane.degrees(context.centreline_of(base).line))
            lines.append(
                dumps(
                    {
                        "type": "Feature",
                        "properties": {
                            "name": base.name, "name_en": base.name_en, "kind": base.kind
                        },
                        "geometry": geojson_of(course, decimals=5),
                    }
                )
            )  # fmt: skip
    body = ",\n".join(lines)
    return f'{{"type": "FeatureCollection", "features": [\n{body}\n]}}\n'


def stale(texts: Mapping[Path, str]) -> list[Path]:
    """The files on disk that differ from what a build makes."""
    return [
        path
        for path, text in texts.items()
        if not path.exists() or path.read_bytes() != text.encode("utf-8")
    ]


def write(texts: dict[Path, str], since: str = "") -> list[Path]:
    """Write what changed, all or nothing; return what was written.

    `since` is the version that was built from: what has changed meanwhile is not built over.
    """
    root = next(path.parent for path in texts if path.name == FEATURES_FILE)
    return write_texts(root, texts, since)


def write_texts(root: Path, texts: Mapping[Path, str], since: str = "") -> list[Path]:
    """Write the files of a pack that differ, under its lock, all or nothing."""
    with locked(root / DATA_FOLDER):
        recover_locked(root)
        if since and version_of(root) != since:
            raise PackChanged(root, since)
        changed = stale(texts)
        commit(root, {path: texts[path].encode("utf-8") for path in changed})
    return changed
