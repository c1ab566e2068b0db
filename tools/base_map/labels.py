"""The labels of the base map: which places are named, and from which zoom on."""

from typing import Any

import shapely
from canonical import Feature

# Everything below is particular to Huludao. A label stands at its place in the gazetteer unless a
# position is given here: a sea, a bay or a neighbour is named where there is room for the word.
SEAS: list[tuple[str, str, str, int, float, float]] = [
    ("渤海", "Bohai Sea", "sea", 6, 120.62, 39.97),
    ("辽东湾", "Liaodong Bay", "sea", 8, 121.0, 40.36),
    ("连山湾", "Lianshan Bay", "bay", 10, 120.905, 40.655),
    ("锦州湾", "Jinzhou Bay", "bay", 10, 121.04, 40.77),
]
NEIGHBOURS: list[tuple[str, str, int, float, float]] = [
    ("河北省", "Hebei Province", 7, 119.36, 40.2),
    ("秦皇岛市", "Qinhuangdao", 7, 119.588, 39.932),
    ("山海关", "Shanhaiguan", 9, 119.762, 39.999),
    ("青龙满族自治县", "Qinglong", 9, 119.32, 40.4),
    ("凌源市", "Lingyuan", 9, 119.4, 41.24),
    ("朝阳市", "Chaoyang", 7, 120.3, 41.27),
    ("锦州市", "Jinzhou", 7, 121.135, 41.115),
]
ISLANDS = {"觉华岛": 9}
# Label, English, place of the gazetteer, zoom.
TOWNS: list[tuple[str, str, str, int]] = [
    ("连山", "Lianshan", "连山区", 9),
    ("龙港", "Longgang", "龙港区", 11),
    ("南票", "Nanpiao", "南票区", 8),
    ("绥中", "Suizhong", "绥中县", 8),
    ("建昌", "Jianchang", "建昌县", 8),
    ("兴城", "Xingcheng", "兴城市", 8),
]
TOWNSHIPS: dict[int, list[str]] = {
    10: [
        "杨家杖子街道", "寺儿堡镇", "高桥镇", "暖池塘镇", "台集屯镇", "万家镇", "前所镇", "前卫镇",
        "宽邦镇", "高台镇", "荒地镇", "加碑岩乡", "沙后所镇", "东辛庄镇", "郭家镇", "徐大堡镇",
        "玲珑塔镇", "药王庙镇", "新开岭乡", "喇嘛洞镇",
    ],
    11: [
        "钢屯镇", "新台门镇", "孤竹营子乡", "塔山乡", "金星镇", "虹螺岘镇", "高岭镇", "小庄子镇",
        "永安堡乡", "葛家满族乡", "明水满族乡", "白塔满族乡", "三道沟满族乡", "药王满族乡",
        "石佛乡", "小德营子乡",
    ],
}  # fmt: skip
SUFFIXES = (" Manchu Ethnic Township", " Township", " Subdistrict", " Town")


def label_features(gazetteer: dict[str, dict[str, str]]) -> list[Feature]:
    """All labels, big ones first."""
    at = {name: (float(row["lng"]), float(row["lat"])) for name, row in gazetteer.items()}
    english = {name: row["name_en"] for name, row in gazetteer.items()}
    labels = [label(name, name_en, kind, zoom, (x, y)) for name, name_en, kind, zoom, x, y in SEAS]
    labels += [label(name, en, "neighbour", zoom, (x, y)) for name, en, zoom, x, y in NEIGHBOURS]
    labels += [label(n, english[n], "island", zoom, at[n]) for n, zoom in ISLANDS.items()]
    labels += [label(name, en, "town", zoom, at[place]) for name, en, place, zoom in TOWNS]
    labels += [
        label(name, short(english[name]), "township", zoom, at[name])
        for zoom, names in TOWNSHIPS.items()
        for name in names
    ]
    return labels


def label(name: str, name_en: str, kind: str, minzoom: int, at: tuple[float, float]) -> Feature:
    """One label as a point."""
    properties: dict[str, Any] = {
        "name": name, "name_en": name_en, "kind": kind, "minzoom": minzoom,
    }  # fmt: skip
    return properties, shapely.Point(at)


def short(name_en: str) -> str:
    """An English place name without its rank."""
    for suffix in SUFFIXES:
        name_en = name_en.removesuffix(suffix)
    return name_en
