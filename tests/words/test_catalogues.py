"""Words once: a catalogue a language, whole, and one more language by one more file."""

import ast
import asyncio
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import words
from app.formats import FORMATS
from app.main import create_app
from app.render import worker
from app.render.job import RenderJob
from app.settings import ROOT, Settings
from app.words import PRODUCT, catalogue, catalogue_texts
from tests.web.pages.test_pack_languages import PAGES, PORTUGUESE
from tests.words.word_pairs import CHINESE, declared

ROOMS = ("formats", "picture", "selection", "web")
SPEAKERS = [path for room in ROOMS for path in ROOT.glob(f"app/{room}/**/*.py")]
PLACES = re.compile(r"(\{[^}]*\}|<[^>]*>|&\w+;)")
ACCENTS = str.maketrans("aeiouAEIOU", "àèìòùÀÈÌÒÙ")
TECHNICAL = re.compile(r"[\w .-]*(JSON|GeoPackage|FlatGeobuf|OpenAPI)[\w .-]*")
SHORTEST = 8
"""Shorter words of English stand in data as ids too."""


def translated(text: str) -> str:
    """A text in a language nobody speaks: every vowel with an accent, places kept."""
    return "".join(
        part if number % 2 else part.translate(ACCENTS)
        for number, part in enumerate(PLACES.split(text))
    )


def test_the_languages_say_the_same_keys_once() -> None:
    zh, en = dict(catalogue("zh")), dict(catalogue("en"))
    product = en.pop(PRODUCT)
    for section, texts in zh.items():
        plain = {key.removesuffix(".one") for key in texts}
        assert plain == {key.removesuffix(".one") for key in en[section]}
    keys = [key for texts in en.values() for key in texts]
    assert len(keys) == len(set(keys))
    assert product == {word: word for word in declared()}, "what the code declares in pairs"


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.ext)
def test_every_format_has_a_name(one: Any) -> None:
    assert one.title in catalogue_texts("en"), f"words/zh.json and en.json want {one.title}"


def test_of_one_thing_a_language_speaks_its_own_words() -> None:
    own = {key: text for texts in catalogue("zh").values() for key, text in texts.items()}
    t = words.translator("zh")
    assert t("plain.count", n=1) == own["plain.count"].format(n=1)
    spoken = catalogue_texts("zh")
    assert {key for key in spoken if key.endswith(".one") and key not in own} == set()
    assert words.translator("en")("plain.count", n=1) == "1 item"


def test_no_format_and_no_page_holds_chinese_of_its_own() -> None:
    for path in SPEAKERS:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert id(node) in told or not CHINESE.search(node.value), f"{path}: {node.value}"


@pytest.fixture(scope="module")
def accented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A pack in Portuguese and English, and a catalogue of every word in Portuguese, as it were."""
    folder = tmp_path_factory.mktemp("words")
    english = json.loads(words.catalogue_file("en").read_text(encoding="utf-8"))
    own = {
        name: {key: translated(text) for key, text in texts.items()}
        for name, texts in english.items()
    }
    for lang in ("zh", "en"):
        (folder / f"{lang}.json").write_bytes(words.catalogue_file(lang).read_bytes())
    (folder / "pt.json").write_text(json.dumps(own), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "FOLDER", folder)
        forget()
        app = create_app(Settings(pack=PORTUGUESE, cache=folder / "cache"))
        for way in ("make", "stream"):
            patch.setattr(app.state.render, way, make_here)
        with TestClient(app) as client:
            yield client
    forget()


async def make_here(job: RenderJob, *_: Any) -> bytes:
    """A file by this process, which knows where the catalogue lies."""
    outcome = await asyncio.to_thread(worker.render, job)
    assert not outcome.trouble, outcome.trouble
    return outcome.body


def forget() -> None:
    catalogue.cache_clear()
    catalogue_texts.cache_clear()


def untranslated(text: str, section: Callable[[str], bool]) -> set[str]:
    """English words of the product that a text holds."""
    known = {one for name, texts in catalogue("en").items() if section(name)
             for one in texts.values()}  # fmt: skip
    whole = {one for one in known if len(one) >= SHORTEST and not PLACES.search(one)}
    return {
        one for one in whole
        if not TECHNICAL.fullmatch(one) and re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text)
    }  # fmt: skip


def seen_of(page: str) -> str:
    """What a reader sees of a page, without the documents of the pack."""
    page = re.sub(r"<(script|style|article)\b.*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", "\n", page)


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/data?lang=xx", "/view.csv?county=1"])
def test_every_page_speaks_one_more_language(accented: TestClient, path: str) -> None:
    answer = accented.get(path, headers={"Accept": "text/html"})
    text = seen_of(answer.text)
    assert not CHINESE.search(text), CHINESE.search(text)
    assert untranslated(text, lambda name: name == "site") == set()


def test_the_page_is_given_every_word_of_it(accented: TestClient) -> None:
    given = accented.get("/words/pt.json").json()
    assert given == {key: translated(text) for key, text in catalogue("en")["page"].items()}
    assert accented.get("/words/zh.json").status_code == 404, "no language of this pack"
    pack = accented.get("/pack.json").json()
    for name in ("statuses", "precisions", "bases", "methods", "faces"):
        for one in pack[name]:
            assert one["title_pt"] == translated(one["title_en"])


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.ext)
def test_every_format_speaks_one_more_language(accented: TestClient, one: Any) -> None:
    answer = accented.get(f"/view.{one.ext}?lang=pt")
    assert answer.status_code == 200
    if one.media_type.startswith(("text/", "image/svg", "application/vnd.google")):
        text = seen_of(answer.text)
        assert not CHINESE.search(text)
        assert untranslated(text, lambda name: name == "files") == set()
