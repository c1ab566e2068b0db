"""Marks of maps whose positions are shifted on purpose: 高德 and 腾讯 (GCJ-02), 百度 (BD-09).

No coordinate shows the shift of 400 to 1,300 metres; only a word in the file may. 奥维 writes the
system of each placemark into its KML, whatever the format's own rule says.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from app.domain.errors import PackError

SHIFTED = re.compile(
    r"GCJ[-_ ]?0?2|BD[-_ ]?0?9|火星坐标|高德坐标|百度坐标|百度经纬度|腾讯坐标", re.IGNORECASE
)
OVERLAY = re.compile(rb"<OvCoordType[^>]*>\s*([^<]*?)\s*</", re.IGNORECASE)
HONEST = ("WGS84", "WGS-84", "CGCS2000", "")
EXPECTED = (
    "positions in WGS 84 or CGCS2000; those of this map service are shifted by 400 to 1,300 m: "
    "export it again with WGS 84, or convert it; if it is WGS 84 after all, say --crs EPSG:4326"
)


def not_shifted(path: Path, asked: str) -> None:
    """Raises PackError where the file itself says that its positions are shifted."""
    if asked:
        return
    if path.suffix.lower() in (".kml", ".ovkml"):
        for overlay in OVERLAY.findall(path.read_bytes()):
            name = overlay.decode("utf-8", "replace")
            if name.upper() not in HONEST:
                raise PackError(path.name, EXPECTED, column="OvCoordType", value=name)
    if SHIFTED.search(path.stem):
        raise PackError(path.name, EXPECTED, column="name", value=path.stem)


def no_shifted_words(file: str, columns: Iterable[str], cells: Iterable[object]) -> None:
    """Raises PackError where a column's name, or a short word in a cell, says so."""
    for text in (*columns, *cells):
        if isinstance(text, str) and len(text) <= 40 and (match := SHIFTED.search(text)):
            raise PackError(file, EXPECTED, column="coordinates", value=match.group())
