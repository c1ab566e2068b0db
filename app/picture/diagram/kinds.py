"""What an item is in the plan's own diagram of its structure
(static/js/draw/structure_diagram.js).
"""

from collections.abc import Mapping
from typing import Any

from app.view.view import View

KINDS = ("core", "subcore", "belt", "axis", "centre", "bay", "cluster")
"""Every kind, the most important first; geodata/README.md lists the same."""
CORES = ("core", "subcore")


def kind_of(feature: Mapping[str, Any]) -> str:
    """The kind of a feature; nothing where the plan's diagrams do not show it."""
    kind = str(feature["properties"].get("diagram") or "")
    return kind if kind in KINDS and feature["geometry"] else ""


def kind_in(feature: Mapping[str, Any], view: View) -> str:
    """As what a view draws a feature; nothing where it draws it like any other.

    The diagram is shown while its layer is looked at alone, or of the focused item.
    """
    alone = len(view.layer) == 1 or feature["id"] == view.focus
    return kind_of(feature) if alone else ""
