"""Every setting of the service, in one place; all may be given as PLANMAP_<NAME>."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Made once by whoever starts the app; never at import."""

    model_config = SettingsConfigDict(env_prefix="PLANMAP_", extra="forbid")

    pack: Path = Field(default=ROOT, description="Folder with projects.geojson and geodata/")
    static: Path = Field(default=ROOT / "static", description="The front end")
    packages: Path = Field(default=ROOT / "node_modules", description="Installed npm packages")
    base_path: str = Field(default="", description="Path prefix behind a proxy, like /map")
    base_maps: tuple[str, ...] = Field(
        default=("tianditu", "amap", "osm"), description="Online base maps to offer"
    )
    tianditu_key: str = Field(default="", description="The operator's own key for 天地图")
    versions: Path = Field(
        default=ROOT / "var" / "versions", description="Data versions kept by `planmap keep`"
    )
    frame_ancestors: str = Field(
        default="*", description="Who may show the map in a frame (CSP frame-ancestors)"
    )
    encoded_bytes: int = Field(default=64_000_000, ge=0, description="Compressed answers to keep")
    font: Path | None = Field(
        default=None, description="Folder of the pictures' font, if not among the packages"
    )
    cache: Path = Field(default=ROOT / "var" / "cache", description="Where pictures are kept")
    cache_bytes: int = Field(default=256_000_000, ge=0, description="Pictures to keep, in bytes")
    picture_seconds: float = Field(default=30, gt=0, description="Time a picture may take")
    picture_workers: int = Field(default=1, ge=1, description="Pictures made at the same time")
    page_limit: int = Field(default=100, ge=1, description="Items per page unless asked")
    page_limit_most: int = Field(default=10_000, ge=1, description="Items per page at most")
    data_workers: int = Field(default=2, ge=1, description="Answers written at the same time")
    filter_workers: int = Field(default=2, ge=1, description="Filters evaluated at the same time")
    work_waiting: int = Field(
        default=64, ge=1, description="Requests that may wait for each of these"
    )
    work_seconds: float = Field(default=10, gt=0, description="Time such work may take")
    filter_cost_most: int = Field(
        default=5_000_000, ge=1, description="What a filter may cost; one comparison of one item: 1"
    )
    versions_most: int = Field(
        default=3, ge=1, description="Kept data versions held in memory at the same time"
    )
