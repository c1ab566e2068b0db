"""Files as answers: kept, made now, or sent while a worker makes them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from functools import partial

from fastapi import Request
from fastapi.responses import Response

from app.content_policy import framed, policy_in
from app.formats import Format, Selection
from app.render.job import RenderJob
from app.render.pool import RenderPool
from app.selection.page_features import PageFeatures
from app.selection.picture_options import PAGE_ITEMS_MOST, limit_items
from app.store.base import ResultPage
from app.web.dependencies import Service
from app.web.http.headers import OURS, POLICY
from app.web.http.ranges import wants_part
from app.web.http.responses import answer, answer_growing, if_current
from app.web.middleware.callers import client_of
from app.web.params.views import check_code

MANY = 5000
"""Items of which a thread of the service writes no table."""


@dataclass(frozen=True, slots=True)
class ExportContext:
    """What a file is made of, and with."""

    request: Request
    service: Service
    render_pool: RenderPool
    file_format: Format
    job: RenderJob


async def file_answer(context: ExportContext, headers: dict[str, str]) -> Response:
    """A file that is kept, or is made now; what is written piece by piece is named by its key."""
    request, file_format, job = context.request, context.file_format, context.job
    media_type, pool = file_format.media_type, context.render_pool
    tag = f'"{job.key}"' if file_format.pieces else ""
    body: bytes | AsyncIterator[bytes] | None = await pool.find(job.key)
    if body is None and tag and (same := if_current(request, tag, media_type, headers)):
        return same
    if body is None and tag and not wants_part(request) and await is_long(context):
        job = await sent_job(context)
        body = await pool.stream(job, client_of(request.scope), request.is_disconnected)
    if body is None:
        body = await export_file(context)
    if not isinstance(body, bytes):
        return answer_growing(request, body, tag, media_type, headers)
    if file_format.kind == "page":
        headers[POLICY] = framed(policy_in(body), OURS)
    return await asyncio.to_thread(
        answer, request, body, media_type, headers=headers, ranges=True, tag=tag
    )


async def export_file(context: ExportContext) -> bytes:
    """A file that is not kept: by a worker process, or here where that is quick."""
    request, file_format, job = context.request, context.file_format, context.job
    client, gone = client_of(request.scope), request.is_disconnected
    if await is_long(context):
        return await context.render_pool.make(await sent_job(context), client, gone)
    query = job.selection.view.query()
    shape = context.service.catalog.shape(query.layers)
    page = await context.service.store.search(replace(query, shape=shape))
    make = partial(render_page, file_format, job.selection, page)
    return await context.render_pool.make_here(job.key, make, client, gone)


async def is_long(context: ExportContext) -> bool:
    """Whether it is left to a worker: what is quickly written of few items may take long of many,
    and the interpreter from every answer meanwhile.
    """
    file_format, job = context.file_format, context.job
    if job.features is not None or file_format.in_worker:
        return True
    if not file_format.pieces:
        return False
    return await context.service.store.count(job.selection.view.query()) > MANY


async def sent_job(context: ExportContext) -> RenderJob:
    """The job as a worker is given it. Raises BadValue for more than a picture can show."""
    file_format, job, store = context.file_format, context.job, context.service.store
    query, window = job.selection.view.query(), job.selection.window
    if file_format.kind == "picture" and (window is None or window.plan):
        limit_items(await store.count(query))
    if file_format.kind == "page":
        limit_items(await store.count(query), PAGE_ITEMS_MOST)
    if job.selection.options.qr:
        check_code("qr", job.selection.url)
    if file_format.kind not in ("data", "page") or job.features is not None:
        return job
    if not file_format.in_worker:
        query = replace(query, shape=context.service.catalog.shape(query.layers))
    return replace(job, features=(await store.search(query)).features)


def render_page(file_format: Format, selection: Selection, page: ResultPage) -> bytes:
    return file_format.render(with_features(selection, page))


def with_features(selection: Selection, page: ResultPage) -> Selection:
    return replace(selection, features=PageFeatures(page.features))
