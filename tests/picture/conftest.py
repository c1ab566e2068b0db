"""A kit, and the selection and task of any query on the committed pack."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import orjson
import pytest

from app.catalog.catalog import Catalog
from app.pack.pack import Pack
from app.picture.request import PictureRequest
from app.picture.scene.assets import DrawingAssets, load_assets
from app.selection.picture_options import page_of, read_options
from app.selection.selection import FrontEnd, Selection
from app.settings import Settings
from app.store.memory import MemoryStore
from app.view.view import View, Vocabulary, parse_view
from tests.conftest import TINY

Select = Callable[..., Selection]
MakeTask = Callable[..., PictureRequest]
TinyTask = Callable[..., PictureRequest]
Features = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def files() -> FrontEnd:
    settings = Settings()
    return FrontEnd(settings.static, settings.packages, settings.font)


@pytest.fixture(scope="session")
def assets(files: FrontEnd) -> DrawingAssets:
    return load_assets(files.static, files.packages, files.font)


@pytest.fixture(scope="session")
def select(catalog: Catalog, files: FrontEnd) -> Select:
    """`select("layer=x&lang=en", size="a4")`: what the service would hand to a format."""
    store = MemoryStore(catalog.features, catalog.version)
    words = Vocabulary.of(catalog)

    def make(query: str = "", **options: str) -> Selection:
        view = parse_view(parse_qsl(query), words)
        found = asyncio.run(store.search(view.query()))
        return Selection(
            catalog=catalog,
            version=store.version,
            view=view,
            features=[orjson.loads(one) for one in found.features],
            lang=view.lang or "zh",
            url=f"http://map.test/?{query}",
            files=files,
            options=read_options(options),
        )

    return make


@pytest.fixture(scope="session")
def picture_request(select: Select, assets: DrawingAssets) -> MakeTask:
    """The task of a query."""

    def make(query: str = "", **options: str) -> PictureRequest:
        selection = select(query, **options)
        page = page_of(selection.options, "16:9")
        return PictureRequest(selection, assets, page, selection.options.qr)

    return make


@pytest.fixture(scope="session")
def feature() -> Features:
    """`feature("name", geometry, "belt")`: a well placed item of the tiny city."""

    def make(
        id: str, geometry: dict[str, Any] | None, diagram: str = "", **properties: Any
    ) -> dict[str, Any]:
        own = {
            "layer": "sites", "name": id, "name_en": id, "counties": [], "scope": "county",
            "precision": "site", "basis": "published", "located_by": {"method": "point"},
            "location": "", "diagram": diagram, **properties,
        }  # fmt: skip
        return {"type": "Feature", "id": id, "geometry": geometry, "properties": own}

    return make


@pytest.fixture(scope="session")
def tiny_task(files: FrontEnd, assets: DrawingAssets) -> TinyTask:
    """`tiny_task(features, layer=("sites",))`: a task of made-up features in the tiny city."""
    catalog = Catalog(Pack(TINY))

    def make(features: list[dict[str, Any]], **view: Any) -> PictureRequest:
        selection = Selection(
            catalog=catalog, version="", view=View(**view), features=features,
            lang=view.get("lang") or "zh", url="http://map.test/", files=files,
        )  # fmt: skip
        return PictureRequest(selection, assets, page_of(selection.options, "16:9"))

    return make
