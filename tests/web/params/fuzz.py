"""Requests nobody in his right mind would send, from a seed: the same seed, the same requests."""

import json
import random
from collections.abc import Callable
from urllib.parse import quote

COLLECTIONS = ("plan", "energy", "transport", "places", "boundaries", "nothing")
FORMATS = ("json", "html", "jsonfg", "csv", "gpkg", "fgb", "geojsonseq", "mvt", "tilejson", "x", "")
FILES = ("geojson", "csv", "xlsx", "kml", "gpkg", "fgb", "shp.zip", "jsonfg", "geojsonseq", "exe")
SYSTEMS = tuple(
    f"http://www.opengis.net/def/crs/{one}"
    for one in ("OGC/1.3/CRS84", "EPSG/0/4326", "EPSG/0/3857", "EPSG/0/4528", "EPSG/0/1", "")
)
TEXTS = ("name", "summary", "summary_en", "status", "id", "plan.box", "note", "located_by.method")
NUMBERS = ("uncertainty_m", "voltage_kv", "length_km", "area_mu")
LISTS = ("counties", "facts", "source", "related", "industries")
TIMES = ("start", "end", "updated")
SPATIAL = ("INTERSECTS", "EQUALS", "DISJOINT", "TOUCHES", "WITHIN", "OVERLAPS", "CROSSES",
           "CONTAINS")  # fmt: skip
ODD = (
    "", " ", "'", '"', "%", "\\", "\x00", "\ud7ff", "\uffff", "💧", "e\u0301" * 9, "ﬃ" * 9, "İ",
    "-0", "1e999", "-1e-999", "NaN", "inf", "１２", "9" * 400, "a" * 9000, "../../etc",
    "<script>", "${x}", "{0}", ",", ",,,,", ";", "葫芦岛", "\u202e", "null", "true", "[]", "{}",
)  # fmt: skip
FINE = ("limit", "f", "sortby", "properties", "q", "crs", "bbox")
NAMES = (
    *FINE, "layer", "county", "category", "status", "precision", "term", "focus", "place", "near",
    "inview", "lang", "title", "base", "theme", "colour", "offset", "bbox-crs", "filter",
    "filter-lang", "site", "filter-crs", "datetime", "collections", "v", "version", "url",
    "maxwidth", "maxheight", "format", "compare", "table", "name", "uncertainty_m", "counties",
    "size", "dpi", "qr", "split", "origin", "winding", "zz",
)  # fmt: skip


class Fuzz:
    """A stream of requests: `path?query`, as it goes over the wire."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.fine = False
        """Whether the request at hand is made to be understood: dear rather than wrong."""

    def request(self) -> str:
        self.fine = self.chance.random() < 0.6
        path = self.one(self.items, self.items, self.item, self.tile, self.view, self.fixed)()
        pairs = [self.pair() for _ in range(self.chance.choice((0, 1, 1, 2, 3, 3, 5)))]
        if self.chance.random() < 0.02:
            pairs *= self.chance.choice((2, 300))
        query = "&".join(f"{quoted(name)}={quoted(text)}" for name, text in pairs)
        return f"{path}?{query}"[:15_000]

    def one(self, *choices: Callable[[], str]) -> Callable[[], str]:
        return self.chance.choice(choices)

    def some(self, make: Callable[[], str], most: int, join: str) -> str:
        count = self.chance.randint(1, self.chance.choice((1, 2, 3, most)))
        if self.chance.random() < 0.2:
            return join.join([make()] * count)
        return join.join(make() for _ in range(count))

    def items(self) -> str:
        return f"/api/collections/{self.chance.choice(COLLECTIONS)}/items"

    def item(self) -> str:
        return f"{self.items()}/{quoted(self.odd())}"

    def tile(self) -> str:
        zoom, row, column = (str(self.chance.choice((0, 1, 5, 8, 96, 213, 30, -1))) for _ in "zrc")
        under = self.chance.choice(("", f"/collections/{self.chance.choice(COLLECTIONS)}"))
        return f"/api{under}/tiles/WebMercatorQuad/{zoom}/{row}/{column}"

    def view(self) -> str:
        return f"/view.{self.chance.choice(FILES)}"

    def fixed(self) -> str:
        return self.chance.choice(
            ("/", "/data", "/data/sources", "/api", "/api/collections", "/api/quality", "/healthz",
             "/pack.json", "/index.json", "/search.json", "/places.json", "/oembed", "/qr.svg",
             "/embed", "/api/collections/plan/schema", "/api/collections/plan/queryables",
             "/api/functions", "/api/tiles", "/base/counties.geojson", "/county/211421",
             f"/static/{quoted(self.odd())}", f"/data/{quoted(self.odd())}",
             f"/{quoted(self.odd())}",
             f"/v/{quoted(self.odd())}/", "/api/tileMatrixSets/WebMercatorQuad")
        )  # fmt: skip

    def pair(self) -> tuple[str, str]:
        if self.chance.random() < 0.4:
            return "filter", self.filter()
        name = self.chance.choice(FINE if self.fine else NAMES)
        return name, VALUES[name](self) if name in VALUES else self.odd()

    def odd(self) -> str:
        if self.fine:
            return self.chance.choice(("港", "a", "planned", "é", "a" * 40))
        return self.chance.choice(ODD)

    def number(self) -> str:
        if self.fine:
            return str(self.chance.randint(1, 80))
        return self.chance.choice(
            (
                str(self.chance.randint(-9, 9999)),
                f"{self.chance.uniform(-200, 200):.4f}",
                self.odd(),
            )
        )

    def lng_lat(self) -> str:
        if not self.fine and self.chance.random() < 0.02:
            return f"{self.number()} {self.number()}"
        return f"{self.chance.uniform(119, 121.4):.3f} {self.chance.uniform(39.9, 41.3):.3f}"

    def line(self) -> str:
        return f"({self.some(self.lng_lat, 300, ',')})"

    def ring(self) -> str:
        west, south = self.chance.uniform(119, 121), self.chance.uniform(39.9, 41)
        size = self.chance.choice((0, 0.01, 0.5, 2))
        corners = ((0, 0), (size, 0), (size, size), (0, size), (0, 0))
        return f"(({','.join(f'{west + a:.3f} {south + b:.3f}' for a, b in corners)}))"

    def shape(self) -> str:
        return self.one(
            lambda: "geometry",
            lambda: "geometry",
            lambda: f"POINT({self.lng_lat()})",
            lambda: f"MULTIPOINT{self.line()}",
            lambda: f"LINESTRING{self.line()}",
            lambda: f"MULTILINESTRING({self.some(self.line, 40, ',')})",
            lambda: f"POLYGON{self.ring()}",
            lambda: f"MULTIPOLYGON({self.some(self.ring, 60, ',')})",
            lambda: f"GEOMETRYCOLLECTION({self.some(lambda: 'POLYGON' + self.ring(), 60, ',')})",
            lambda: f"GEOMETRYCOLLECTION({self.some(self.shape, 3, ',')})",
            lambda: (
                "BBOX(119.5,40,121,41)" if self.fine else f"BBOX({self.some(self.number, 6, ',')})"
            ),
            lambda: "BBOX(119,40,121,41)",
        )()

    def text(self) -> str:
        return self.one(
            lambda: self.chance.choice(TEXTS),
            self.word,
            lambda: f"{self.chance.choice(('CASEI', 'ACCENTI', 'lower', 'upper'))}({self.text()})",
        )()

    def word(self) -> str:
        return "'" + self.odd().replace("'", "''") + "'"

    def amount(self) -> str:
        return self.one(
            lambda: self.chance.choice(NUMBERS),
            lambda: str(self.chance.randint(-99, 99_999)),
            lambda: f"char_length({self.text()})",
            lambda: f"distance_km(geometry,{self.shape()})",
            lambda: self.some(self.amount_once, 30, self.chance.choice("+-*/%^")),
            lambda: f"({self.amount()})",
        )()

    def amount_once(self) -> str:
        return self.chance.choice((*NUMBERS, "distance_km(geometry,POINT(120 40))", "1", "0"))

    def time(self) -> str:
        moments = ("2025-01-01", "2025-02-30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:60Z", "..")
        one, other = self.chance.choice(moments), self.chance.choice(moments)
        return self.chance.choice(
            (f"DATE('{one}')", f"TIMESTAMP('{one}')", f"INTERVAL('{one}','{other}')",
             self.chance.choice(TIMES))
        )  # fmt: skip

    def pattern(self) -> str:
        parts = ("%", "_", "%_", "a", "港", "\\", "e", "_" * 30)
        return self.some(lambda: self.chance.choice(parts), 200, "")

    def predicate(self) -> str:
        sign = self.chance.choice(("=", "<>", "<", "<=", ">", ">="))
        return self.one(
            lambda: f"{self.text()} {sign} {self.text()}",
            lambda: f"{self.amount()} {sign} {self.amount()}",
            lambda: f"{self.text()} LIKE '{self.pattern()}'",
            lambda: f"{self.amount()} BETWEEN {self.amount()} AND {self.amount()}",
            lambda: f"{self.text()} IN ({self.some(self.text, 500, ',')})",
            lambda: f"{self.amount()} NOT IN ({self.some(self.amount, 100, ',')})",
            lambda: f"{self.shape()} IS NULL",
            lambda: f"A_OVERLAPS({self.chance.choice(LISTS)},({self.some(self.word, 200, ',')}))",
            lambda: f"T_AFTER({self.time()},{self.time()})" if not self.fine else "TRUE",
            *[lambda: f"S_{self.chance.choice(SPATIAL)}({self.shape()},{self.shape()})"] * 3,
            *([] if self.fine else [self.odd]),
        )()

    def filter(self) -> str:
        join = self.chance.choice((" OR ", " AND ", " AND NOT ", " or not "))
        text = self.some(self.predicate, 60, join)
        if self.chance.random() < 0.1:
            text = "NOT (" * 20 + text + ")" * 20
        if self.chance.random() < 0.1:
            text = json.dumps(self.chance.choice(({"op": text, "args": [text]}, [text], text)))
        return text


def quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


VALUES: dict[str, Callable[[Fuzz], str]] = {
    "limit": lambda fuzz: fuzz.chance.choice(("1", "3", "10000", "0", fuzz.number())),
    "offset": lambda fuzz: fuzz.chance.choice(("1", "700", "9999999", fuzz.number())),
    "f": lambda fuzz: fuzz.chance.choice(FORMATS),
    "crs": lambda fuzz: fuzz.chance.choice(SYSTEMS),
    "bbox-crs": lambda fuzz: fuzz.chance.choice(SYSTEMS),
    "filter-crs": lambda fuzz: fuzz.chance.choice(SYSTEMS),
    "filter-lang": lambda fuzz: fuzz.chance.choice(("cql2-text", "cql2-json", "ecql")),
    "bbox": lambda fuzz: fuzz.chance.choice(
        ("119,40,121,41", "4400000,40300000,4500000,40500000", fuzz.some(fuzz.number, 2000, ","))),
    "sortby": lambda fuzz: fuzz.some(
        lambda: fuzz.chance.choice(("-", "+", "")) + fuzz.chance.choice(TEXTS), 2000, ","),
    "properties": lambda fuzz: fuzz.some(lambda: fuzz.chance.choice(TEXTS), 2000, ","),
    "q": lambda fuzz: fuzz.chance.choice(("港", "ab" * 99, "a " * 99, fuzz.odd())),
    "near": lambda fuzz: fuzz.chance.choice(("3", "1000", fuzz.number())),
    "site": lambda fuzz: fuzz.chance.choice(("port:20,expressway:5", "port:", fuzz.odd())),
    "place": lambda fuzz: fuzz.chance.choice(("120.8,40.7", fuzz.odd())),
    "datetime": lambda fuzz: fuzz.chance.choice(("2025-01-01", "../2030-01-01", "a/b", fuzz.odd())),
    "winding": lambda fuzz: fuzz.chance.choice(("clockwise", "counterclockwise", fuzz.odd())),
    "lang": lambda fuzz: fuzz.chance.choice(("zh", "en", fuzz.odd())),
    "layer": lambda fuzz: fuzz.some(lambda: fuzz.chance.choice(COLLECTIONS), 2000, ","),
    "collections": lambda fuzz: fuzz.some(lambda: fuzz.chance.choice(COLLECTIONS), 2000, ","),
    "title": lambda fuzz: fuzz.chance.choice(("t" * 120, fuzz.odd())),
    "url": lambda fuzz: fuzz.chance.choice(("http://testserver/", "http://[", fuzz.odd())),
}  # fmt: skip
