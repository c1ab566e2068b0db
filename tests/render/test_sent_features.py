"""Files of data are made of the features that the service has found, not of the pack once more."""

import asyncio
import pickle
import resource
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.catalog.catalog import Catalog
from app.catalog.collections import plan_store
from app.domain.errors import PackChanged
from app.formats import FORMATS, Selection
from app.pack import built
from app.pack.pack import Pack
from app.render import worker
from app.render.job import RenderJob, job_of
from app.render.sent_features import SentFeatures, sent
from app.settings import ROOT, Settings
from app.view.view import View, Vocabulary
from app.web.routes.view import files_of

DATA = [one for one in FORMATS if one.kind == "data" and one.in_worker]


@pytest.fixture(autouse=True)
def copies(monkeypatch: pytest.MonkeyPatch) -> worker.PackCopies:
    """Those of a worker that has just been started."""
    monkeypatch.setattr(worker, "COPIES", worker.PackCopies())
    return worker.COPIES


def served(root: Path, **properties: str) -> tuple[Catalog, Any]:
    """A pack as the service has read it; a property of its first feature is as given."""
    pack = Pack(root)
    pack.read_whole()
    catalog = Catalog(pack)
    pack.features[0]["properties"].update(properties)
    Vocabulary.of(catalog)
    catalog.properties(catalog.layers)
    return catalog, plan_store(catalog, pack.features, pack.version)


def job_with(
    catalog: Catalog, store: Any, ext: str = "xlsx", view: View | None = None
) -> RenderJob:
    (file_format,) = (one for one in DATA if one.ext == ext)
    view = view or View()
    files = files_of(Settings())
    chosen = Selection(catalog, catalog.version, view, (), "zh", "http://map.test/", files)
    page = asyncio.run(store.search(view.query()))
    return replace(job_of(file_format, chosen, "code"), features=page.features)


def rendered(job: RenderJob, folder: Path) -> bytes:
    """What a worker makes of a job that is sent to it."""
    with sent(job, folder) as given:
        outcome = worker.render(pickle.loads(pickle.dumps(given)))
    assert not outcome.trouble
    if outcome.error:
        raise outcome.error
    return outcome.body


@pytest.mark.parametrize("ext", [one.ext for one in DATA])
@pytest.mark.parametrize("view", [View(), View(layer=("sites",)), View(q="none has this")])
def test_a_file_of_what_is_sent_is_that_of_what_is_found(
    tiny: Path, tmp_path: Path, ext: str, view: View
) -> None:
    job = job_with(*served(tiny), ext, view)
    found = worker.render(replace(job, features=None))
    assert not found.trouble
    if found.error:
        with pytest.raises(type(found.error)):
            rendered(job, tmp_path)
    else:
        assert rendered(job, tmp_path) == found.body
    assert not list(tmp_path.glob("*.tmp"))


def test_of_a_large_pack_nothing_is_read_that_grows_with_its_items(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copies: worker.PackCopies
) -> None:
    monkeypatch.setattr(built, "LARGE", 1)
    for root, extensions in ((tiny, [one.ext for one in DATA]), (ROOT, ["xlsx"])):
        catalog, store = served(root)
        for ext in extensions:
            rendered(job_with(catalog, store, ext), tmp_path)
        copy = copies.find(catalog)
        assert not {"items", *worker.GROWING} & vars(copy._pack).keys()


def test_what_is_read_later_is_of_the_same_state(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(built, "LARGE", 1)
    job = job_with(*served(tiny))
    body = rendered(job, tmp_path)
    plan = tiny / "geodata" / "plan.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert rendered(job, tmp_path) == body
    with pytest.raises(PackChanged):
        rendered(replace(job, features=None), tmp_path)


def test_where_there_is_no_room_the_worker_finds_them(tiny: Path, tmp_path: Path) -> None:
    job = job_with(*served(tiny))
    with sent(job, tmp_path / "missing") as given:
        assert given.features is None
    assert rendered(job, tmp_path / "missing") == rendered(job, tmp_path)


def test_where_the_room_ends_in_the_middle_the_worker_finds_them(
    tiny: Path, tmp_path: Path
) -> None:
    job = job_with(*served(tiny))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))  # as a disk with so much left
    try:
        with sent(job, tmp_path) as given:
            assert given.features is None
            assert not list(tmp_path.glob("*.tmp"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_each_is_read_when_it_is_looked_at(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook looks twice, for its sources and for its rows, and keeps none."""
    looked: list[int] = []
    member = SentFeatures.member
    monkeypatch.setattr(
        SentFeatures, "member", lambda self, at: looked.append(at) or member(self, at)
    )
    catalog, store = served(tiny)
    job = job_with(catalog, store)
    rendered(replace(job, selection=replace(job.selection, url="")), tmp_path)
    assert looked == [*range(len(catalog.features))] * 2


def test_what_no_file_can_hold_is_left_out(tiny: Path, tmp_path: Path) -> None:
    job = job_with(*served(tiny, id="a\x07b"))
    with sent(job, tmp_path) as given:
        assert isinstance(given.features, SentFeatures)
        ids = [one["properties"]["id"] for one in given.features.opened()]
    assert "ab" in ids
