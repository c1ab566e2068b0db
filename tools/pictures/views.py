"""The views that are looked at before a release: what each shows, and how it is seen."""

from collections.abc import Iterator
from dataclasses import dataclass

WIDE, LAPTOP, PHONE = (1440, 900), (1366, 768), (390, 844)
PICTURE = "1600x1000"

FIGURES = {
    "towns": "layer=urban-structure&category=axis",
    "parks": "layer=industrial-parks",
    "transport": "layer=transport&category=expressway,railway,trunk-road,port,airport,corridor",
    "farming": "layer=agri-layout",
    "tourism": "layer=tourism-layout",
}
"""The five figures of the plan, as the tour of plan.toml has them."""
VIEWS = {
    "everything": "",
    **FIGURES,
    "routes": "layer=tourism-routes",
    "one route": "layer=tourism-routes&focus=route-history-city",
    "city": "layer=urban-structure",
    "clusters": "layer=urban-structure&category=cluster&bbox=120.7,40.6,121.15,40.9",
    "near a park": "focus=park-dongdaihe&near=10",
    "coast": "layer=transport&bbox=120.4,40.45,121.0,40.8",
    "energy": "layer=energy",
    "county": "county=211421",
    "sea": "bbox=120.6,40.2,121.2,40.6",
    "water": "layer=water",
    "parks and roads": "layer=industrial-parks,transport",
}


@dataclass(frozen=True, slots=True)
class Shot:
    """One thing to look at."""

    name: str
    address: str
    """From the site's root."""
    window: tuple[int, int] | None = None
    """Of a page; a picture is fetched as it is."""


def shots() -> Iterator[Shot]:
    """Every view as page and as picture; the five figures in more ways."""
    for name, query in VIEWS.items():
        yield Shot(f"{name}, page", f"/?{query}", WIDE)
        yield Shot(f"{name}, picture", f"/view.png?{joined(query, f'size={PICTURE}')}")
        yield Shot(f"{name}, phone", f"/?{query}", PHONE)
    for name, query in FIGURES.items():
        yield Shot(f"{name}, page in English", f"/?{joined(query, 'lang=en')}", LAPTOP)
        yield Shot(f"{name}, dark", f"/view.png?{joined(query, f'theme=dark&size={PICTURE}')}")
        yield Shot(f"{name}, small embed", f"/embed?{query}", (480, 360))


def joined(query: str, more: str) -> str:
    return f"{query}&{more}" if query else more
