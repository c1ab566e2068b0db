"""What is to be known of all features before anything is asked of them, found in one pass."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.domain.models import Layer


@dataclass(frozen=True, slots=True)
class FeatureFacts:
    """Of what types the geometries of each layer are, and what the counties hold."""

    types: dict[str, set[str]] = field(default_factory=dict)
    """Layer → types of its geometries."""
    distances: dict[str, None] = field(default_factory=dict)
    """Kinds of places that a feature says its distance to."""
    placed: Counter[str] = field(default_factory=Counter)
    """County → items with a geometry; an item counts in each of its counties."""
    unplaced: Counter[str] = field(default_factory=Counter)
    parts: dict[str, None] = field(default_factory=dict)
    """Chapters, sections and boxes that the plan's references name."""

    def types_of(self, layers: Iterable[str]) -> frozenset[str]:
        """The types that the geometries of some layers have."""
        return frozenset().union(*(self.types.get(layer, ()) for layer in layers))

    def layers_in(self, order: Iterable[Layer]) -> tuple[str, ...]:
        """The layers that hold a feature, in this order."""
        return tuple(layer.id for layer in order if layer.id in self.types)


def facts_of(features: Iterable[dict[str, Any]]) -> FeatureFacts:
    found = FeatureFacts()
    for feature in features:
        properties, geometry = feature["properties"], feature["geometry"]
        types = found.types.setdefault(properties["layer"], set())
        if geometry:
            types.add(geometry["type"])
        (found.placed if geometry else found.unplaced).update(properties["counties"])
        for ref in (properties.get("plan") or {}, *(properties.get("plan_more") or ())):
            for part in ref.values():
                found.parts[part] = None
        for kind, distance in (properties.get("access") or {}).items():
            if distance is not None:
                found.distances.setdefault(kind)
    return found
