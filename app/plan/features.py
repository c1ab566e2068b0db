"""Reading the built features back: in plan order, with the text a search looks through."""

import hashlib
from typing import Any

from app.plan.pack import Pack, read_geojson
from app.plan.spelling import spellings

SERVED = ("plan.toml", "layers.toml", "gazetteer.csv", "boundaries.geojson")
"""Files beside the features that answers are made from."""

SEARCHED = ("name", "name_en", "plan_term", "summary", "summary_en", "place_note")


def load_features(pack: Pack) -> list[dict[str, Any]]:
    """The features of `projects.geojson` in the order of the pack's rows."""
    order = {item.id: number for number, item in enumerate(pack.items)}
    features: list[dict[str, Any]] = read_geojson(pack.features_path)["features"]
    return sorted(features, key=lambda feature: order.get(feature["id"], len(order)))


def data_version(pack: Pack) -> str:
    """Twelve hex digits that change exactly when the served data does."""
    digest = hashlib.sha256()
    for path in (pack.features_path, *(pack.data / name for name in SERVED)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def search_text(properties: dict[str, Any]) -> str:
    """What a search looks through, lower-case: names, spellings, summary, facts, places."""
    parts = [str(properties.get(name) or "") for name in SEARCHED]
    parts += spellings(parts[0])
    for name in ("facts", "facts_en", "aliases"):
        parts += properties.get(name) or []
    parts += (properties.get("located_by") or {}).get("places", [])
    return "\n".join(parts).lower()


def search_tokens(text: str) -> tuple[str, ...]:
    """The words of a search, each of which must be found."""
    return tuple(dict.fromkeys(text.lower().split()))
