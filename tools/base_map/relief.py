"""The shade of the relief as a picture: black where the light does not fall, white where it does.

It is grey with opacity, so that one file lies on paper and on a dark ground, and in Web Mercator,
so that it fits a map without being bent.
"""

import math
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
from canonical import Feature
from contourpy import contour_generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from shapely.geometry.base import BaseGeometry

Array = NDArray[np.float64]
ELEVATION_BOX = (119.0, 39.7, 121.3, 41.4)
RELIEF_BOX = ELEVATION_BOX
SIZE = (483, 470)
HEIGHT_FACTOR = 7.0
LIGHTS = ((315.0, 0.6), (285.0, 0.2), (345.0, 0.2))  # from the north-west, softened
ALTITUDE = 45.0
SHADOW, LIGHT = 105.0, 62.0  # the most opacity
STEPS = 90  # of opacity: few enough to pack well
BODY, HIGH_M = 0.16, 900.0
SHADOW_STEPS = (0.03, 0.06, 0.09, 0.125, 0.165, 0.21, 0.26)
LIGHT_STEPS = (0.04, 0.08)
LAST_STEP = 0.05
STEP_TOLERANCE, STEP_LEAST = 0.0016, 0.00012  # degrees, and square degrees: about 1 km²
SHORE = 2.0  # pixels: how soft the shade ends there
EDGE = 0.22  # of half the width: where it fades out


def relief_of(elevation: Path, land: BaseGeometry) -> Array:
    """-1 in full shadow, 0 where it is flat and beyond the land, 1 in full light."""
    with Image.open(elevation) as tif:
        low = np.clip(np.asarray(tif, dtype=np.float64), 0, None)
    heights = mercator(enlarged(rounded_off(low)))
    return (shaded(heights) - body(heights)) * faded(heights.shape) * ashore(land)


def relief_steps(shade: Array) -> list[Feature]:
    """The same in steps, as areas that lie on each other: for what is drawn and not painted."""
    west, south, east, north = ELEVATION_BOX
    top, bottom = (math.asinh(math.tan(math.radians(lat))) for lat in (north, south))
    rows, columns = shade.shape
    lngs = west + (np.arange(columns) + 0.5) / columns * (east - west)
    ordinates = top + (np.arange(rows) + 0.5) / rows * (bottom - top)
    lats = np.degrees(np.arctan(np.sinh(ordinates)))
    found: list[Feature] = []
    for tone, levels in (("dark", SHADOW_STEPS), ("light", LIGHT_STEPS)):
        strength = np.clip(-shade * SHADOW if tone == "dark" else shade * LIGHT, 0, 255) / 255
        lines = contour_generator(lngs, lats, strength, fill_type="OuterOffset")
        for level, above in pairwise((*levels, levels[-1] + LAST_STEP)):
            shapes, offsets = lines.filled(level, 2.0)
            area = area_of(zip(shapes, offsets, strict=True))
            properties = {"kind": "relief-step", "tone": tone, "opacity": round(above - level, 3)}
            found += [(properties, area)] if not area.is_empty else []
    return found


def area_of(rings: Iterable[tuple[Array, Array]]) -> BaseGeometry:
    """Outlines with their holes, without what is smaller than a cell of the heights."""
    polygons = []
    for points, offsets in rings:
        outer, *holes = (points[a:b] for a, b in pairwise(offsets.tolist()))
        polygons.append(shapely.Polygon(outer, holes))
    simple = shapely.simplify(shapely.make_valid(shapely.union_all(polygons)), STEP_TOLERANCE)
    parts = [one for one in shapely.get_parts(simple).tolist() if one.geom_type == "Polygon"]
    return shapely.multipolygons(
        [
            shapely.Polygon(
                one.exterior,
                [hole for hole in one.interiors if shapely.Polygon(hole).area > STEP_LEAST],
            )
            for one in parts
            if one.area > STEP_LEAST
        ]
    )


def write_relief(shade: Array, path: Path) -> None:
    """As a picture."""
    grey = np.where(shade < 0, 0, 255).astype(np.uint8)
    opacity = np.where(shade < 0, -shade * SHADOW, shade * LIGHT)
    opacity = np.clip(np.round(opacity / 255 * STEPS) / STEPS * 255, 0, 255).astype(np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.merge("LA", (Image.fromarray(grey), Image.fromarray(opacity))).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size:,} bytes")


def rounded_off(low: Array) -> Array:
    """Heights without the specks of single cells: each with a share of its neighbours."""
    for axis in (0, 1):
        padded = np.pad(low, [(1, 1) if one == axis else (0, 0) for one in (0, 1)], mode="edge")
        before, after = (np.take(padded, range(at, at + low.shape[axis]), axis) for at in (0, 2))
        low = low * 0.5 + (before + after) * 0.25
    return low


def body(heights: Array) -> Array:
    """What highlands are darker by than the plain, so that light has something to lie on."""
    return BODY * np.clip(heights / HIGH_M, 0, 1) ** 0.7


def enlarged(low: Array) -> Array:
    image = Image.fromarray(low.astype(np.float32), mode="F")
    return np.asarray(image.resize(SIZE, Image.Resampling.BICUBIC), dtype=np.float64)


def mercator(heights: Array) -> Array:
    """Rows at equal steps of the Mercator ordinate."""
    _, south, _, north = ELEVATION_BOX
    top, bottom = (math.asinh(math.tan(math.radians(lat))) for lat in (north, south))
    rows = heights.shape[0]
    ordinates = top + (np.arange(rows) + 0.5) / rows * (bottom - top)
    lats = np.degrees(np.arctan(np.sinh(ordinates)))
    at = (north - lats) / (north - south) * rows - 0.5
    whole = np.clip(np.floor(at).astype(int), 0, rows - 2)
    share = np.clip(at - whole, 0, 1)[:, None]
    return heights[whole] * (1 - share) + heights[whole + 1] * share


def shaded(heights: Array) -> Array:
    """-1 in full shadow, 0 where it is flat, 1 in full light."""
    west, south, east, north = ELEVATION_BOX
    rows, columns = heights.shape
    metres = 111_320.0
    across = (east - west) / columns * metres * math.cos(math.radians((south + north) / 2))
    down = (north - south) / rows * metres
    north_slope, east_slope = np.gradient(heights * HEIGHT_FACTOR, down, across)
    slope = np.arctan(np.hypot(east_slope, north_slope))
    aspect = np.arctan2(north_slope, -east_slope)
    zenith = math.radians(90 - ALTITUDE)
    total = np.zeros_like(heights)
    for azimuth, weight in LIGHTS:
        turn = math.radians(360 - azimuth + 90)
        lit = math.cos(zenith) * np.cos(slope)
        lit += math.sin(zenith) * np.sin(slope) * np.cos(turn - aspect)
        total += weight * np.clip(lit, 0, 1)
    flat = math.cos(zenith)
    return np.where(total < flat, (total - flat) / flat, (total - flat) / (1 - flat))


def faded(shape: tuple[int, ...]) -> Array:
    """1 inside, 0 at the edges, without corners."""
    rows, columns = (np.abs(2 * (np.arange(n) + 0.5) / n - 1) for n in shape)
    out = np.cbrt(np.power(rows, 3)[:, None] + np.power(columns, 3)[None, :])
    return smoothstep(np.clip((1 - out) / EDGE, 0, 1))


def ashore(land: BaseGeometry) -> Array:
    """1 on land, 0 at sea, soft along the shore: the shade leaves the water clean."""
    west, south, east, north = ELEVATION_BOX
    top, bottom = (math.asinh(math.tan(math.radians(lat))) for lat in (north, south))
    image = Image.new("L", SIZE, 0)
    draw = ImageDraw.Draw(image)
    for part in shapely.get_parts(land).tolist():
        for ring, tone in ((part.exterior, 255), *((hole, 0) for hole in part.interiors)):
            lngs, lats = np.asarray(ring.coords).T
            x = (lngs - west) / (east - west) * SIZE[0]
            ordinates = np.arcsinh(np.tan(np.radians(lats)))
            y = (ordinates - top) / (bottom - top) * SIZE[1]
            draw.polygon(list(zip(x.tolist(), y.tolist(), strict=True)), fill=tone)
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(SHORE)), dtype=np.float64) / 255
    return np.clip(2 * soft - 1, 0, 1)


def smoothstep(x: Array) -> Array:
    return x * x * (3 - 2 * x)
