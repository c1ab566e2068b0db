"""Functions of a value: those CQL2 itself defines, and those /functions lists."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from app.domain.models import Position
from app.store.cql.coded import CodedTexts, coded_texts
from app.store.cql.errors import wrong
from app.store.cql.operators.spatial import once_each
from app.store.cql.values import (
    GEOMETRY,
    NUMBER,
    TEXT,
    Value,
    array_of,
    need_count,
    need_kind,
)


def without_accents(text: str) -> str:
    """Letters without their marks: é → e."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


FOLDS: dict[str, Callable[[str], str]] = {
    "casei": str.casefold,
    "accenti": without_accents,
}
"""Of CQL2 itself (case- and accent-insensitive comparison)."""


@dataclass(frozen=True, slots=True)
class Argument:
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Function:
    """A function of our own: what /functions says of it, and what it does."""

    name: str
    description: str
    description_en: str
    arguments: tuple[Argument, ...]
    returns: str
    apply: Callable[..., Value]


def of_texts(function: Callable[[str], Any], kind: str) -> Callable[[Value], Value]:
    """A function of a text, applied to every row."""

    def apply(value: Value) -> Value:
        index = value.index
        if not isinstance(index, CodedTexts) or index.is_part:
            made = array_of(kind, [function(text) for text in value.data])
            return Value(kind, made, value.known)
        values = array_of(kind, [function(text) for text in index.values])
        coded = coded_texts(values.tolist()) if kind == TEXT else None
        own = coded and CodedTexts(coded.codes[index.codes], coded.values)
        return Value(kind, values[index.codes], value.known, index=own)

    return apply


def plane_around(centre: Position) -> Callable[[Any], Any]:
    """Degrees → metres around a place, as app.domain.planes.Plane, for this way only: made at
    once.
    """
    lng, lat = centre
    to_plane: Any = pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=tmerc +lat_0={lat} +lon_0={lng} +k=1 +ellps=WGS84 +units=m"
    )
    return lambda shapes: shapely.transform(shapes, to_plane.transform, interleaved=False)


def distance_km(places: Value, literal: Value) -> Value:
    """From every row to one geometry, in a plane around it: right to 0.1 % within 200 km."""
    if literal.data.shape != (1,):
        raise wrong("distance_km to a property", "distance_km(geometry, POINT(lng lat))")
    target: BaseGeometry = literal.data[0]
    metres = plane_around((float(target.centroid.x), float(target.centroid.y)))
    there = metres(target)
    data = once_each(lambda shapes: shapely.distance(metres(shapes), there), places.data) / 1000
    return Value(NUMBER, data, places.known & np.isfinite(data))


FUNCTIONS = {
    one.name: one
    for one in (
        Function(
            "lower", "小写", "A text in lower case",
            (Argument("text", TEXT),), TEXT, of_texts(str.lower, TEXT),
        ),
        Function(
            "upper", "大写", "A text in upper case",
            (Argument("text", TEXT),), TEXT, of_texts(str.upper, TEXT),
        ),
        Function(
            "char_length", "字符数", "How many characters a text has",
            (Argument("text", TEXT),), NUMBER, of_texts(len, NUMBER),
        ),
        Function(
            "distance_km", "到某一几何图形的直线距离（公里）",
            "Kilometres to a geometry, as the crow flies",
            (Argument("geometry", GEOMETRY), Argument("literal", GEOMETRY)), NUMBER, distance_km,
        ),
    )
}  # fmt: skip


def call(name: str, args: Sequence[Value]) -> Value:
    """A function of the values given. Raises BadValue for one nobody defined."""
    if name in FOLDS:
        need_count(name, list(args), 1)
        need_kind(name, args[0], TEXT)
        return of_texts(FOLDS[name], TEXT)(args[0])
    if name not in FUNCTIONS:
        raise wrong(f"{name}()", f"an operator of CQL2 or one of {', '.join(FUNCTIONS)}")
    function = FUNCTIONS[name]
    need_count(name, list(args), len(function.arguments))
    for argument, value in zip(function.arguments, args, strict=True):
        need_kind(name, value, argument.kind)
    return function.apply(*args)
