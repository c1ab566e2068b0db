"""A format writes a selection of features as a file; all formats are listed in FORMATS."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import numpy as np
from shapely.geometry import shape

from app.catalog.catalog import Catalog
from app.domain.models import Position
from app.domain.on_demand import PrintableRecords
from app.domain.projections import CRS84, Projection
from app.domain.schema import Property
from app.domain.table_schema import DISTANCE
from app.domain.text.characters import is_printable_record, printable
from app.domain.text.languages import title_in
from app.selection.map_window import MapWindow
from app.selection.picture_options import PictureOptions
from app.store.proximity import metres_from
from app.view.view import DRAWN_ONLY, PAGE_PARAMETERS, View

Written = TypeVar("Written")


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """The front end and its npm packages on disk: what a page without a server is made of."""

    static: Path
    packages: Path
    font: Path | None = None
    """Folder of the pictures' font, where it is not among the packages."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said while a view of a tour is shown, and for how many seconds; 0 until asked on."""

    words: str = ""
    seconds: int = 0

    def pairs(self) -> list[tuple[str, str]]:
        """As the query string of a stop has them."""
        return [
            (name, str(value))
            for name, value in (("say", self.words), ("dwell", self.seconds))
            if value
        ]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a format draws or writes: the features of a view, in plan order, and their pack."""

    catalog: Catalog
    version: str
    view: View
    features: Sequence[dict[str, Any]]
    lang: str
    url: str
    """The address of this selection, for links back; empty where there is none."""
    files: FrontEnd | None = None
    """Only the offline page and the pictures need them."""
    properties: tuple[Property, ...] = ()
    """The properties of features that are no items of the plan; empty for those that are."""
    collection: str = ""
    """The collection of the API it is; empty for a view."""
    family: str = ""
    """The one family of geometry that was asked for; empty where all were."""
    parts: tuple["Selection", ...] = ()
    """The views of a tour, in its order; `features` are then those of all of them."""
    talk: Talk = Talk()
    """Of a view that is a part of a tour."""
    options: PictureOptions = field(default_factory=PictureOptions)
    """What was asked of a picture beyond the view."""
    window: MapWindow | None = None
    """What a map server was asked for; a picture is a page of its own."""
    compared: tuple[str, ...] = ()
    """Ids of items to set side by side, whatever the view holds."""
    centre: Position | None = None
    """What a view is near to."""
    projection: Projection = CRS84
    """The CRS that tables and geographic files are written in; `features` are always in CRS84."""

    @property
    def title(self) -> str:
        """The reader's title, else the pack's."""
        info = self.catalog.info
        return self.view.title or title_in(info, self.lang)


IGNORED = ("present", "base")
"""How a page goes from view to view; tiles of others, which no file holds."""
IGNORED_BY_DATA = (*IGNORED, "table", "focus", "bbox", "all", "theme", "colour")
"""Data hold the rows and columns of the page's table, and none of how a map looks at them."""


OF_ALL = 6.0
"""How many times longer than a picture a file of data may take: it may hold all of a large pack."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its path ending, media type, names, and the function that makes its bytes."""

    of_product: ClassVar[bool] = True

    ext: str
    media_type: str
    render: Callable[[Selection], bytes]
    pieces: Callable[[Selection], Iterable[bytes]] | None = None
    """The same bytes as they are written, of a format that never looks back."""
    kind: str = "data"
    download: bool = field(default=True)
    options: tuple[str, ...] = ()
    """Its query parameters beyond the view's."""
    ignored: tuple[str, ...] = ()
    """Parameters of a view or of the page that change nothing in what it holds, beside those of
    its kind. What it can neither show nor declare so, it refuses.
    """
    in_worker: bool = False
    """Whether it is made in a worker process: it takes long, and would hold up every request."""
    patience: float = 1.0
    """How many times longer than a picture it may take."""

    def __post_init__(self) -> None:
        """No writer meets a character that its format cannot hold; data say how far items are."""
        prepare = with_distances if self.kind == "data" else printable_selection
        object.__setattr__(self, "render", prepared(self.render, prepare))
        if self.pieces:
            object.__setattr__(self, "pieces", prepared(self.pieces, prepare))
        of_kind = IGNORED_BY_DATA if self.kind == "data" else IGNORED
        object.__setattr__(self, "ignored", (*of_kind, *self.ignored))
        if self.kind == "data" and (self.in_worker or self.pieces):
            object.__setattr__(self, "patience", max(self.patience, OF_ALL))

    @property
    def title(self) -> str:
        """What it is called: the key of a word."""
        return f"format.{self.ext}"

    @property
    def refused(self) -> tuple[str, ...]:
        """Parameters of the page, or of a map, that it cannot show."""
        of_pictures = DRAWN_ONLY if self.kind == "data" else ()
        known = (*self.ignored, *self.options)
        return tuple(name for name in (*PAGE_PARAMETERS, *of_pictures) if name not in known)


def prepared(
    render: Callable[[Selection], Written], prepare: Callable[[Selection], Selection]
) -> Callable[[Selection], Written]:
    """The same writer, given the selection as `prepare` makes it."""

    @wraps(render)
    def render_prepared(selection: Selection) -> Written:
        return render(prepare(selection))

    return render_prepared


def with_distances(selection: Selection) -> Selection:
    """As it can be printed; each item says how far it is from what the view is near to."""
    selection = printable_selection(selection)
    if selection.centre is None:
        return selection
    features = [
        {**one, "properties": {**one["properties"], **away}}
        for one, away in zip(
            selection.features, distances(selection.centre, selection.features), strict=True
        )
    ]
    return replace(selection, features=features)


def distances(centre: Position, features: Sequence[dict[str, Any]]) -> list[dict[str, float]]:
    """How far each is, as data say it."""
    return [{DISTANCE.id: round(away / 1000, 2)} for away in metres_away(centre, features)]


def metres_away(centre: Position, features: Sequence[dict[str, Any]]) -> list[float]:
    """How far each feature of a view near a place is from that; all of them are somewhere."""
    shapes = np.array([shape(one["geometry"]) for one in features], dtype=object)
    away: list[float] = metres_from(centre, shapes).tolist()
    return away


def printable_selection(selection: Selection) -> Selection:
    view = selection.view
    features = selection.features
    if not isinstance(features, PrintableRecords):
        features = [printable_feature(feature) for feature in features]
    return replace(
        selection,
        features=features,
        view=replace(view, title=printable(view.title), q=printable(view.q)),
        parts=tuple(map(printable_selection, selection.parts)),
        talk=replace(selection.talk, words=printable(selection.talk.words)),
    )


def written_by(module: str, name: str = "render") -> Callable[[Selection], Any]:
    """A writer whose module is loaded when it first writes: no start waits for its libraries."""

    def render(selection: Selection) -> Any:
        return getattr(import_module(module), name)(selection)

    return render


def printable_feature(feature: dict[str, Any]) -> dict[str, Any]:
    """The same feature; its geometry is all numbers, and most of it."""
    rest = {name: value for name, value in feature.items() if name != "geometry"}
    return feature if is_printable_record(rest) else {**feature, **printable(rest)}
