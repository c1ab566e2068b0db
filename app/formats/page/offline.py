"""What the modules of the offline page are given (static/js/offline/offline.d.ts)."""

from typing import Any

from shapely.geometry import shape

from app.build.build import rounded
from app.build.uncertainty_area import areas_of
from app.domain.text.languages import record_json, translations_in
from app.formats.tabular.card import card_lines
from app.formats.tabular.table import Titles
from app.pack.features import search_texts
from app.pack.folding import traditional_of
from app.pack.pack import Pack
from app.selection.selection import Selection
from app.words import PAGE, catalogue_texts

DECIMALS = 5
ITEM_KEYS = (
    "id", "layer", "category", "name", "name_en", "counties", "scope", "status", "precision",
    "basis", "uncertainty_m",
)  # fmt: skip


def offline_data(selection: Selection) -> dict[str, Any]:
    """Items, cards, search texts and words, as one JSON document."""
    pack, view, features = selection.pack, selection.view, selection.features
    titles = Titles.of(pack, selection.lang)
    return {
        "lang": selection.lang,
        "first": pack.info.first,
        "words": catalogue_texts(selection.lang, PAGE),
        "pack": {
            "frame": pack.info.frame,
            "families": [record_json(one) for one in pack.families],
            "layers": [record_json(one) for one in pack.layers],
            "counties": [record_json(one) for one in pack.info.counties],
            "traditional": traditional_of(pack),
        },
        "items": [item(feature, pack) for feature in features],
        "cards": {f["id"]: card_lines(f["properties"], titles, selection.lang) for f in features},
        "texts": search_texts(selection.pack, features),
        "labels": {"type": "FeatureCollection", "features": pack.base_features("labels")},
        "counties": view.county,
        "bounds": bounds(selection),
        "focus": view.focus,
        "online": selection.url.partition("?")[0],
    }


def item(feature: dict[str, Any], pack: Pack) -> dict[str, Any]:
    """An item as the page's modules know it, and where its popup stands."""
    properties, geometry = feature["properties"], popup_feature(feature)
    found = {key: properties[key] for key in ITEM_KEYS}
    found |= translations_in(properties, ("name",), ITEM_KEYS)
    method = properties["located_by"]["method"]
    points = geometry if geometry and geometry["type"].endswith("Point") else None
    at = None
    if geometry:
        anchor = shape(geometry).representative_point()
        at = (round(anchor.x, DECIMALS), round(anchor.y, DECIMALS))
    area = areas_of(pack).as_geojson(feature)
    if area:
        found["area"] = area
    return {**found, "method": method, "geometry": points, "at": at}


def bounds(selection: Selection) -> tuple[float, float, float, float]:
    """What the map shows first: the view's box, else its counties, else the pack's frame."""
    if selection.view.bbox:
        return selection.view.bbox
    land = selection.pack.county_land
    chosen = [land[code].bounds for code in selection.view.county if code in land]
    if not chosen:
        return selection.pack.info.frame
    west, south, east, north = zip(*chosen, strict=True)
    return min(west), min(south), max(east), max(north)


def popup_feature(feature: dict[str, Any]) -> dict[str, Any] | None:
    """The geometry to draw; an item of whole counties is drawn from the base map."""
    geometry = feature["geometry"]
    if geometry is None or feature["properties"]["located_by"]["method"] == "counties":
        return None
    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"], DECIMALS)}
