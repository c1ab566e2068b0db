"""What a face is: one way to take a view away, listed once in FACES."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.plan.pack import Pack
from app.view import View


@dataclass(frozen=True, slots=True)
class Selection:
    """What a face draws or writes: the features of a view, in plan order, and their pack."""

    pack: Pack
    version: str
    view: View
    features: Sequence[dict[str, Any]]
    lang: str
    url: str
    """The address of this selection, for links back; empty where there is none."""

    @property
    def title(self) -> str:
        """The reader's title, else the pack's."""
        info = self.pack.info
        return self.view.title or (info.title if self.lang == "zh" else info.title_en)


@dataclass(frozen=True, slots=True)
class Face:
    """A format: its path ending, media type, names, and the function that makes its bytes."""

    ext: str
    media_type: str
    title: str
    title_en: str
    render: Callable[[Selection], bytes]
    kind: str = "data"
    download: bool = field(default=True)
