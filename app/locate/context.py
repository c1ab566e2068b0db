"""What the locating methods use: places, base lines and areas of a pack, in metres."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from shapely import LineString, Point, Polygon, box, get_coordinates
from shapely.geometry.base import BaseGeometry

from app.domain.errors import PackError
from app.domain.models import BASES, STAND_IN_REACH_M, BaseLine, Item, Located, Place, Position
from app.domain.planes import Plane, plane_for
from app.locate.geometry import smooth, union
from app.locate.lighter import lighter_line, lighter_together
from app.pack.pack import Pack

OUTLINE_DETAIL_M = 49.5
"""What is county-wide is drawn this close to the counties' outlines; a map shows no more."""

LINE_DETAIL_M = 30.0
"""Lines through places are drawn this close to the smooth ones: a bend of theirs still is one."""


@dataclass(frozen=True, slots=True)
class Centreline:
    """A base line on the plane: the smooth line, and the record it was drawn from."""

    base: BaseLine
    line: LineString


class LocateContext:
    """A pack's places, lines and areas in metres; places resolved with clear errors."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.plane: Plane = plane_for(pack.info.frame)
        self.county_names = {county.name for county in pack.info.counties}
        self._courses: dict[str, Centreline] = {}
        self.whole: dict[tuple[str, ...], Located] = {}
        """Codes of counties → what is placed as all of them: many items are."""

    def places(self, item: Item, least: int) -> list[Place]:
        """The item's places, all with coordinates, at least so many."""
        if len(item.places) < least:
            raise cell_error(
                item, "places", "|".join(item.places), f"at least {least} for this method"
            )
        return [self.place(item, name) for name in item.places]

    def place(self, item: Item, name: str) -> Place:
        place = self.pack.gazetteer.get(name)
        if place is None:
            raise cell_error(item, "places", name, "a name or alias in gazetteer.csv")
        if place.position is None:
            raise cell_error(item, "places", name, "a place whose coordinates are known")
        return place

    def centreline(self, item: Item, name: str) -> Centreline:
        """A base line by name, smooth, on the plane."""
        if name not in self.pack.lines:
            known = ", ".join(self.pack.lines)
            raise cell_error(item, "along", name, f"a line in lines.csv: {known}")
        return self.centreline_of(self.pack.lines[name])

    def centreline_of(self, base: BaseLine) -> Centreline:
        if base.name not in self._courses:
            control_points = [self.control_point(point.position) for point in base.points]
            course = self.light(self.plane.degrees(smooth(control_points)))
            self._courses[base.name] = Centreline(base, self.plane.metres(course))
        return self._courses[base.name]

    def point(self, position: Position) -> Point:
        """A position on the plane."""
        return self.plane.metres(Point(position))

    def control_point(self, position: Position) -> tuple[float, float]:
        point = self.point(position)
        return point.x, point.y

    def outside(self, place: Place) -> bool:
        """Whether a place lies in none of the pack's counties."""
        return place.county not in self.county_names

    def reach_of(self, place: Place) -> float:
        """How far from a place a thing may lie of which only this place is known."""
        return self.pack.info.reach_m.get(place.kind, STAND_IN_REACH_M)

    def extent_of(self, item: Item) -> str:
        """Whether an item is by its nature a line or an area; empty for a site."""
        return self._extents.get((item.layer, item.category), "")

    @cached_property
    def _extents(self) -> dict[tuple[str, str], str]:
        return {
            (layer.id, category.id): category.extent
            for layer in self.pack.layers
            for category in layer.categories
        }

    def off_the_map(self, place: Place) -> bool:
        """Whether a place lies beyond the frame, so that it only gives a direction."""
        return not self.frame.covers(Point(place.at))

    def keeps_inside(self, item: Item) -> bool:
        """Whether an item is works on rivers of its counties: a river runs on, the works do not."""
        lines = [self.pack.lines[name] for name in item.along if name in self.pack.lines]
        return bool(item.counties) and all(line.kind == "river" for line in lines)

    def area(self, item: Item) -> BaseGeometry:
        """The item's counties as published, on the plane."""
        return self.plane.metres(union([self.pack.boundaries[code] for code in item.counties]))

    def light(self, course: LineString) -> LineString:
        """A line, in degrees, in fewer points, to `LINE_DETAIL_M`."""
        return lighter_line(course, self.plane, LINE_DETAIL_M)

    def outline(self, item: Item) -> BaseGeometry:
        """The land of the item's counties (of all of them for a city-wide item), in degrees.

        As maps show it, to `OUTLINE_DETAIL_M`; neighbours keep one border.
        """
        return union([self._outlines[code] for code in item.counties or self._outlines])

    @cached_property
    def _outlines(self) -> dict[str, BaseGeometry]:
        """County code → its land, in fewer points, in degrees."""
        return dict(zip(self.pack.county_land, self._lighter[0], strict=True))

    @cached_property
    def _lighter(self) -> tuple[list[BaseGeometry], dict[Position, Position]]:
        land = list(self.pack.county_land.values())
        return lighter_together(land, self.plane, OUTLINE_DETAIL_M)

    @cached_property
    def coast(self) -> LineString:
        """The mainland coast on the plane, in the points that the outlines have."""
        line = self.pack.coast
        if not isinstance(line, LineString) or line.is_empty:
            raise PackError("base/coast.geojson", "a line named mainland")
        stand_ins = self._lighter[1]
        left_out = vertices(self.pack.county_land) - stand_ins.keys()
        course = [stand_ins.get((x, y), (x, y)) for x, y in line.coords if (x, y) not in left_out]
        return self.plane.metres(LineString(course))

    @cached_property
    def sheet(self) -> Polygon:
        """The map frame on the plane."""
        area = self.plane.metres(self.frame)
        assert isinstance(area, Polygon)
        return area

    @cached_property
    def frame(self) -> Polygon:
        """The map frame in degrees."""
        return box(*self.pack.info.frame)


def vertices(areas: Mapping[str, BaseGeometry]) -> set[tuple[float, ...]]:
    """The points of some areas."""
    return set(map(tuple, get_coordinates(list(areas.values())).tolist()))


def weakest(bases: Iterable[str]) -> str:
    """The least well known of several bases."""
    order = list(BASES)
    return max(bases, key=order.index)


def cell_error(item: Item, column: str, value: str, expected: str) -> PackError:
    """The error for one cell of an item's row."""
    return PackError(item.row.file, expected, row=item.row.number, column=column, value=value)
