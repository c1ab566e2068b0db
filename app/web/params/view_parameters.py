"""The query parameters of `/view.<ext>`, as the OpenAPI document describes them."""

from typing import Any

from app.formats import FORMATS
from app.online_base_maps import BASE_MAP_IDS
from app.selection.picture_options import DPI_LEAST, DPI_MOST, SIZES, SPLITS
from app.view.view import COLOURS, THEMES
from app.web.params.parameters import BBOX, FILTERS, SHORT, TEXT, parameter

WINDOW = parameter(
    "bbox",
    "west,south,east,north in degrees (CRS84): the window that a picture or a page shows. It "
    "leaves nothing out of the data unless inview=1 stands beside it",
    BBOX,
)
COLOUR = parameter(
    "colour",
    "What the colours say: the family of an item, or its status",
    {"type": "string", "enum": list(COLOURS), "default": COLOURS[0]},
)
OPTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "crs": (
        "CRS of the coordinates, by its URI, or in short `EPSG:4490`: one of those that "
        "/api/collections lists, CRS84 without it",
        TEXT,
    ),
    "size": (SIZES, {"type": "string", "default": "16:9"}),
    "dpi": (
        "Dots per inch: of a page of paper (150 unless said), or how large things are on a screen",
        {"type": "integer", "minimum": DPI_LEAST, "maximum": DPI_MOST},
    ),
    "qr": (
        "1 puts a QR code of the live map beside the map",
        {"type": "string", "enum": ["0", "1"]},
    ),
    "compare": ("Ids of at most four items, or codes of counties, side by side on a sheet", TEXT),
    "split": (
        "A slide or page for each county, layer or category",
        {"type": "string", "enum": [*SPLITS]},
    ),
}
"""Beyond the view; each format takes those of `Format.options`."""


def view_parameters() -> list[dict[str, Any]]:
    """Those of the view, in its order, then those of pictures."""
    of_view = [
        parameter(
            "all",
            "1 draws every item of a view that chooses none; without it a map begins with what the "
            "pack shows first",
            {"type": "string", "enum": ["1"]},
        ),
        parameter(
            "notes",
            "Texts and arrows on the map: `lng,lat:text;lng,lat,lng,lat:text`. Not in data formats",
            TEXT,
        ),
        parameter(
            "names",
            "Names of items that stand elsewhere: `id:lng,lat;id:lng,lat`. Not in data formats",
            TEXT,
        ),
        parameter("lang", "Language of names and words", TEXT),
        parameter("title", "Title, in place of what was chosen", SHORT),
        parameter("base", "Base map of the page", {"type": "string", "enum": list(BASE_MAP_IDS)}),
        parameter("theme", "Light or dark", {"type": "string", "enum": list(THEMES)}),
        COLOUR,
    ]
    of_pictures = [
        parameter(name, f"{words}. Only {formats_with_option(name)}", schema)
        for name, (words, schema) in OPTIONS.items()
    ]
    filters = [WINDOW if one["name"] == "bbox" else one for one in FILTERS.values()]
    return [*map(with_ignored, (*filters, *of_view)), *of_pictures]


def with_ignored(described: dict[str, Any]) -> dict[str, Any]:
    """A parameter of the view, and in which formats it changes nothing."""
    formats = ", ".join(
        file_format.ext for file_format in FORMATS if described["name"] in file_format.ignored
    )
    if not formats:
        return described
    return {**described, "description": f"{described['description']}. Changes nothing in {formats}"}


def formats_with_option(name: str) -> str:
    """The formats that know an option."""
    return ", ".join(file_format.ext for file_format in FORMATS if name in file_format.options)


BUSY = {
    "503": {
        "description": "Too many pictures at once, or one took too long: try again later",
        "headers": {
            "Retry-After": {
                "description": "Seconds after which it may go better",
                "schema": {"type": "integer"},
            }
        },
    }
}
