"""The picture faces: PNG, SVG, PDF and slides of a view."""

from collections.abc import Iterator
from dataclasses import replace

from app.faces.about import About, about
from app.faces.face import Selection
from app.faces.picture.compose import compose
from app.faces.picture.finish import title_of
from app.faces.picture.kit import Kit, load_kit
from app.faces.picture.options import PAPERS, Page, page_of
from app.faces.picture.pdf import write_pdf
from app.faces.picture.png import write_png
from app.faces.picture.pptx import write_pptx
from app.faces.picture.svg import write_svg
from app.faces.picture.task import Task

SCREEN, SHEET = "16:9", "a4-landscape"
SLIDE_VERTICES = 300
"""Of one shape: more than that no slide program handles with pleasure."""


def render_png(selection: Selection) -> bytes:
    task = task_of(selection, SCREEN)
    return write_png(compose(task), task.page, task.kit, facts_of(task))


def render_svg(selection: Selection) -> bytes:
    task = task_of(selection, SCREEN)
    return write_svg(compose(task), task.page, facts_of(task))


def render_pdf(selection: Selection) -> bytes:
    task = task_of(selection, SHEET)
    return write_pdf(compose(task), task.page, task.kit, facts_of(task))


def render_pptx(selection: Selection) -> bytes:
    """One slide, or one for each county with `split=county`."""
    task = replace(task_of(selection, SCREEN), vertices_most=SLIDE_VERTICES)
    parts = list(by_county(selection)) if selection.options.split == "county" else []
    scenes = [compose(replace(task, selection=part)) for part in parts or [selection]]
    size = selection.options.size
    return write_pptx(
        scenes, task.page, task.kit, facts_of(task), paper=size if size in PAPERS else ""
    )


def facts_of(task: Task) -> About:
    """What a picture says of itself, under the title that stands on it."""
    return replace(about(task.selection), title=title_of(task))


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


def task_of(selection: Selection, default: str) -> Task:
    return Task(selection, kit_of(selection), page(selection, default), selection.options.qr)


def kit_of(selection: Selection) -> Kit:
    files = selection.files
    assert files, "a picture needs the front end's files"
    return load_kit(files.static, files.packages, files.font)


def page(selection: Selection, default: str) -> Page:
    return page_of(selection.options, default)
