"""What the modules of the offline page are given (static/js/offline/offline.d.ts)."""

import base64
from collections.abc import Mapping
from typing import Any

import orjson
from shapely.geometry import shape

from app.build.build import rounded
from app.catalog.catalog import Catalog
from app.catalog.search import search_texts, traditional_of
from app.domain.models import STATUSES
from app.domain.text.languages import record_json, translations_in
from app.formats.outlines import is_county_wide
from app.formats.tabular.card import card_lines
from app.formats.tabular.table import Titles
from app.picture.map.proximity import centre_of, degrees, feature_by_id
from app.picture.scene.viewport import Box, box_around
from app.selection.selection import Selection, metres_away
from app.words import PAGE, catalogue_texts

DECIMALS = 5
NAMES = "labels"
"""The base file of names; the page draws the others as shapes."""
ITEM_KEYS = (
    "id", "layer", "category", "name", "name_en", "counties", "scope", "status", "precision",
    "basis", "uncertainty_m",
)  # fmt: skip
FOCUS_KM = 3.0
"""What is shown around an item in focus at least."""
MORE_KEYS = ("exits", "diagram")
"""What some items have."""


def offline_data(selection: Selection) -> dict[str, Any]:
    """Items, cards, search texts and words, as one JSON document."""
    catalog, view, features = selection.catalog, selection.view, selection.features
    titles = Titles.of(catalog, selection.lang)
    return {
        "lang": selection.lang,
        "first": catalog.info.first,
        "words": catalogue_texts(selection.lang, PAGE),
        "pack": {
            "frame": catalog.info.frame,
            "families": [record_json(family) for family in catalog.families],
            "layers": [record_json(layer) for layer in catalog.layers],
            "counties": [record_json(county) for county in catalog.info.counties],
            "statuses": [
                {"id": id, "title": zh, "title_en": en} for id, (zh, en) in STATUSES.items()
            ],
            "status_title": catalog.info.status_in(selection.lang),
            "traditional": traditional_of(catalog, map(orjson.dumps, features)),
        },
        "items": [item(feature, catalog) for feature in features],
        "cards": {f["id"]: card_lines(f["properties"], titles, selection.lang) for f in features},
        "texts": search_texts(selection.catalog, features),
        "base": {
            name: collection(catalog.base_features(name)) for name in catalog.base if name != NAMES
        },
        "labels": collection([*catalog.base_features(NAMES), *catalog.place_names]),
        "ground": collection(catalog.detail_features("ground")),
        "world": collection(catalog.detail_features("world")),
        "images": {
            name: f"data:image/png;base64,{base64.b64encode(body).decode()}"
            for name, body in catalog.detail.items()
            if name.endswith(".png")
        },
        "counties": view.county,
        "bounds": bounds(selection),
        "near": near(selection),
        "focus": view.focus,
        "notes": [str(note) for note in view.notes],
        "names": [str(name) for name in view.names],
        "online": selection.url.partition("?")[0],
    }


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def item(feature: dict[str, Any], catalog: Catalog) -> dict[str, Any]:
    """An item as the page's modules know it, and where its popup stands."""
    properties, geometry = feature["properties"], popup_feature(feature)
    members = {key: properties[key] for key in ITEM_KEYS}
    members |= translations_in(properties, ("name",), ITEM_KEYS)
    members |= {key: properties[key] for key in MORE_KEYS if properties.get(key)}
    method = properties["located_by"]["method"]
    at = None
    if geometry:
        anchor = shape(geometry).representative_point()
        at = (round(anchor.x, DECIMALS), round(anchor.y, DECIMALS))
    area = catalog.areas.as_geojson(feature)
    if area:
        members["area"] = area
    if drawing := catalog.drawings.get(feature["id"]):
        members["drawing"] = drawing
    return {**members, "method": method, "geometry": geometry, "at": at}


def near(selection: Selection) -> dict[str, Any] | None:
    """What the view is near to, as the page's modules know it, and how far each item is."""
    centre = centre_of(selection)
    if centre is None:
        return None
    catalog, named = selection.catalog, selection.view.place
    if named:
        doubts = [one.uncertainty_m for one in catalog.gazetteer if one.name == named.name]
    else:
        focus = feature_by_id(catalog.features, selection.view.focus) or {"properties": {}}
        doubts = [focus["properties"].get("uncertainty_m")]
    away = metres_away(selection.centre, selection.features) if selection.centre else []
    return {
        "name": centre.name,
        "position": centre.position,
        "km": centre.km,
        "marked": centre.marked,
        "uncertainty_m": next(iter(doubts), 0) or 0,
        "metres": {one["id"]: m for one, m in zip(selection.features, away, strict=bool(away))},
    }


def bounds(selection: Selection) -> tuple[float, float, float, float]:
    """What the map shows first: the view's box, else what it is near to, else the item in focus,
    else its counties, else the pack's frame.
    """
    if selection.view.bbox:
        return selection.view.bbox
    if centre := centre_of(selection):
        return centre.box
    focus = feature_by_id(selection.features, selection.view.focus)
    if focus and (geometry := popup_feature(focus)):
        return around(shape(geometry).bounds, focus["properties"]["uncertainty_m"] or 0)
    land = selection.catalog.county_land
    chosen = box_around(land[code] for code in selection.view.county if code in land)
    return chosen or selection.catalog.info.frame


def around(box: Box, metres: float) -> Box:
    """A box with so much around it, and never less than what says where it is."""
    west, south, east, north = box
    reach = degrees(max(metres / 1000, FOCUS_KM), (south + north) / 2)
    return west - reach, south - reach, east + reach, north + reach


def popup_feature(feature: Mapping[str, Any]) -> dict[str, Any] | None:
    """The geometry to draw; an item of whole counties is drawn from the base map."""
    geometry = feature["geometry"]
    if geometry is None or is_county_wide(feature):
        return None
    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"], DECIMALS)}
