"""The data as search engines and catalogues read it: a schema.org Dataset, and what documents say
of licence, date and keywords. Nothing is said that the pack does not know.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from app.catalog.collections import Collection
from app.domain.text.languages import tag_of, title_in, word_in
from app.formats import FORMATS
from app.formats.page.inline import json_text
from app.web.api.links import Link, link
from app.web.dependencies import Service, titled
from app.web.http.representations import HTML, Representation

LICENCES = {
    "MIT": "https://opensource.org/license/mit",
    "ODbL 1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}
"""Where the text of a licence stands that a source may have."""
UNSAID = ("", "unknown", "none claimed", "public document")
YEARS = re.compile(r"(\d{4})\s*[–—-]\s*(\d{4})")
SHORT = 50
"""Characters below which a description says too little to be taken up by a catalogue."""


def licences_of(service: Service) -> list[str]:
    """The licences of the pack's sources: their addresses, else their names."""
    named = dict.fromkeys(source.licence for source in service.catalog.sources)
    return [LICENCES.get(name, name) for name in named if name not in UNSAID]


def facts_of(service: Service, lang: str, one: Collection | None = None) -> dict[str, Any]:
    """`keywords` and `updated` of a document; no date where the pack has none."""
    updated = service.catalog.info.updated
    facts: dict[str, Any] = {"keywords": keywords(service, lang, one)}
    return facts | ({"updated": f"{updated}T00:00:00Z"} if updated else {})


def keywords(service: Service, lang: str, one: Collection | None = None) -> list[str]:
    """Titles of the layers, the place and the plan."""
    info, catalog = service.catalog.info, service.catalog
    whole = one is None or (one.of_plan and not one.layers)
    held = [layer.id for layer in catalog.layers] if whole else one.layers if one else []
    titles = [titled(layer, lang) for layer in catalog.layers if layer.id in held]
    titles += [titled(one, lang)] if one else []
    place = title_in(info, lang, "place")
    return list(dict.fromkeys([place, titled(info, lang, "plan_short"), *titles]))


def licence_link(base: str, lang: str) -> Link:
    """Where the sources and their licences are listed."""
    title = word_in("document.licences", lang)
    return link(f"{base}/data?lang={lang}#sources", "license", HTML.link_type, title)


def whole_dataset(service: Service, base: str, lang: str) -> str:
    """Of the map: every file that can be taken away."""
    info = service.catalog.info
    files = [
        download(
            f"{base}/view.{file_format.ext}?lang={lang}",
            file_format.media_type,
            titled(file_format, lang),
        )
        for file_format in FORMATS
        if file_format.kind == "data"
    ]
    west, south, east, north = info.frame
    dataset = {
        **common(
            service,
            lang,
            f"{base}/",
            name=titled(info, lang),
            description=titled(info, lang, "plan"),
        ),
        "distribution": files,
        "spatialCoverage": place(service, lang, (west, south, east, north)),
    }
    return json_text(dataset)


def collection_dataset(
    service: Service,
    base: str,
    lang: str,
    one: Collection,
    *,
    box: Sequence[float] | None,
    formats: Iterable[Representation],
) -> str:
    """Of a collection: its items in each format, part of the whole."""
    here = f"{base}/api/collections/{quote(one.id)}"
    files = [
        download(f"{here}/items?f={format.name}", format.type, titled(format, lang))
        for format in formats
        if format is not HTML
    ]
    description, whole = titled(one, lang, "description"), titled(service.catalog.info, lang)
    dataset = {
        **common(service, lang, here, name=titled(one, lang), description=description, one=one),
        "isPartOf": {"@type": "Dataset", "@id": f"{base}/", "name": whole},
        "distribution": files,
        **({"spatialCoverage": place(service, lang, box)} if box else {}),
    }
    return json_text(dataset)


def common(
    service: Service,
    lang: str,
    address: str,
    *,
    name: str,
    description: str,
    one: Collection | None = None,
) -> dict[str, Any]:
    """What every part of the data has alike."""
    info = service.catalog.info
    if len(description) < SHORT:
        mark = word_in("about.stop", lang)
        about = (description, titled(info, lang, "plan"), titled(info, lang, "attribution"))
        description = mark.join(dict.fromkeys(filter(None, about)))
    members: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "identifier": address,
        "name": name,
        "description": description,
        "inLanguage": [tag_of(code) for code in info.languages],
        "version": service.store.version,
        "keywords": keywords(service, lang, one),
        "isAccessibleForFree": True,
        "creditText": titled(info, lang, "attribution"),
        "license": licences_of(service),
        "dateModified": info.updated,
        "temporalCoverage": years(info.period),
    }
    return {key: value for key, value in members.items() if value not in ("", [])}


def years(period: str) -> str:
    """`2021–2025` as ISO 8601 writes an interval; nothing where it is no span of years."""
    match = YEARS.fullmatch(period.strip())
    return f"{match[1]}/{match[2]}" if match else ""


def place(service: Service, lang: str, box: Sequence[float]) -> dict[str, Any]:
    info = service.catalog.info
    west, south, east, north = box
    shape = {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}
    return {
        "@type": "Place",
        "name": title_in(info, lang, "place"),
        "geo": shape,
    }


def download(address: str, media_type: str, name: str) -> dict[str, str]:
    plain = media_type.partition(";")[0]
    return {
        "@type": "DataDownload", "contentUrl": address, "encodingFormat": plain, "name": name,
    }  # fmt: skip
