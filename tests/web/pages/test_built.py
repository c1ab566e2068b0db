"""The front end as few files: nothing is missing from them, and they may be kept for good."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.settings import Settings
from app.web.pages.built import ENTRIES, built, built_files

LAZY = re.compile(r'\blazy\("([^"]+)"\)')
HELD = re.compile(r'^modules\["([^"]+)"\] \?\?=', re.M)


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    settings = Settings()
    found = built_files(settings.static, settings.packages, {})
    return {name: body.decode() for name, body in found}


@pytest.mark.parametrize("entry", ENTRIES.values())
def test_every_part_that_is_loaded_on_use_is_there_with_all_it_stands_on(
    files: dict[str, str], entry: str
) -> None:
    own = set(HELD.findall(files[f"{entry}.js"]))
    assert f"entries/{entry}.js" in own
    wanted = {name for file, text in files.items() for name in LAZY.findall(text)
              if file.startswith(entry)} - own  # fmt: skip
    assert "map/map.js" in wanted
    for name in wanted:
        text = files[f"{entry}/{name.replace('/', '.')}"]
        held = set(HELD.findall(text))
        assert name in held
        used = set(re.findall(r'= modules\["([^"]+)"\]', text))
        assert used <= own | held, name


def test_no_file_imports_what_no_page_maps(files: dict[str, str]) -> None:
    for name, text in files.items():
        if name.endswith(".js") and name != "leaflet.js":
            imports = re.findall(r'^import [^"]*"([^"]+)"', text, re.M)
            assert set(imports) <= {
                "leaflet",
                "gcoord",
                *(f"../{one}.js" for one in ENTRIES.values()),
            }
            assert "import.meta" not in text
            assert "@param" not in text


def test_a_page_names_its_files_by_what_is_in_them(client: TestClient) -> None:
    page = client.get("/").text
    digest = re.search(r"built/([0-9a-f]{16})/main\.js", page)
    assert digest
    kept = client.get(f"/built/{digest[1]}/main.js")
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert kept.headers["content-type"].startswith("text/javascript")
    other = client.get("/built/0123456789abcdef/main.js")
    assert other.content == kept.content
    assert "immutable" not in other.headers["cache-control"]
    assert client.get(f"/built/{digest[1]}/none.js").status_code == 404
    assert client.get(f"/built/{digest[1]}/..%2f..%2fpackage.json").status_code == 404


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_debug_has_the_sources(client: TestClient, path: str) -> None:
    page = client.get(f"{path}?debug").text
    assert "built/" not in page
    assert 'src="static/js/entries/' in page
    assert 'href="static/css/tokens.css"' in page


def test_another_text_of_a_script_is_another_address(tmp_path: Path) -> None:
    settings = Settings()
    static = tmp_path / "static"
    for path in settings.static.rglob("*"):
        if path.is_file():
            target = static / path.relative_to(settings.static)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    before = built(static, settings.packages)
    script = static / "js" / "ui" / "header.js"
    script.write_text(script.read_text(encoding="utf-8") + "\nconst more = 1;\n", encoding="utf-8")
    after = built(static, settings.packages)
    assert before
    assert after
    assert before.digest != after.digest


def test_a_form_that_is_not_known_leaves_the_modules_as_they_are(tmp_path: Path) -> None:
    settings = Settings()
    for path in settings.static.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(settings.static)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    with (tmp_path / "js" / "ui" / "header.js").open("a", encoding="utf-8") as script:
        script.write("\nexport { icon } from './icons.js';\n")
    assert built(tmp_path, settings.packages) is None
