"""Windows of the map as answers: drawn by the workers that draw pictures, kept as those are."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import Request
from fastapi.responses import Response

from app.formats import WINDOW_BY_EXT
from app.formats.tabular.card import card_lines, name_of
from app.formats.tabular.table import Titles
from app.render.job import job_of
from app.render.pool import RenderPool
from app.selection.map_window import MapWindow
from app.selection.picture_options import PictureOptions
from app.view.view import View
from app.web.api.links import base_url
from app.web.dependencies import Service, view_language
from app.web.exports import ExportContext, export_file
from app.web.http.responses import REVALIDATE, answer
from app.web.pages.html import environment
from app.web.routes.view import outline

INFO_FORMATS = ("text/html", "text/plain", "application/json")
FOUND_MOST = 100
NO_ITEMS = "a layer of the plan: the base map holds no items"


@dataclass(frozen=True, slots=True)
class WindowAnswers:
    """Answers a request with windows of views."""

    request: Request
    service: Service
    pool: RenderPool

    async def drawn(self, view: View, window: MapWindow, ext: str) -> bytes:
        """What workers make of a window of a view."""
        file_format = WINDOW_BY_EXT[f"window.{ext}"]
        selection = outline(self.request, self.service, view, PictureOptions())
        job = job_of(file_format, replace(selection, window=window), self.service.code_version)
        body = await self.pool.find(job.key)
        if body is None:
            making = ExportContext(self.request, self.service, self.pool, file_format, job)
            body = await export_file(making)
        return body

    async def picture(
        self, view: View, window: MapWindow, ext: str = "png", cache: str = REVALIDATE
    ) -> Response:
        body = await self.drawn(view, window, ext)
        media_type = WINDOW_BY_EXT[f"window.{ext}"].media_type
        return await asyncio.to_thread(answer, self.request, body, media_type, cache=cache)

    async def found(
        self, view: View, window: MapWindow, layers: Sequence[str], most: int, media_type: str
    ) -> Response:
        """What is drawn at the pixel that is asked about, of some layers or of all."""
        store, lang = self.service.store, view_language(self.service, view)
        ids = orjson.loads(await self.drawn(view, window, "found"))
        bodies = [await store.feature(id) for id in ids]
        features = [orjson.loads(body) for body in bodies if body]
        of_layers = [one for one in features if not layers or one["properties"]["layer"] in layers]
        cards = [self.card(feature, lang) for feature in of_layers[: min(most, FOUND_MOST)]]
        body = INFO_WRITERS[media_type](cards, lang)
        if media_type.startswith("text/"):
            media_type += "; charset=utf-8"
        return answer(self.request, body, media_type)

    def card(self, feature: dict[str, Any], lang: str) -> dict[str, Any]:
        """An item with what its card says and the address of its view."""
        own = {} if lang == self.service.words.languages[0] else {"lang": lang}
        p = feature["properties"]
        return {
            "feature": feature,
            "name": name_of(p, lang),
            "lines": card_lines(p, Titles.of(self.service.catalog, lang), lang),
            "link": f"{base_url(self.request)}/?{urlencode({'focus': feature['id'], **own})}",
        }


def as_text(cards: Sequence[dict[str, Any]], lang: str) -> bytes:
    parts = [
        "\n".join([one["name"], *(f"{label}: {text}" for label, text in one["lines"]), one["link"]])
        for one in cards
    ]
    return "\n\n".join([*parts, ""]).encode()


def as_html(cards: Sequence[dict[str, Any]], lang: str) -> bytes:
    return environment().get_template("ows/found.html").render(cards=cards, lang=lang).encode()


def as_json(cards: Sequence[dict[str, Any]], lang: str) -> bytes:
    features = [
        {**one["feature"], "properties": {**one["feature"]["properties"], "link": one["link"]}}
        for one in cards
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


INFO_WRITERS = dict(zip(INFO_FORMATS, (as_html, as_text, as_json), strict=True))
