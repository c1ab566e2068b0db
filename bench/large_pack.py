"""A pack of as many items as wanted, the same ones each time, to see how the service bears them.

    .venv/bin/python bench/large_pack.py FOLDER [ITEMS] [--build]

The pack is the committed one with other rows: made-up places, spread over the land of its
counties, and an item at each, with Chinese and English text of the length that real items have.
Nothing in it is true. Without --build the features are written here, as `planmap build` would
write them but for the text that says how each was located.
"""

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.build.build import build, collection_text, write  # noqa: E402
from app.build.build import feature_text as text_of  # noqa: E402
from app.domain.models import STATUSES, Feature, Item  # noqa: E402
from app.pack.built import built_from, built_lines  # noqa: E402
from app.pack.pack import Pack  # noqa: E402
from app.pack.tables.csv_tables import write_table  # noqa: E402
from app.pack.tables.gazetteer import COLUMNS as PLACE_COLUMNS  # noqa: E402
from app.pack.tables.items import columns_of  # noqa: E402

SEED = 20261127
WORDS = "港口物流产业园区水库公路示范基地工程项目中心兴城绥中建昌连山龙港南票高速铁路湿地旅游" \
    "现代农业清洁能源装备制造新材料改造提升综合服务"  # fmt: skip
PAIRS = [WORDS[start : start + 2] for start in range(0, len(WORDS) - 1, 2)]
ENGLISH = (
    "port", "logistics", "park", "reservoir", "road", "base", "works", "centre", "railway",
    "wetland", "energy", "farm",
)  # fmt: skip


def main() -> None:
    numbers = [int(one) for one in sys.argv[2:] if one.isdigit()]
    folder = Path(sys.argv[1])
    make_pack(folder, numbers[0] if numbers else 100_000, built="--build" in sys.argv)
    print(folder)


def make_pack(folder: Path, count: int, *, built: bool = False) -> None:
    """Write the pack; what stood there goes."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "geodata", folder / "geodata")
    sample = Pack(ROOT)
    chance = random.Random(SEED)
    places = list(made_up_places(sample, count, chance))
    gazetteer = folder / "geodata" / "gazetteer.csv"
    head = gazetteer.read_text(encoding="utf-8")
    rows = write_table(PLACE_COLUMNS, places).partition("\n")[2]
    gazetteer.write_text(head + rows, encoding="utf-8")
    for number, layer in enumerate(sample.layers):
        own = places[number :: len(sample.layers)]
        table = [made_up_row(layer, place, chance) for place in own]
        text = write_table(columns_of(layer), table)
        (folder / "geodata" / "items" / f"{layer.id}.csv").write_text(text, encoding="utf-8")
    pack = Pack(folder)
    if built:
        write(build(pack))
    else:
        write_features(pack)


def made_up_places(sample: Pack, count: int, chance: random.Random) -> Iterator[dict[str, str]]:
    """Places on the land of the counties."""
    names = {county.code: county.name for county in sample.info.counties}
    left = count
    west, south, east, north = sample.info.frame
    generator = np.random.default_rng(SEED)
    while left:
        points = np.round(generator.uniform((west, south), (east, north), (4 * left + 100, 2)), 5)
        county = np.full(len(points), "", dtype=object)
        for code, land in sample.county_land.items():
            shapely.prepare(land)
            county[shapely.contains_xy(land, points)] = names[code]
        inside = np.flatnonzero(county != "")[:left]
        for row in inside.tolist():
            number = count - left
            left -= 1
            yield {
                "name": f"{words(chance, 2)}{number}号地", "name_en": f"Place {number}",
                "kind": "site", "county": county[row], "lng": str(points[row, 0]),
                "lat": str(points[row, 1]), "uncertainty_m": str(chance.choice((200, 500, 1500))),
                "basis": chance.choice("AB"), "source": "made-up", "evidence": "made up",
            }  # fmt: skip


def made_up_row(layer: Any, place: dict[str, str], chance: random.Random) -> dict[str, str]:
    name = place["name"]
    number = name.removesuffix("号地").lstrip(WORDS)
    fields = {one.id: listed(chance, 4) for one in layer.fields if one.type == "list"}
    return {
        "id": f"{layer.id}-{number}", "name": f"{words(chance, 4)}{number}",
        "name_en": f"{english(chance, 3)} {number}", "plan_term": words(chance, 6),
        "category": chance.choice(layer.categories).id, "status": chance.choice(list(STATUSES)),
        "counties": place["county"], "county_basis": "stated", "summary": words(chance, 24),
        "summary_en": english(chance, 18), "facts": listed(chance, 3, 8),
        "facts_en": "|".join(english(chance, 6) for _ in range(3)),
        "plan_refs": f"第{chance.choice('二三四五六七八九')}章 第一节", "method": "point",
        "places": name, **fields,
    }  # fmt: skip


def words(chance: random.Random, count: int) -> str:
    return "".join(chance.choices(PAIRS, k=count))


def listed(chance: random.Random, count: int, length: int = 2) -> str:
    return "|".join(dict.fromkeys(words(chance, length) for _ in range(count)))


def english(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(ENGLISH, k=count)).capitalize()


def write_features(pack: Pack) -> None:
    """`projects.geojson`, a feature at a time: a million of them take little memory."""
    head, tail = collection_text([], built_from(pack) | built_lines(pack)).split("\n\n")
    with pack.features_path.open("w", encoding="utf-8") as file:
        file.write(head)
        for number, item in enumerate(pack.items):
            file.write((",\n" if number else "\n") + text_of(feature_of(pack, item)))
        file.write(f"\n{tail}")


def feature_of(pack: Pack, item: Item) -> Feature:
    place = pack.gazetteer.get(item.places[0])
    assert place is not None
    properties = {
        "id": item.id, "layer": item.layer, "category": item.category, "name": item.name,
        "name_en": item.name_en, "plan_term": item.plan_term, "summary": item.summary,
        "summary_en": item.summary_en, "scope": "county", "counties": list(item.counties),
        "county_basis": item.county_basis, "status": item.status, "facts": list(item.facts),
        "facts_en": list(item.facts_en), "plan": item.plan_refs[0].as_dict(), "plan_more": [],
        "uncertainty_m": place.uncertainty_m, "precision": "site", "basis": place.basis,
        "located_by": {"method": "point", "places": list(item.places)},
        "location": f"标在{place.name}。", "location_en": f"Shown at {place.name_en}.",
        "place_note": "", "place_note_en": "", "related": [], "note": "", "note_en": "",
        "source": list(place.source), **item.extra,
    }  # fmt: skip
    return Feature(item.id, properties, shapely.Point(place.at))


if __name__ == "__main__":
    main()
