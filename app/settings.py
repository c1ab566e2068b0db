"""Every setting of the service, in one place; all may be given as PLANMAP_<NAME>."""

import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.network import host_name, network_of
from app.online_base_maps import BASE_MAPS

ROOT = Path(__file__).resolve().parent.parent

SCRIPT = re.compile(r"https?://[\w.-]+(:\d{1,5})?/[\w./~%-]*", re.ASCII)
"""As it may stand in a Content-Security-Policy: no query, nothing that ends a source."""

SOURCES = re.compile(r"([!-+\--:<-~]+( [!-+\--:<-~]+)*)?")
"""Of such a policy's directive too: what would end it, or another header, is none."""

FOREIGN = (
    # WeChat, QQ, Weibo, DingTalk, Feishu
    "from", "isappinstalled", "nsukey", "scene", "subscene", "clicktime", "enterid", "ascene",
    "devicetype", "pass_ticket", "exportkey", "wx_*", "wxshare*", "weixin*", "sharer_*", "share_*",
    "_wv", "tdsourcetag", "sudaref", "display", "retcode", "dd_*", "chInfo",
    # search engines, advertisements, statistics
    "utm_*", "spm", "scm", "gclid", "gbraid", "wbraid", "dclid", "fbclid", "msclkid", "yclid",
    "ttclid", "twclid", "igshid", "li_fat_id", "mc_cid", "mc_eid", "_ga", "_gl", "bd_vid",
    "qhclickid", "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "bxsign", "ref",
    # what keeps a page from being taken out of a cache
    "_", "_t", "t", "ts", "timestamp", "random",
)  # fmt: skip


def split_list(value: Any) -> Any:
    """A list written with commas or spaces, or as JSON, as one writes it in an environment."""
    if isinstance(value, str) and value.lstrip().startswith(('["', "[]")):
        return tuple(json.loads(value))
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def hosts_only(value: tuple[str, ...]) -> tuple[str, ...]:
    for one in value:
        host_name(one)
    return value


def networks_only(value: tuple[str, ...]) -> tuple[str, ...]:
    for one in value:
        network_of(one)
    return value


def script_only(value: str) -> str:
    if not SCRIPT.fullmatch(value):
        raise ValueError("the address of a script, such as https://example.org/open/jweixin.js")
    return value


def frames_only(value: str) -> str:
    if not SOURCES.fullmatch(value):
        raise ValueError("*, 'self', 'none' or origins with spaces between them")
    return value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(split_list)]
Hosts = Annotated[Names, AfterValidator(hosts_only)]
Networks = Annotated[Names, AfterValidator(networks_only)]
ScriptAddress = Annotated[str, AfterValidator(script_only)]
FrameAncestors = Annotated[str, AfterValidator(frames_only)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]
"""A day at most: what waits for good, or longer than a clock can count, is no limit."""
Workers = Annotated[int, Field(ge=1, le=256)]


class Settings(BaseSettings):
    """Made once by whoever starts the app; never at import."""

    model_config = SettingsConfigDict(env_prefix="PLANMAP_", extra="forbid")

    pack: Path = Field(default=ROOT, description="Folder with projects.geojson and geodata/")
    static: Path = Field(default=ROOT / "static", description="The front end")
    packages: Path = Field(default=ROOT / "node_modules", description="Installed npm packages")
    base_path: str = Field(default="", description="Path prefix behind a proxy, like /map")
    base_maps: Names = Field(
        default=tuple(base.id for base in BASE_MAPS), description="Online base maps to offer"
    )
    wechat_app_id: str = Field(default="", description="The operator's own, for cards in WeChat")
    wechat_secret: str = Field(default="", description="Its secret; without both nothing is asked")
    wechat_api: str = Field(
        default="https://api.weixin.qq.com", description="Where WeChat answers, or a relay"
    )
    wechat_sdk: ScriptAddress = Field(
        default="https://res.wx.qq.com/open/js/jweixin-1.6.0.js",
        description="Its JS-SDK, which pages load inside WeChat, with both keys only",
    )
    tianditu_key: str = Field(default="", description="The operator's own key for 天地图")
    versions: Path = Field(
        default=ROOT / "var" / "versions", description="Data versions kept by `planmap keep`"
    )
    frame_ancestors: FrameAncestors = Field(
        default="*", description="Who may show the map in a frame (CSP frame-ancestors)"
    )
    foreign_parameters: Names = Field(
        default=FOREIGN,
        description="Parameters that others add to links, `*` for any rest: pages ignore them",
    )
    encoded_bytes: int = Field(default=64_000_000, ge=0, description="Compressed answers to keep")
    ready_bytes: int = Field(
        default=32_000_000, ge=0, description="Answers kept ready to be sent again, in bytes"
    )
    ready_entries: int = Field(default=5000, ge=1, description="And in number")
    font: Path | None = Field(
        default=None, description="Folder of the pictures' font, if not among the packages"
    )
    cache: Path = Field(
        default=ROOT / "var" / "cache", description="Where finished pictures and files are kept"
    )
    state: Path = Field(
        default=ROOT / "var" / "state",
        description="Where a running service notes that it runs, for `planmap reload`",
    )
    cache_bytes: int = Field(
        default=256_000_000, ge=0, description="Pictures and files to keep, in bytes"
    )
    picture_seconds: Seconds = Field(default=30, description="Time a picture may take")
    picture_workers: Workers = Field(
        default=1, description="Processes that make pictures and large files"
    )
    picture_waiting: int = Field(
        default=40, ge=1, description="Pictures that may wait, and files that may"
    )
    picture_tasks: int = Field(
        default=1000, ge=1, description="Pictures after which a process is replaced"
    )
    picture_memory: int = Field(
        default=450_000_000, ge=1, description="Bytes in memory after which it is replaced too"
    )
    file_workers: Workers = Field(
        default=2, description="Files made at the same time beside the processes"
    )
    page_limit: int = Field(default=100, ge=1, description="Items per page unless asked")
    page_limit_most: int = Field(default=10_000, ge=1, description="Items per page at most")
    index_most: int = Field(
        default=20_000, ge=0, description="Items up to which a page is sent all of them at once"
    )
    data_workers: Workers = Field(default=2, description="Answers written at the same time")
    filter_workers: Workers = Field(default=2, description="Filters evaluated at the same time")
    work_waiting: int = Field(
        default=64, ge=1, description="Requests that may wait for each of these"
    )
    work_seconds: Seconds = Field(default=10, description="Time such work may take")
    filter_cost_most: int = Field(
        default=5_000_000,
        ge=1,
        description="What a filter may cost, one comparison of one item: 1; of more than 100,000 "
        "items in proportion",
    )
    versions_most: int = Field(
        default=3, ge=1, description="Kept data versions held in memory at the same time"
    )

    # Who is believed
    hosts: Hosts = Field(
        default=(),
        description="Host names that are believed, * before a dot for all below it; beside "
        "loopback, what --host says and the address a connection comes in on",
    )
    trusted_proxies: Networks = Field(
        default=("127.0.0.1", "::1"),
        description="Addresses or networks of proxies whose X-Forwarded-* headers are believed",
    )

    # How large a request may be
    request_line_bytes: int = Field(default=16_384, ge=256, description="Request line, else 414")
    head_bytes: int = Field(default=65_536, ge=1024, description="All of a head, else 431")
    head_fields: int = Field(default=100, ge=10, description="Header fields, else 431")
    body_bytes: int = Field(default=1_000_000, ge=0, description="A body as sent, else 413")

    # How long a client may take
    keep_alive_seconds: Seconds = Field(default=75, description="Between two requests")
    head_seconds: Seconds = Field(default=20, description="To send a head, else 408")
    body_seconds: Seconds = Field(default=30, description="To send a body, else 408")
    answer_seconds: Seconds = Field(
        default=30, description="How often it is looked whether a client takes its answer"
    )
    answer_bytes_per_second: int = Field(
        default=500, ge=0, description="Who takes less of an answer is dropped"
    )
    drain_seconds: float = Field(
        default=10, ge=0, le=86_400, description="After SIGTERM, for answers in the making"
    )

    # How many clients, and how much of each
    connections: int = Field(default=1000, ge=1, description="At the same time, else 503")
    connections_per_address: int = Field(
        default=200, ge=1, description="Of one client, else 429; proxies that are trusted have none"
    )
    unsent_bytes: int = Field(
        default=64_000_000, ge=0, description="Answers that wait for their clients, over all"
    )
    requests_per_second: float = Field(
        default=100, gt=0, description="Of one client in the long run, else 429"
    )
    requests_burst: int = Field(default=2000, ge=1, description="Of one client at once")

    # What is told
    access_log: Literal["off", "text", "json"] = Field(
        default="off", description="A line per request on standard output"
    )
