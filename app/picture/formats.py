"""The picture formats: PNG, SVG, PDF and slides of a view."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.picture.page.atlas import atlas
from app.picture.page.compose import compose
from app.picture.page.finish import title_of
from app.picture.page.slides import slides_of
from app.picture.page.text_pages import cover, cover_lines, sources_pages
from app.picture.request import PictureRequest
from app.picture.scene.assets import DrawingAssets, load_assets
from app.picture.scene.scene import Scene
from app.picture.split import split
from app.picture.writers.pdf import write_pages
from app.picture.writers.png import write_png
from app.picture.writers.pptx import write_pptx
from app.picture.writers.svg import write_svg
from app.selection.about import About, about_selection
from app.selection.picture_options import PAPERS, PagePixels, page_of
from app.selection.selection import Selection

SCREEN, PAPER = "16:9", "a4-landscape"
SLIDE_POINTS = 960.0
"""Width of a slide, 13.333 inches."""
SLIDE_VERTICES = 300
"""Of one shape: more than that no slide program handles with pleasure."""


def render_png(selection: Selection) -> bytes:
    request = request_of(selection, SCREEN)
    return write_png(compose(request), request.page, request.assets, facts_of(request))


def render_svg(selection: Selection) -> bytes:
    request = request_of(selection, SCREEN)
    return write_svg(compose(request), request.page, facts_of(request))


def render_pdf(selection: Selection) -> bytes:
    """One page, or one for each part with `split`."""
    request = request_of(selection, PAPER)
    scenes = [compose(replace(request, selection=part)) for part in split(selection)]
    if len(scenes) > 1:
        scenes = [replace(scene, bookmark=scene.title) for scene in scenes]
    return write_pages(scenes, request.page, request.assets, facts_of(request))


def render_pptx(selection: Selection) -> bytes:
    """The slides of the view, or of each of its parts with `split`."""
    request = slide_task(selection)
    return pptx_of(slides_of_parts(request, split(selection)), request)


def slides_of_parts(request: PictureRequest, parts: Iterable[Selection]) -> list[Scene]:
    """The slides of several selections, each listed under its title."""
    found = []
    for part in parts:
        slides = (
            replace(scene, seconds=part.talk.seconds)
            for scene in slides_of(replace(request, selection=part))
        )
        first, *rest = slides
        words = part.talk.words
        notes = f"{words}\n\n{first.notes}" if words else first.notes
        found += [replace(first, bookmark=first.title, said=words, notes=notes), *rest]
    return found


def pptx_of(scenes: Sequence[Scene], request: PictureRequest) -> bytes:
    size = request.selection.options.size
    paper = size if size in PAPERS else ""
    return write_pptx(scenes, request.page, request.assets, facts_of(request), paper=paper)


def render_deck_pptx(selection: Selection) -> bytes:
    request = slide_task(selection)
    return pptx_of(deck(request), request)


def render_deck_pdf(selection: Selection) -> bytes:
    request = replace(slide_task(selection), assets=assets_of(selection))
    return write_pages(deck(request), request.page, request.assets, facts_of(request))


def deck(request: PictureRequest) -> list[Scene]:
    """A tour: cover, the slides of each view, sources."""
    title = title_of(request)
    front = cover(request, title, cover_lines(request))
    views = slides_of_parts(request, request.selection.parts)
    return [front, *views, *sources_pages(request, title)]


def render_atlas(selection: Selection) -> bytes:
    request = request_of(selection, PAPER)
    return write_pages(atlas(request), request.page, request.assets, facts_of(request))


def slide_task(selection: Selection) -> PictureRequest:
    """A screen's slide is set in points; on paper it is a page like any other. Its texts are set
    in whatever font its reader has.
    """
    request = replace(
        request_of(selection, SCREEN), vertices_most=SLIDE_VERTICES,
        assets=assets_of(selection, any_font=True),
    )  # fmt: skip
    if selection.options.size in PAPERS:
        return request
    page = request.page
    height = SLIDE_POINTS * page.height / page.width
    return replace(request, slide=True, page=replace(page, width=SLIDE_POINTS, height=height))


def facts_of(request: PictureRequest) -> About:
    """What a picture says of itself, under the title that stands on it."""
    return replace(about_selection(request.selection), title=title_of(request))


def request_of(selection: Selection, default: str) -> PictureRequest:
    return PictureRequest(
        selection, assets_of(selection), page(selection, default), selection.options.qr
    )


def assets_of(selection: Selection, *, any_font: bool = False) -> DrawingAssets:
    files = selection.files
    assert files, "a picture needs the front end's files"
    return load_assets(files.static, files.packages, files.font, any_font=any_font)


def page(selection: Selection, default: str) -> PagePixels:
    return page_of(selection.options, default)
