"""What a worker reads: the pack in the state it is served in, never a mixture."""

import asyncio
from pathlib import Path

import orjson
import pytest

from app.catalog.catalog import Catalog
from app.domain.errors import PackChanged
from app.formats import WINDOW_BY_EXT, FrontEnd, Selection
from app.pack.pack import Pack
from app.render import worker
from app.selection.map_window import MapWindow
from app.settings import Settings
from app.view.view import View, ViewPlace


def test_a_worker_finds_what_the_service_finds(catalog: Catalog) -> None:
    copy = worker.PackCopies().find(catalog)
    store = worker.plan_store(catalog, catalog.features, "v")
    views = (
        View(), View(q="港"), View(county=("211421",), layer=("energy", "transport")),
        View(focus="park-yangjiazhangzi", near=20),
        View(place=ViewPlace("", (120.99, 40.71)), near=10),
        View(bbox=(120.8, 40.6, 121.1, 40.8), inview=True),
    )  # fmt: skip
    for view in views:
        page = asyncio.run(store.search(view.query()))
        assert copy.features(view) == [orjson.loads(one) for one in page.features]


def test_a_worker_never_mixes_two_versions(tiny: Path) -> None:
    """What it has read whole it goes on with; what it would have to read from changed files not."""
    served = Catalog(Pack(tiny))
    copies = worker.PackCopies()
    first = copies.find(served)
    plan = tiny / "geodata" / "plan.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert copies.find(served) is first
    with pytest.raises(PackChanged):
        worker.PackCopies().find(served)
    second = copies.find(Catalog(Pack(tiny)))
    assert second is not first
    assert list(copies._copies.values()) == [second]


def test_tiles_of_one_scale_are_asked_of_the_store_once(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands where is known from the first of them; the ground has no items at all."""
    copy = worker.PackCopies().find(Catalog(Pack(tiny)))
    searched: list[View] = []
    find = copy.features
    monkeypatch.setattr(copy, "features", lambda view: searched.append(view) or find(view))
    settings = Settings()
    files = FrontEnd(settings.static, settings.packages, settings.font)

    def draw(column: int, **what: bool) -> bytes:
        edges = (column * 1e5, 0.0, (column + 1) * 1e5, 1e5)
        window = MapWindow("EPSG:3857", edges, 256, 256, **what)
        asked = Selection(copy.catalog, "1", View(), (), "zh", "", files, window=window)
        return WINDOW_BY_EXT["window.png"].render(copy.fill(asked))

    assert draw(1)
    assert len(searched) == 1
    assert draw(2)
    assert draw(3)
    assert len(searched) == 1
    assert draw(1, ground=True, plan=False)
    assert len(searched) == 1
    assert draw(1, ground=True)
    assert len(searched) == 2
