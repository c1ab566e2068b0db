"""The features of a page of a store, as formats are given them: each read when it is looked at."""

from typing import Any

import orjson

from app.domain.on_demand import PrintableRecords
from app.domain.text.characters import has_forbidden, printable
from app.store.bodies import Texts
from app.work import check


class PageFeatures(PrintableRecords):
    """While there is time for the work that asks."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    def member(self, at: int) -> dict[str, Any]:
        check()
        text = self._texts.member(at)
        feature: dict[str, Any] = orjson.loads(text)
        return printable(feature) if has_forbidden(text) else feature

    def written(self) -> bytes:
        """All of them between commas, as GeoJSON has them; empty where one has to be read for it:
        it holds what no file can.
        """
        text = b"".join(self._texts.pieces())
        return b"" if has_forbidden(text) else text
