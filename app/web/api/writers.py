"""The features of an items request in each format: one list, a function each."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from fastapi import Request
from fastapi.responses import Response

from app.catalog.collections import Collection
from app.domain.errors import BadValue
from app.domain.projections import CRS84, Converter, as_it_is, converter
from app.domain.winding import CLOCKWISE
from app.formats import BY_EXT, Selection
from app.formats.text.geojsonseq import pieces
from app.formats.text.jsonfg import collection as jsonfg_collection
from app.render.job import job_of
from app.store.base import ResultPage
from app.view.view import View
from app.web.api.links import Link, base_url, header_links
from app.web.dependencies import Service, titled
from app.web.exports import MANY, ExportContext, file_answer
from app.web.http.encodings import etag_of
from app.web.http.file_names import disposition
from app.web.http.representations import GEOJSON, HTML, Representation
from app.web.http.responses import LARGE, answer, answer_stream
from app.web.pages.display_values import page_words, table_columns
from app.web.pages.html import page as html_page
from app.web.params.queries import ItemsRequest
from app.work.ambient import DATA, run

Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WriterInput:
    """What a writer is given."""

    service: Service
    collection: Collection
    asked: ItemsRequest
    page: ResultPage
    links: list[Link]
    format: Representation
    lang: str

    @property
    def features(self) -> Iterator[Feature]:
        return self.page.parsed()

    @property
    def as_they_are(self) -> bool:
        """Whether its features go out as they are kept."""
        asked = self.asked
        return asked.projection is CRS84 and asked.wind is as_it_is and not asked.properties

    @property
    def shaped(self) -> Sequence[bytes]:
        """The feature bytes as asked: ready as they are unless another CRS or a part is wanted."""
        if self.as_they_are:
            return self.page.features
        convert, names = converter(self.asked.projection), self.asked.properties
        return [orjson.dumps(reshaped(one, convert, names)) for one in self.wound]

    @property
    def wound(self) -> Iterator[Feature]:
        """The features with their rings as asked."""
        return (reshaped(feature, self.asked.wind, ()) for feature in self.features)

    @property
    def is_short(self) -> bool:
        """Whether its features go out as they are, and are not many."""
        return self.as_they_are and not self.page.features.is_larger(LARGE)

    @property
    def headers(self) -> dict[str, str]:
        """Counts for every format; links too where the body cannot hold them."""
        linked = {"Link": header_links(self.links)} if self.format not in (GEOJSON, HTML) else {}
        return {
            "Content-Crs": f"<{self.asked.projection.uri}>",
            "OGC-NumberMatched": str(self.page.matched),
            "OGC-NumberReturned": str(len(self.page.features)),
            **linked,
        }

    def head(self) -> dict[str, Any]:
        """The members of a collection document, beside its features."""
        return {
            "numberMatched": self.page.matched,
            "numberReturned": len(self.page.features),
            "links": self.links,
        }


def reshaped(feature: Feature, convert: Converter, names: Sequence[str]) -> Feature:
    """The feature in a CRS, with some of its properties."""
    properties = feature["properties"]
    if names:
        properties = {name: properties[name] for name in names if name in properties}
    return {**feature, "properties": properties, "geometry": convert(feature["geometry"])}


async def write_items(request: Request, data: WriterInput) -> Response:
    """The answer in its format; what is more than joining a few ready bytes, off the event loop."""
    writer = WRITER_OF[data.format.name]
    if writer is as_geojson and data.is_short:
        return writer(request, data)
    if writer is as_file and len(data.page.features) > MANY:
        return await large_file(request, data)
    return await run(DATA, writer, request, data)


def as_geojson(request: Request, data: WriterInput) -> Response:
    """A FeatureCollection: ready bytes joined."""
    head = orjson.dumps({"type": "FeatureCollection", **data.head()})[:-1] + b',"features":['
    if data.as_they_are:
        body = b"".join((head, *data.page.features.pieces(), b"]}"))
        tag = etag_of(head + data.page.features.digest(), "")
    else:
        body, tag = b"".join((head, b",".join(data.shaped), b"]}")), ""
    return answer(request, body, data.format.media_type, headers=data.headers, tag=tag)


def as_jsonfg(request: Request, data: WriterInput) -> Response:
    features = (reshaped(one, as_it_is, data.asked.properties) for one in data.wound)
    body = jsonfg_collection(features, data.asked.projection, data.head())
    return answer(request, body, data.format.media_type, headers=data.headers)


def as_sequence(request: Request, data: WriterInput) -> Response:
    """Records sent while they are made."""
    records = data.shaped
    return answer_stream(
        request, pieces(records), etag_of(b"".join(records), ""), data.format.media_type,
        data.headers,
    )  # fmt: skip


def as_page(request: Request, data: WriterInput) -> Response:
    """A table and a small map."""
    return html_page(
        request, data.service, "api/items.html", here="api",
        collection=data.collection, features=list(data.features), links=data.links,
        matched=data.page.matched, offset=data.asked.query.offset,
        columns=table_columns(data.collection), **page_words(data.service.catalog, data.lang),
    )  # fmt: skip


def as_file(request: Request, data: WriterInput) -> Response:
    """A file as a format writes it."""
    selection = replace(file_selection(request, data), features=list(data.features))
    file_format = BY_EXT[data.format.name]
    body = file_format.render(selection)
    return answer(request, body, file_format.media_type, headers=file_headers(data))


async def large_file(request: Request, data: WriterInput) -> Response:
    """The same by a worker; its name holds all that decides its bytes."""
    file_format, features = BY_EXT[data.format.name], data.page.features
    selection = file_selection(request, data)
    job = job_of(file_format, selection, data.service.code_version)
    parts = (job.key, selection.collection, selection.family, features.digest().hex())
    key = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]
    context = ExportContext(
        request, data.service, request.app.state.render, file_format,
        replace(job, key=key, features=features),
    )  # fmt: skip
    return await file_answer(context, file_headers(data))


def file_headers(data: WriterInput) -> dict[str, str]:
    name = disposition("attachment", data.collection.id, data.format.name)
    return {**data.headers, "Content-Disposition": name}


def file_selection(request: Request, data: WriterInput) -> Selection:
    """What a file holds, but for its features. Raises BadValue for what no file has a choice of."""
    if data.asked.properties:
        raise BadValue("properties", ",".join(data.asked.properties), "no choice in a file format")
    if data.asked.wind is not as_it_is:
        raise BadValue("winding", CLOCKWISE, "no choice in a file format")
    return Selection(
        catalog=data.service.catalog,
        version=data.service.store.version,
        view=View(layer=data.collection.layers, title=titled(data.collection, data.lang)),
        features=(),
        lang=data.lang,
        url=f"{base_url(request)}/api/collections/{data.collection.id}",
        properties=() if data.collection.of_plan else data.collection.properties,
        collection=data.collection.whole or data.collection.id,
        family=data.collection.family,
        projection=data.asked.projection,
    )


def of_format(ext: str) -> Representation:
    """The format of a format; such a file has no pages."""
    file_format = BY_EXT[ext]
    return Representation(ext, file_format.media_type, file_format.title, whole=True)


def check_crs(asked: ItemsRequest, chosen: Representation) -> None:
    """A file keeps no headers: one that cannot say its CRS itself is in CRS84 or it is a riddle."""
    if asked.projection is not CRS84 and chosen in WITHOUT_CRS:
        carriers = ", ".join(
            file_format.name
            for file_format in ITEM_FORMATS
            if file_format not in (*WITHOUT_CRS, HTML)
        )
        raise BadValue(
            "crs", asked.projection.uri,
            f"{CRS84.uri} with f={chosen.name}, which cannot say its CRS; those that can: "
            f"{carriers}",
        )  # fmt: skip


Writer = Callable[[Request, WriterInput], Response]
JSONFG = Representation("jsonfg", BY_EXT["jsonfg"].media_type, "media.jsonfg")
SEQUENCE = of_format("geojsonseq")
CSV = of_format("csv")
WITHOUT_CRS = (SEQUENCE, CSV)
FILES = (CSV, *(of_format(ext) for ext in ("gpkg", "fgb")))

WRITERS: tuple[tuple[Representation, Writer], ...] = (
    (GEOJSON, as_geojson),
    (HTML, as_page),
    (JSONFG, as_jsonfg),
    (SEQUENCE, as_sequence),
    *((one, as_file) for one in FILES),
)
"""The default first."""

ITEM_FORMATS = tuple(one for one, _ in WRITERS)
WRITER_OF = {one.name: writer for one, writer in WRITERS}
FEATURE_FORMATS = (GEOJSON, HTML, JSONFG)
"""Of one item alone."""
