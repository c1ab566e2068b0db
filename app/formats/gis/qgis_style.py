"""Styles for QGIS (QML): a layer's colour, its family's shape, what is known as on the page.

Solid where a place is known, hollow or dashed where it is an estimate or a course is schematic;
a railway has ties, an expressway two strokes. One rule a class of a property, names as labels.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from app.catalog.catalog import Catalog
from app.domain.models import Layer
from app.store.geometry_families import FAMILIES

GEOMETRY_TYPES = {family.id: number for number, family in enumerate(FAMILIES)}
"""Family of geometry → QGIS's number of it."""

VERSION = "3.22.0"
"""The oldest QGIS that has all that is written here."""

HOLLOW = "\"status\" IN ('planned', 'building', 'programme')"
"""What does not stand yet is hollow, and dashed where it is a line, as on the page."""
FORM = (
    "CASE WHEN \"status\" = 'planned' THEN 'dash' WHEN \"status\" = 'building' THEN 'dash dot' "
    "WHEN \"status\" = 'programme' THEN 'dot' ELSE 'solid' END"
)
WIDE = "\"precision\" = 'county'"
FILLED_ALPHA, OPAQUE = 33, 255
EXPRESSION = 3


@dataclass(frozen=True, slots=True)
class StyleClass:
    """What is drawn alike: the values of a property, its title, colour, shape and line."""

    value: str
    title: str
    colour: str
    shape: str
    line: str = ""


def classes_of(catalog: Catalog, layers: Sequence[str], lang: str) -> tuple[str, list[StyleClass]]:
    """The property that classes are told by and the classes: layers, or one layer's categories."""
    shapes = {family.id: family.shape for family in catalog.families}
    chosen = [layer for layer in catalog.layers if not layers or layer.id in layers]
    if len(chosen) != 1:
        classes = [
            StyleClass(one.id, titled(one, lang), one.colour, shapes[one.family]) for one in chosen
        ]
        return "layer", classes
    (layer,) = chosen
    return "category", [
        StyleClass(
            category.id, titled(category, lang), layer.colour, shapes[layer.family], category.line
        )
        for category in layer.categories
    ]


def titled(thing: Layer | object, lang: str) -> str:
    return str(getattr(thing, "title" if lang == "zh" else "title_en"))


def qml(family: str, attribute: str, classes: Iterable[StyleClass], label: str) -> str:
    """A style file for one layer of one family of geometry."""
    root = Element("qgis", version=VERSION, styleCategories="Symbology|Labeling", labelsEnabled="1")
    add_style(root, family, attribute, classes, label)
    SubElement(root, "layerGeometryType").text = str(GEOMETRY_TYPES[family])
    text = ElementTree.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}\n"


def add_style(
    parent: Element, family: str, attribute: str, classes: Iterable[StyleClass], label: str
) -> None:
    """Renderer and labels, as a style file and a project's layer hold them."""
    renderer = SubElement(
        parent, "renderer-v2", type="categorizedSymbol", attr=attribute, symbollevels="0",
        enableorderby="0", forceraster="0",
    )  # fmt: skip
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, one in enumerate(classes):
        SubElement(
            categories, "category", value=one.value, label=one.title, symbol=str(number),
            render="true",
        )  # fmt: skip
        kind, parts = SYMBOLS[family](one)
        symbol = SubElement(symbols, "symbol", type=kind, name=str(number), alpha="1")
        for part in parts:
            symbol.append(part)
    add_labels(parent, f"if({WIDE}, '', \"{label}\")" if family == "areas" else f'"{label}"')


def add_labels(parent: Element, expression: str) -> None:
    labeling = SubElement(parent, "labeling", type="simple")
    settings = SubElement(labeling, "settings")
    style = SubElement(
        settings, "text-style", fieldName=expression, isExpression="1", fontSize="9",
        fontSizeUnit="Point", textColor="50,50,50,255", textOpacity="1",
    )  # fmt: skip
    SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM",
        bufferColor="255,255,255,255", bufferOpacity="1",
    )  # fmt: skip
    SubElement(settings, "rendering", drawLabels="1", displayAll="0", obstacle="1")


def marker(one: StyleClass) -> tuple[str, list[Element]]:
    """The family's shape in the layer's colour; hollow for what does not stand yet."""
    values = {
        "name": one.shape, "color": rgba(one.colour), "outline_color": rgba(one.colour),
        "outline_width": "0.5", "outline_width_unit": "MM", "size": "3.2", "size_unit": "MM",
    }  # fmt: skip
    hollow = f"if({HOLLOW}, '255,255,255,255', '{rgba(one.colour)}')"
    return "marker", [layer_of("SimpleMarker", values, {"fillColor": hollow})]


def stroke(one: StyleClass) -> tuple[str, list[Element]]:
    """A line, in the form of its status."""
    dashed = {"outlineStyle": FORM}
    plain = layer_of("SimpleLine", line_values(one.colour, "0.9"), dashed)
    match one.line:
        case "rail":
            ties = line_values(one.colour, "2.2") | {
                "use_custom_dash": "1", "customdash": "0.5;2.5", "customdash_unit": "MM",
                "capstyle": "flat",
            }  # fmt: skip
            return "line", [plain, layer_of("SimpleLine", ties, {})]
        case "motorway":
            inner = layer_of("SimpleLine", line_values("#ffffff", "0.5"), {})
            wide = layer_of("SimpleLine", line_values(one.colour, "1.6"), dashed)
            return "line", [wide, inner]
    return "line", [plain]


def line_values(colour: str, width: str) -> dict[str, str]:
    return {
        "line_color": rgba(colour), "line_width": width, "line_width_unit": "MM",
        "line_style": "solid", "joinstyle": "round", "capstyle": "round",
    }  # fmt: skip


def tint(one: StyleClass) -> tuple[str, list[Element]]:
    """A faint ground with an edge; many are county-wide, and lie on another:
    those have none.
    """
    values = {
        "color": rgba(one.colour, FILLED_ALPHA), "style": "solid",
        "outline_color": rgba(one.colour), "outline_style": "solid", "outline_width": "0.5",
        "outline_width_unit": "MM",
    }  # fmt: skip
    by_data = {
        "fillColor": f"if({WIDE}, '0,0,0,0', '{rgba(one.colour, FILLED_ALPHA)}')",
    }
    return "fill", [layer_of("SimpleFill", values, by_data)]


SYMBOLS = {"points": marker, "lines": stroke, "areas": tint}


def layer_of(kind: str, values: Mapping[str, str], by_data: Mapping[str, str]) -> Element:
    """A symbol layer with fixed values, and those an expression gives."""
    layer = Element("layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    options = SubElement(layer, "Option", type="Map")
    for name, value in values.items():
        SubElement(options, "Option", type="QString", name=name, value=value)
    for name, value in values.items():  # as QGIS before 3.26 reads them
        SubElement(layer, "prop", k=name, v=value)
    whole = SubElement(SubElement(layer, "data_defined_properties"), "Option", type="Map")
    SubElement(whole, "Option", type="QString", name="name", value="")
    properties = SubElement(whole, "Option", type="Map", name="properties")
    for name, expression in by_data.items():
        one = SubElement(properties, "Option", type="Map", name=name)
        SubElement(one, "Option", type="bool", name="active", value="true")
        SubElement(one, "Option", type="QString", name="expression", value=expression)
        SubElement(one, "Option", type="int", name="type", value=str(EXPRESSION))
    SubElement(whole, "Option", type="QString", name="type", value="collection")
    return layer


def rgba(colour: str, alpha: int = OPAQUE) -> str:
    """`#rrggbb` as QGIS writes it.

    >>> rgba("#b4530a")
    '180,83,10,255'
    """
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + f",{alpha}"
