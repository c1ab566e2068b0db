"""A running service shows the state it was started on, or says that it cannot."""

import shutil
from pathlib import Path

from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.conftest import TINY
from tests.edit_pack import change


def test_a_picture_is_drawn_of_the_state_that_is_served_or_not_at_all(
    tiny: Path, tmp_path: Path
) -> None:
    settings = Settings(pack=tiny, cache=tmp_path / "cache", picture_seconds=120)
    with TestClient(create_app(settings)) as client:
        before = client.get("/view.svg?title=1")
        change(tiny, "sites", "site-mill", name="东镇新厂")
        (tiny / "geodata" / "base" / "roads.geojson").write_bytes(b"{}")
        again = client.get("/view.svg?title=2")
    assert (before.status_code, again.status_code) == (200, 200)
    assert again.text.replace(">2<", ">1<").count("<path") == before.text.count("<path")
    with TestClient(create_app(settings.model_copy(update={"pack": copied(tiny)}))) as client:
        (tiny.parent / "copy" / "geodata" / "terms.csv").write_bytes(b"zh,en\n")
        refused = client.get("/view.svg")
    assert refused.status_code == 503
    assert "restart the service" in refused.json()["detail"]


def copied(tiny: Path) -> Path:
    """A pack that is as its rows give it."""
    return Path(shutil.copytree(TINY, tiny.parent / "copy"))


def test_a_service_holds_its_features_in_its_stores_alone(tiny: Path, tmp_path: Path) -> None:
    app = create_app(Settings(pack=tiny, cache=tmp_path / "cache"))
    with TestClient(app) as client:
        for path in (
            "/pack.json", "/index.json", "/search.json", "/api/quality", "/data", "/view.html",
            "/view.csv?focus=site-mill&near=5", "/view.xlsx?compare=site-mill,site-zone",
            "/view.kml?layer=sites", "/view.gpkg", "/view.geojson", "/codes.json", "/",
        ):  # fmt: skip
            assert client.get(path).status_code == 200, path
    assert "features" not in vars(app.state.service.catalog._pack)
