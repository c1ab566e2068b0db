"""The picture formats: PNG, SVG, PDF and slides of a view."""

from collections.abc import Iterator
from dataclasses import replace

from app.picture.page.compose import compose
from app.picture.page.finish import title_of
from app.picture.request import PictureRequest
from app.picture.scene.assets import DrawingAssets, load_assets
from app.picture.writers.pdf import write_pdf
from app.picture.writers.png import write_png
from app.picture.writers.pptx import write_pptx
from app.picture.writers.svg import write_svg
from app.selection.about import About, about_selection
from app.selection.picture_options import PAPERS, PagePixels, page_of
from app.selection.selection import Selection

SCREEN, PAPER = "16:9", "a4-landscape"
SLIDE_VERTICES = 300
"""Of one shape: more than that no slide program handles with pleasure."""


def render_png(selection: Selection) -> bytes:
    request = request_of(selection, SCREEN)
    return write_png(compose(request), request.page, request.assets, facts_of(request))


def render_svg(selection: Selection) -> bytes:
    request = request_of(selection, SCREEN)
    return write_svg(compose(request), request.page, facts_of(request))


def render_pdf(selection: Selection) -> bytes:
    request = request_of(selection, PAPER)
    return write_pdf(compose(request), request.page, request.assets, facts_of(request))


def render_pptx(selection: Selection) -> bytes:
    """One slide, or one for each county with `split=county`."""
    request = replace(request_of(selection, SCREEN), vertices_most=SLIDE_VERTICES)
    parts = list(by_county(selection)) if selection.options.split == "county" else []
    scenes = [compose(replace(request, selection=part)) for part in parts or [selection]]
    size = selection.options.size
    return write_pptx(
        scenes,
        request.page,
        request.assets,
        facts_of(request),
        paper=size if size in PAPERS else "",
    )


def facts_of(request: PictureRequest) -> About:
    """What a picture says of itself, under the title that stands on it."""
    return replace(about_selection(request.selection), title=title_of(request))


def by_county(selection: Selection) -> Iterator[Selection]:
    """The selection of each county that the view shows and that holds any of its items."""
    for county in selection.pack.info.counties:
        if selection.view.county and county.code not in selection.view.county:
            continue
        features = [
            one for one in selection.features if county.code in one["properties"]["counties"]
        ]
        if features:
            view = replace(selection.view, county=(county.code,))
            yield replace(selection, features=features, view=view)


def request_of(selection: Selection, default: str) -> PictureRequest:
    return PictureRequest(
        selection, assets_of(selection), page(selection, default), selection.options.qr
    )


def assets_of(selection: Selection) -> DrawingAssets:
    files = selection.files
    assert files, "a picture needs the front end's files"
    return load_assets(files.static, files.packages, files.font)


def page(selection: Selection, default: str) -> PagePixels:
    return page_of(selection.options, default)
