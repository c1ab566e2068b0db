"""The words a picture says of its own, Chinese and English."""

from app.domain.text.languages import in_language, word_in

PHRASES = {
    "legend": ("图例", "Legend"),
    "items": ("项目", "Items"),
    "count": ("共 {n} 项", "{n} items"),
    "placed": ("有据位置", "Documented position"),
    "estimated": ("估计位置", "Estimated position"),
    "estimated-bare": ("估计位置", "Estimated position"),
    "schematic": ("示意走向或范围", "Schematic course or extent"),
    "route": ("线路", "Line"),
    "zone": ("片区，只示意范围", "Zone, extent only"),
    "diagram": ("结构图", "Structure diagram"),
    "diagram.core": ("主中心", "Main centre"),
    "diagram.subcore": ("副中心", "Sub-centre"),
    "diagram.belt": ("发展带", "Belt"),
    "diagram.axis": ("辐射轴", "Axis"),
    "diagram.centre": ("城区中心", "City centre"),
    "diagram.bay": ("湾区", "Bay"),
    "diagram.cluster": ("组团", "Cluster"),
    "cluster": ("相邻项目，数字为项数", "Items close together, with their number"),
    "numbers": ("编号见列表", "Numbers: see list"),
    "wide": ("县区范围", "Whole county"),
    "wide-list": ("以县区整体表示", "Shown as whole counties"),
    "city": ("全市性项目 {n} 项，不在图上", "{n} city-wide items, not on the map"),
    "none": ("未定位 {n} 项，不在图上", "{n} unlocated items, not on the map"),
    "outside": ("图框之外 {n} 项", "{n} items beyond this map"),
    "near": ("{place} {km} 公里内", "Within {km} km of {place}"),
    "lines": ("线路与片区", "Lines and zones"),
    "points": ("地点", "Places"),
    "more": ("另有 {n} 项未列出", "{n} more, not listed"),
    "undrawn": ("不在图上", "Not on the map"),
    "source": ("来源", "Source"),
    "version": ("数据版本 {v}", "data version {v}"),
    "approval": ("审图号：{n}", "Map approval no. {n}"),
    "to": ("往{place}", "to {place}"),
    "km": ("{n} 公里", "{n} km"),
    "m": ("{n} 米", "{n} m"),
    "north": ("北", "N"),
    "scan": ("扫码看交互地图", "Scan for the live map"),
    "empty": ("没有符合条件的项目", "Nothing matches this view"),
    "wide-badge": ("县区级 {n} 项", "{n} by county"),
    "description": (
        "{title}。{subtitle}。{n} 项，其中图上 {shown} 项。",
        "{title}. {subtitle}. {n} items, {shown} of them on the map.",
    ),
}


PLAIN = str.maketrans("‘’“”", "''\"\"")


def typeset(text: str, lang: str) -> str:
    """In a Chinese font curly quotes are as wide as a sign: fine in Chinese, a gap in English."""
    return in_language(lang, text, text.translate(PLAIN))


def printable(text: str) -> str:
    """What a reader typed, without signs that no picture has and XML does not allow."""
    return "".join(char for char in text if char.isprintable())


def phrase(key: str, lang: str, **values: object) -> str:
    """One phrase in a language."""
    return word_in(PHRASES[key], lang).format(**values)
