"""How far the nearest port, station, expressway and airport are, straight and along the roads."""

from collections.abc import Sequence
from typing import Any

from shapely import Point
from shapely.ops import nearest_points

from app.build.roads import ROAD, RoadNetwork
from app.domain.errors import PackError
from app.domain.models import MOTORWAY, Item, Located, Place, Position
from app.domain.planes import distance_m
from app.domain.table_schema import EXPRESSWAY
from app.locate.context import LocateContext


class AccessFinder:
    """Nearest places of each kind; only layers that ask for it (layers.toml `access`)."""

    def __init__(self, context: LocateContext) -> None:
        self._context = context
        self._layers = {layer.id for layer in context.pack.layers if layer.access}
        self._places = {
            kind: [destination(context, name) for name in names]
            for kind, names in context.pack.info.access.items()
        }
        roads = (base for base in context.pack.lines.values() if base.kind == ROAD)
        self._roads = RoadNetwork([context.centreline_of(base).line for base in roads])
        self._centrelines = [
            context.centreline_of(base)
            for base in context.pack.lines.values()
            if base.kind == MOTORWAY
        ]

    def near(self, item: Item, located: Located) -> dict[str, Any] | None:
        """Kilometres to the nearest of each kind (None: no destination of that kind is known).

        None altogether where nobody asked or no single point is drawn.

        Distances are geodesic, from the drawn point; their doubt is both ends' radius, in km.
        """
        if item.layer not in self._layers or not isinstance(located.geometry, Point):
            return None
        centre = located.geometry
        here = (centre.x, centre.y)
        radius = located.uncertainty_m or 0.0
        found = {kind: self._nearest(here, radius, places) for kind, places in self._places.items()}
        found[EXPRESSWAY] = self._expressway(centre, radius)
        return found

    def _nearest(
        self, here: Position, radius: float, places: Sequence[Place]
    ) -> dict[str, Any] | None:
        """The nearest of several places, with its distance; along the roads too where they lead
        there and the distance is more than its doubt.
        """
        best = min(places, key=lambda place: distance_m(here, place.at), default=None)
        if best is None:
            return None
        nearest = entry(
            best.name, best.name_en, distance_m(here, best.at) / 1000, radius + best.uncertainty_m
        )
        metres = self._context.plane.metres
        if nearest["km"] > nearest["doubt_km"]:
            road = self._roads.metres(metres(Point(here)), metres(Point(best.at)))
            nearest |= {} if road is None else {"road_km": round(road / 1000, 1)}
        return nearest

    def _expressway(self, centre: Point, radius: float) -> dict[str, Any] | None:
        here = self._context.plane.metres(centre)
        centrelines = sorted(
            self._centrelines, key=lambda centreline: centreline.line.distance(here)
        )
        if not centrelines:
            return None
        spot = self._context.plane.degrees(Point(nearest_points(centrelines[0].line, here)[0]))
        doubt = radius + max(point.uncertainty_m for point in centrelines[0].base.points)
        base = centrelines[0].base
        km = distance_m((centre.x, centre.y), (spot.x, spot.y)) / 1000
        return entry(base.name, base.name_en, km, doubt)


def destination(context: LocateContext, name: str) -> Place:
    """A place of plan.toml's `access` table; it must be in the gazetteer and have coordinates."""
    place = context.pack.gazetteer.get(name)
    if place is None or place.position is None:
        raise PackError(
            "plan.toml", "a place of gazetteer.csv with coordinates", column="access", value=name
        )
    return place


def entry(name: str, name_en: str, km: float, doubt_m: float) -> dict[str, Any]:
    """A distance with its doubt, both in km, no finer than 100 m."""
    return {
        "name": name, "name_en": name_en, "km": round(km, 1), "doubt_km": round(doubt_m / 1000, 1)
    }  # fmt: skip
