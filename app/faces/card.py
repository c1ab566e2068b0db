"""What is said of one item, in order: for balloons, popups and notes."""

from typing import Any

from app.faces.face import Selection
from app.faces.table import Titles
from app.plan.models import STATUS_TITLES, PlanRef

LABELS = {
    "layer": ("图层", "Layer"),
    "counties": ("县区", "Counties"),
    "status": STATUS_TITLES,
    "summary": ("简介", "Summary"),
    "facts": ("要点", "Facts"),
    "origin": ("出自", "Comes from"),
    "plan": ("规划出处", "In the plan"),
    "location": ("位置依据", "How located"),
    "place_note": ("位置备注", "Note on the place"),
    "note": ("备注", "Note"),
}
SCOPES = {"city": ("全市", "Whole city"), "outside": ("市外", "Outside the city")}


def name_of(properties: dict[str, Any], lang: str) -> str:
    return in_language(properties, "name", lang) or str(properties["name"])


def card(properties: dict[str, Any], titles: Titles, lang: str) -> list[tuple[str, str]]:
    """Label and text of everything known; several lines where there are several facts."""
    flat = titles.flat(properties)
    which, comma = (0, "、") if lang == "zh" else (1, ", ")
    scope = SCOPES.get(properties["scope"], ("", ""))[which]
    facts = properties.get("facts" if lang == "zh" else "facts_en") or properties["facts"]
    values = {
        "layer": " · ".join(filter(None, (flat["layer_title"], flat["category_title"]))),
        "counties": scope or comma.join(flat["county_names"]),
        "status": flat["status_title"] or "",
        "summary": in_language(properties, "summary", lang),
        "facts": "\n".join(facts),
        "origin": in_language(properties, "origin", lang),
        "plan": "\n".join(plan_references(properties, lang)),
        "location": in_language(properties, "location", lang),
        "place_note": in_language(properties, "place_note", lang),
        "note": in_language(properties, "note", lang),
    }
    labels = {key: words[which] for key, words in LABELS.items()} | {"status": titles.status}
    return [(labels[key], value) for key, value in values.items() if value]


def plan_references(properties: dict[str, Any], lang: str) -> list[str]:
    """`第五章 第一节 专栏5-1`, the main one first."""
    references = [properties.get("plan"), *(properties.get("plan_more") or [])]
    return [PlanRef(**reference).said(lang) for reference in references if reference]


def in_language(properties: dict[str, Any], name: str, lang: str) -> str:
    return str(properties.get(name if lang == "zh" else f"{name}_en") or "")


def item_url(selection: Selection, id: str) -> str:
    """The address of an item on the map; empty where the selection has none."""
    base = selection.url.partition("?")[0]
    return f"{base}?focus={id}" if base else ""
