"""The counties as features: what is drawn of them, and how many items each has."""

from collections.abc import Mapping
from typing import Any

from shapely.geometry import mapping, shape

from app.catalog.catalog import Catalog
from app.catalog.facts import FeatureFacts
from app.domain.projections import DEGREE_DECIMALS
from app.domain.schema import Property, text_property

Feature = dict[str, Any]


def count(id: str, title: str, title_en: str, about: str, about_en: str) -> Property:
    return Property(id, "integer", title, title_en, about, about_en)


BOUNDARY_PROPERTIES = (
    text_property("code", "代码", "Code", "六位行政区划代码", "Six-digit division code"),
    text_property("name", "名称", "Name", "县区名称", "The county's name in Chinese"),
    text_property("name_en", "英文名称", "English name", "自然的英文名称", "The name in English"),
    count(
        "adcode", "区划代码（数）", "Division code (number)",
        "代码写成数字，图表库以此相认", "The code as a number, as chart libraries know it",
    ),
    Property(
        "center", "list", "中心", "Centre",
        "注记所在的经度、纬度，必在县内", "Longitude and latitude of its label, within it",
    ),
    count(
        "items", "项目数", "Items",
        "写明或推断在此县区的项目，不含全市与市外项目",
        "Items in this county, without city-wide ones and those outside",
    ),
    count("located", "已定位", "Located", "其中有图形的", "Those of them with a geometry"),
    count("unlocated", "未定位", "Unlocated", "其中没有图形的", "Those of them without one"),
    text_property("source", "来源", "Source", "来源表中的编号", "Id in sources.csv"),
)  # fmt: skip
BOUNDARY_QUERYABLES = tuple(one for one in BOUNDARY_PROPERTIES if one.id != "center")
"""No word is looked for among two numbers."""


def boundary_features(catalog: Catalog, facts: FeatureFacts) -> list[Feature]:
    """A feature a county, with the very land that county-wide items have: one coast for both."""
    known = {
        feature["properties"]["code"]: feature for feature in catalog.base_features("counties")
    }
    placed, unplaced = facts.placed, facts.unplaced
    return [
        {
            "type": "Feature",
            "id": (code := feature["properties"]["code"]),
            "properties": {
                **{name: feature["properties"].get(name, "") for name in WRITTEN},
                **numbered(code),
                "center": center(known[code]),
                "items": placed[code] + unplaced[code],
                "located": placed[code],
                "unlocated": unplaced[code],
            },
            "geometry": known[code]["geometry"],
        }
        for feature in catalog.boundary_features
        if feature["properties"]["code"] in known
    ]


WRITTEN = ("code", "name", "name_en", "source")


def numbered(code: str) -> dict[str, int]:
    """The code as a number, where it is one."""
    return {"adcode": int(code)} if code.isdecimal() else {}


def center(county: Mapping[str, Any]) -> list[float]:
    """Where its label stands; without one, a point within."""
    label: list[float] | None = county["properties"].get("label")
    if label is None:
        point = mapping(shape(county["geometry"]).representative_point())["coordinates"]
        label = [round(number, DEGREE_DECIMALS) for number in point]
    return label
