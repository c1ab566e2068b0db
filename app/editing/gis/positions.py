"""Checks where imported shapes lie: on the map, and in the counties of their rows.

A wrong zone of a grid, swapped axes, a wrong datum: the numbers are all good, and only that the
shape lies in the sea off another country shows it. So a shape off the map is a fault unless its
row says it lies outside, and so is one that no county named in its row comes near.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

import shapely

from app.domain.planes import plane_for
from app.editing.gis.reading.crs import hint
from app.editing.gis.reading.reader import Fault, GisFeature, position
from app.pack.pack import Pack
from app.pack.tables.csv_tables import split_list


def misplaced(
    pack: Pack, uncertainty_m: float, pairs: Iterable[tuple[dict[str, str], GisFeature]],
    outside: Collection[int],
) -> Iterator[Fault]:  # fmt: skip
    """A fault for every shape that lies where its row, or the map, does not want it.

    `outside`: numbers of the features that are said to lie outside, and so may lie anywhere.
    """
    frame = shapely.box(*pack.info.frame)
    codes = {county.name: county.code for county in pack.info.counties}
    plane = plane_for(pack.info.frame)
    near = lru_cache(maxsize=None)(
        lambda code: plane.degrees(plane.metres(pack.boundaries[code]).buffer(uncertainty_m))
    )
    for row, shape in pairs:
        if shape.number in outside:
            continue
        at = position(shape.geometry)
        if not frame.intersects(shape.geometry):
            expected = f"a place on the map, or --set scope=outside{hint(shape.written, frame)}"
            yield Fault(shape.number, "geometry", at, expected)
            continue
        for name in split_list(row["counties"]):
            if name in codes and not near(codes[name]).intersects(shape.geometry):
                expected = (
                    f"a county the shape lies in; it begins at {at}"
                    f"{hint(shape.written, pack.boundaries[codes[name]])}"
                )
                yield Fault(shape.number, "counties", name, expected)
