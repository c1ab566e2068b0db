"""What tests share: the real pack, a tiny second city, and clients for both."""

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.catalog.catalog import Catalog
from app.main import create_app
from app.pack.pack import Pack
from app.render.slot import LOADED
from app.settings import ROOT, Settings

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
"""What is compiled is kept: dozens of programs that tests start would each compile it anew."""

LOADED += ["folium", "geopandas", "openpyxl", "pyogrio", "pyarrow.parquet", "ezdxf", "app.main"]
"""Dozens of services start workers here: what makes files of any kind is loaded once for all."""

TINY = Path(__file__).parent / "packs" / "tiny"
PATIENT = {"picture_seconds": 300, "work_seconds": 300}
"""On a busy machine work takes its time; the limits themselves have tests of their own."""
PLAIN = {"Accept-Encoding": "identity"}
"""What is said is tested as it is; how it is packed has tests of its own."""


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The committed plan pack."""
    return Pack(ROOT)


@pytest.fixture(scope="session")
def catalog(pack: Pack) -> Catalog:
    """What the committed pack says."""
    return Catalog(pack)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny city's pack, to break at will."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """The service on the committed pack."""
    with TestClient(create_app(Settings(**PATIENT)), headers=PLAIN) as opened:
        yield opened


@pytest.fixture(scope="session")
def tiny_client() -> Iterator[TestClient]:
    """The service on the tiny city."""
    with TestClient(create_app(Settings(pack=TINY, **PATIENT)), headers=PLAIN) as opened:
        yield opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: the driver keeps an event loop running in this thread from then on."""
    items.sort(key=lambda item: "browser" in item.path.parts)


YOUNG, MIDDLE, OLD = 20_000, 20, 20
"""How many new objects, and how many collections of the younger, ask for a collection."""


def pytest_collection_finish() -> None:
    """What was imported and collected stays: to walk through it again and again was a third of
    the suite's work.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
