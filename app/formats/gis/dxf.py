"""DXF (AutoCAD 2004) for planners: metres of the national grid, a CAD layer per layer of the plan.

A linetype says the status, a thin line that a place is an estimate. Names, circles of uncertainty
and county-wide items have layers of their own, the latter two off at first. What a table says of an
item is its entities' extended data.
"""

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from ezdxf._options import options
from ezdxf.colors import RGB, rgb2int
from ezdxf.document import CONST_MARKER_STRING, Drawing
from ezdxf.entities.dxfgfx import DXFGraphic
from ezdxf.enums import InsertUnits
from ezdxf.filemanagement import new
from ezdxf.layouts.base import BaseLayout
from ezdxf.tools.juliandate import juliandate
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.domain.models import Layer
from app.domain.projections import CRS84, Projection, projections_for
from app.domain.text.languages import title_in, word_in
from app.formats.tabular.card import name_of
from app.formats.tabular.table import columns_of, rows
from app.selection.about import about_selection, data_date
from app.selection.selection import Selection

APPLICATION = "PLANMAP"
TEXT, TEXT_MOST = 1000, 120
"""DXF's code of a text in extended data, and the characters that fit into its 255 bytes."""
FORBIDDEN = re.compile(r'[<>/\\":;?*|=`\x00-\x1f]')
"""What the name of a CAD layer may not hold."""
ENCODING = "gbk"
"""What every CAD program of the country reads, and GDAL; other letters are spelt `\\U+XXXX`."""
NAME_M = 150.0
DASH_SCALE = 100.0
LINETYPES = {
    "existing": "CONTINUOUS", "building": "DASHDOT", "planned": "DASHED", "upgrade": "DIVIDE",
    "programme": "DOT",
}  # fmt: skip
"""Status → the form of its lines, of those that every CAD program has."""
SURE, UNSURE = 50, 18
"""Widths in hundredths of a millimetre."""
CIRCLE_WITH_CROSS, SCREEN_PERCENT = 34, -1.5
COUNTY_GREY = (120, 120, 120)
FIRST_DAY = datetime(2000, 1, 1)
NAMES = "dxf.names"
CIRCLES = "dxf.uncertainty"
WIDE = "dxf.county-wide"
COUNTIES = "dxf.counties"


def render(selection: Selection) -> bytes:
    """What has a place; how many items have none stands among the file's properties."""
    grid = grid_of(selection)
    doc = new_drawing(selection, grid)
    drawing = Drafting(doc, selection.lang, grid)
    for layer in selection.catalog.layers:
        drawing.add_layers(layer)
    drawing.add_counties(selection)
    wanted = columns_of(selection)
    titles = {layer.id: layer for layer in selection.catalog.layers}
    for feature, cells in zip(selection.features, rows(selection, wanted), strict=True):
        if feature["geometry"] is not None:
            cells_by_id = zip((column.id for column in wanted), cells, strict=True)
            drawing.add(feature, titles[feature["properties"]["layer"]], cells_by_id)
    return written(doc, data_date(selection))


def grid_of(selection: Selection) -> Projection:
    """The CRS asked for; without one the pack's grid: a drawing is measured in metres."""
    if selection.projection is not CRS84:
        return selection.projection
    return list(projections_for(selection.catalog.info.frame).values())[-1]


def new_drawing(selection: Selection, grid: Projection) -> Drawing:
    """An empty drawing that says whose it is, in which CRS, and what is left out."""
    options.write_fixed_meta_data_for_testing = True  # no clock, from the first mark on
    doc = new("R2004", setup=["linetypes"])
    doc.encoding = ENCODING
    doc.units = InsertUnits.Meters if grid.metres else InsertUnits.Unitless
    doc.header["$PDMODE"], doc.header["$PDSIZE"] = CIRCLE_WITH_CROSS, SCREEN_PERCENT
    doc.header["$LTSCALE"] = DASH_SCALE
    doc.styles.add("PLAN", font="simhei.ttf")
    doc.appids.add(APPLICATION)
    left_out = sum(feature["geometry"] is None for feature in selection.features)
    facts = about_selection(selection).pairs() | {"crs": grid.authority, "left_out": str(left_out)}
    doc.header["$LASTSAVEDBY"] = facts["publisher"]
    for name, value in facts.items():
        doc.header.custom_vars.append(name, value)
    return doc


@dataclass(slots=True)
class Drafting:
    """A drawing to which items are added."""

    doc: Drawing
    lang: str
    grid: Projection

    @property
    def space(self) -> BaseLayout:
        return self.doc.modelspace()

    def name_of_layer(self, layer: Layer, part: str | None = None) -> str:
        """`交通`, `交通 注记`: the CAD layer of a layer of the plan, or a part of its drawing."""
        title = title_in(layer, self.lang)
        text = f"{title} {word_in(part, self.lang)}" if part else title
        return FORBIDDEN.sub("_", text)

    def add_layers(self, layer: Layer) -> None:
        colour = rgb2int(RGB.from_hex(layer.colour))
        for part in (None, NAMES, CIRCLES, WIDE):
            one = self.doc.layers.add(self.name_of_layer(layer, part), true_color=colour)
            if part in (CIRCLES, WIDE):
                one.off()

    def add_counties(self, selection: Selection) -> None:
        """The counties as a ground to find one's way by."""
        name = word_in(COUNTIES, self.lang)
        self.doc.layers.add(name, true_color=rgb2int(COUNTY_GREY))
        for area in selection.catalog.county_land.values():
            outlines(self.space, self.on_sheet(area), {"layer": name})

    def add(self, feature: dict[str, Any], layer: Layer, said: Iterable[tuple[str, Any]]) -> None:
        """An item: its shape with all that is said of it, its name, its circle."""
        properties = feature["properties"]
        area = self.on_sheet(shape(feature["geometry"]))
        wide = properties["precision"] == "county" and area.geom_type.endswith("Polygon")
        guessed = properties["basis"] == "estimated" or properties["precision"] == "schematic"
        attributes = {
            "layer": self.name_of_layer(layer, WIDE if wide else None),
            "linetype": LINETYPES.get(properties["status"], "BYLAYER"),
            "lineweight": UNSURE if guessed else SURE,
        }
        tags = [(TEXT, f"{key}={one_line(value)}"[:TEXT_MOST]) for key, value in said if value]
        for entity in DRAWN[area.geom_type](self.space, area, attributes):
            entity.set_xdata(APPLICATION, tags)
        if not wide:
            self.add_name(name_of(properties, self.lang), area, layer)
            self.add_circle(properties["uncertainty_m"], area, layer)

    def on_sheet(self, area: BaseGeometry) -> BaseGeometry:
        """In the drawing's CRS, x to the east whatever the CRS names first."""
        found = self.grid.from_degrees(area)
        return shapely.transform(found, lambda at: at[:, ::-1]) if self.grid.swapped else found

    def add_name(self, text: str, area: BaseGeometry, layer: Layer) -> None:
        at = area.representative_point()
        attributes = {
            "layer": self.name_of_layer(layer, NAMES),
            "height": self.length(NAME_M),
            "style": "PLAN",
        }
        self.space.add_text(one_line(text), dxfattribs=attributes).set_placement((at.x, at.y))

    def add_circle(self, radius: float | None, area: BaseGeometry, layer: Layer) -> None:
        """Round points only: of a line or an area the radius says how far each part may be off."""
        if not radius or not area.geom_type.endswith("Point"):
            return
        attributes = {"layer": self.name_of_layer(layer, CIRCLES), "linetype": "DASHED"}
        for point in shapely.get_parts(area):
            self.space.add_circle((point.x, point.y), self.length(radius), attributes)

    def length(self, metres: float) -> float:
        """A length in the drawing's units."""
        return metres if self.grid.metres else metres / 111_320


def one_line(value: Any) -> str:
    """A text without line ends, which would end the record."""
    return " ".join(str(value).split())


def points(space: BaseLayout, area: BaseGeometry, attributes: dict[str, Any]) -> list[DXFGraphic]:
    return [space.add_point((part.x, part.y), attributes) for part in shapely.get_parts(area)]


def lines(space: BaseLayout, area: BaseGeometry, attributes: dict[str, Any]) -> list[DXFGraphic]:
    return [
        space.add_lwpolyline(part.coords, dxfattribs=attributes) for part in shapely.get_parts(area)
    ]


def outlines(space: BaseLayout, area: BaseGeometry, attributes: dict[str, Any]) -> list[DXFGraphic]:
    """Every ring as a closed line."""
    return [
        space.add_lwpolyline(ring.coords[:-1], close=True, dxfattribs=attributes)
        for ring in shapely.get_rings(shapely.get_parts(area))
    ]


DRAWN: dict[str, Callable[[BaseLayout, BaseGeometry, dict[str, Any]], list[DXFGraphic]]] = {
    kind + name: draw
    for name, draw in (("Point", points), ("LineString", lines), ("Polygon", outlines))
    for kind in ("", "Multi")
}


def written(doc: Drawing, day: str) -> bytes:
    """The file, of the data's day and not of a clock's: the same data is the same bytes."""
    out = io.StringIO()
    doc.write(out)
    fixed, own = (str(juliandate(one)) for one in (FIRST_DAY, datetime.fromisoformat(day)))
    text = out.getvalue().replace(fixed, own).replace(CONST_MARKER_STRING, day)
    return text.encode(doc.output_encoding, "dxfreplace")
