"""What pictures cost, as a ratio to the base map drawn alone on the same page.

    .venv/bin/python bench/pictures.py

Each view is made in each format, some rounds in turn; the table has the least processor time of
each, divided by that of the base map's SVG. The first picture of a process is left out: it reads
the pack and the font.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.catalog.catalog import Catalog
from app.formats import FORMATS
from app.pack.pack import Pack
from app.selection.selection import Format, FrontEnd, Selection
from app.settings import Settings
from app.view.view import View

ROUNDS = 5
PICTURES = [one for one in FORMATS if one.kind == "picture"]
VIEWS = {
    "nine parks": View(layer=("industrial-parks",)),
    "a layer, 65 items": View(layer=("transport",)),
    "a county, 170 items": View(county=("211421",)),
    "everything": View(),
}
EMPTY = View(q="nothing is called so")


def main() -> None:
    settings = Settings()
    pack = Pack(settings.pack)
    files = FrontEnd(settings.static, settings.packages, settings.font)
    svg = next(file_format for file_format in PICTURES if file_format.ext == "svg")
    base = least(lambda: svg.render(selection(pack, files, EMPTY)))
    print(f"{'':22}" + "".join(f"{file_format.ext:>8}" for file_format in PICTURES))
    for name, view in VIEWS.items():
        chosen = selection(pack, files, view)
        print(
            f"{name:22}"
            + "".join(f"{ratio(file_format, chosen, base):8.1f}" for file_format in PICTURES)
        )


def ratio(file_format: Format, chosen: Selection, base: float) -> float:
    return least(lambda: file_format.render(chosen)) / base


def selection(pack: Pack, files: FrontEnd, view: View) -> Selection:
    """The features of a view by layer and county alone."""
    features = [] if view.q else [one for one in pack.features if belongs(one, view)]
    return Selection(Catalog(pack), pack.version, view, features, "zh", "http://map.test/", files)


def belongs(feature: dict[str, object], view: View) -> bool:
    p = feature["properties"]
    assert isinstance(p, dict)
    return (not view.layer or p["layer"] in view.layer) and (
        not view.county or bool({*view.county} & {*p["counties"]})
    )


def least(make: Callable[[], object]) -> float:
    """The least processor time of some rounds, after one that is not counted."""
    make()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        make()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main()
