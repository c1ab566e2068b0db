"""The things a plan pack is made of, as plain frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from shapely.geometry.base import BaseGeometry

from app.domain.text.references import Grammar

Position: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees, WGS 84, in that order."""

STATUSES = {
    "existing": ("已建成", "Existing"),
    "building": ("在建", "Under construction"),
    "planned": ("规划新建", "Planned"),
    "upgrade": ("改造提升", "Upgrade"),
    "programme": ("政策与行动", "Programme"),
}
STATUS_TITLES = ("状态", "Status")
"""What a status is called where a pack does not say whose word it is."""
SCOPES = ("", "city", "outside")
REPORT = "report"
REPORTED = ("县区上报", "Reported by the county")
"""An origin that is no document."""
COUNTY_BASES = ("plan", "inferred")
FIELD_TYPES = ("text", "integer", "number", "boolean", "date", "datetime", "list")

BASES = {
    "published": ("公布坐标", "Published"),
    "derived": ("推定", "Derived"),
    "estimated": ("估计", "Estimated"),
}
"""How well a place is known, best first; the gazetteer writes A, B, C."""

BASIS_OF_LETTER = dict(zip("ABC", BASES, strict=True))

PRECISIONS = {
    "site": ("场址", "Site", "误差半径不超过 500 米", "within 500 m"),
    "village": ("村级", "Village", "误差半径不超过 2 公里", "within 2 km"),
    "township": ("乡镇级", "Township", "误差半径不超过 8 公里", "within 8 km"),
    "county": (
        "县区级",
        "County",
        "只知在哪个县区，或误差半径超过 8 公里",
        "only the county is known, or the radius is over 8 km",
    ),
    "schematic": ("示意", "Schematic", "只示意走向或范围", "shows direction or extent only"),
    "none": ("未定位", "Unlocated", "没有可靠的位置", "no reliable position is known"),
}
"""Title zh, title en, meaning zh, meaning en; finest first."""

SITE_M, VILLAGE_M, TOWNSHIP_M = 500, 2_000, 8_000

METHODS = {
    "point": ("一点", "Point"),
    "points": ("多点", "Points"),
    "near": ("代表点", "Stand-in"),
    "line": ("连线", "Line"),
    "route": ("沿线", "Route"),
    "coast": ("沿岸", "Coast"),
    "hull": ("片区", "Zone"),
    "counties": ("县区", "Counties"),
    "drawn": ("绘制", "Drawn"),
    "none": ("未定位", "Unlocated"),
}


@dataclass(frozen=True, slots=True)
class RowPosition:
    """Where a record stands, so that an error can point at it."""

    file: str
    number: int


CONTACT = ("contact", "contact_en", "telephone", "website", "contact_source")
"""Whom to ask, and where that is published: optional of an item and of a county, never made up."""


@dataclass(frozen=True, slots=True)
class County:
    code: str
    name: str
    name_en: str
    short: str
    short_en: str = field(repr=False)
    """Left out of what a build is decided by: it places nothing; so with whom to ask."""
    contact: str = field(default="", repr=False)
    contact_en: str = field(default="", repr=False)
    telephone: str = field(default="", repr=False)
    website: str = field(default="", repr=False)
    contact_source: str = field(default="", repr=False)
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What it says in further languages, by column: `title_pt`."""


@dataclass(frozen=True, slots=True)
class StartDoor:
    """A way in from the start page: to a view, a tour of views, or a part of the page."""

    title: str
    title_en: str
    icon: str
    view: str = ""
    """The query string it opens."""
    tour: str = ""
    to: str = ""
    """One of DOORS_TO."""
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


DOORS_TO = ("counties", "search", "data")
"""Parts of the page that a door leads to."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a reader who has chosen nothing sees first."""

    view: str
    """Which items the map shows then: the query string of a view."""
    title: str
    """What these are."""
    title_en: str
    lead: str
    """What this map is, of when, from whom: one sentence."""
    lead_en: str
    doors: tuple[StartDoor, ...] = ()
    searches: tuple[str, ...] = ()
    """What one may look for: examples, in the pack's first language."""
    searches_en: tuple[str, ...] = ()
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


SEAT_KINDS = ("township", "county_seat", "urban_area")
"""Kinds of places whose point is a seat: what is said to lie in the place seldom lies there."""

SEA_KINDS = ("port", "fishing_port", "lng_terminal", "river_mouth", "bay", "sea_area")
"""Kinds of places at which a thing may lie on the water; of any other it lies on land."""

STAND_IN_REACH_M = 3_000.0
"""How far from a stand-in of any kind that plan.toml does not name a thing may lie."""

EXTENTS = ("line", "area")
"""What the items of a category are by their nature; empty: sites, or of several natures."""

MOTORWAY = "motorway"
"""The kind of line of lines.csv that is an expressway."""

LINE_STYLES = ("rail", "motorway", "band")
"""Black and white; a line of two strokes; a pale wide band below everything else."""


@dataclass(frozen=True, slots=True)
class Category:
    id: str
    title: str
    title_en: str
    line: str = ""
    """How its lines are drawn: one of LINE_STYLES, or plain."""
    extent: str = ""
    """One of EXTENTS: a point cannot be the place of such an item, it only stands in for it."""
    symbol: str = field(default="", repr=False)
    """The glyph of its items, where the layer's says too little; it places nothing."""
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What it says in further languages, by column: `title_pt`."""


@dataclass(frozen=True, slots=True)
class Field:
    """A typed column of one layer's own."""

    id: str
    type: str
    title: str
    title_en: str
    unit: str = ""
    unit_en: str = ""
    """The unit in English, where it is another word."""
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What it says in further languages, by column: `title_pt`."""


@dataclass(frozen=True, slots=True)
class Family:
    id: str
    title: str
    title_en: str
    colour: str
    shape: str
    colour_dark: str = ""
    """On a dark ground; empty: the colour, whiter."""
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What it says in further languages, by column: `title_pt`."""


@dataclass(frozen=True, slots=True)
class Layer:
    id: str
    family: str
    title: str
    title_en: str
    description: str
    description_en: str
    symbol: str
    categories: tuple[Category, ...]
    colour: str = ""
    """Its own, or its family's; and likewise on a dark ground."""
    colour_dark: str = ""
    fields: tuple[Field, ...] = ()
    also: tuple[str, ...] = ()
    """Other names it is searched by, such as the plan's own term for it."""
    access: bool = False
    """Whether its items say how far the nearest port, station, expressway and airport are."""
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What it says in further languages, by column: `title_pt`."""

    def category(self, id: str) -> Category | None:
        return next((one for one in self.categories if one.id == id), None)

    def symbol_of(self, category: Category | None) -> str:
        """The glyph of items of a category: its own, else the layer's."""
        return (category.symbol if category else "") or self.symbol


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the gazetteer; `position` is None where nobody could honestly place it."""

    row: RowPosition
    name: str
    aliases: tuple[str, ...]
    name_en: str
    kind: str
    county: str
    position: Position | None
    uncertainty_m: float
    basis: str
    source: tuple[str, ...]
    evidence: str
    note: str
    code: str
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What it says in further languages, by column: `title_pt`."""

    @property
    def at(self) -> Position:
        """The position of a place that has one; asking for any other is a mistake in the code."""
        assert self.position is not None, self.name
        return self.position


@dataclass(frozen=True, slots=True)
class LinePoint:
    position: Position
    uncertainty_m: float
    basis: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BaseLine:
    """A road, railway or river as the points it is known to pass, in order."""

    row: RowPosition
    name: str
    name_en: str
    kind: str
    points: tuple[LinePoint, ...]
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What it says in further languages, by column: `title_pt`."""


PLAIN = Grammar()
"""The forms of a pack that gives none."""


@dataclass(frozen=True, slots=True)
class PlanRef:
    """Where the plan says so."""

    chapter: str
    section: str = ""
    box: str = ""

    @classmethod
    def parse(cls, text: str, grammar: Grammar = PLAIN) -> "PlanRef":
        """Read a reference as the pack writes it; any part but the chapter may be missing."""
        return cls(*grammar.parse(text))

    def __str__(self) -> str:
        return " ".join(part for part in (self.chapter, self.section, self.box) if part)

    def citation(self, lang: str, grammar: Grammar = PLAIN) -> str:
        """As a reader of a language says it: `Chapter 5, Section 1, Box 5-1`."""
        return grammar.citation((self.chapter, self.section, self.box), lang)

    def as_dict(self) -> dict[str, str]:
        return {"chapter": self.chapter, "section": self.section, "box": self.box}


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A chapter, section or box of the plan and its title."""

    row: RowPosition
    ref: PlanRef
    title: str
    title_en: str
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What it says in further languages, by column: `title_pt`."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of `items/<layer>.csv`: what the plan wants, not yet where it is."""

    row: RowPosition
    layer: str
    id: str
    name: str
    name_en: str
    plan_term: str
    category: str
    status: str
    scope: str
    counties: tuple[str, ...]
    """Six-digit codes."""
    county_basis: str
    summary: str
    summary_en: str
    facts: tuple[str, ...]
    facts_en: tuple[str, ...]
    plan_refs: tuple[PlanRef, ...]
    method: str
    places: tuple[str, ...]
    along: tuple[str, ...]
    place_note: str
    place_note_en: str
    related: tuple[str, ...]
    note: str
    note_en: str
    extra: dict[str, Any] = field(default_factory=dict)
    origin: str = ""
    """Where the item comes from: empty the plan, REPORT a county's report, else a document."""
    origin_en: str = ""
    contact: Mapping[str, str] = field(default_factory=dict)
    """Those of CONTACT that the row fills in."""

    @property
    def in_plan(self) -> bool:
        """Whether the plan itself names it; then it has a reference."""
        return not self.origin

    def origin_text(self) -> tuple[str, str]:
        """The origin in words, zh and en; empty for the plan."""
        return REPORTED if self.origin == REPORT else (self.origin, self.origin_en)

    translations: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What it says in further languages, by column: `name_pt`; facts as a list."""


@dataclass(frozen=True, slots=True)
class Exit:
    """Where a line leaves for a place outside; bearing in degrees clockwise from north."""

    position: Position
    bearing: float
    to: str
    to_en: str


@dataclass(frozen=True, slots=True)
class Located:
    """A geometry that can explain itself. Geometry in WGS 84, lng lat; None for unlocated."""

    geometry: BaseGeometry | None
    uncertainty_m: float | None
    precision: str
    basis: str | None
    sources: tuple[str, ...] = ()
    exits: tuple[Exit, ...] = ()


@dataclass(frozen=True, slots=True)
class Feature:
    """A built item: GeoJSON properties and a geometry (WGS 84, lng lat) or None."""

    id: str
    properties: dict[str, Any]
    geometry: BaseGeometry | None
