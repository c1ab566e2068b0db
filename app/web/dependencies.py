"""What routes are given: the service they answer from, and checked query parameters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request

from app.catalog.catalog import Catalog
from app.catalog.collections import Collection, collection_of
from app.domain.errors import UnknownParameter
from app.domain.projections import Box, Projection
from app.domain.text.languages import title_in
from app.render.pool import RenderPool
from app.settings import Settings
from app.store.base import Store
from app.view.view import View, Vocabulary, is_foreign, reject_repeats
from app.web.http.languages import preferred, set_content_language
from app.web.http.representations import gets_page


@dataclass(frozen=True, slots=True)
class Service:
    """One pack being served. Nothing of it is global: two services can live in one process."""

    settings: Settings
    catalog: Catalog
    store: Store
    words: Vocabulary
    collections: Mapping[str, Collection]
    """What the API offers, by id."""
    projections: Mapping[str, Projection]
    """The CRSs it offers, by URI, the default first."""
    code_version: str
    """The digest of the code that makes pictures and files."""
    reference_parts: tuple[str, ...] = ()
    """What of the plan its items name: chapters, sections, boxes."""
    large: tuple[str, ...] = ()
    """The layers that hold items, of a pack that is too large to be sent to a page whole."""
    tile_extents: dict[str, Box | None] = field(default_factory=dict)
    """The boxes around tile sets, by the id of the collection or nothing, once they are known."""


def service_of(request: Request) -> Service:
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


async def get_service(request: Request) -> Service:
    """`async`, as every dependency is: one that is not would be run in a thread."""
    return service_of(request)


ServiceDep = Annotated[Service, Depends(get_service)]


async def get_render_pool(request: Request) -> Any:
    return request.app.state.render


RenderPoolDep = Annotated[RenderPool, Depends(get_render_pool)]


async def get_collection(request: Request, service: ServiceDep) -> Collection:
    """The collection the path names. Raises NotFound."""
    return collection_of(service.collections, request.path_params["collectionId"])


CollectionDep = Annotated[Collection, Depends(get_collection)]


def checked(request: Request, names: tuple[str, ...]) -> dict[str, str]:
    """The query by name, each known and given once (OGC API Features 1, Req. 8: else 400)."""
    return known_once(request.query_params.multi_items(), names)


def known_once(pairs: Iterable[tuple[str, str]], names: tuple[str, ...]) -> dict[str, str]:
    values = reject_repeats(pairs)
    for name in values:
        if name not in names:
            raise UnknownParameter(name, names)
    return values


def own_pairs(request: Request, service: Service) -> list[tuple[str, str]]:
    """The query of a page without what messengers and trackers have added to its link."""
    foreign = service.words.foreign
    pairs = request.query_params.multi_items()
    return [(name, text) for name, text in pairs if not is_foreign(name, foreign)]


def checked_page(request: Request, service: Service, names: tuple[str, ...]) -> dict[str, str]:
    """As `checked`, for a page that people share: what others add is no mistake of theirs."""
    return known_once(own_pairs(request, service), names)


def language(request: Request, service: Service, asked: str = "") -> str:
    """The language of an answer: what `lang` asks for, else by who reads it.

    A page for people is in the pack's first language, as the map at `/` is: who comes from a
    Chinese map with an English browser stays in Chinese until he chooses. A document for programs
    has no switch to choose by, so there Accept-Language decides, as OGC API – Common recommends.
    """
    if not asked and gets_page(request):
        asked = service.words.languages[0]
    header = request.headers.get("accept-language", "")
    return set_content_language(request, asked or preferred(header, service.words.languages))


def view_language(service: Service, view: View) -> str:
    """The language of a format: a view means the same to every reader, whatever browser they
    use.
    """
    return view.lang or service.words.languages[0]


def titled(thing: Any, lang: str, name: str = "title") -> str:
    """A field in a language: `title`, `title_en`; a word of the product in one it has."""
    return title_in(thing, lang, name)
