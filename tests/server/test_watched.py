"""What an operator sees: ids, the access log, counters, liveness and readiness."""

import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.middleware.observe import route_class
from app.web.middleware.readiness import Readiness
from tests.server.wire import LONGEST, TINY, Served, metric, served, until

LAST = b"Host: localhost\r\nConnection: close\r\n\r\n"
BROWSER = "Accept: text/html,application/xhtml+xml"
SAFE = re.compile(r"[0-9a-f]{16}")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("watched"), access_log="json") as running:
        yield running


PROBLEMS = ("/nothing", "/healthz?a=1", "/view.nothing", "/view.png?size=1x1", "/api/collections/x",
            "/api?f=nothing", "/v/000000000000/", "/county/nowhere", "/static/nothing")  # fmt: skip


@pytest.mark.parametrize("path", PROBLEMS)
def test_every_problem_has_the_id_of_its_request(service: Served, path: str) -> None:
    document = service.get(path)
    assert document.status >= 400
    request_id = document.headers["x-request-id"]
    assert SAFE.fullmatch(request_id)
    assert json.loads(document.body)["request_id"] == request_id
    page = service.get(path, BROWSER)
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["x-request-id"] in page.body.decode()


def test_an_id_of_the_client_is_kept_where_it_is_safe(service: Served) -> None:
    found = service.get("/nothing", "X-Request-ID: abc-123_x.y")
    assert found.headers["x-request-id"] == "abc-123_x.y"
    assert json.loads(found.body)["request_id"] == "abc-123_x.y"


@pytest.mark.parametrize("given", ["", "a b", "a" * 65, "<script>", "é", 'a"b', "a;b", "a,b"])
def test_any_other_id_is_replaced(service: Served, given: str) -> None:
    found = service.get("/nothing", f"X-Request-ID: {given}")
    assert SAFE.fullmatch(found.headers["x-request-id"])


def log_lines(service: Served, request_id: str) -> list[dict[str, object]]:
    """The lines about a request, when they are written."""
    written = f'"{request_id}"'
    until(lambda: any(written in line for line in service.log.read_text().split("\n")[:-1]))
    lines = [line for line in service.log.read_text().splitlines() if line.startswith("{")]
    found = [json.loads(line) for line in lines]
    return [line for line in found if line["request_id"] == request_id]


def test_the_access_log_has_a_line_of_json_per_request(service: Served) -> None:
    found = service.get('/view.csv?q=%22%0a{"a":1}', "X-Request-ID: line-1", 'User-Agent: a"b\\c é')
    (line,) = log_lines(service, "line-1")
    assert line["method"] == "GET"
    assert line["path"] == '/view.csv?q=%22%0a{"a":1}'
    assert line["status"] == found.status
    assert line["bytes"] == len(found.body)
    assert line["client"] == "127.0.0.1"
    assert isinstance(line["seconds"], float)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", str(line["time"]))
    assert 'a"b\\c' in str(line["agent"])


def test_the_access_log_has_a_line_for_a_request_that_was_refused(service: Served) -> None:
    found = service.get("/", "Transfer-Encoding: chunked", "Content-Length: 3")
    assert found.status == 400
    (line,) = log_lines(service, found.headers["x-request-id"])
    assert (line["status"], line["refused"], line["client"]) == (400, "malformed", "127.0.0.1")


def test_the_access_log_says_who_a_proxy_brought(service: Served) -> None:
    service.get("/healthz", "X-Request-ID: line-2", "X-Forwarded-For: 203.0.113.4")
    (line,) = log_lines(service, "line-2")
    assert line["client"] == "203.0.113.4"


def test_the_access_log_as_text(tmp_path: object) -> None:
    with served(tmp_path, access_log="text") as running:  # type: ignore[arg-type]
        running.get("/nothing?a=b", "X-Request-ID: line-3", 'User-Agent: a "b"')
        until(lambda: 'b\\""\n' in running.log.read_text())
        (line,) = [line for line in running.log.read_text().splitlines() if "line-3" in line]
        assert " 127.0.0.1 GET " in line
        assert " /nothing?a=b 404 " in line
        assert line.endswith(r'"a \"b\""')


def test_there_is_no_access_log_unless_asked_for(tmp_path: object) -> None:
    with served(tmp_path) as running:  # type: ignore[arg-type]
        running.get("/nothing", "X-Request-ID: line-4")
        running.process.terminate()
        assert running.process.wait(LONGEST) == 0
        assert "line-4" not in running.log.read_text()


def test_metrics_are_in_prometheus_format_and_never_cached(service: Served) -> None:
    found = service.get("/metrics")
    assert found.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert found.headers["cache-control"] == "no-store"
    sample = r'[a-z_]+(\{([a-z]+="([^"\\]|\\.)*",?)+\})? (\d\S*|NaN)'
    for line in found.body.decode().splitlines():
        assert re.fullmatch(rf"# (HELP|TYPE) [a-z_]+ .+|{sample}", line), line
    names = set(re.findall(r"^# TYPE (\S+)", found.body.decode(), re.M))
    assert names >= {
        "planmap_requests_total", "planmap_request_seconds", "planmap_requests_in_flight",
        "planmap_work_waiting", "planmap_cache_bytes", "planmap_cache_hits_total",
        "process_resident_memory_bytes", "planmap_data_info", "planmap_connections",
    }  # fmt: skip


def test_what_happens_is_counted(service: Served) -> None:
    def counted(name: str) -> float:
        return metric(service, name)

    before = counted("planmap_requests_total"), counted("planmap_requests_refused_total")
    for _ in range(3):
        service.get("/view.csv")
    service.send(b"nonsense\r\n\r\n")
    after = counted("planmap_requests_total"), counted("planmap_requests_refused_total")
    assert after[0] - before[0] == 3 + 2  # and two looks at the counters
    assert after[1] - before[1] == 1
    text = service.get("/metrics").body.decode()
    assert re.search(r'planmap_requests_total\{class="files",method="GET",status="200"\} \d', text)
    version = json.loads(service.get("/healthz").body)["version"]
    assert f'version="{version}"' in text
    assert "planmap_requests_in_flight 1\n" in text
    assert counted("process_resident_memory_bytes") > 10_000_000


def test_made_up_methods_and_paths_do_not_grow_the_counters(service: Served) -> None:
    for method in (b"PROPFIND", b"MKCOL", b"LOCK", b"TRACE"):
        service.send(b"%s /%s HTTP/1.1\r\n" % (method, method) + LAST)
    (found,) = service.send(b"MADEUP / HTTP/1.1\r\n" + LAST)
    assert found.status == 501
    text = service.get("/metrics").body.decode()
    assert text.count('method="other"') == 1
    assert "MKCOL" not in text
    assert "MADEUP" not in text


def test_it_is_ready_when_tiles_files_and_pictures_answer(service: Served) -> None:
    asked = []

    def ready() -> bool:
        asked.append(service.get("/readyz"))
        return asked[-1].status == 200

    until(ready)
    found = asked.pop()
    assert {one.status for one in asked} <= {503}
    body = json.loads(found.body)
    assert body["status"] == "ok"
    assert body["checks"] == {"tiles": "ok", "files": "ok", "pictures": "ok"}
    assert found.headers["cache-control"] == "no-store"


def test_it_is_alive_although_not_ready() -> None:
    app = create_app(Settings(pack=TINY))
    app.state.readiness = readiness = Readiness()

    async def broken() -> None:
        raise RuntimeError('Traceback\n  File "secret.py"\nOSError: the disk is full')

    async def good() -> None: ...

    readiness.add("files", broken)
    readiness.add("tiles", good)
    with TestClient(app) as client:
        assert client.get("/healthz").status_code == 200
        found = client.get("/readyz")
    assert found.status_code == 503
    assert found.json()["checks"] == {"files": "OSError: the disk is full", "tiles": "ok"}


def test_what_nobody_foresaw_is_a_problem_with_an_id_and_tells_no_secret() -> None:
    app = create_app(Settings(pack=TINY))

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("secret")

    app.router.routes.insert(0, app.router.routes.pop())
    with TestClient(app, raise_server_exceptions=False) as client:
        found = client.get("/broken")
        assert 'status="500"' in client.get("/metrics").text
    assert found.status_code == 500
    assert found.headers["content-type"] == "application/problem+json"
    assert found.json()["request_id"] == found.headers["x-request-id"]
    assert "secret" not in found.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "pages"), ("/county/x", "pages"), ("/healthz", "watch"), ("/view.png", "pictures"),
        ("/view.xlsx", "files"), ("/static/js/entries/main.js", "static"),
        ("/index.json", "documents"),
        ("/api/tiles/WebMercatorQuad/0/0/0", "tiles"), ("/openapi.json", "api"), ("/api", "api"),
        ("/api/collections/plan/tiles/WebMercatorQuad/0/0/0", "tiles"), ("/apis", "pages"),
        ("/api/collections/plan/items/x", "items"), ("/v/0123456789ab/view.png", "snapshots"),
    ],
)  # fmt: skip
def test_addresses_fall_into_few_classes(path: str, kind: str) -> None:
    assert route_class(path) == kind
