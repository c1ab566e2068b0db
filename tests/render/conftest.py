"""What the tests of the render pool are given."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.catalog.catalog import Catalog
from app.formats import Selection
from app.pack.pack import Pack
from app.render.fingerprint import code_digest
from app.render.job import RenderJob, job_of
from app.render.pool import RenderPool
from app.settings import Settings
from app.view.view import View
from app.web.routes.view import files_of
from tests.conftest import TINY
from tests.render.pools import OTHERS, PNG, all_workers, pool_on


@pytest.fixture(scope="module")
def code_version() -> str:
    return code_digest(Settings().static)


@pytest.fixture
def selection() -> Selection:
    """Of a small pack, so that little work proves as much."""
    tiny = Pack(TINY)
    return Selection(
        catalog=Catalog(tiny), version=tiny.version, view=View(layer=("sites",)), features=(),
        lang="zh", url="http://map.test/", files=files_of(Settings()),
    )  # fmt: skip


@pytest.fixture
def job(selection: Selection, code_version: str) -> RenderJob:
    return job_of(PNG, selection, code_version)


@pytest.fixture
def large(job: RenderJob, pack: Pack) -> RenderJob:
    """One that is surely still being drawn when a test looks: a real plan, whole."""
    whole = replace(job.selection, catalog=Catalog(pack), version=pack.version, view=View())
    return replace(job, key="large", selection=whole)


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[RenderPool]:
    made = pool_on(tmp_path / "cache")
    yield made
    made.clear()


@pytest.fixture(autouse=True)
def before() -> Iterator[None]:
    """Services of other tests may keep workers of their own in this process."""
    OTHERS.update(all_workers())
    yield
    OTHERS.clear()
