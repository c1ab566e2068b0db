"""The collections of the API: each layer, the whole plan, the places and the boundaries."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.catalog.boundaries import BOUNDARY_PROPERTIES, BOUNDARY_QUERYABLES, boundary_features
from app.catalog.catalog import Catalog
from app.catalog.facts import FeatureFacts
from app.catalog.queryables import kinds_of, queryables
from app.catalog.search import search_parts
from app.domain.errors import NotFound
from app.domain.models import BASES, Layer, Place
from app.domain.schema import PLACE, Property, feature_properties, words
from app.domain.text.languages import ENGLISH, title_in, word_in
from app.store.base import Query, Store
from app.store.bodies import AnswerShape
from app.store.geometry_families import FAMILIES, GeometryFamily, geometry_format, types_of
from app.store.lazy_store import LazyStore
from app.store.memory import MemoryStore

Feature = dict[str, Any]

PLAN_COLLECTION, PLACES, BOUNDARIES = "plan", "places", "boundaries"

VIEW_FILTERS = (
    "county", "category", "status", "precision", "term", "doubt", "site", "hidden", "focus",
    "place", "near", "inview",
)  # fmt: skip
"""Parameters of a view that every collection of plan items knows."""

PLACE_PROPERTIES = tuple(
    replace(
        one, description="最弱依据", description_en="How well it is known", choices=words(BASES)
    )
    if one.id == "basis"
    else one
    for one in PLACE
    if one.id not in ("lng", "lat")
)


@dataclass(frozen=True, slots=True)
class Collection:
    """A named set of features of one store; `layers` is empty where it is all of them."""

    id: str
    title: str
    title_en: str
    description: str
    description_en: str
    store: Store
    properties: tuple[Property, ...]
    """The schema of its features."""
    queryables: tuple[Property, ...]
    layers: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    """The view's parameters it knows, the same as of a view."""
    types: frozenset[str] = frozenset()
    """The types its geometries have."""
    family: str = ""
    """The one family of its geometries, where it is a part of another collection."""
    whole: str = ""
    """The collection it is a part of."""
    of_product: bool = False
    """Whether its titles are the product's words; a layer's are the pack's."""
    translations: Mapping[str, str] = field(default_factory=dict)
    """Title and description in further languages of the pack."""

    @property
    def query(self) -> Query:
        """All of it."""
        families = (self.family,) if self.family else ()
        return Query(layers=self.layers, families=families, shape=self.shape)

    @property
    def shape(self) -> AnswerShape:
        """Every property of the schema, and one type of geometry where that is promised."""
        several = bool(self.family) and all(one.startswith("Multi") for one in self.types)
        return AnswerShape(tuple(one.id for one in self.properties), several)

    @property
    def geometry_format(self) -> str:
        return geometry_format(self.types)

    @property
    def of_plan(self) -> bool:
        """Whether its features are items of the plan."""
        return bool(self.filters)

    @property
    def instant(self) -> str:
        """The property `datetime` asks for: the first that is a time; empty if there is none."""
        times = (one.id for one in self.queryables if one.type in ("date", "datetime"))
        return next(times, "")


def plan_store(
    catalog: Catalog, features: Sequence[Feature], version: str, facts: FeatureFacts | None = None
) -> MemoryStore:
    """The store of all items, filtered by whatever property any layer has; what is to be known of
    all of them is put into `facts`.
    """
    facts = facts or FeatureFacts()
    kinds: dict[str, str] = {}
    lists = catalog.list_fields

    passing, parts = facts.passing(features), partial(search_parts, catalog)
    store = MemoryStore(passing, version, kinds, lists, parts, with_headings=catalog.with_headings)
    known = feature_properties(catalog.layers, catalog.info.languages)
    kinds |= kinds_of(queryables(known, facts.distances))
    return store


def collections(catalog: Catalog, store: Store, facts: FeatureFacts) -> Mapping[str, Collection]:
    """Every collection by id: layers in their order, the whole plan, each followed by its parts;
    then what it stands on.
    """
    info = catalog.info
    whole = replace(
        of_layers(catalog, info, catalog.layers, store, facts),
        id=PLAN_COLLECTION, layers=(), filters=("layer", *VIEW_FILTERS),
        description=info.plan, description_en=info.plan_en,
        translations=plan_translations(info.translations),
    )  # fmt: skip
    layers = [of_layers(catalog, layer, (layer,), store, facts) for layer in catalog.layers]
    parted = ((one, *parts_of(one, facts, info.languages)) for one in (*layers, whole))
    by_id: dict[str, Collection] = {}
    for one in (
        *(part for parts in parted for part in parts),
        boundaries(catalog, facts),
        places(catalog),
    ):
        by_id.setdefault(one.id, one)
    return by_id


def parts_of(
    mixed: Collection, facts: FeatureFacts, languages: Sequence[str]
) -> Iterator[Collection]:
    """The families of a mixed collection, a collection each: what a GIS can draw as one layer.

    Only what has a place, and only families there are. Where single and several geometries
    occur, all are given as several.
    """
    for family in FAMILIES:
        types = facts.types_of(mixed.layers or facts.types) & {family.single, family.multi}
        if types:
            promised = frozenset({family.multi}) if len(types) > 1 else types
            yield part_of(mixed, family, promised, languages)


def part_of(
    mixed: Collection, family: GeometryFamily, types: frozenset[str], languages: Sequence[str]
) -> Collection:
    """Called as the whole is, and its family, in every language of the pack."""
    kind = (family.title, family.title_en)
    titles = {
        lang: word_in("collection.part", lang).format(
            title=title_in(mixed, lang), family=word_in(kind, lang)
        )
        for lang in (*languages, ENGLISH)
    }
    return replace(
        mixed, id=f"{mixed.id}-{family.id}", family=family.id, whole=mixed.id, types=types,
        title=titles[languages[0]], title_en=titles[ENGLISH],
        translations={
            **mixed.translations,
            **{f"title_{lang}": title for lang, title in titles.items() if lang != ENGLISH},
        },
    )  # fmt: skip


def of_layers(
    catalog: Catalog,
    titled: Any,
    layers: Sequence[Layer],
    store: Store,
    facts: FeatureFacts,
) -> Collection:
    """Items of some layers, under the titles of a layer or of the pack."""
    properties = catalog.properties(layers)
    return Collection(
        id=titled.id,
        title=titled.title,
        title_en=titled.title_en,
        description=getattr(titled, "description", ""),
        description_en=getattr(titled, "description_en", ""),
        store=store,
        properties=properties,
        queryables=queryables(properties, facts.distances),
        layers=(ids := tuple(layer.id for layer in layers)),
        filters=VIEW_FILTERS,
        types=facts.types_of(ids),
        translations=titled.translations,
    )


def plan_translations(texts: Mapping[str, str]) -> dict[str, str]:
    """Those of the whole plan, whose description is the plan's name."""
    plans = {name: text for name, text in texts.items() if name.startswith("plan_")}
    named = {name.replace("plan_", "description_", 1): text for name, text in plans.items()}
    return {**texts, **named}


def boundaries(catalog: Catalog, facts: FeatureFacts) -> Collection:
    """The counties as they are drawn, to the coast, with what each holds."""
    features = boundary_features(catalog, facts)
    return Collection(
        BOUNDARIES, "县区边界", "County boundaries",
        "县区的陆地，沿海至海岸线，与全县域项目同一条线；各带项目数",
        "The land of the counties to the coast, the same line as county-wide items have, with "
        "the number of items of each",
        MemoryStore(features, catalog.version, kinds_of(BOUNDARY_QUERYABLES)),
        BOUNDARY_PROPERTIES, BOUNDARY_QUERYABLES,
        types=types_of(one["geometry"] for one in features), of_product=True,
    )  # fmt: skip


def places(catalog: Catalog) -> Collection:
    """The gazetteer: what every item's geometry is made from."""
    gazetteer, version = catalog.gazetteer, catalog.version

    def filled() -> MemoryStore:
        features = [place_feature(place) for place in gazetteer]
        return MemoryStore(features, version, kinds_of(PLACE_PROPERTIES))

    def bounds() -> NDArray[np.float64]:
        found = [place.position or (nan, nan) for place in gazetteer]
        return np.array(found, dtype=np.float64).reshape(-1, 2)[:, [0, 1, 0, 1]]

    placed = any(place.position for place in gazetteer)
    return Collection(
        PLACES, "地名", "Places",
        "项目位置所依据的地名表，每处附误差与来源", 
        "The gazetteer items are placed by, with radius and source",
        LazyStore(version, filled, bounds),
        PLACE_PROPERTIES, PLACE_PROPERTIES,
        types=frozenset({"Point"} if placed else ()), of_product=True,
    )  # fmt: skip


def place_feature(place: Place) -> Feature:
    """A place as a feature; a place nobody could honestly place has no geometry."""
    properties = {one.id: getattr(place, one.id) for one in PLACE_PROPERTIES}
    for name, value in properties.items():
        if isinstance(value, tuple):
            properties[name] = list(value)
    if place.position is None:
        properties |= {"uncertainty_m": None, "basis": None}
    point = None if place.position is None else {"type": "Point", "coordinates": place.position}
    return {"type": "Feature", "id": place.name, "properties": properties, "geometry": point}


def collection_of(by_id: Mapping[str, Collection], id: str) -> Collection:
    """One collection. Raises NotFound naming those there are."""
    if id not in by_id:
        raise NotFound("collection", id, by_id)
    return by_id[id]
