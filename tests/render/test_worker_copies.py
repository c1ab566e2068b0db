"""What a worker reads: the pack in the state it is served in, never a mixture."""

import asyncio
from pathlib import Path

import orjson
import pytest

from app.catalog.catalog import Catalog
from app.domain.errors import PackChanged
from app.pack.pack import Pack
from app.render import worker
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
