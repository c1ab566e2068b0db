"""How an item was located, as a sentence a reader can check: in Chinese and in English."""

from app.domain.models import BASES, Item, Located
from app.domain.text.distances import distance_words
from app.locate.context import LocateContext


def sentences(context: LocateContext, item: Item, located: Located) -> tuple[str, str]:
    """The sentence in zh and in en."""
    how_zh, how_en = HOW[item.method](context, item)
    if located.uncertainty_m is None or item.method == "counties":
        return f"{how_zh}。", f"{how_en}."
    basis_zh, basis_en = BASES[located.basis or "estimated"]
    radius_zh, radius_en = distance_words(located.uncertainty_m)
    return (
        f"{how_zh}（{basis_zh}，误差半径约 {radius_zh}）。",
        f"{how_en} ({basis_en.lower()}, within about {radius_en}).",
    )


def point(context: LocateContext, item: Item) -> tuple[str, str]:
    zh, en = place_names(context, item)
    return f"标在{zh[0]}", f"Shown at {en[0]}"


def points(context: LocateContext, item: Item) -> tuple[str, str]:
    zh, en = place_names(context, item)
    return f"分别标在{'、'.join(zh)}", f"Shown at {listed(en)}"


def near(context: LocateContext, item: Item) -> tuple[str, str]:
    if item.along:
        how_zh, how_en = route(context, item)
        return f"确切地段不详，{how_zh}", f"Its own reach is not known. {how_en}"
    zh, en = place_names(context, item)
    centreline = context.extent_of(item) == "line"
    what_zh, what_en = ("走向", "course") if centreline else ("确切位置", "own site")
    verb = "stands" if len(en) == 1 else "stand"
    return (
        f"{what_zh}不详，以{'、'.join(zh)}代表",
        f"Its {what_en} is not known; {listed(en)} {verb} for it",
    )


def line(context: LocateContext, item: Item) -> tuple[str, str]:
    zh, en = place_names(context, item)
    off = [context.off_the_map(context.place(item, name)) for name in item.places]
    if not any(off) or all(off):
        return f"依次经{'、'.join(zh)}连线，示意走向", f"A schematic line through {listed(en)}"
    here_zh, far_zh = parted(zh, off)
    here_en, far_en = parted(en, off)
    start_zh = f"依次经{'、'.join(here_zh)}" if len(here_zh) > 1 else f"自{here_zh[0]}起"
    start_en = f"through {listed(here_en)}" if len(here_en) > 1 else f"from {here_en[0]}"
    return (
        f"{start_zh}，方向指向{'、'.join(far_zh)}；只画图内一段，示意走向",
        f"A schematic line {start_en}, bound for {listed(far_en)} and drawn to the map's edge",
    )


def parted(names: list[str], off: list[bool]) -> tuple[list[str], list[str]]:
    """The names on the map, and those beyond it."""
    pairs = list(zip(names, off, strict=True))
    return [name for name, far in pairs if not far], [name for name, far in pairs if far]


def route(context: LocateContext, item: Item) -> tuple[str, str]:
    bases = [context.pack.lines[name] for name in item.along]
    along_zh = "、".join(base.name for base in bases)
    along_en = listed([base.name_en for base in bases])
    zh, en = place_names(context, item)
    corridor = any(base.kind == "corridor" for base in bases)
    word_zh, word_en = ("走廊示意", " (a planned corridor)") if corridor else ("走向", "")
    ends_zh, ends_en = ("", "")
    if len(zh) >= 2:
        ends_zh, ends_en = f"，自{zh[0]}至{zh[-1]}", f" from {en[0]} to {en[-1]}"
    if context.keeps_inside(item):
        ends_zh, ends_en = f"{ends_zh}，限于所列县区", f"{ends_en}, within the counties named"
    return (
        f"沿{along_zh}的{word_zh}绘制{ends_zh}",
        f"Drawn along {along_en}{word_en}{ends_en}",
    )


def coast(context: LocateContext, item: Item) -> tuple[str, str]:
    zh, en = place_names(context, item)
    return f"沿{'、'.join(zh)}之间的海岸绘制", f"Drawn along the coast between {listed(en)}"


def hull(context: LocateContext, item: Item) -> tuple[str, str]:
    zh, en = place_names(context, item)
    return f"以{'、'.join(zh)}围成的陆地范围示意", f"A schematic zone on land around {listed(en)}"


def counties(context: LocateContext, item: Item) -> tuple[str, str]:
    if not item.counties:
        info = context.pack.info
        return f"以{info.place}全域表示", f"Shown as the whole of {info.place_en}"
    chosen = [county for county in context.pack.info.counties if county.code in item.counties]
    zh = "、".join(county.name for county in chosen)
    return f"以{zh}全域表示", f"Shown as the whole of {listed([c.name_en for c in chosen])}"


def drawn(context: LocateContext, item: Item) -> tuple[str, str]:
    return "按已有图形绘制", "Drawn from an existing geometry"


def none(context: LocateContext, item: Item) -> tuple[str, str]:
    return "未定位", "Unlocated"


HOW = {
    function.__name__: function
    for function in (point, points, near, line, route, coast, hull, counties, drawn, none)
}


def place_names(context: LocateContext, item: Item) -> tuple[list[str], list[str]]:
    """The names of the item's places as the row writes them, and in English."""
    places = [context.place(item, name) for name in item.places]
    return list(item.places), [place.name_en or place.name for place in places]


def listed(names: list[str]) -> str:
    """`A, B and C`."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
