"""Online base maps a reader may choose; none is asked for a tile before that.

`datum` says which shift the overlays need: Chinese commercial tiles are in GCJ-02. 天地图 is in
CGCS2000, which needs none, but wants the operator's own key (PLANMAP_TIANDITU_KEY).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

BUILT_IN = "paper"
KEY = "{key}"


@dataclass(frozen=True, slots=True)
class OnlineBaseMap:
    """A tile service; `url` is a Leaflet template, {key} stands for the operator's key."""

    id: str
    title: str
    title_en: str
    url: str
    attribution: str
    attribution_en: str
    datum: str = "wgs84"
    max_zoom: int = 18
    subdomains: str = ""
    overlay: str = ""
    """Names that lie above the tiles: a second template."""
    look: str = "map"
    """`map` or `imagery`: which thumbnail stands for it."""

    @property
    def templates(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.url, self.overlay)))


def tianditu(layer: str) -> str:
    """The template of a layer in Web Mercator: vec, cva (names on it), img, cia (names on it)."""
    return (
        f"https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
        f"&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}"
        f"&TILECOL={{x}}&tk={KEY}"
    )


def amap(host: str, style: int) -> str:
    """The template of a style: 8 streets (on `webst` roads and names alone), 6 imagery."""
    return (
        f"https://{host}0{{s}}.is.autonavi.com/appmaptile"
        f"?lang=zh_cn&size=1&scale=1&style={style}&x={{x}}&y={{y}}&z={{z}}"
    )


TIANDITU_CREDIT = (
    "底图：国家地理信息公共服务平台 天地图",
    "Base map: Tianditu, National Platform for Common Geospatial Information Services",
)
AMAP_CREDIT = (
    "底图：© 高德地图（GCJ-02，叠加层已按其偏移）",
    "Base map: © AutoNavi (GCJ-02; overlays are shifted to match)",
)

BASE_MAPS = (
    OnlineBaseMap(
        "tianditu", "天地图", "Tianditu", tianditu("vec"), *TIANDITU_CREDIT,
        subdomains="01234567", overlay=tianditu("cva"),
    ),
    OnlineBaseMap(
        "tianditu-imagery", "天地图影像", "Tianditu imagery", tianditu("img"), *TIANDITU_CREDIT,
        subdomains="01234567", overlay=tianditu("cia"), look="imagery",
    ),
    OnlineBaseMap(
        "amap", "高德地图", "Amap", amap("webrd", 8), *AMAP_CREDIT,
        datum="gcj02", subdomains="1234",
    ),
    OnlineBaseMap(
        "amap-imagery", "高德影像", "Amap imagery", amap("webst", 6), *AMAP_CREDIT,
        datum="gcj02", subdomains="1234", overlay=amap("webst", 8), look="imagery",
    ),
    OnlineBaseMap(
        "osm", "OpenStreetMap", "OpenStreetMap",
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "底图：© OpenStreetMap 贡献者（ODbL）", "Base map: © OpenStreetMap contributors (ODbL)",
        max_zoom=19,
    ),
)  # fmt: skip

BASE_MAP_IDS = (BUILT_IN, *(base.id for base in BASE_MAPS))


def image_hosts(bases: Iterable[OnlineBaseMap]) -> list[str]:
    """Where the tiles of some base maps come from, as a Content-Security-Policy names hosts."""
    urls = (
        template.replace("{s}", letter)
        for base in bases
        for template in base.templates
        for letter in base.subdomains or ("",)
    )
    return list(dict.fromkeys(f"https://{urlsplit(url).netloc}" for url in urls))


def offered_base_maps(names: tuple[str, ...], key: str) -> tuple[OnlineBaseMap, ...]:
    """The base maps an operator offers; one that wants a key is offered only with it."""
    return tuple(base for base in BASE_MAPS if base.id in names and (key or KEY not in base.url))
