"""A kit, and the selection and task of any query on the committed pack."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import orjson
import pytest

from app.faces.face import Files, Selection
from app.faces.picture.kit import Kit, load_kit
from app.faces.picture.options import page_of, read_options
from app.faces.picture.task import Task
from app.plan.features import data_version, load_features
from app.plan.pack import Pack
from app.settings import Settings
from app.store.memory import MemoryStore
from app.view import View, Vocabulary, parse_view
from tests.conftest import TINY

Select = Callable[..., Selection]
MakeTask = Callable[..., Task]
TinyTask = Callable[..., Task]
Features = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def files() -> Files:
    settings = Settings()
    return Files(settings.static, settings.packages, settings.font)


@pytest.fixture(scope="session")
def kit(files: Files) -> Kit:
    return load_kit(files.static, files.packages, files.font)


@pytest.fixture(scope="session")
def select(pack: Pack, files: Files) -> Select:
    """`select("layer=x&lang=en", size="a4")`: what the service would hand to a face."""
    store = MemoryStore(load_features(pack), data_version(pack))
    words = Vocabulary.of(pack)

    def make(query: str = "", **options: str) -> Selection:
        view = parse_view(parse_qsl(query), words)
        found = asyncio.run(store.search(view.query()))
        return Selection(
            pack=pack,
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
def task(select: Select, kit: Kit) -> MakeTask:
    """The task of a query."""

    def make(query: str = "", **options: str) -> Task:
        selection = select(query, **options)
        page = page_of(selection.options, "16:9")
        return Task(selection, kit, page, selection.options.qr)

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
def tiny_task(files: Files, kit: Kit) -> TinyTask:
    """`tiny_task(features, layer=("sites",))`: a task of made-up features in the tiny city."""
    pack = Pack(TINY)

    def make(features: list[dict[str, Any]], **view: Any) -> Task:
        selection = Selection(
            pack=pack, version="", view=View(**view), features=features,
            lang=view.get("lang") or "zh", url="http://map.test/", files=files,
        )  # fmt: skip
        return Task(selection, kit, page_of(selection.options, "16:9"))

    return make
