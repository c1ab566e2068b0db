"""The plan pack: one folder of data that makes the same code serve one place's plan."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from shapely import LineString
from shapely.geometry.base import BaseGeometry

from app.domain.errors import PackChanged, PackError
from app.domain.models import (
    PLAIN,
    STATUS_TITLES,
    BaseLine,
    County,
    Family,
    Item,
    Layer,
    OutlineEntry,
    PlanRef,
    Start,
)
from app.domain.text.languages import ENGLISH, title_in, translations_in, word_in
from app.domain.text.references import Grammar
from app.domain.tours import Tour
from app.pack.base_map_files import base_bodies, detail_bodies, features_in
from app.pack.built import BUILT_LINES, is_large, read_built
from app.pack.declared import (
    LAYERS,
    PLAN,
    counties_of,
    destinations_of,
    families_of,
    layers_of,
    record_of,
    start_of,
    tables_of,
    tour_of,
    with_slugs,
)
from app.pack.plan_values import day_of, frame_of, grammar_of, languages_of, reach_of, read_terms
from app.pack.reading import (
    LINES,
    read_features,
    read_geojson,
    read_outlines,
    read_text,
    read_toml,
    shape_in,
)
from app.pack.storage.files import inside
from app.pack.storage.journal import DATA_FOLDER, FEATURES_FILE, PENDING, recover
from app.pack.tables.csv_tables import only_once, read_table
from app.pack.tables.gazetteer import Gazetteer, read_gazetteer
from app.pack.tables.headings import Heading, read_headings
from app.pack.tables.items import read_items, read_keys
from app.pack.tables.lines import read_lines
from app.pack.tables.reference_seats import ReferenceSeat, read_reference_seats
from app.pack.tables.sources import Source, read_sources
from app.pack.tables.synonyms import Synonyms, read_synonyms
from app.pack.version import version_of

__all__ = ["BUILT_LINES", "DATA_FOLDER", "FEATURES_FILE", "Pack", "PackInfo", "read_geojson"]


@dataclass(frozen=True, slots=True)
class PackInfo:
    """`plan.toml`: who, what, where."""

    id: str
    title: str
    title_en: str
    plan: str
    plan_en: str
    plan_short: str
    plan_short_en: str
    period: str
    place: str
    place_en: str
    languages: tuple[str, ...]
    frame: tuple[float, float, float, float]
    """West, south, east, north in degrees, WGS 84."""
    attribution: str
    attribution_en: str
    counties: tuple[County, ...]
    access: Mapping[str, tuple[str, ...]]
    """Kind of destination → the gazetteer places that are one."""
    tours: tuple[Tour, ...] = ()
    start: Start | None = None
    """What a reader sees first; everything where nobody says."""
    reach_m: Mapping[str, float] = dataclasses.field(default_factory=dict)
    """Kind of place → how far from its point a thing lies that is only said to be there."""
    approval_number: str = ""
    feedback: str = ""
    text_url: str = ""
    """The operator's copy of the text; `{id}` and others say where (app/catalog/boxes.py)."""
    contact: str = ""
    """Who an investor may ask; only the operator knows."""
    contact_en: str = ""
    updated: str = ""
    """The day the data was last looked through, ISO 8601; empty where nobody says."""
    status_title: str = ""
    """What a status is called: whose word of which year it is; empty where it is today's."""
    status_title_en: str = ""
    left_out: str = ""
    """What of the plan is left out on purpose; said where the items are counted."""
    left_out_en: str = ""
    grammar: Grammar = PLAIN
    """How the plan's references are written, and said in each language."""
    translations: Mapping[str, str] = dataclasses.field(
        default_factory=dict, compare=False, repr=False
    )
    """What it says in further languages: `title_pt`."""

    @property
    def first(self) -> str:
        """The language of every text without one."""
        return self.languages[0]

    def status_in(self, lang: str) -> str:
        """What a status is called in a language."""
        own = title_in(self, lang, "status_title") if self.status_title else ""
        return own or word_in(STATUS_TITLES, lang)

    @property
    def status_titles(self) -> tuple[str, str]:
        """What a status is called, in the first language and in English, wherever one is shown."""
        return self.status_in(self.first), self.status_in(ENGLISH)

    @property
    def county_codes(self) -> tuple[str, ...]:
        return tuple(county.code for county in self.counties)


class Pack:
    """A pack on disk; each part is read when first asked for.

    `root` holds `projects.geojson` and the folder `geodata/`. A change that a killed command left
    half done is finished or undone first. `version` is the state the pack was opened in.
    """

    def __init__(self, root: Path, version: str = "") -> None:
        self.root = root
        self.data = root / DATA_FOLDER
        if not (self.data / "plan.toml").is_file():
            raise PackError(str(self.data / "plan.toml"), "a plan pack; the file is missing")
        if not version:
            recover(root)
        self.version = version or version_of(root)

    def __reduce__(self) -> tuple[type["Pack"], tuple[Path, str]]:
        """A pack goes to another process as its folder, and the state it was read in."""
        return Pack, (self.root, self.version)

    def read_whole(self, later: Iterable[str] = ()) -> None:
        """Read every part now, so that all of it is of one state. Raises PackChanged if not.

        Many rows are left where they are: their features say the same; and then so are `later`.
        """
        left = {"items", *later} if is_large(self.features_path) else set()
        try:
            for name, part in vars(Pack).items():
                if isinstance(part, cached_property) and name not in left:
                    getattr(self, name)
        finally:
            self.check_unchanged()  # what cannot be read may only be on the move

    def check_unchanged(self) -> None:
        """Raises PackChanged where the files are not those of this version, or are on the move."""
        if (self.data / PENDING).exists() or version_of(self.root) != self.version:
            raise PackChanged(self.root, self.version)

    @cached_property
    def info(self) -> PackInfo:
        table = read_toml(self.data / PLAN)
        table["counties"] = counties_of(table)
        tours = tuple(map(tour_of, tables_of(table, "tours", PLAN)))
        table["tours"] = with_slugs(tours, "id", PLAN)
        table["start"] = start_of(table["start"], tours) if "start" in table else None
        table["languages"] = languages_of(table.get("languages"))
        table["grammar"] = grammar_of(table.pop("references", None))
        table["frame"] = frame_of(table.get("frame"))
        table["access"] = destinations_of(table.get("access", {}))
        table["reach_m"] = reach_of(table.get("reach_m", {}))
        table["updated"] = day_of(table.get("updated", ""))
        return record_of(PackInfo, table, PLAN)

    @cached_property
    def families(self) -> tuple[Family, ...]:
        return families_of(read_toml(self.data / LAYERS))

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The layers in the order they are shown."""
        return layers_of(read_toml(self.data / LAYERS), self.families)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return read_gazetteer(self.data / "gazetteer.csv")

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Where the places, lines and boundaries come from."""
        return read_sources(self.data / "sources.csv")

    @cached_property
    def reference_seats(self) -> tuple[ReferenceSeat, ...]:
        """What other sources say of the places; empty for a pack without the file."""
        return read_reference_seats(self.data / "reference_seats.csv")

    @cached_property
    def lines(self) -> dict[str, BaseLine]:
        return read_lines(self.data / "lines.csv", self.gazetteer)

    @cached_property
    def outline(self) -> tuple[OutlineEntry, ...]:
        """Every chapter, section and box of the plan, in its order."""
        columns = ("chapter", "section", "box", "title", "title_en")
        return tuple(
            OutlineEntry(
                row,
                PlanRef(cells["chapter"], cells["section"], cells["box"]),
                cells["title"],
                cells["title_en"],
                translations_in(cells, ("title",), columns),
            )
            for row, cells in only_once(
                read_table(self.data / "plan_outline.csv", columns), "chapter", "section", "box"
            )
        )

    @cached_property
    def terms(self) -> dict[str, str]:
        """English for words used in list fields; empty where the pack has none."""
        return {word: titles.get(ENGLISH, "") for word, titles in self.term_words.items()}

    @cached_property
    def term_words(self) -> dict[str, dict[str, str]]:
        """Words used in list fields, and their headings → what they are in each language."""
        first = self.info.first
        return self._terms | {one.name: one.in_languages(first) for one in self.industries}

    @cached_property
    def _terms(self) -> dict[str, dict[str, str]]:
        return read_terms(self.data / "terms.csv", self.info.languages)

    @cached_property
    def industries(self) -> tuple[Heading, ...]:
        """The headings that words of list fields stand under; none where the pack has no list."""
        return read_headings(self.data / "industries.csv", self._terms)

    @cached_property
    def synonyms(self) -> tuple[Synonyms, ...]:
        """What readers type for words that the items hold; none where the pack has no list."""
        return read_synonyms(self.data / "synonyms.csv")

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item: layer by layer, in the rows' order."""
        said = self.info.counties, self.info.grammar
        tables = (read_items(self._table(layer), layer, *said) for layer in self.layers)
        return tuple(item for table in tables for item in table)

    @cached_property
    def keys(self) -> dict[str, tuple[str, set[str]]]:
        """Id → layer of every row, in the rows' order, and the columns of a contact it fills in."""
        tables = ((one.id, read_keys(self._table(one), one)) for one in self.layers)
        return {id: (layer, filled) for layer, rows in tables for id, filled in rows}

    def _table(self, layer: Layer) -> Path:
        return inside(self.data, f"items/{layer.id}.csv")

    @cached_property
    def boundaries(self) -> dict[str, BaseGeometry]:
        """County code → polygon as published; judges which county a point stands in."""
        return self._polygons(self.data / "boundaries.geojson")

    @cached_property
    def boundary_features(self) -> list[dict[str, Any]]:
        """The county boundaries as published."""
        return read_features(self.data / "boundaries.geojson")

    @cached_property
    def boundary_sources(self) -> tuple[str, ...]:
        """Ids of the sources the county boundaries come from."""
        records = (feature.get("properties") or {} for feature in self.boundary_features)
        ids = {str(properties.get("source", "")) for properties in records}
        return tuple(sorted(ids - {""}))

    @cached_property
    def county_land(self) -> dict[str, BaseGeometry]:
        """County code → polygon clipped to the coast; what is drawn."""
        return self._polygons(self.data / "base" / "counties.geojson")

    @cached_property
    def coast(self) -> BaseGeometry:
        """The mainland coast as one line, or an empty one for an inland pack."""
        path = self.data / "base" / "coast.geojson"
        features = read_features(path) if path.exists() else []
        for feature in features:
            if (feature.get("properties") or {}).get("name") == "mainland":
                if (line := shape_in(feature, LINES)) is None:
                    raise PackError("base/coast.geojson", "one line as the mainland")
                return line
        return LineString()

    @cached_property
    def features(self) -> Sequence[dict[str, Any]]:
        """The built features, ordered as their rows. Raises PackError if they are not theirs."""
        return read_built(self)

    def take_features(self) -> Sequence[dict[str, Any]]:
        """The built features for whoever keeps them from now on; the pack lets go of them."""
        found = self.features
        del self.features
        return found

    @cached_property
    def base(self) -> dict[str, bytes]:
        """Name → body of every layer of the built-in base map."""
        return base_bodies(self.data, self.gazetteer)

    @cached_property
    def detail(self) -> dict[str, bytes]:
        """File name → body of what the base map shows beside its first layers."""
        return detail_bodies(self.data)

    def detail_features(self, name: str) -> list[dict[str, Any]]:
        """The features of such a file; none where the pack has none."""
        return features_in(self.detail, f"{name}.geojson", f"base/detail/{name}.geojson")

    def base_features(self, name: str) -> list[dict[str, Any]]:
        """The features of a layer of the base map; none where the pack has no such layer."""
        return features_in(self.base, name, f"base/{name}.geojson")

    @cached_property
    def documents(self) -> dict[str, str]:
        """File name → text of what is written about the data."""
        return {path.name: read_text(path) for path in sorted(self.data.glob("*.md"))}

    def drawn_file(self, id: str) -> Path:
        """Where the geometry of a drawn item lies."""
        return inside(self.data, f"drawn/{id}.geojson")

    @property
    def features_path(self) -> Path:
        return self.root / FEATURES_FILE

    def _polygons(self, path: Path) -> dict[str, BaseGeometry]:
        found = read_outlines(path)
        for county in self.info.counties:
            if county.code not in found:
                raise PackError(path.name, f"a polygon for {county.name} ({county.code})")
        return found
