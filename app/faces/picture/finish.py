"""The page around a finished map: title, panel, QR code, sources; and its words for the blind."""

from collections.abc import Sequence

from app.faces.picture.draft import Draft
from app.faces.picture.furniture import SMALL_LEADING, foot, qr_group, source_lines, title_group
from app.faces.picture.layout import MARGIN, QR, Layout
from app.faces.picture.panel import Placed, draw_rows
from app.faces.picture.phrases import printable
from app.faces.picture.scene import Group, Scene
from app.faces.picture.sheet import Sheet
from app.faces.picture.task import Task
from app.faces.words import view_words
from app.plan.languages import spoken, title_in

FOOT_GAP = 12.0
DOT = " · "


def foot_height(task: Task, sheet: Sheet) -> float:
    """What the source lines take of the page's height."""
    lines = source_lines(sheet, task.selection, task.page.width - 2 * MARGIN)
    return len(lines) * SMALL_LEADING + FOOT_GAP


def finished(task: Task, draft: Draft, layout: Layout, rows: Sequence[Placed]) -> Scene:
    """The whole page."""
    sheet, page = draft.sheet, task.page
    room = page.width - 2 * MARGIN
    sources = source_lines(sheet, task.selection, room)
    title, under = title_of(task), subtitle_of(task, sheet)
    root = Group(title)
    root.add(title_group(sheet, title, under, x=MARGIN, y=MARGIN, most=room), draft.finished())
    root.add(Group("panel", list(draw_rows(rows, layout.panel, layout.columns))))
    if layout.qr:
        root.add(qr_group(sheet, task.selection.url or "/", *layout.qr, QR))
    root.add(foot(sheet, sources, MARGIN, page.height - MARGIN + 6))
    return Scene(
        width=page.width,
        height=page.height,
        background=sheet.colours["paper"],
        title=title,
        description=" ".join([f"{title}. {under}.", *sources]),
        lang=task.selection.lang,
        root=root,
        notes=notes_of(task, sheet, sources),
    )


def title_of(task: Task) -> str:
    """The reader's title, else what was chosen, else the pack's title."""
    selection = task.selection
    info = selection.pack.info
    words = view_words(selection.pack, selection.view, selection.lang)
    own = title_in(info, selection.lang)
    return printable(selection.view.title or words) or own


def subtitle_of(task: Task, sheet: Sheet) -> str:
    """What was chosen if the title does not say it, the plan, how many items."""
    selection = task.selection
    info = selection.pack.info
    lang = selection.lang
    words = view_words(selection.pack, selection.view, selection.lang)
    place, plan = title_in(info, lang, "place"), title_in(info, lang, "plan_short")
    parts = [
        words if selection.view.title else "",
        spoken(lang, f"{place}{plan}（{info.period}）", f"{place}, {plan} ({info.period})"),
        sheet.say("count", n=len(task.items)) if task.items else sheet.say("empty"),
    ]
    return printable(DOT.join(part for part in parts if part))


def notes_of(task: Task, sheet: Sheet, sources: Sequence[str]) -> str:
    """Every item with its layer, where the plan says so, and how it was located."""
    lines = [
        f"{number}. {item.name}{DOT}"
        + DOT.join(
            part
            for part in (
                title_in(item.layer, sheet.lang),
                item.plan,
                item.location,
            )
            if part
        )
        for number, item in enumerate(task.items, 1)
    ]
    return "\n".join([*lines, "", *sources])
