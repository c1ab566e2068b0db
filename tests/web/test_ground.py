"""What the close ground is served as, and the base maps an operator may offer."""

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.online_base_maps import BASE_MAPS, KEY, image_hosts, offered_base_maps
from app.settings import Settings
from tests.conftest import TINY


def test_the_close_ground_is_asked_for_beside_the_first_view(client: TestClient) -> None:
    told = client.get("/pack.json").json()
    assert {"ground.geojson", "world.geojson", "relief.png"} <= set(told["detail"])
    assert not set(told["base"]) & {"ground", "world", "names"}
    for name in (*told["detail"], "names.geojson"):
        answer = client.get(f"/base/detail/{name}")
        assert answer.status_code == 200, name
        kind = "image/png" if name.endswith(".png") else "application/geo+json"
        assert answer.headers["content-type"].startswith((kind, "application/json")), name
        again = client.get(
            f"/base/detail/{name}", headers={"If-None-Match": answer.headers["etag"]}
        )
        assert again.status_code == 304, name


def test_all_of_it_is_small(client: TestClient) -> None:
    """What the page loads after the first view, as it comes over the wire."""
    names = ("ground.geojson", "world.geojson", "names.geojson", "relief.png")
    found = 0
    for name in names:
        with client.stream(
            "GET", f"/base/detail/{name}", headers={"Accept-Encoding": "gzip"}
        ) as answer:
            found += len(b"".join(answer.iter_raw()))
    assert found < 120_000


def test_a_part_that_is_not_there_is_named(client: TestClient) -> None:
    answer = client.get("/base/detail/moon.geojson")
    assert answer.status_code == 404
    assert "names.geojson" in answer.json()["allowed"]
    assert client.get("/base/detail/..%2Fland.geojson").status_code == 404


def test_a_pack_without_it_does_without(tiny_client: TestClient) -> None:
    assert tiny_client.get("/pack.json").json()["detail"] == []
    names = tiny_client.get("/base/detail/names.geojson").json()
    assert names["type"] == "FeatureCollection"


def test_what_needs_a_key_is_offered_only_with_it() -> None:
    ids = tuple(base.id for base in BASE_MAPS)
    without = {base.id for base in offered_base_maps(ids, "")}
    assert without == {"amap", "amap-imagery", "osm"}
    assert {base.id for base in offered_base_maps(ids, "k")} == set(ids)


def test_the_key_is_in_every_template_and_nowhere_else() -> None:
    with TestClient(create_app(Settings(pack=TINY, tianditu_key="SECRET"))) as client:
        told = client.get("/pack.json").json()["base_maps"]
        policy = client.get("/").headers["content-security-policy"]
    for base in told:
        urls = [base["url"], *([base["overlay"]] if base["overlay"] else [])]
        wanted = base["id"].startswith("tianditu")
        assert all(("tk=SECRET" in url) == wanted for url in urls), base["id"]
        assert not any(KEY in url for url in urls)
    assert "SECRET" not in policy
    assert "https://t0.tianditu.gov.cn" in policy
    assert "https://webst01.is.autonavi.com" in policy


@pytest.mark.parametrize("base", BASE_MAPS, ids=lambda base: base.id)
def test_the_hosts_of_names_over_imagery_are_allowed_too(base: object) -> None:
    (one,) = [known for known in BASE_MAPS if known is base]
    hosts = image_hosts([one])
    for template in one.templates:
        assert template.replace("{s}", (one.subdomains or " ")[0]).startswith(tuple(hosts))


def test_chinese_commercial_tiles_are_in_their_own_datum() -> None:
    datums = {base.id: base.datum for base in BASE_MAPS}
    assert datums["amap"] == datums["amap-imagery"] == "gcj02"
    assert datums["tianditu"] == datums["tianditu-imagery"] == datums["osm"] == "wgs84"
