"""SVG to pixels. Only this module knows the library that does it."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any


def png_of_shapes(shapes: str, width: int, height: int, *, ratio: int = 1) -> bytes:
    """A PNG of elements of SVG, in a field so wide and high."""
    return png_of(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{shapes}</svg>',
        ratio=ratio,
    )


def png_of(svg: str, *, ratio: int = 1, fonts: Iterable[Path] = (), family: str = "") -> bytes:
    """A PNG of `ratio` pixels a unit, drawn with these fonts and no other.

    Raises ValueError where it is no SVG.
    """
    resvg: Any = import_module("resvg")
    options = resvg.usvg.Options.default()
    for path in fonts:
        options.load_font_file(str(path))
    if family:
        options.font_family = family
    try:
        tree = resvg.usvg.Tree.from_str(svg, options)
    except BaseException as error:  # the library panics, which is no Exception
        raise ValueError(f"no SVG: {error}") from error
    width, height = tree.int_size()
    png: bytes = resvg.render(
        tree, (ratio, 0, 0, 0, ratio, 0), bg_size=(width * ratio, height * ratio)
    )
    return png
