"""Features in words: what a table on a page shows of them."""

from collections.abc import Mapping
from typing import Any

from app.plan.models import PlanRef
from app.plan.pack import Pack
from app.plan.schema import Property
from app.store.collections import Collection

COLUMNS = ("layer", "category", "status", "precision", "kind", "county", "basis", "counties")
"""The properties worth a column beside the name and the id."""

NOTHING = "—"


def table_columns(collection: Collection) -> list[Property]:
    """Those a collection has; a single layer needs no layer column."""
    known = {one.id: one for one in collection.properties}
    skipped = ("layer",) if len(collection.layers) == 1 else ()
    if "precision" in known:
        skipped = (*skipped, "basis")
    return [known[id] for id in COLUMNS if id in known and id not in skipped]


def name_of(feature: Mapping[str, Any], lang: str) -> str:
    """Its name in a language, else its Chinese name, else its id."""
    properties = feature["properties"]
    own = properties.get("name" if lang == "zh" else f"name_{lang}")
    return str(own or properties.get("name") or feature["id"])


def said(one: Property, value: Any, lang: str, names: Mapping[str, str]) -> str:
    """A value as a reader would say it; `names` are titles of ids that stand for something."""
    if isinstance(value, list):
        return ", ".join(said(one, part, lang, names) for part in value) or NOTHING
    if isinstance(value, dict) and value.keys() == PlanRef("").as_dict().keys():
        return PlanRef(**value).said(lang)
    if isinstance(value, dict):
        parts = (f"{name} {said(one, part, lang, names)}" for name, part in value.items() if part)
        return "; ".join(parts) or NOTHING
    if value in (None, ""):
        return NOTHING
    titles = {id: zh if lang == "zh" else en for id, zh, en in one.choices}
    return titles.get(value) or names.get(str(value), str(value))


def known_names(pack: Pack, lang: str) -> dict[str, str]:
    """Titles of layers and counties by id."""
    zh = lang == "zh"
    layers = {one.id: one.title if zh else one.title_en for one in pack.layers}
    counties = {one.code: one.name if zh else one.name_en for one in pack.info.counties}
    return {**layers, **counties}


def page_words(pack: Pack, lang: str) -> dict[str, Any]:
    """What the templates call to put features into words."""
    names = known_names(pack, lang)
    return {
        "name_of": lambda feature: name_of(feature, lang),
        "said": lambda one, value: said(one, value, lang, names),
    }
