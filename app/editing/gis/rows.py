"""A feature of a GIS file as a row of the layer's table, and as a drawn geometry.

What the file says is taken; what it does not say is computed from the geometry or asked for.
Nothing is made up: a summary written here says where the shape lies and how large it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shapely import get_parts
from shapely.geometry.base import BaseGeometry

from app.build.build import dumps, geojson_of
from app.domain.models import County, Layer
from app.domain.planes import GEOD
from app.domain.schema import Property, row_properties
from app.domain.text.characters import forbidden_in, spelt_out
from app.domain.text.languages import ENGLISH, comma, title_in
from app.editing.cell_values import text_of
from app.editing.gis.names import item_id, romanised
from app.editing.gis.own_export import OwnExport
from app.editing.gis.reading.encoding import mojibake
from app.editing.gis.reading.reader import Fault, GisFeature
from app.pack.pack import Pack
from app.pack.tables.csv_tables import SEPARATOR
from app.pack.tables.items import PARSERS, columns_of
from app.words import translator

Cells = dict[str, str]

TOUCH = 0.01
"""A county that holds less of a shape than this share is a matter of how the border is drawn."""

DECIMALS = 7

DIGITS_MOST = 2**53
"""Beyond it a floating-point number no longer holds every whole number."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well the shapes are known, and from where; given by whoever imports, never guessed."""

    uncertainty_m: float
    basis: str
    source: tuple[str, ...]
    file: str
    crs: str


class Rows:
    """Makes the rows of one layer; ids taken by any item of the pack are not given again."""

    def __init__(
        self, pack: Pack, layer: Layer, evidence: Evidence, given: Mapping[str, str],
        old: Mapping[str, Cells], *, export: OwnExport,
    ) -> None:  # fmt: skip
        self.pack, self.layer, self.evidence, self.given = pack, layer, evidence, given
        self.old = old
        """Id → row that a feature may take the place of; what the file does not say stays."""
        self.export = export
        self.properties: dict[str, Property] = {one.id: one for one in row_properties(layer)}
        self.taken = {item.id for item in pack.items} - set(old)
        self.faults: list[Fault] = []
        self.outside: set[int] = set()
        """Numbers of the features that are said to lie outside."""

    def row(self, shape: GisFeature) -> Cells:
        """One feature as the cells of its row; what is wrong with it goes to `faults`."""
        texts = self.texts(shape)
        id = texts.get("id") or self.new_id(texts.get("name", ""), shape.geometry)
        before = {column: text for column, text in self.old.get(id, {}).items() if text}
        blank = dict.fromkeys(columns_of(self.layer), "")
        merged = {**blank, **self.given, **before, **texts, "id": id}
        if shape.number in self.export.unmoved:
            return merged
        merged |= {"method": "drawn", "places": "", "along": ""}
        if merged["scope"] == "outside":
            self.outside.add(shape.number)
        if not merged["name"]:
            expected = "a name; give --rename <column>=name"
            self.faults.append(Fault(shape.number, "name", "", expected))
        cells = {
            **merged,
            **self.place(merged, shape.geometry),
            **self.words(merged),
        }
        for column, lang in (("summary", self.pack.info.first), ("summary_en", ENGLISH)):
            cells[column] = merged[column] or self.description(
                cells["counties"], shape.geometry, lang
            )
        return cells

    def place(self, said: Cells, geometry: BaseGeometry) -> Cells:
        """The counties a shape lies in, where the file does not name them."""
        if said["scope"] or said["counties"]:
            return {"county_basis": said["county_basis"] or "inferred"}
        counties = "|".join(county.name for county in self.counties(geometry))
        return {
            "scope": "" if counties else "outside",
            "counties": counties,
            "county_basis": said["county_basis"] or "inferred",
        }

    def words(self, cells: Cells) -> Cells:
        """The words that follow from others: the name in English, the category, the note."""
        return {
            "name_en": cells["name_en"] or romanised(cells["name"]),
            "category": cells["category"] or self.only_category(),
            **self.notes(cells),
        }

    def texts(self, shape: GisFeature) -> Cells:
        """The attributes of a feature as cells; empty ones say nothing."""
        found = {}
        for column, value in shape.attributes.items():
            property = self.properties[column]
            text = text_of(joined(value), property)
            expected = wrong_with(value, text, property)
            if expected:
                self.faults.append(Fault(shape.number, column, spelt_out(text), expected))
            if text or (self.export.is_own and shape.attributes["id"] in self.old):
                found[column] = text
        return found

    def new_id(self, name: str, geometry: BaseGeometry) -> str:
        """An id for a feature that brings none."""
        id = item_id(self.layer.id, name, geometry, self.taken)
        self.taken.add(id)
        return id

    def only_category(self) -> str:
        """The layer's category, where it has just one."""
        return self.layer.categories[0].id if len(self.layer.categories) == 1 else ""

    def notes(self, cells: Cells) -> Cells:
        """Where the shape comes from, in both languages."""
        if cells["place_note"] or cells["place_note_en"]:
            return {}
        file, crs = self.evidence.file, self.evidence.crs
        languages = {"place_note": self.pack.info.first, "place_note_en": ENGLISH}
        return {
            column: translator(lang)("import.note", file=file, crs=crs)
            for column, lang in languages.items()
        }

    def counties(self, geometry: BaseGeometry) -> Iterator[County]:
        """The counties that hold part of a shape, slivers at the border left out."""
        for county in self.pack.info.counties:
            polygon = self.pack.boundaries[county.code]
            if geometry.intersects(polygon):
                inside = geometry.intersection(polygon)
                if share(inside, geometry) >= TOUCH:
                    yield county

    def description(self, counties: str, geometry: BaseGeometry, lang: str) -> str:
        """What can be said of a shape without knowing more: where it lies and how large it is."""
        named = {county.name: county for county in self.pack.info.counties}
        codes = [named[name] for name in counties.split("|") if name in named]
        t, place = translator(lang), title_in(self.pack.info, lang, "place")
        names = (title_in(county, lang, "name") for county in codes)
        where = comma(lang).join(names) or t("import.outside", place=place)
        layer = title_in(self.layer, lang)
        return t("import.summary", layer=layer, where=where, size=size(geometry, lang))


def joined(value: Any) -> Any:
    """A list of texts as a cell holds it."""
    return SEPARATOR.join(value) if isinstance(value, list) else value


def wrong_with(value: Any, text: str, property: Property) -> str:
    """What a value of the file should be instead; empty where it can be taken as it is."""
    wrong = next(spoilt(value, text), "")
    parse, expected = PARSERS[property.type]
    try:
        if text and not wrong:
            parse(text)
    except ValueError:
        return expected
    return wrong


def spoilt(value: Any, text: str) -> Iterator[str]:
    """Signs that a value is not what its author wrote."""
    if isinstance(value, list) and any(SEPARATOR in part for part in value):
        yield f"no {SEPARATOR} inside an entry of a list"
    if isinstance(value, float) and value.is_integer() and abs(value) >= DIGITS_MOST:
        yield "a number of at most 15 digits, or a text: of more, the last ones are lost"
    if code := forbidden_in(str(value)):
        yield f"text without {code}: no file holds it"
    if "\ufffd" in text or "锟斤拷" in text:
        yield "the text as it was: characters were lost when it was saved in a wrong encoding"
    if before := mojibake(text):
        yield f"text, not bytes read in a wrong encoding: it was {before!r}; save the file anew"


def share(inside: BaseGeometry, whole: BaseGeometry) -> float:
    """How much of a shape lies inside: by area, length or number of points."""
    for measure in ("area", "length"):
        total = getattr(whole, measure)
        if total:
            return float(getattr(inside, measure) / total)
    return len(get_parts(inside)) / len(get_parts(whole))


def size(geometry: BaseGeometry, lang: str) -> str:
    """Area, length or position of a shape, geodesic."""
    t = translator(lang)
    area, length = GEOD.geometry_area_perimeter(geometry)
    if abs(area) >= 1:
        return t("import.area", n=f"{abs(area) / 10_000:,.1f}")
    if length >= 1:
        return t("import.length", km=f"{length / 1000:,.1f}")
    middle = geometry.centroid
    return t("import.position", lng=f"{middle.x:.4f}", lat=f"{middle.y:.4f}")


def drawn_text(shape: GisFeature, evidence: Evidence) -> str:
    """`drawn/<id>.geojson`: the geometry with how well it is known."""
    properties: dict[str, Any] = {
        "uncertainty_m": evidence.uncertainty_m,
        "basis": evidence.basis,
        "source": list(evidence.source),
        "file": evidence.file,
        "crs": evidence.crs,
    }
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": geojson_of(shape.geometry, DECIMALS),
    }
    return f'{{"type": "FeatureCollection", "features": [\n{dumps(feature)}\n]}}\n'
