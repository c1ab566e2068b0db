"""The features of a view with what a picture needs of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from shapely.geometry import Point as ShapelyPoint
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.build.diagram import kind_of
from app.domain.certainty import certainty_of
from app.domain.models import Family, Layer, PlanRef
from app.domain.text.languages import comma, title_in, value_in
from app.picture.scene.palette import on_theme
from app.picture.scene.phrases import typeset
from app.selection.selection import Selection
from app.view.view import View


@dataclass(frozen=True, slots=True)
class PictureItem:
    """One feature; `geometry` in degrees, None where nothing is drawn at a place."""

    id: str
    name: str
    layer: Layer
    family: Family
    colour: str
    certainty: str
    """`pin`, `disc`, `circle`, `schematic`, `wide` or `none`: how it stands on the map."""
    geometry: BaseGeometry | None
    counties: tuple[str, ...]
    scope: str
    uncertainty_m: float
    exits: tuple[dict[str, Any], ...]
    location: str
    plan: str
    link: str
    lang: str
    status: str
    detail: str
    """Where it is and what is there, in a few words."""
    tint: str = ""
    """The colour of its layer, whatever the diagram draws it in."""
    category: str = ""
    symbol: str = ""
    """The glyph of its category, or of its layer."""
    line: str = ""
    """How its lines are drawn: `rail`, `motorway`, `band` or plain."""
    area: BaseGeometry | None = None
    """Where it can be, in degrees, where that is less than its circle."""
    diagram: str = ""
    """Its kind where it is drawn as the plan's diagram draws it (kinds.py)."""
    number: str = ""
    """In its badges, where those of its kind are told apart by one."""

    @property
    def numbered_name(self) -> str:
        """With the number of its badges before it."""
        return f"{self.number} {self.name}".lstrip()

    @property
    def words(self) -> str:
        """What it is, where, and where the plan says so; for who cannot see the shape."""
        title = title_in(self.layer, self.lang)
        return " · ".join(part for part in (self.name, title, self.location, self.plan) if part)

    def parts(self, *kinds: str) -> list[BaseGeometry]:
        """The simple geometries of some kinds."""
        return [part for part in simple(self.geometry) if part.geom_type in kinds]

    @property
    def points(self) -> list[ShapelyPoint]:
        return [part for part in self.parts("Point") if isinstance(part, ShapelyPoint)]


def source_of(selection: Selection, p: dict[str, Any]) -> str:
    """Where the plan says so; of what is not the plan's, where it comes from."""
    lang = selection.lang
    if p.get("plan"):
        return PlanRef(**p["plan"]).citation(lang, selection.catalog.info.grammar)
    return title_in(p, lang, "origin")


def read_items(selection: Selection, theme: str) -> list[PictureItem]:
    """Every feature of the selection, in plan order."""
    layers = {layer.id: layer for layer in selection.catalog.layers}
    families = {family.id: family for family in selection.catalog.families}
    items = []
    for feature in selection.features:
        layer = layers[feature["properties"]["layer"]]
        items.append(item_of(selection, feature, layer, families[layer.family], theme))
    return items


def item_of(
    selection: Selection, feature: dict[str, Any], layer: Layer, family: Family, theme: str
) -> PictureItem:
    p = feature["properties"]
    lang = selection.lang
    certainty = certainty_of(p)
    category = layer.category(p.get("category", ""))
    drawn = feature["geometry"] is not None and certainty not in ("wide", "none")
    return PictureItem(
        id=feature["id"],
        name=typeset(title_in(p, lang, "name"), lang),
        layer=layer,
        family=family,
        colour=on_theme(layer.colour, theme, layer.colour_dark),
        certainty=certainty,
        geometry=shape(feature["geometry"]) if drawn else None,
        counties=tuple(p["counties"]),
        scope=p["scope"],
        uncertainty_m=float(p.get("uncertainty_m") or 0),
        exits=tuple(p.get("exits") or ()),
        location=title_in(p, lang, "location"),
        plan=source_of(selection, p),
        link=link_of(selection, feature["id"]),
        lang=lang,
        status=p.get("status", ""),
        detail=detail_of(selection, p, layer),
        tint=on_theme(layer.colour, theme, layer.colour_dark),
        category=p.get("category", ""),
        symbol=layer.symbol_of(category),
        line=category.line if category else "",
        area=selection.catalog.areas.of(feature) if drawn and certainty == "circle" else None,
        diagram=kind_in(feature, selection.view) if drawn or certainty == "wide" else "",
    )


def detail_of(selection: Selection, p: dict[str, Any], layer: Layer) -> str:
    """Its counties, then the first of the layer's lists that it has, else its first fact."""
    catalog, lang = selection.catalog, selection.lang
    names = {county.code: title_in(county, lang, "name") for county in catalog.info.counties}
    where = comma(lang).join(names[code] for code in p["counties"] if code in names)
    lists = [p[field.id] for field in layer.fields if field.type == "list" and p.get(field.id)]
    facts = value_in(p, lang, "facts") or []
    terms = (catalog.term_in(word, lang) for word in (lists[0] if lists else ()))
    what = comma(lang).join(terms) if lists else "".join(facts[:1])
    words = " · ".join(part for part in (where, what) if part)
    return typeset(words, selection.lang)


def link_of(selection: Selection, id: str) -> str:
    """The page with this item in focus; empty where the selection has no address."""
    base = selection.url.partition("?")[0]
    query = {"focus": id, **({"lang": selection.view.lang} if selection.view.lang else {})}
    return f"{base}?{urlencode(query)}" if base else ""


def simple(geometry: BaseGeometry | None) -> Iterable[BaseGeometry]:
    """The points, lines and polygons a geometry consists of."""
    if geometry is None or geometry.is_empty:
        return
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from simple(part)
    else:
        yield geometry


def kind_in(feature: Mapping[str, Any], view: View) -> str:
    """As what a view draws a feature; nothing where it draws it like any other.

    The diagram is shown while its layer is looked at alone, or of the focused item.
    """
    alone = len(view.layer) == 1 or feature["id"] == view.focus
    return kind_of(feature) if alone else ""
