"""How an item stands on a map."""

from collections.abc import Mapping
from typing import Any

from app.domain.models import SITE_M, VILLAGE_M

WITHIN_M = {"pin": SITE_M, "disc": VILLAGE_M}
"""How far off a place may be that is shown so; a circle is for what is farther off."""


def certainty_of(properties: Mapping[str, Any]) -> str:
    """The same six cases as on the page (static/js/draw/symbols.js `certaintyOf`):
    tests/shared/certainty_cases.json.
    """
    method = (properties.get("located_by") or {}).get("method", "none")
    if method == "none" or properties["precision"] == "none":
        return "none"
    if method == "counties":
        return "wide"
    if properties["precision"] == "schematic":
        return "schematic"
    metres = properties.get("uncertainty_m") or 0
    return next((one for one, most in WITHIN_M.items() if metres <= most), "circle")
