"""The collections of the API: the whole plan, and each layer of it."""

from dataclasses import dataclass

from app.plan.errors import NotFound
from app.plan.models import Layer
from app.store.store import Query
from app.web.dependencies import Service

WHOLE = "plan"


@dataclass(frozen=True, slots=True)
class Collection:
    """A named set of features; `layers` is empty for the whole plan."""

    id: str
    title: str
    title_en: str
    description: str
    description_en: str
    layers: tuple[Layer, ...]

    def query(self) -> Query:
        return Query(layers=() if self.id == WHOLE else tuple(layer.id for layer in self.layers))


def collections(service: Service) -> dict[str, Collection]:
    """Every collection by id, layers in their order, the whole plan last."""
    found = {layer.id: of_layer(layer) for layer in service.pack.layers}
    info = service.pack.info
    found[WHOLE] = Collection(
        WHOLE, info.title, info.title_en, info.plan, info.plan_en, service.pack.layers
    )
    return found


def of_layer(layer: Layer) -> Collection:
    return Collection(
        layer.id, layer.title, layer.title_en, layer.description, layer.description_en, (layer,)
    )


def collection_of(service: Service, id: str) -> Collection:
    """One collection. Raises NotFound naming those there are."""
    known = collections(service)
    if id not in known:
        raise NotFound("collection", id, known)
    return known[id]
