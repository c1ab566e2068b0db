"""What one state of a pack says: titles, layers, words, places, the base map, what items carry.

Routes, formats and pictures are given it, never the pack: how a pack lies on disk is known below.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from app.build.diagram import drawings_of
from app.build.uncertainty_area import UncertaintyAreas
from app.catalog.place_names import place_names
from app.domain.models import CONTACT, MOTORWAY, Family, Layer, OutlineEntry, Position
from app.domain.schema import Property, feature_properties
from app.domain.table_schema import DESTINATIONS, EXPRESSWAY
from app.pack.built import passing_features
from app.pack.pack import Pack, PackInfo
from app.pack.tables.gazetteer import Gazetteer
from app.pack.tables.headings import Heading, headings_over
from app.pack.tables.sources import Source
from app.pack.tables.synonyms import Synonyms
from app.store.bodies import AnswerShape

Feature = dict[str, Any]
KNOWN = "contacts", "placed_destinations"


class Catalog:
    """Every part is read when first asked for. It goes to another process as its pack does, with
    what is KNOWN: there it would take the reading of all rows.
    """

    def __init__(self, pack: Pack, known: Mapping[str, Any] | None = None) -> None:
        self._pack = pack
        vars(self).update(known or {})

    def __reduce__(self) -> tuple[type["Catalog"], tuple[Pack, Mapping[str, Any]]]:
        return Catalog, (self._pack, self.known)

    @property
    def known(self) -> Mapping[str, Any]:
        return {name: one for name, one in vars(self).items() if name in KNOWN}

    @property
    def root(self) -> Path:
        return self._pack.root

    @property
    def version(self) -> str:
        """Twelve hex digits that change exactly when a file of the pack does."""
        return self._pack.version

    @property
    def info(self) -> PackInfo:
        return self._pack.info

    @property
    def families(self) -> tuple[Family, ...]:
        return self._pack.families

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers in the order they are shown."""
        return self._pack.layers

    @property
    def outline(self) -> tuple[OutlineEntry, ...]:
        """Every chapter, section and box of the plan, in its order."""
        return self._pack.outline

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the places, lines and boundaries come from."""
        return self._pack.sources

    @property
    def gazetteer(self) -> Gazetteer:
        return self._pack.gazetteer

    @property
    def terms(self) -> Mapping[str, str]:
        """English for words used in list fields."""
        return self._pack.terms

    @property
    def term_words(self) -> Mapping[str, Mapping[str, str]]:
        """Words used in list fields → what they are in each language that says so."""
        return self._pack.term_words

    def term_in(self, word: str, lang: str) -> str:
        """A word of a list field in a language, else as it is written."""
        return self.term_words.get(word, {}).get(lang) or word

    @cached_property
    def list_fields(self) -> tuple[str, ...]:
        """The fields of the layers that hold words: industries, products, stops."""
        fields = (field for layer in self.layers for field in layer.fields)
        return tuple(dict.fromkeys(one.id for one in fields if one.type == "list"))

    def listed_words(self, properties: Mapping[str, Any]) -> list[str]:
        """The words that an item's list fields hold."""
        return [word for name in self.list_fields for word in properties.get(name) or ()]

    @property
    def industries(self) -> tuple[Heading, ...]:
        """The headings that words of list fields stand under."""
        return self._pack.industries

    @property
    def synonyms(self) -> tuple[Synonyms, ...]:
        """What readers type for words that the items hold."""
        return self._pack.synonyms

    @cached_property
    def _headings_over(self) -> dict[str, tuple[Heading, ...]]:
        return headings_over(self.industries)

    def headings_of(self, words: Iterable[str]) -> tuple[Heading, ...]:
        """The headings that any of the words stands under, each once."""
        over = self._headings_over
        return tuple(dict.fromkeys(one for word in words for one in over.get(word, ())))

    def with_headings(self, words: Iterable[str]) -> tuple[str, ...]:
        """Words of list fields and the names of their headings, each once."""
        unique = tuple(dict.fromkeys(words))
        return (*unique, *(one.name for one in self.headings_of(unique)))

    @cached_property
    def destination_kinds(self) -> tuple[str, ...]:
        """Kinds of places that distances are measured to, in the order an investor asks; those of
        a pack's own last.
        """
        named = {*self.info.access, EXPRESSWAY}
        return (*(kind for kind in DESTINATIONS if kind in named), *sorted(named - {*DESTINATIONS}))

    @cached_property
    def placed_destinations(self) -> tuple[str, ...]:
        """The kinds of which at least one place is known: what an item can be far from."""
        if not any(layer.access for layer in self.layers):
            return ()
        placed = {kind for kind, names in self.info.access.items() if names}
        if any(line.kind == MOTORWAY for line in self._pack.lines.values()):
            placed.add(EXPRESSWAY)
        return tuple(kind for kind in self.destination_kinds if kind in placed)

    @property
    def documents(self) -> Mapping[str, str]:
        """File name → text of what is written about the data."""
        return self._pack.documents

    @property
    def base(self) -> Mapping[str, bytes]:
        """Name → body of every layer of the built-in base map."""
        return self._pack.base

    def base_features(self, name: str) -> list[Feature]:
        """The features of a layer of the base map; none where the pack has no such layer."""
        return self._pack.base_features(name)

    @property
    def detail(self) -> Mapping[str, bytes]:
        """File name → body of what the base map shows beside its first layers."""
        return self._pack.detail

    def detail_features(self, name: str) -> list[Feature]:
        """The features of such a file; none where the pack has none."""
        return self._pack.detail_features(name)

    @cached_property
    def place_names(self) -> list[Feature]:
        """What the close map names beside the labels of the first."""
        return place_names(self)

    @property
    def boundary_features(self) -> Sequence[Feature]:
        """The county boundaries as published."""
        return self._pack.boundary_features

    @property
    def county_land(self) -> Mapping[str, BaseGeometry]:
        """County code → polygon clipped to the coast; what is drawn."""
        return self._pack.county_land

    @property
    def features(self) -> Sequence[Feature]:
        """Every feature, for who draws; who answers asks the store."""
        return self._pack.features

    @cached_property
    def item_names(self) -> dict[str, Any]:
        """Id → the row of an item, for its names."""
        return {item.id: item for item in self._pack.items}

    def references_in(self, lang: str, named: Iterable[str]) -> dict[str, Any]:
        """What the parts of the plan's references are called, those of the outline and those
        `named` by items, and what stands between them.
        """
        grammar, refs = self.info.grammar, [one.ref for one in self.outline]
        parts = dict.fromkeys(part for ref in refs for part in ref.as_dict().values())
        parts |= dict.fromkeys(named)
        names = {part: grammar.part_in(part, lang) for part in parts}
        others = {part: text for part, text in names.items() if text != part}
        return {"join": grammar.join(lang), "parts": others}

    @cached_property
    def areas(self) -> UncertaintyAreas:
        """Where items can be whose radius reaches into the sea or another county."""
        return UncertaintyAreas(self._pack)

    @cached_property
    def drawings(self) -> dict[str, dict[str, Any]]:
        """How the plan's own diagram draws its items, by id."""
        return drawings_of(passing_features(self._pack), self.county_land, self.positions)

    @cached_property
    def positions(self) -> dict[str, Position]:
        """Name → position, of every name of a place."""
        placed = [place for place in self.gazetteer if place.position]
        return {name: place.at for place in placed for name in (*place.aliases, place.name)}

    def properties(self, layers: Sequence[Layer]) -> tuple[Property, ...]:
        """The properties that every item of these layers carries, empty or not."""
        found = feature_properties(layers, self.info.languages, self.info.status_titles)
        absent = self.unsaid(layers)
        return tuple(one for one in found if one.id not in absent)

    def unsaid(self, layers: Sequence[Layer]) -> set[str]:
        """Properties that no item of these layers can say: a column of nothing tells nothing."""
        ids = {layer.id for layer in layers}
        names = {name for id in ids for name in self.contacts.get(id, ())}
        return {*CONTACT} - names | (set() if any(one.access for one in layers) else {"access"})

    @cached_property
    def contacts(self) -> dict[str, set[str]]:
        """Layer → the columns of a contact that any of its rows fills in."""
        contacts: dict[str, set[str]] = {}
        for layer, filled in self._pack.keys.values():
            contacts.setdefault(layer, set()).update(filled)
        return contacts

    def shape(self, ids: Sequence[str]) -> AnswerShape:
        """What items of some layers (of all, if none is named) have in every file of a view."""
        chosen = [layer for layer in self.layers if not ids or layer.id in ids]
        return AnswerShape(tuple(one.id for one in self.properties(chosen)))
