"""The labels of the first map: seas, neighbours, towns. The product names all else by rank."""

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


def label_features(gazetteer: dict[str, dict[str, str]]) -> list[Feature]:
    """All labels, big ones first."""
    at = {name: (float(row["lng"]), float(row["lat"])) for name, row in gazetteer.items()}
    english = {name: row["name_en"] for name, row in gazetteer.items()}
    labels = [label(name, name_en, kind, zoom, (x, y)) for name, name_en, kind, zoom, x, y in SEAS]
    labels += [label(name, en, "neighbour", zoom, (x, y)) for name, en, zoom, x, y in NEIGHBOURS]
    places = [*((n, english[n], "island", zoom, n) for n, zoom in ISLANDS.items())]
    places += [(name, en, "town", zoom, place) for name, en, place, zoom in TOWNS]
    labels += [label(*words, at[place], place=place) for *words, place in places]
    return labels


def label(
    name: str, name_en: str, kind: str, minzoom: int, at: tuple[float, float], *, place: str = ""
) -> Feature:
    """One label as a point; one that is of a place goes where the gazetteer has it."""
    properties: dict[str, Any] = {
        "name": name, "name_en": name_en, "kind": kind, "minzoom": minzoom,
        **({"place": place} if place else {}),
    }  # fmt: skip
    return properties, shapely.Point(at)
