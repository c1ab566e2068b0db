"""What may be asked of a picture beyond the view: its size, dots per inch, a QR code, slides."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.errors import BadValue

PAPERS = {
    "a4": (210, 297),
    "a4-landscape": (297, 210),
    "a3": (297, 420),
    "a3-landscape": (420, 297),
}
"""Millimetres."""
RATIOS = {"16:9": (1920, 1080), "4:3": (1600, 1200), "square": (1080, 1080)}
"""Pixels."""

PIXELS_MOST = 9_000_000
"""Room for 3840 × 2160 and for A4 at 300 dpi."""
SIDE_LEAST, SIDE_MOST = 480, 6000
DPI_LEAST, DPI_MOST = 72, 600
PAPER_DPI = 150
ITEMS_MOST = 3000
PAGE_ITEMS_MOST = 20_000
"""Items of an offline page: forty megabytes, which a browser still opens."""

MM_PER_INCH = 25.4
UNIT_MM = 0.2
"""A page unit on paper: text of 14 units is 2.8 mm, 8 points."""
SCREEN_UNITS = 1_440_000
"""Area of a picture for screens, whatever its pixels: 1600 × 900 units."""
UNIT_PIXELS_LEAST = 1.0
"""Below this, the smallest text could not be read."""

SPLITS = ("county", "layer", "category")
"""What a view may be split by, a slide or page for each."""
SIZES = f"one of {', '.join([*RATIOS, *PAPERS])}, or WIDTHxHEIGHT in pixels like 1920x1080"


@dataclass(frozen=True, slots=True)
class PictureOptions:
    """As asked; empty or 0 means the default of the format."""

    size: str = ""
    dpi: int = 0
    qr: bool = False
    split: str = ""

    def key(self) -> str:
        """The same text for the same picture."""
        return f"{self.size}|{self.dpi}|{int(self.qr)}|{self.split}"


@dataclass(frozen=True, slots=True)
class PagePixels:
    """A page: its size in units, pixels and millimetres."""

    width: float
    height: float
    pixel_width: int
    pixel_height: int
    mm_width: float
    mm_height: float
    dpi: float


def read_options(values: Mapping[str, str]) -> PictureOptions:
    """Options from query values. Raises BadValue naming what is allowed."""
    options = PictureOptions(
        size=values.get("size", ""),
        dpi=dpi_of(values.get("dpi", "")),
        qr=flag("qr", values.get("qr", "")),
        split=parse_choice("split", values.get("split", ""), ("", *SPLITS)),
    )
    page_of(options, "16:9")
    return options


def page_of(options: PictureOptions, default: str) -> PagePixels:
    """The page of a picture. Raises BadValue for one that is none or too large."""
    size = options.size or default
    if size in PAPERS:
        return paper_page(size, options.dpi or PAPER_DPI)
    width, height = RATIOS.get(size) or pixels_of(size)
    limited("size", size, width, height)
    if options.dpi:
        unit = options.dpi * UNIT_MM / MM_PER_INCH
    else:
        unit = max((width * height / SCREEN_UNITS) ** 0.5, UNIT_PIXELS_LEAST)
    dpi = options.dpi or 96
    inches = width / dpi, height / dpi
    return PagePixels(width / unit, height / unit, width, height,
                inches[0] * MM_PER_INCH, inches[1] * MM_PER_INCH, dpi)  # fmt: skip


def limit_items(count: int, most: int = ITEMS_MOST) -> None:
    """Raises BadValue where a view has more items than a picture, or a page, may."""
    if count > most:
        expected = f"a view of at most {most} items; choose layer, county or status"
        raise BadValue("items", count, expected)


def paper_page(size: str, dpi: int) -> PagePixels:
    mm_width, mm_height = PAPERS[size]
    width, height = (round(mm * dpi / MM_PER_INCH) for mm in (mm_width, mm_height))
    limited("dpi", f"{dpi}", width, height)
    return PagePixels(
        mm_width / UNIT_MM, mm_height / UNIT_MM, width, height, mm_width, mm_height, dpi
    )


def limited(name: str, value: str, width: int, height: int) -> None:
    if width * height > PIXELS_MOST:
        allowed = f"a picture of at most {PIXELS_MOST} pixels, not {width} × {height}"
        raise BadValue(name, value, allowed)


def pixels_of(size: str) -> tuple[int, int]:
    """`1920x1080` as numbers within the limits."""
    width, _, height = size.partition("x")
    if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in (width, height)):
        raise BadValue("size", size, SIZES)
    sides = int(width), int(height)
    if not all(SIDE_LEAST <= side <= SIDE_MOST for side in sides):
        raise BadValue("size", size, f"sides from {SIDE_LEAST} to {SIDE_MOST} pixels")
    if max(sides) > 4 * min(sides):
        raise BadValue("size", size, "a long side at most four times the short one")
    return sides


def dpi_of(text: str) -> int:
    if not text:
        return 0
    known = text.isascii() and text.isdigit() and len(text) < 5
    if not known or not DPI_LEAST <= int(text) <= DPI_MOST:
        raise BadValue("dpi", text, f"a whole number from {DPI_LEAST} to {DPI_MOST}")
    return int(text)


def flag(name: str, text: str) -> bool:
    return parse_choice(name, text, ("", "0", "1")) == "1"


def parse_choice(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise BadValue(name, text, f"one of {', '.join(word for word in allowed if word)}")
    return text
