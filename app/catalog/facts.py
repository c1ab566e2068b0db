"""What is to be known of all features before anything is asked of them, noted as they are read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.domain.models import Layer

Feature = dict[str, Any]


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

    def passing(self, features: Iterable[Feature]) -> Iterator[Feature]:
        """The features, noted as they go by: to go through them once more takes as long again."""
        for feature in features:
            self.note(feature)
            yield feature

    def note(self, feature: Feature) -> None:
        properties, geometry = feature["properties"], feature["geometry"]
        types = self.types.setdefault(properties["layer"], set())
        if geometry:
            types.add(geometry["type"])
        (self.placed if geometry else self.unplaced).update(properties["counties"])
        for ref in (properties.get("plan") or {}, *(properties.get("plan_more") or ())):
            for part in ref.values():
                self.parts[part] = None
        for kind, distance in (properties.get("access") or {}).items():
            if distance is not None:
                self.distances.setdefault(kind)
