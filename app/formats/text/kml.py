"""KML (OGC 12-007r2): a folder per layer in the layer's colour, for Google Earth and 奥维."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from app.domain.models import Layer
from app.domain.text.languages import title_in, word_in
from app.formats.outlines import Chosen, Feature, is_county_wide, with_full_outlines
from app.formats.tabular.card import card_lines, item_url, name_of
from app.formats.tabular.table import Column, Titles, columns_of, row_maker
from app.formats.text.kml_icon import icon
from app.selection.about import About, about_selection
from app.selection.selection import Selection

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:atom="http://www.w3.org/2005/Atom">
<Document>
"""
FOOT = "</Document>\n</kml>\n"
OPAQUE, FAINT = "ff", "40"
LINES = {
    "planned": ("99", 2),
    "building": ("cc", 2),
    "upgrade": (OPAQUE, 5),
    "programme": ("66", 2),
}
"""Status → opacity and width of a line, for KML has no dashes; any other is full and 3 wide."""
MORE = "kml.more"


def render(selection: Selection) -> bytes:
    return b"".join(pieces(selection))


def pieces(selection: Selection) -> Iterator[bytes]:
    """Every item as a placemark; an unlocated one has a description and no geometry."""
    return (text.encode() for text in texts(with_full_outlines(selection)))


def texts(selection: Selection) -> Iterator[str]:
    """The document from its head to its foot."""
    layers = {layer.id: layer for layer in selection.catalog.layers}
    places: dict[str, list[int]] = {id: [] for id in layers}
    looks: dict[str, dict[tuple[str, str], None]] = {id: {} for id in layers}
    for at, feature in enumerate(selection.features):
        id = feature["properties"]["layer"]
        places[id].append(at)
        looks[id][look_of(layers[id], feature)] = None
    facts = about_selection(selection)
    yield HEAD
    yield from document_facts(facts, selection.lang)
    for id, layer in layers.items():
        for glyph, status in looks[id]:
            yield style(selection, layer, glyph, status)
    yield extended_data(facts.pairs().items()) + "\n"
    for id, layer in layers.items():
        if places[id]:
            own = Chosen(selection.features, places[id])
            yield from folder(replace(selection, features=own), layer)
    yield FOOT


def document_facts(facts: About, lang: str) -> Iterator[str]:
    """What the file is called, who made it, where it comes from; in the order of the schema."""
    yield f"<name>{escape(facts.title)}</name>\n"
    yield f"<atom:author><atom:name>{escape(facts.publisher)}</atom:name></atom:author>\n"
    if facts.url:
        yield f'<atom:link rel="related" href="{escape(facts.url)}"/>\n'
    yield f"<description>{escape(facts.text(lang))}</description>\n"


def look_of(layer: Layer, feature: dict[str, Any]) -> tuple[str, str]:
    """The glyph of an item's category, or of its layer, and its status."""
    properties = feature["properties"]
    category = layer.category(properties.get("category", ""))
    return layer.symbol_of(category), properties["status"]


def style(selection: Selection, layer: Layer, glyph: str, status: str) -> str:
    """Points, lines and areas in the layer's colour and the form of a status, before the folders.

    A symbol that is in the file itself is drawn without a network; without one, readers ask
    their maker's server for theirs. No item's id has a dot, so that no style's id is an item's.
    """
    opacity, width = LINES.get(status, (OPAQUE, 3))
    stroke, faint = kml_colour(layer.colour, opacity), kml_colour(layer.colour, FAINT)
    picture = icon(selection, layer, glyph, status)
    return (
        f'<Style id="{style_id(layer, glyph, status)}">'
        f"<IconStyle><scale>0.9</scale><Icon><href>{picture}</href></Icon>"
        '<hotSpot x="0.5" y="0.5" xunits="fraction" yunits="fraction"/></IconStyle>'
        "<LabelStyle><scale>0.8</scale></LabelStyle>"
        f"<LineStyle><color>{stroke}</color><width>{width}</width></LineStyle>"
        f"<PolyStyle><color>{faint}</color></PolyStyle></Style>\n"
    )


def style_id(layer: Layer, glyph: str, status: str) -> str:
    return f"style.{layer.id}.{glyph}.{status}"


def kml_colour(colour: str, alpha: str) -> str:
    """`#rrggbb` as KML writes it: alpha, blue, green, red.

    >>> kml_colour("#b4530a", "ff")
    'ff0a53b4'
    """
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"{alpha}{blue}{green}{red}".lower()


def folder(selection: Selection, layer: Layer) -> Iterator[str]:
    """The items of one layer."""
    shown = columns_of(selection)
    keys, cells_of = list(map(key_of, shown)), row_maker(selection, shown)
    titles = Titles.of(selection.catalog, selection.lang)
    outline = outline_writer()
    title = title_in(layer, selection.lang)
    description = title_in(layer, selection.lang, "description")
    yield f"<Folder>\n<name>{escape(title)}</name>\n"
    yield f"<description>{escape(description)}</description>\n"
    for feature in selection.features:
        properties = feature["properties"]
        yield f'<Placemark id="{id_of(feature)}">'
        yield f"<name>{escape(name_of(properties, selection.lang))}</name>"
        yield f"<description>{balloon(selection, feature, titles)}</description>"
        yield f"<styleUrl>#{style_id(layer, *look_of(layer, feature))}</styleUrl>"
        yield extended_data(zip(keys, cells_of(feature), strict=True))
        yield outline(feature)
        yield "</Placemark>\n"
    yield "</Folder>\n"


def outline_writer() -> Callable[[Feature], str]:
    """Writes the geometry of a feature, if it has one; that of some counties once."""
    known: dict[tuple[str, ...], str] = {}

    def write(feature: Feature) -> str:
        geometry = feature["geometry"]
        if not geometry:
            return ""
        if not is_county_wide(feature):
            return str(GEOMETRY[geometry["type"]](geometry["coordinates"]))
        counties = tuple(feature["properties"]["counties"])
        if counties not in known:
            known[counties] = GEOMETRY[geometry["type"]](geometry["coordinates"])
        return known[counties]

    return write


def balloon(selection: Selection, feature: dict[str, Any], titles: Titles) -> str:
    """What a click shows, as HTML: escaped once as HTML, once more by the CDATA around it."""
    parts = [
        f"<p><b>{escape(label)}</b><br>{'<br>'.join(map(escape, text.splitlines()))}</p>"
        for label, text in card_lines(feature["properties"], titles, selection.lang)
    ]
    if link := item_url(selection, feature["id"]):
        parts.append(f'<p><a href="{escape(link)}">{word_in(MORE, selection.lang)}</a></p>')
    return f"<![CDATA[{''.join(parts)}]]>"


def extended_data(pairs: Iterable[tuple[str, Any]]) -> str:
    """Every known value by its name, so that a GIS finds the whole table."""
    data = "".join(
        f'<Data name="{key}"><value>{escape(str(value))}</value></Data>'
        for key, value in pairs
        if value is not None
    )
    return f"<ExtendedData>{data}</ExtendedData>"


def id_of(feature: dict[str, Any]) -> str:
    """The item's id; XML's ids begin with a letter (xs:ID)."""
    id = str(feature["id"])
    return id if id[0].isalpha() else f"item-{id}"


def key_of(column: Column) -> str:
    """GDAL keeps `name` for the placemark's own name."""
    return "name_zh" if column.id == "name" else column.id


def positions(coordinates: Sequence[Sequence[float]]) -> str:
    """`lng,lat lng,lat`."""
    pairs = " ".join(f"{lng:.6f},{lat:.6f}" for lng, lat, *_ in coordinates)
    return f"<coordinates>{pairs}</coordinates>"


def point(coordinates: Any) -> str:
    return f"<Point>{positions([coordinates])}</Point>"


def line(coordinates: Any) -> str:
    return f"<LineString><tessellate>1</tessellate>{positions(coordinates)}</LineString>"


def polygon(coordinates: Any) -> str:
    outer, *holes = (f"<LinearRing>{positions(ring)}</LinearRing>" for ring in coordinates)
    inner = "".join(f"<innerBoundaryIs>{ring}</innerBoundaryIs>" for ring in holes)
    return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{inner}</Polygon>"


def multi_geometry(part: Any) -> Any:
    """A MultiGeometry of parts."""
    return lambda coordinates: f"<MultiGeometry>{''.join(map(part, coordinates))}</MultiGeometry>"


GEOMETRY = {
    "Point": point,
    "LineString": line,
    "Polygon": polygon,
    "MultiPoint": multi_geometry(point),
    "MultiLineString": multi_geometry(line),
    "MultiPolygon": multi_geometry(polygon),
}
