"""The colours of the page's style sheet, by name, for light and dark pictures."""

import re
from pathlib import Path

from app.domain.models import STATUSES

NAMED = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
BOTH = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
NEEDED = ("paper", "paper-2", "rule", "ink", "ink-2", "ink-3", "sea", "shore", "land", "home-land",
          "built-up", "county-line", "county-strong", "river", "road", "road-edge", "rail",
          "map-ink", "map-ink-2", "sea-ink", "glyph", "accent",
          *(f"status-{status}" for status in STATUSES))  # fmt: skip
TOWARDS_WHITE = 0.32
"""How far a layer's colour goes towards white on a dark ground, as on the page."""

Palette = dict[str, str]


def read_palettes(path: Path) -> dict[str, Palette]:
    """Theme → name → `#rrggbb`. Raises KeyError naming a colour the style sheet has lost."""
    text = path.read_text(encoding="utf-8")
    palettes: dict[str, Palette] = {"light": {}, "dark": {}}
    for name, light, dark in NAMED.findall(text):
        palettes["light"][name], palettes["dark"][name] = light, dark
    for name, colour in BOTH.findall(text):
        palettes["light"][name] = palettes["dark"][name] = colour
    for palette in palettes.values():
        for name in NEEDED:
            palette[name]
    return palettes


def mixed(colour: str, other: str, share: float) -> str:
    """A colour moved towards another by a share of the way."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def on_theme(colour: str, theme: str, dark: str = "") -> str:
    """A colour of the pack as it is shown on a light or dark ground."""
    if theme != "dark":
        return colour
    return dark or mixed(colour, "#ffffff", TOWARDS_WHITE)
