"""The sheet a picture is drawn on: what every part of it has to know."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from app.picture.scene.assets import DrawingAssets
from app.picture.scene.palette import Palette
from app.picture.scene.phrases import phrase
from app.picture.scene.scene import Text
from app.picture.scene.viewport import Viewport

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DrawingContext:
    """Assets, colours and language of one picture, and its map."""

    assets: DrawingAssets
    colours: Palette
    lang: str
    viewport: Viewport
    vertices_most: int = 5000
    """Of one shape."""
    text_least: float = 0.0
    """No name on the map is smaller: a slide is read from the back row."""
    _made: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)

    def cached(self, kind: str, id: str, make: Callable[[], T]) -> T:
        """What is made of an item on this sheet; it is asked for while the page is laid out, when
        it is drawn and when it is named.
        """
        key = kind, id
        if key not in self._made:
            self._made[key] = make()
        return cast(T, self._made[key])

    def phrase(self, key: str, **values: object) -> str:
        return phrase(key, self.lang, **values)

    def width(self, text: str, size: float, bold: bool = False) -> float:
        return self.assets.font(bold).width(text, size)

    def text(
        self, x: float, y: float, string: str, size: float, colour: str = "ink", *,
        bold: bool = False, anchor: str = "start", halo: bool | str = False, most: float = 0,
        name: str = "", link: str = "", turn: float = 0, slant: bool = False,
    ) -> Text:  # fmt: skip
        """A text in a named colour (or `#rrggbb`), cut to a width where one is given; its halo is
        the land's, or named.
        """
        if most:
            string = self.assets.font(bold).fitted(string, size, most)
        return Text(
            x, y, string, size, self.colours.get(colour, colour), bold, anchor,
            self.colours[halo if isinstance(halo, str) else "home-land"] if halo else "",
            name, link, turn, slant,
        )  # fmt: skip
