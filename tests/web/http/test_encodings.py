"""Whatever is text is sent compressed, by a rule; files have names that every client reads."""

import gzip
import hashlib
import re

import brotli
import pytest
import zstandard
from fastapi.testclient import TestClient

from app.formats import FORMATS
from app.web.http.encodings import (
    HASHED_AT_ONCE,
    KEPT_TURN,
    chosen_encoding,
    etag_of,
    is_compressible,
)
from app.web.http.file_names import disposition

TEXT = (
    "text/csv; charset=utf-8", "text/html", "text/markdown", "text/calendar", "image/svg+xml",
    "application/vnd.google-earth.kml+xml", "application/atom+xml", "application/ld+json",
    "application/problem+json", "application/geo+json-seq", "application/schema+json",
    "application/vnd.oai.openapi+json;version=3.0", "application/json", "application/xml",
    "application/javascript", "application/vnd.mapbox-vector-tile", "font/ttf",
)  # fmt: skip
PACKED = (
    "image/png", "image/jpeg", "application/zip", "application/pdf", "font/woff2",
    "application/geopackage+sqlite3", "application/octet-stream", "video/mp4",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.google-earth.kmz",
)  # fmt: skip
UNDO = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


@pytest.mark.parametrize("media_type", TEXT)
def test_text_is_compressed(media_type: str) -> None:
    assert is_compressible(media_type)


@pytest.mark.parametrize("media_type", PACKED)
def test_what_is_packed_already_is_not(media_type: str) -> None:
    assert not is_compressible(media_type)


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("", ""), ("identity", ""), ("*", "br"), ("*;q=0", ""), ("gzip, *;q=0", "gzip"),
        ("gzip;q=1, br;q=0.5", "gzip"), ("br;q=0, *", "zstd"), ("x-gzip", "gzip"),
        ("GZIP;Q=0.5", "gzip"), ("identity;q=1, br;q=0.2", ""), ("br ; q=0.000, gzip", "gzip"),
        ("zstd, deflate", "zstd"), ("gzip, deflate, br, zstd", "br"), ("gzip, zstd", "zstd"),
        ("br;q=0.9, zstd", "zstd"), ("compress, deflate", ""),
        ("gzip;q=nonsense", "gzip"), (",,;", ""),
    ],
)  # fmt: skip
def test_the_coding_is_the_one_the_client_likes_best(header: str, encoding: str) -> None:
    assert chosen_encoding(header) == encoding


@pytest.mark.parametrize("path", [
    *(f"/view.{file_format.ext}?layer=energy" for file_format in FORMATS if
    is_compressible(file_format.media_type)),
    "/view.geojson",
    "/api/collections/plan/items?f=geojsonseq", "/api/collections/plan/items?f=html",
    "/api/tiles/WebMercatorQuad/0/0/0", "/data", "/metrics", "/no/such/page",
])  # fmt: skip
def test_every_text_arrives_compressed_and_whole(client: TestClient, path: str) -> None:
    accept = {"Accept": "text/html, */*;q=0.5"} if "no/such" in path else {}
    plain = client.get(path, headers={"Accept-Encoding": "identity", **accept}).content
    for coding, undo in UNDO.items():
        asked = {"Accept-Encoding": coding, **accept}
        with client.stream("GET", path, headers=asked) as answer:
            raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == coding
        assert "Accept-Encoding" in answer.headers["vary"]
        assert len(raw) < len(plain)
        if path not in ("/metrics", "/no/such/page"):  # these say when and by which request
            assert undo(raw) == plain


@pytest.mark.parametrize("path", ["/view.csv?county=绥中县", "/view.xlsx", "/view.shp.zip",
                                  "/api/collections/plan/items?f=gpkg"])  # fmt: skip
def test_a_file_has_a_name_for_every_client(client: TestClient, path: str) -> None:
    said = client.head(path).headers["content-disposition"]
    found = re.fullmatch(
        r"(inline|attachment); filename=\"([\w.-]+)\"; filename\*=UTF-8''(\S+)", said
    )
    assert found, said
    assert said.isascii()


def test_a_name_beyond_ascii_has_a_stand_in() -> None:
    assert disposition("inline", "葫芦岛-211421", "csv") == (
        "inline; filename=\"211421.csv\"; filename*=UTF-8''%E8%91%AB%E8%8A%A6%E5%B2%9B-211421.csv"
    )
    assert 'filename="plan.csv"' in disposition("inline", '规划"\r\n', "csv")


@pytest.mark.parametrize("size", [0, 1, KEPT_TURN, KEPT_TURN + 1, HASHED_AT_ONCE + 1])
def test_a_tag_does_not_depend_on_the_steps_in_which_it_is_reckoned(size: int) -> None:
    body = bytes(one % 251 for one in range(size))
    assert etag_of(body, "") == f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
