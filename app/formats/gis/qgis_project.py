"""A QGIS project (.qgz) that opens the service, its layers grouped and styled as on the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from app.catalog.catalog import Catalog
from app.domain.projections import Box
from app.formats.gis.qgis_style import VERSION, add_style, classes_of, titled
from app.formats.zips import zipped
from app.selection.about import NO_DATE

AUTHORITY, SRID = "EPSG:4326", "4326"
SRSID = "3452"
"""QGIS's own number of it, without which it reads no authority."""

GEOMETRIES = {"points": "Point", "lines": "Line", "areas": "Polygon"}
WKB = {"points": "MultiPoint", "lines": "MultiLineString", "areas": "MultiPolygon"}


@dataclass(frozen=True, slots=True)
class ServiceLayer:
    """A collection of one layer of the plan and one family of geometry."""

    id: str
    title: str
    layer: str
    family: str


def qgz(catalog: Catalog, layers: Sequence[ServiceLayer], api: str, lang: str) -> bytes:
    """The project file: layers by the pack's groups, points above lines above areas."""
    title = titled(catalog.info, lang)
    root = Element("qgis", version=VERSION, projectname=title)
    SubElement(root, "title").text = title
    add_crs(SubElement(root, "projectCrs"))
    systems = SubElement(SubElement(root, "properties"), "SpatialRefSys")
    SubElement(systems, "ProjectionsEnabled", type="int").text = "1"
    add_tree(root, catalog, layers, lang)
    add_canvas(root, catalog.info.frame)
    project_layers = SubElement(root, "projectlayers")
    for layer in layers:
        project_layers.append(map_layer(catalog, layer, api, lang))
    text = ElementTree.tostring(root, encoding="unicode")
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return zipped([("plan.qgs", f"{head}{text}\n".encode())], catalog.info.updated or NO_DATE)


def add_crs(parent: Element) -> None:
    system = SubElement(parent, "spatialrefsys")
    SubElement(system, "srsid").text = SRSID
    SubElement(system, "srid").text = SRID
    SubElement(system, "authid").text = AUTHORITY


def add_tree(root: Element, catalog: Catalog, layers: Iterable[ServiceLayer], lang: str) -> None:
    """What QGIS lists: a group for each group of the pack."""
    tree = SubElement(root, "layer-tree-group")
    group_of = {layer.id: layer.family for layer in catalog.layers}
    order = list(GEOMETRIES)
    ranked = sorted(layers, key=lambda one: order.index(one.family))
    for group in catalog.families:
        in_group = [one for one in ranked if group_of[one.layer] == group.id]
        if not in_group:
            continue
        node = SubElement(
            tree, "layer-tree-group", name=titled(group, lang), checked="Qt::Checked", expanded="0"
        )
        for one in in_group:
            SubElement(
                node, "layer-tree-layer", id=key_of(one), name=one.title, checked="Qt::Checked",
                expanded="0", providerKey="OAPIF",
            )  # fmt: skip
    drawn = SubElement(tree, "custom-order", enabled="1")
    for one in ranked:
        SubElement(drawn, "item").text = key_of(one)


def add_canvas(root: Element, frame: Box) -> None:
    """The window opens on the pack's frame, wherever else single items lie."""
    canvas = SubElement(root, "mapcanvas", name="theMapCanvas", annotationsVisible="1")
    SubElement(canvas, "units").text = "degrees"
    add_extent(SubElement(canvas, "extent"), frame)
    SubElement(canvas, "rotation").text = "0"
    add_crs(SubElement(canvas, "destinationsrs"))
    settings = SubElement(root, "ProjectViewSettings", UseProjectScales="0")
    box = SubElement(settings, "DefaultViewExtent")
    for name, value in zip(("xmin", "ymin", "xmax", "ymax"), frame, strict=True):
        box.set(name, f"{value:g}")
    add_crs(box)


def add_extent(parent: Element, frame: Box) -> None:
    for name, value in zip(("xmin", "ymin", "xmax", "ymax"), frame, strict=True):
        SubElement(parent, name).text = f"{value:g}"


def map_layer(catalog: Catalog, one: ServiceLayer, api: str, lang: str) -> Element:
    """A layer of the project: where it comes from, how it is drawn."""
    layer = Element(
        "maplayer", type="vector", geometry=GEOMETRIES[one.family], wkbType=WKB[one.family],
        labelsEnabled="1", autoRefreshEnabled="0", hasScaleBasedVisibilityFlag="0",
    )  # fmt: skip
    SubElement(layer, "id").text = key_of(one)
    SubElement(layer, "datasource").text = (
        f" pagingEnabled='true' pageSize='1000' restrictToRequestBBOX='0'"
        f" srsname='{AUTHORITY}' typename='{one.id}' url='{api}' version='OGC_API_FEATURES'"
    )
    SubElement(layer, "layername").text = one.title
    add_crs(SubElement(layer, "srs"))
    SubElement(layer, "provider", encoding="UTF-8").text = "OAPIF"
    attribute, classes = classes_of(catalog, (one.layer,), lang)
    label = "name" if lang == "zh" else "name_en"
    add_style(layer, one.family, attribute, classes, label)
    return layer


def key_of(one: ServiceLayer) -> str:
    """The layer's id within the project."""
    return one.id.replace("-", "_")
