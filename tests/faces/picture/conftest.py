"""A kit, and the selection and task of any query on the committed pack."""

import asyncio
from collections.abc import Callable
from urllib.parse import parse_qsl

import orjson
import pytest

from app.faces.face import Files, Selection
from app.faces.picture.draft import Task
from app.faces.picture.kit import Kit, load_kit
from app.faces.picture.options import page_of, read_options
from app.plan.features import data_version, load_features
from app.plan.pack import Pack
from app.settings import Settings
from app.store.memory import MemoryStore
from app.view import Vocabulary, parse_view

Select = Callable[..., Selection]
MakeTask = Callable[..., Task]


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
