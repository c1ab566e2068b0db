"""The items of a collection, and one of them."""

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.errors import NotFound
from app.domain.projections import converter
from app.formats.text.jsonfg import feature_document as jsonfg_document
from app.web.api.documents import DOCUMENT_NAMES, asked_language
from app.web.api.links import (
    collection_links,
    item_links,
    own_links,
    own_url,
    page_links,
)
from app.web.api.writers import (
    FEATURE_FORMATS,
    ITEM_FORMATS,
    JSONFG,
    WriterInput,
    check_crs,
    reshaped,
    write_items,
)
from app.web.dependencies import CollectionDep, ServiceDep, checked
from app.web.http.representations import HTML, negotiated
from app.web.http.responses import answer
from app.web.openapi.describe import describe_route, reference
from app.web.pages.display_values import page_words
from app.web.pages.html import page as html_page
from app.web.params.queries import item_names, items_request, projection_of, winding_of
from app.web.params.views import asked_view
from app.work.ambient import FILTER, run

VIEW_IDS = ("focus", "place", "near", "hidden")
"""What of a view only the data knows to be there."""

router = APIRouter(prefix="/api", tags=["Features"])


@router.get(
    "/collections/{collectionId}/items", summary="Items", response_class=Response,
    openapi_extra=describe_route(ITEM_FORMATS, schema=reference("featureCollection")),
)  # fmt: skip
async def items(request: Request, service: ServiceDep, collection: CollectionDep) -> Response:
    """The features that match, a page at a time; a file format holds all of them."""
    values = checked(request, item_names(collection))
    chosen = negotiated(request, values.get("f", ""), ITEM_FORMATS)
    lang = asked_language(request, service, values)
    # What nearness is reckoned from, and what is hidden, must be there, as for a view.
    placed = [(name, values[name]) for name in VIEW_IDS if values.get(name)]
    await asked_view(service, placed)
    if "filter" in values:  # to read a long one takes a while too
        asked = await run(FILTER, items_request, service, collection, values, chosen.whole)
    else:
        asked = items_request(service, collection, values, chosen.whole)
    check_crs(asked, chosen)
    page = await collection.store.search(asked.query)
    links = [
        *own_links(request, chosen, ITEM_FORMATS, lang, service.words.languages),
        *page_links(own_url(request), values, chosen.link_type, asked.query, page),
        *collection_links(request, collection),
    ]
    data = WriterInput(service, collection, asked, page, links, chosen, lang)
    return await write_items(request, data)


ITEM_NAMES = (*DOCUMENT_NAMES, "crs", "winding")


@router.get(
    "/collections/{collectionId}/items/{featureId}", summary="One item", response_class=Response,
    openapi_extra=describe_route(FEATURE_FORMATS, schema=reference("feature")),
)  # fmt: skip
async def item(
    request: Request, service: ServiceDep, collection: CollectionDep, featureId: str
) -> Response:  # fmt: skip
    """One feature with all its evidence."""
    values = checked(request, ITEM_NAMES)
    chosen = negotiated(request, values.get("f", ""), FEATURE_FORMATS)
    lang = asked_language(request, service, values)
    projection = projection_of(service, "crs", values)
    body = await collection.store.feature(featureId, collection.query)
    if body is None:
        raise NotFound(f"item in {collection.id}", featureId)
    feature = reshaped(orjson.loads(body), winding_of(values), ())
    links = [
        *own_links(request, chosen, FEATURE_FORMATS, lang, service.words.languages),
        *item_links(request, collection, featureId),
    ]
    if chosen is HTML:
        return html_page(
            request, service, "api/item.html", here="api",
            collection=collection, feature=feature, links=links,
            **page_words(service.catalog, lang),
        )  # fmt: skip
    body_of = (
        jsonfg_document(feature, projection)
        if chosen is JSONFG
        else reshaped(feature, converter(projection), ())
    )
    return answer(
        request, orjson.dumps({**body_of, "links": links}), chosen.media_type,
        headers={"Content-Crs": f"<{projection.uri}>"},
    )  # fmt: skip
